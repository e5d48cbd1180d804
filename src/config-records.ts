import { dirname, resolve } from 'node:path'
import { NO_RECORDS, type RecordsFile, RecordsSchema } from './audit/exports/declared/schema.ts'
import { type Problem, readYaml, ShapeCheck } from './config-check.ts'

const shape = new ShapeCheck(RecordsSchema)

/** What the file says, and where the register lies that it names. */
export interface Records {
  readonly records: RecordsFile
  /** Absolute path of the register of information that the company keeps. */
  readonly register: string | undefined
}

/**
 * Reads the file that `records` in the config names: what laws ask for and no request shows.
 * @param path relative to `base`; undefined: nobody declared anything
 */
export function readRecords(path: string | undefined, base: string, problems: Problem[]): Records {
  const nothing: Records = { records: NO_RECORDS, register: undefined }
  if (path === undefined) return nothing
  const file = resolve(base, path)
  const raw = readYaml(file, problems)
  const records = raw === undefined ? undefined : shape.check(raw, file, '', problems)
  if (records === undefined) return nothing
  for (const list of ['purposes', 'providers'] as const)
    for (const [i, { id }] of records[list].entries())
      if (records[list].findIndex(one => one.id === id) < i)
        problems.push({
          file,
          path: `${list}[${i}].id`,
          message: 'repeats another one; each may stand once.'
        })
  return { records, register: records.register && resolve(dirname(file), records.register) }
}
