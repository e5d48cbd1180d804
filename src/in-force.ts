import { hash } from 'node:crypto'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { keyFileOf, readKeys } from './apps/key-store.ts'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import { DurableDir } from './audit/storage/durable.ts'
import { diskFs } from './audit/storage/fs.ts'
import type { Config } from './config.ts'
import type { Governance } from './governance.ts'
import { keyChanges, type KeyIds, keyIdsOf } from './keys-in-force.ts'
import { mechanismChanges, type MechanismsInForce } from './mechanisms-in-force.ts'

/**
 * What was in force when the gateway last ran: a file of hashes in the data folder. What changed while it stood still is
 * recorded at the next start as a reload would have recorded it.
 */

const names = Type.Record(Type.String(), Type.String())
const ids = Type.Array(Type.String())
const mechanism = Type.Object({ code: Type.String(), reference: Type.String(), status: Type.String() })
const InForceSchema = Type.Object(
  {
    config: Type.String(),
    /** Hash of each part of the config. */
    sections: names,
    policies: Type.Record(Type.String(), Type.Object({ version: Type.Integer(), hash: Type.String() })),
    /** Hash and version of the profile of each provider. */
    profiles: Type.Record(Type.String(), Type.Object({ version: Type.Integer(), hash: Type.String() })),
    detectors: Type.String(),
    /** Apps by the ids of their open keys. */
    keys: names,
    /** The gateway's own keys. */
    secrets: Type.Optional(Type.Unsafe<KeyIds>(Type.Object({ log: ids, scope: ids, vault: ids }))),
    /** Transfer grounds by deployment. */
    mechanisms: Type.Optional(Type.Unsafe<MechanismsInForce>(Type.Record(Type.String(), mechanism)))
  },
  { additionalProperties: false }
)
export type InForce = Static<typeof InForceSchema>
const shape = Compile(InForceSchema)

const FILE = 'in-force.json'
/** What another start may set differently without being another config, and what has records of its own. */
const NO_SECTIONS = new Set(['file', 'hash', 'dataDir', 'secrets', 'policies'])
/** Kept out of hashes: they may be short enough to be guessed. */
const SECRETS = new Set(['credential', 'tls'])

export function inForce(
  config: Config,
  { rulesets }: Governance,
  detectors: string,
  mechanisms: MechanismsInForce
): InForce {
  const sections = Object.entries(config).filter(([name]) => !NO_SECTIONS.has(name))
  const open = readKeys(keyFileOf(config.dataDir)).filter(({ revoked }) => revoked === undefined)
  return {
    config: config.hash,
    sections: Object.fromEntries(sections.map(([name, value]) => [name, digest(value)])),
    policies: Object.fromEntries(
      rulesets.map(({ policy: { id, version, hash } }) => [id, { version, hash }])
    ),
    profiles: Object.fromEntries(
      config.deployments.map(({ provider, profile: { version, hash } }) => [provider, { version, hash }])
    ),
    detectors,
    keys: Object.fromEntries(open.map(({ id, app }) => [id, app])),
    secrets: keyIdsOf(config),
    mechanisms
  }
}

function digest(value: unknown): string {
  const json = JSON.stringify(value, (key, inner: unknown) => (SECRETS.has(key) ? undefined : inner)) ?? ''
  return hash('sha256', json)
}

/** Undefined at the first start, and when the file is not as it was written: then everything counts as new. */
export function readInForce(dataDir: string): InForce | undefined {
  const text = diskFs.readFile(join(dataDir, FILE))?.toString()
  try {
    const value: unknown = JSON.parse(text ?? '')
    return shape.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}

export async function writeInForce(dataDir: string, state: InForce): Promise<void> {
  await new DurableDir(diskFs, dataDir).replace(FILE, Buffer.from(`${JSON.stringify(state)}\n`))
}

/** Records of what changed between two runs. */
export function changesBetween(before: InForce, after: InForce, events: EventBuilder): AuditEvent[] {
  const by = { type: 'config' } as const
  const sections = changed(before.sections, after.sections)
  const config =
    sections.length === 0
      ? []
      : [
          events.create('config.changed', {
            by,
            fields: sections.slice(0, 200),
            hash: after.config,
            previous_hash: before.config
          })
        ]
  const policies = changed(before.policies, after.policies).flatMap(id => {
    const [policy, previous] = [after.policies[id], before.policies[id]]
    if (policy === undefined) return []
    return events.create('policy.changed', {
      by,
      direction: previous === undefined ? 'neutral' : 'unknown',
      policy: { id, ...policy },
      previous: previous && { id, ...previous }
    })
  })
  const profiles = changed(before.profiles, after.profiles).flatMap(id => {
    const [profile, previous] = [after.profiles[id], before.profiles[id]]
    if (profile === undefined) return []
    const fields = { by, hash: profile.hash, previous_hash: previous?.hash }
    return events.create('provider_profile.changed', { ...fields, profile: { id, version: profile.version } })
  })
  const detectors =
    before.detectors === after.detectors
      ? []
      : [
          events.create('detector.changed', {
            previous_version: before.detectors,
            version: after.detectors
          })
        ]
  return [
    ...config,
    ...policies,
    ...profiles,
    ...detectors,
    ...credentialEvents(before.keys, after.keys, events),
    ...ownChanges(before, after, events)
  ]
}

/**
 * The gateway's own keys, and the grounds of transfers. What a run before did not note yet is noted, and changed nothing.
 * @param before undefined at the first start: then all keys are new
 */
export function ownChanges(
  before: InForce | undefined,
  { secrets, mechanisms }: InForce,
  events: EventBuilder
): AuditEvent[] {
  const isNoted = before === undefined || before.secrets !== undefined
  return [
    ...(secrets === undefined || !isNoted ? [] : keyChanges(before?.secrets, secrets, events)),
    ...(mechanisms === undefined || before?.mechanisms === undefined
      ? []
      : mechanismChanges(before.mechanisms, mechanisms, 'config', events))
  ]
}

function credentialEvents(
  before: InForce['keys'],
  after: InForce['keys'],
  events: EventBuilder
): AuditEvent[] {
  const by = { type: 'cli' } as const
  return changed(before, after).map(id =>
    after[id] === undefined
      ? events.create('credential.revoked', { by, app_id: before[id], credential_id: id })
      : events.create('credential.created', { by, app_id: after[id], credential_id: id })
  )
}

/** Names whose value is not the same in both. */
function changed<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter(name => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort()
}
