import { dirname, resolve } from 'node:path'
import { type KeyEntry, keyFileOf, readKeys } from './apps/key-store.ts'
import { createRegistry } from './apps/registry.ts'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import type { EventFields } from './audit/event/schema.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-check.ts'
import { Approvals, changeOf, type Held, loosens } from './approval.ts'
import { errors } from './errors.ts'
import { comparable, createGovernance, createRulesets, type Governance, type Ruleset } from './governance.ts'
import { compare, type Comparison } from './policy/compare.ts'

/** Who asked for a reload, as records name them. */
export type ReloadedBy = NonNullable<EventFields<'policy.changed'>['by']>

export interface PolicyChange {
  readonly id: string
  readonly version: number
  readonly hash: string
  readonly previousHash: string | undefined
  readonly direction: Comparison['direction']
}

/** What a reload did. */
export interface ReloadReport {
  /**
   * `refused`: something is wrong, and everything stays as it was. `held`: something is loosened and waits for a second
   * operator; policies and apps stay as they were, keys that were made or revoked count.
   */
  readonly outcome: 'applied' | 'unchanged' | 'refused' | 'held'
  /** What waits; null when nothing does. */
  readonly held: Held | null
  readonly policies: readonly PolicyChange[]
  /** Ids of keys that opened nothing before and do now, and the other way round. */
  readonly keysAdded: readonly string[]
  readonly keysRevoked: readonly string[]
  /** In words for the person who wrote the files; quotes no secret and no listed word. */
  readonly problems: readonly string[]
  /** Parts of the config that count only after a restart changed too. */
  readonly restartNeeded: boolean
}

export interface GovernorDeps {
  /** Reads config and policies anew. @throws ConfigError */
  readonly load: () => Config
  readonly randomBytes: (size: number) => Buffer
  readonly events: EventBuilder
  /** Resolves when the record is on the disk. */
  readonly record: (event: AuditEvent) => Promise<void>
}

/** Everything a reload takes anew; what it compares the next one with. */
interface State {
  readonly config: Config
  readonly keys: readonly KeyEntry[]
  readonly governance: Governance
}

/**
 * What is in force: apps, keys and policies. A reload reads all of them, checks them as a start would, records what changed
 * and then replaces them in one step; requests under way keep what they began with. Something wrong changes nothing.
 */
export class Governor {
  readonly #deps: GovernorDeps
  #state: State
  readonly #approvals: Approvals | null
  #last: ReloadReport | null = null
  #turn: Promise<unknown> = Promise.resolve()

  /** @throws Error when the key file can't be read */
  constructor(config: Config, deps: GovernorDeps) {
    this.#deps = deps
    this.#state = this.#stateOf(config)
    // Of the start: a change of the files must not free itself from being approved.
    this.#approvals = config.admin.secondApprover ? new Approvals() : null
  }

  get current(): Governance {
    return this.#state.governance
  }

  /** As it was last read; all but its apps and policies may count only after a restart. */
  get config(): Config {
    return this.#state.config
  }

  /** The last reload; null before the first. */
  get last(): ReloadReport | null {
    return this.#last
  }

  /** Everything a reload reads: a change of one of these files asks for it. Absolute paths. */
  get files(): readonly string[] {
    const { config } = this.#state
    const words = config.policies.flatMap(({ file, policy }) =>
      policy.rules.flatMap(({ wordsFile }) =>
        wordsFile === undefined ? [] : [resolve(dirname(file), wordsFile)]
      )
    )
    return [config.file, ...config.policies.map(({ file }) => file), ...words, keyFileOf(config.dataDir)]
  }

  /** One at a time. Never rejects for what is in the files: the report says it. */
  reload(by: ReloadedBy): Promise<ReloadReport> {
    return this.#queued(() => this.#reload(by, null))
  }

  /**
   * Lets a change pass that waits, if the files still say the same; else the report says what waits now.
   * @throws errors.ChangeNotHeld, ApproverNotAnother
   */
  approve(by: ReloadedBy, change: string): Promise<ReloadReport> {
    return this.#queued(async () => {
      if (this.#approvals === null) throw new errors.ChangeNotHeld()
      const requestedBy = this.#approvals.admit(change, by.credential_id ?? null)
      return this.#reload(by, { change, requestedBy })
    })
  }

  #queued(step: () => Promise<ReloadReport>): Promise<ReloadReport> {
    const next = this.#turn.then(step)
    this.#turn = next.catch(() => undefined)
    return next
  }

  async #reload(by: ReloadedBy, approved: Approved | null): Promise<ReloadReport> {
    const before = this.#state
    let after: State
    try {
      after = this.#stateOf(this.#deps.load(), before.governance)
    } catch (error) {
      const problems = problemsOf(error)
      this.#approvals?.clear()
      await this.#deps.record(this.#deps.events.create('config.refused', { by, problems: problems.length }))
      return (this.#last = { ...nothing, outcome: 'refused', problems })
    }
    if (this.#approvals !== null && loosens(before.governance, after.governance)) {
      const change = changeOf(after.governance.rulesets, after.config.apps)
      if (approved?.change !== change) return this.#hold(this.#approvals, change, after, by)
    }
    this.#approvals?.clear()
    const report = reportOf(before, after)
    for (const event of this.#eventsOf(before, after, by, approved)) await this.#deps.record(event)
    this.#state = after
    return (this.#last = report)
  }

  /** Nothing is loosened yet; keys count all the same, because a revoked one must open nothing any more. */
  async #hold(approvals: Approvals, change: string, after: State, by: ReloadedBy): Promise<ReloadReport> {
    const before = this.#state
    const meanwhile = this.#stateOf(before.config, before.governance)
    const isNews = approvals.hold(change, by.credential_id ?? null)
    if (isNews) await this.#deps.record(this.#deps.events.create('config.held', { by, change }))
    for (const event of this.#eventsOf(before, meanwhile, by, null)) await this.#deps.record(event)
    this.#state = meanwhile
    return (this.#last = { ...reportOf(before, after), outcome: 'held', held: approvals.held })
  }

  #stateOf(config: Config, before?: Governance): State {
    const keys = readKeys(keyFileOf(config.dataDir))
    const registry = createRegistry(config.apps, keys, this.#deps.randomBytes(32))
    const known = before === undefined ? [] : [...before.rulesets, ...before.earlier]
    const rulesets = createRulesets(config.policies, known)
    return { config, keys, governance: createGovernance(registry, rulesets, before) }
  }

  #eventsOf(before: State, after: State, by: ReloadedBy, approved: Approved | null): AuditEvent[] {
    const { events } = this.#deps
    const [was, is] = [openKeys(before.keys), openKeys(after.keys)]
    const create = (type: 'credential.created' | 'credential.revoked', { id, app }: KeyEntry): AuditEvent =>
      events.create(type, { by, app_id: app, credential_id: id })
    return [
      ...changesOf(before, after).map(({ ruleset, previous, comparison }) =>
        events.create('policy.changed', {
          ...(approved === null ? { by } : approvedFields(by, approved)),
          direction: comparison.direction,
          fields: fieldNames(comparison),
          policy: namesOf(ruleset),
          previous: previous && namesOf(previous)
        })
      ),
      ...(sameApps(before, after)
        ? []
        : [
            events.create('config.changed', {
              by,
              fields: ['apps'],
              hash: after.config.hash,
              previous_hash: before.config.hash
            })
          ]),
      ...[...is.values()].filter(({ id }) => !was.has(id)).map(key => create('credential.created', key)),
      ...[...was.values()].filter(({ id }) => !is.has(id)).map(key => create('credential.revoked', key))
    ]
  }
}

/** A change that a second operator lets pass. */
interface Approved {
  readonly change: string
  /** The key that asked for it. */
  readonly requestedBy: string
}

function approvedFields({ credential_id }: ReloadedBy, { requestedBy }: Approved) {
  return {
    by: { type: 'api', credential_id: requestedBy },
    approved_by: credential_id === undefined ? undefined : { credential_id }
  } as const
}

const nothing: Omit<ReloadReport, 'outcome'> = {
  held: null,
  policies: [],
  keysAdded: [],
  keysRevoked: [],
  problems: [],
  restartNeeded: false
}

function problemsOf(error: unknown): string[] {
  if (error instanceof ConfigError)
    return error.problems.map(({ file, path, message }) =>
      path === '' ? `${file}: ${message}` : `${file}: ${path} ${message}`
    )
  return [error instanceof Error ? error.message : 'unknown fault']
}

interface RulesetChange {
  readonly ruleset: Ruleset
  readonly previous: Ruleset | undefined
  readonly comparison: Comparison
}

/** Policies that are new or not as before. One that is gone is bound to no app and decides nothing. */
function changesOf(before: State, after: State): RulesetChange[] {
  return after.governance.rulesets.flatMap((ruleset): RulesetChange[] => {
    const previous = before.governance.ruleset(ruleset.policy.id)
    if (previous === undefined)
      return [{ ruleset, previous, comparison: { direction: 'neutral', changes: [] } }]
    if (
      previous.policy.hash === ruleset.policy.hash &&
      previous.detection.digest === ruleset.detection.digest
    )
      return []
    return [{ ruleset, previous, comparison: compare(comparable(previous), comparable(ruleset)) }]
  })
}

function reportOf(before: State, after: State): ReloadReport {
  const policies = changesOf(before, after).map(({ ruleset, previous, comparison }) => ({
    ...namesOf(ruleset),
    previousHash: previous?.policy.hash,
    direction: comparison.direction
  }))
  const [was, is] = [openKeys(before.keys), openKeys(after.keys)]
  const keysAdded = [...is.keys()].filter(id => !was.has(id))
  const keysRevoked = [...was.keys()].filter(id => !is.has(id))
  const isChanged =
    policies.length > 0 || keysAdded.length > 0 || keysRevoked.length > 0 || !sameApps(before, after)
  const restartNeeded = staticPart(before.config) !== staticPart(after.config)
  return {
    ...nothing,
    outcome: isChanged ? 'applied' : 'unchanged',
    policies,
    keysAdded,
    keysRevoked,
    restartNeeded
  }
}

function sameApps(before: State, after: State): boolean {
  return JSON.stringify(before.config.apps) === JSON.stringify(after.config.apps)
}

/** What only a restart takes anew. */
function staticPart(config: Config): string {
  return JSON.stringify({ ...config, apps: null, policies: null, hash: null, secrets: null })
}

function openKeys(keys: readonly KeyEntry[]): Map<string, KeyEntry> {
  return new Map(keys.filter(({ revoked }) => revoked === undefined).map(key => [key.id, key]))
}

function namesOf({ policy: { id, version, hash } }: Ruleset) {
  return { id, version, hash }
}

/** Names of keys of the file, as records take them: no places within, at most 200. */
function fieldNames({ changes }: Comparison): string[] {
  return [
    ...new Set(changes.map(({ path }) => /^[A-Za-z]+(\.[A-Za-z0-9_-]+)*/.exec(path)?.[0] ?? 'fields'))
  ].slice(0, 200)
}
