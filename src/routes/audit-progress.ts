import type { ExportSource, Observed } from '../audit/exports/export.ts'
import { errors } from '../errors.ts'
import type { Auditor } from './audit-access.ts'

/** How far an export is, told while it is made: big ones take minutes. */
export interface Progress {
  state: 'reading' | 'writing' | 'done' | 'failed'
  /** Questions that the index has answered for it. */
  questions: number
  /** Rows of the record; known once it is written. */
  rows: number | null
  /** Bytes that have left. */
  bytes: number
}

/** Exports that are remembered; auditors are few. */
const MAX_REMEMBERED = 64
const ID = /^[A-Za-z0-9_-]{8,64}$/

/** The exports under way and the last ones, by an id that the caller chose. */
export class ProgressList {
  readonly #known = new Map<string, Progress>()

  /**
   * Begins to follow an export. Without an id nobody asks for it.
   * @throws errors.AuditQueryInvalid
   */
  begin(auditor: Auditor, id: string | undefined): Progress {
    const progress: Progress = { state: 'reading', questions: 0, rows: null, bytes: 0 }
    if (id === undefined) return progress
    if (!ID.test(id)) throw new errors.AuditQueryInvalid('progress', '8 to 64 letters, digits, _ and -')
    this.#known.delete(keyOf(auditor, id))
    this.#known.set(keyOf(auditor, id), progress)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= MAX_REMEMBERED) break
      this.#known.delete(oldest)
    }
    return progress
  }

  /** @throws errors.AuditExportUnknown for what this auditor did not begin */
  of(auditor: Auditor, id: string): Progress {
    const progress = this.#known.get(keyOf(auditor, id))
    if (progress === undefined) throw new errors.AuditExportUnknown()
    return progress
  }
}

function keyOf({ credentialId }: Auditor, id: string): string {
  return `${credentialId ?? ''} ${id}`
}

/** The same source, counting what it answers. */
export function counting(source: ExportSource, progress: Progress): ExportSource {
  const { observed } = source
  const counted =
    <A extends readonly unknown[], R>(ask: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const answer = await ask(...args)
      progress.questions++
      return answer
    }
  const all: Observed = {
    aggregate: counted((...args) => observed.aggregate(...args)),
    findings: counted((...args) => observed.findings(...args)),
    durations: counted((...args) => observed.durations(...args)),
    events: counted((...args) => observed.events(...args)),
    count: counted((...args) => observed.count(...args)),
    snapshot: counted(() => observed.snapshot()),
    completeness: counted(() => observed.completeness())
  }
  return { ...source, observed: all }
}
