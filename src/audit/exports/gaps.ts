import type { ExportColumn, ExportRow, Text } from './export.ts'

/** A column in which somebody has to say something. */
export interface Gap {
  readonly name: string
  readonly title: Text
  /** Rows that lack it. */
  readonly rows: number
  /** Why it matters, who can fill it, and where. */
  readonly text: Text
}

/** Counts what is missing while rows pass by, for records of any length. */
export class GapCount {
  readonly #columns: readonly ExportColumn[]
  readonly #missing: number[]

  constructor(columns: readonly ExportColumn[]) {
    this.#columns = columns
    this.#missing = columns.map(() => 0)
  }

  add(row: ExportRow): void {
    for (const [at, { provenance }] of row.entries())
      if (provenance === 'missing') this.#missing[at] = (this.#missing[at] ?? 0) + 1
  }

  /** In the order of the columns. */
  get gaps(): Gap[] {
    return this.#columns.flatMap(({ name, title, gap }, at) => {
      const rows = this.#missing[at] ?? 0
      return rows === 0 || gap === undefined ? [] : [{ name, title, rows, text: gap }]
    })
  }
}
