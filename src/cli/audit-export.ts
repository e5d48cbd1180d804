import { writeFileSync } from 'node:fs'
import { FORMATS } from '../audit/exports/formats/index.ts'
import { EXPORTS } from '../audit/exports/index.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { UsageError } from './usage-error.ts'

export interface ExportOptions {
  readonly name: string
  /** ISO dates, both included. */
  readonly from: string
  readonly to: string
  readonly format: string
  readonly language: string
  /** A file; left out, the record is printed. */
  readonly out: string | undefined
  /** Of the running gateway, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string
  /** Of an auditor; left out where the gateway serves this machine only. */
  readonly token: string | undefined
}

/** What there is to export. */
export function listExports(): Report {
  const rows = EXPORTS.map(({ name, law, title }) => [name, law, title.en])
  return { text: `${table(rows)}formats: ${FORMATS.map(({ name }) => name).join(', ')}\n`, code: 0 }
}

/**
 * Asks the running gateway for a record: it holds the index, and puts on the trail that the record was taken.
 * @throws UsageError when the gateway does not answer or refuses
 */
export async function exportRecord(options: ExportOptions): Promise<Report> {
  const { name, from, to, format, language, out, origin, token } = options
  const query = new URLSearchParams({ from, to, format, lang: language })
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${origin}/audit/exports/${encodeURIComponent(name)}?${query.toString()}`, {
    headers
  }).catch((cause: unknown) => {
    throw new UsageError(`No gateway answers at ${origin}: start it, or name it with --url.`, { cause })
  })
  const text = await response.text()
  if (!response.ok) throw new UsageError(`The gateway refused with ${response.status}: ${messageOf(text)}`)
  if (out === undefined) return { text, code: 0 }
  writeFileSync(out, text)
  return { text: `${out}: ${response.headers.get('x-schleuse-rows')} rows\n`, code: 0 }
}

function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } }
    return error?.message ?? text
  } catch {
    return text.slice(0, 500)
  }
}
