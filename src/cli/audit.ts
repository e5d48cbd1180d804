import { parseArgs } from 'node:util'
import { checkRoi } from './audit-roi.ts'
import type { Report } from './report.ts'

export interface AuditDeps {
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * `schleuse audit …`: what auditors ask on the command line.
 * @returns undefined when the words make no command
 */
export async function runAudit(args: readonly string[], { now }: AuditDeps): Promise<Report | undefined> {
  const [verb, ...rest] = args
  if (verb === 'check-roi') return checkRoiOf(rest, now)
  return undefined
}

function checkRoiOf(args: readonly string[], now: number): Report | undefined {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'en' } },
    allowPositionals: true
  })
  const [file, ...more] = positionals
  const language = values.lang
  if (file === undefined || more.length > 0 || (language !== 'en' && language !== 'de')) return undefined
  return checkRoi(file, { json: values.json, language, today: new Date(now).toISOString().slice(0, 10) })
}
