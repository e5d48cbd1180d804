import type { Entry } from './attempts.ts'
import type { Findings } from './finding.ts'

/** A head of a log that someone holds against it: another log, the roster, an older checkpoint, a witness. */
export interface Claim {
  readonly origin: string
  readonly size: number
  /** Hex. */
  readonly root: string
  /** Who says so, for the report. */
  readonly by: string
}

/** What is known of a log after its walk. */
export interface Walked {
  readonly name: string
  readonly origin: string
  readonly size: number
  /** Root of the first `size` entries, in hex. @throws Error when tiles are missing */
  rootAt(size: number): string
}

/** More heads than any trail needs that is whole; each log records those of the others at most hourly. */
const MAX_CLAIMS = 1_000_000

/** Heads that logs recorded of each other. */
export class Claims {
  readonly #all = new Map<string, Claim>()

  add(claim: Claim): void {
    if (this.#all.size < MAX_CLAIMS) this.#all.set(`${claim.origin} ${claim.size} ${claim.root}`, claim)
  }

  follow(entry: Entry, log: string, index: number): void {
    const heads = Array.isArray(entry.heads) ? (entry.heads as unknown[]) : [entry.head]
    for (const head of heads) {
      if (typeof head !== 'object' || head === null) continue
      const { origin, size, root } = head as Readonly<Record<string, unknown>>
      if (typeof origin === 'string' && typeof size === 'number' && typeof root === 'string')
        this.add({ origin, size, root, by: `entry ${index} of ${log}` })
    }
  }

  check(logs: readonly Walked[], findings: Findings): void {
    for (const { origin, size, root, by } of this.#all.values()) {
      const log = logs.find(log => log.origin === origin)
      if (log === undefined) {
        findings.add('fault', `The log ${origin} is missing as a whole: ${by} names it with ${size} entries.`)
      } else if (log.size < size) {
        findings.add(
          'fault',
          `It was cut off: it has ${log.size} entries now, but had ${size} according to ${by}.`,
          log.name
        )
      } else if (rootOrFault(log, size) !== root) {
        findings.add(
          'fault',
          `It was rewritten: its first ${size} entries are not those that ${by} stands for.`,
          log.name
        )
      }
    }
  }
}

function rootOrFault(log: Walked, size: number): string {
  try {
    return log.rootAt(size)
  } catch {
    return ''
  }
}
