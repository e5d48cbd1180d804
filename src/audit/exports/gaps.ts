import type { Text } from './export.ts'
import type { Filled } from './formats/format.ts'

/** A column in which somebody has to say something. */
export interface Gap {
  readonly title: Text
  /** Rows that lack it. */
  readonly rows: number
  /** Why it matters, who can fill it, and where. */
  readonly text: Text
}

/** What is missing in a record, in the order of its columns. */
export function gapsOf({ record, rows }: Filled): Gap[] {
  return record.columns.flatMap(({ title, gap }, at) => {
    const missing = rows.filter(row => row[at]?.provenance === 'missing').length
    return missing === 0 || gap === undefined ? [] : [{ title, rows: missing, text: gap }]
  })
}
