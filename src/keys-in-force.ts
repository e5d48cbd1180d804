import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import { createSigner, publicKeyOf } from './audit/tlog/keys.ts'
import type { Config } from './config.ts'
import { loadOrCreateSecret } from './core/secret-file.ts'
import { vaultKeys } from './filters/vault/index.ts'

/**
 * The gateway's own secrets, by purpose: ids that name a key and tell nothing of it. The first of a purpose is the one that
 * signs, derives or seals; those behind it only open.
 */
export type KeyIds = Readonly<Record<KeyPurpose, readonly string[]>>

const PURPOSES = ['log', 'scope', 'vault'] as const
type KeyPurpose = (typeof PURPOSES)[number]

/** Length of an id in bytes: enough to tell a company's keys apart. */
const ID_BYTES = 8

/** @throws Error for a file that is no secret; a start has read them all before */
export function keyIdsOf({ secrets, dataDir, vault }: Config): KeyIds {
  const logKey = loadOrCreateSecret(join(dataDir, 'audit.key'))
  const scopeKey =
    secrets.pseudonymKey === undefined
      ? loadOrCreateSecret(join(dataDir, 'pseudonym.key'))
      : Buffer.from(secrets.pseudonymKey, 'hex')
  const vaultIds = vaultKeys(vault, { keys: secrets.vaultKeys, dataDir }).map(idOf)
  return { log: [publicIdOf(logKey)], scope: [idOf(scopeKey)], vault: vaultIds }
}

/** Derived by HKDF-SHA-256 (RFC 5869): keys have 32 random bytes, so an id can't be guessed back. */
function idOf(key: Buffer): string {
  return Buffer.from(hkdfSync('sha256', key, '', 'schleuse key id', ID_BYTES)).toString('hex')
}

/** Of the key that signs the log auditors hold the public part: its first bytes, whatever the origin is. */
function publicIdOf(seed: Buffer): string {
  const { vkey } = createSigner('schleuse.invalid', seed)
  return publicKeyOf(vkey).subarray(0, ID_BYTES).toString('hex')
}

/**
 * Records of what became of the keys between two runs. `key.destroyed` says that the gateway has a key no more; copies
 * elsewhere are the operator's to destroy.
 * @param before undefined at the first start: then all keys are new
 */
export function keyChanges(before: KeyIds | undefined, after: KeyIds, events: EventBuilder): AuditEvent[] {
  const by = { type: 'config' } as const
  return PURPOSES.flatMap(purpose => {
    const [was, is] = [before?.[purpose] ?? [], after[purpose]]
    const first = is[0]
    const key = (id: string) => ({ by, key: { id, purpose } })
    return [
      ...is.filter(id => !was.includes(id)).map(id => events.create('key.created', key(id))),
      ...(first === undefined || was.length === 0 || first === was[0]
        ? []
        : [events.create('key.rotated', { ...key(first), reason: 'rotation' })]),
      ...was.filter(id => !is.includes(id)).map(id => events.create('key.destroyed', key(id)))
    ]
  })
}
