import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { AuditEvent, EventBuilder } from './audit/event/builder.ts'
import { DurableDir } from './audit/storage/durable.ts'
import { diskFs } from './audit/storage/fs.ts'
import type { Clock } from './core/clock.ts'
import type { Deployment } from './providers/provider.ts'

const UsesSchema = Type.Object(
  {
    /** Ids of providers that something was sent to. */
    providers: Type.Array(Type.String()),
    /** By contract, the last day its use after its end was recorded. */
    expired: Type.Record(Type.String(), Type.String())
  },
  { additionalProperties: false }
)
const shape = Compile(UsesSchema)

const FILE = 'uses.json'
const DAY_MS = 86_400_000

export interface UseWatchDeps {
  readonly dataDir: string
  readonly clock: Pick<Clock, 'now'>
  readonly events: EventBuilder
  /** Resolves when it is on the disk. */
  readonly record: (event: AuditEvent) => Promise<unknown>
  readonly onFault: () => void
}

/**
 * What only admissions show: a provider that nothing was sent to before, and a contract that is used after its end (once a
 * day). Remembered in a file of the data folder, over restarts; both grow with the config only. A crash between record and
 * file records it once more, never not at all.
 */
export class UseWatch {
  readonly #deps: UseWatchDeps
  readonly #providers: Set<string>
  readonly #expired: Map<string, string>
  #saved: Promise<void> = Promise.resolve()

  constructor(deps: UseWatchDeps) {
    this.#deps = deps
    const { providers, expired } = readUses(deps.dataDir)
    this.#providers = new Set(providers)
    this.#expired = new Map(Object.entries(expired))
  }

  /** An attempt may go to this deployment; nothing waits for what is recorded of it. */
  admitted({ provider, contract }: Deployment): void {
    const { clock, events } = this.#deps
    if (!this.#providers.has(provider)) {
      this.#providers.add(provider)
      this.#note(events.create('new_provider_seen', { provider: { id: provider } }))
    }
    const end = contract?.to ?? null
    if (contract === null || end === null || clock.now() < Date.parse(end) + DAY_MS) return
    const today = new Date(clock.now()).toISOString().slice(0, 10)
    if (this.#expired.get(contract.reference) === today) return
    this.#expired.set(contract.reference, today)
    const fields = { contract_ref: contract.reference, provider: { id: provider } }
    this.#note(events.create('contract.expired_in_use', fields))
  }

  /** Resolves when all is recorded and remembered. */
  close(): Promise<void> {
    return this.#saved
  }

  #note(event: AuditEvent): void {
    const { record, onFault } = this.#deps
    const recorded = record(event)
    this.#saved = Promise.all([recorded, this.#saved])
      .then(() => this.#save())
      .catch(onFault)
  }

  #save(): Promise<void> {
    const uses = { providers: [...this.#providers].sort(), expired: Object.fromEntries(this.#expired) }
    const bytes = Buffer.from(`${JSON.stringify(uses)}\n`)
    return new DurableDir(diskFs, this.#deps.dataDir).replace(FILE, bytes)
  }
}

/** Nothing, when the file is not there or not as it was written: then all counts as new. */
function readUses(dataDir: string): Static<typeof UsesSchema> {
  const nothing = { providers: [], expired: {} }
  try {
    const value: unknown = JSON.parse(diskFs.readFile(join(dataDir, FILE))?.toString() ?? '')
    return shape.Check(value) ? value : nothing
  } catch {
    return nothing
  }
}
