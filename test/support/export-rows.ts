import type { ExportRow } from '../../src/audit/exports/export.ts'
import { type Filled, pieces } from '../../src/audit/exports/formats/format.ts'

/** All rows of a filled record, whether they were in memory or are read now. */
export async function rowsOf(filled: Filled): Promise<ExportRow[]> {
  const rows: ExportRow[] = []
  for await (const some of pieces(filled)) rows.push(...some)
  return rows
}
