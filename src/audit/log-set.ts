import type { AuditEvent } from './event/builder.ts'
import { logName, originOf } from './log-names.ts'
import type { RetentionClass } from './event/schema.ts'
import type { LogTree, Head } from './storage/log-tree.ts'
import { LogTree as Tree } from './storage/log-tree.ts'
import type { LogState, State } from './storage/state.ts'

/** A log that takes entries. */
export interface OpenLog {
  readonly name: string
  readonly origin: string
  /** What is durable. */
  readonly tree: LogTree
  /** Index of the next entry: ahead of the tree by what is being written. */
  next: number
  /** What a checkpoint may sign, or signs. */
  signed: Head
  /** Size of other logs when their heads were last recorded in this one, by name. */
  readonly recorded: Map<string, number>
}

type Orphan = State['open'][number]

/** The logs of a gateway and the attempts under way. Changes only as entries become durable, but for `next`. */
export class LogSet {
  readonly #base: string
  readonly #logs = new Map<string, OpenLog>()
  /** Logs that take no entries any more, oldest first. */
  readonly #sealed: LogState[] = []
  /** Attempts without end. As many as requests are under way. */
  readonly #attempts = new Map<string, Orphan>()
  /** Logs of the month that is asked for, by class: their names are not put together for each entry. */
  #month: Month = { fromMs: 0, toMs: 0, logs: new Map() }

  constructor(base: string) {
    this.#base = base
  }

  get open(): readonly OpenLog[] {
    return [...this.#logs.values()]
  }

  get attempts(): readonly Orphan[] {
    return [...this.#attempts.values()]
  }

  /** The log of a class at a time; made when there is none. */
  at(retentionClass: RetentionClass, ms: number): OpenLog {
    if (ms < this.#month.fromMs || ms >= this.#month.toMs) this.#month = monthOf(ms)
    const known = this.#month.logs.get(retentionClass)
    if (known !== undefined) return known
    const name = logName(retentionClass, ms)
    const log = this.#logs.get(name) ?? this.add(name, new Tree())
    this.#month.logs.set(retentionClass, log)
    return log
  }

  named(name: string): OpenLog | undefined {
    return this.#logs.get(name)
  }

  add(name: string, tree: LogTree): OpenLog {
    const log = {
      name,
      origin: originOf(this.#base, name),
      tree,
      next: tree.size,
      signed: tree.head(),
      recorded: new Map<string, number>()
    }
    this.#logs.set(name, log)
    return log
  }

  /** Takes back what `states` say: sealed logs, and attempts under way. */
  restore({ logs, open }: Pick<State, 'logs' | 'open'>): void {
    this.#sealed.push(...logs.filter(({ sealed }) => sealed))
    for (const orphan of open) this.#attempts.set(keyOf(orphan), orphan)
  }

  /** Notes the beginning or end of an attempt. */
  follow(event: Pick<AuditEvent, 'type' | 'attempt' | 'retentionClass'>): void {
    const { type, attempt, retentionClass } = event
    if (attempt === undefined) return
    if (type === 'ai.request.admitted') this.#attempts.set(keyOf(attempt), { ...attempt, retentionClass })
    else this.#attempts.delete(keyOf(attempt))
  }

  /** Logs of earlier months whose entries are all durable: no entry follows. */
  outdated(ms: number): OpenLog[] {
    const month = logName('std_13m', ms).split('/')[1] ?? ''
    return this.open.filter(({ name, next, tree }) => name.split('/')[1] !== month && next === tree.size)
  }

  seal(log: OpenLog): void {
    const { size, root } = log.signed
    this.#sealed.push({ name: log.name, size, root: root.toString('hex'), sealed: true })
    this.#logs.delete(log.name)
    this.#month.logs.clear()
  }

  /** All logs with their signed heads, oldest first. */
  states(): LogState[] {
    const open = this.open.map(({ name, signed }) => ({
      name,
      size: signed.size,
      root: signed.root.toString('hex'),
      sealed: false
    }))
    return [...this.#sealed, ...open].sort((a, b) => monthFirst(a.name).localeCompare(monthFirst(b.name)))
  }

  /** Signed heads of all other logs that changed since they were last recorded in `log`; at most 64. */
  newHeads(log: OpenLog): { readonly origin: string; readonly root: string; readonly size: number }[] {
    return this.states()
      .filter(({ name, size }) => name !== log.name && size > 0 && log.recorded.get(name) !== size)
      .slice(-MAX_HEADS)
      .map(({ name, size, root }) => {
        log.recorded.set(name, size)
        return { origin: originOf(this.#base, name), root, size }
      })
  }
}

interface Month {
  readonly fromMs: number
  readonly toMs: number
  readonly logs: Map<RetentionClass, OpenLog>
}

function monthOf(ms: number): Month {
  const [year, month] = [new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth()]
  return { fromMs: Date.UTC(year, month), toMs: Date.UTC(year, month + 1), logs: new Map() }
}

/** As many as one event takes. */
const MAX_HEADS = 64

function keyOf({ requestId, attempt }: { readonly requestId: string; readonly attempt: number }): string {
  return `${requestId}/${attempt}`
}

function monthFirst(name: string): string {
  return name.split('/').reverse().join('/')
}
