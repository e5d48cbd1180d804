import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isLogName } from '../audit/log-names.ts'
import { HOLDS_FOLDER } from '../audit/retention.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

/** `schleuse audit hold …`: what is on hold is not deleted when its time is over. A running gateway takes it at once. */

/** @param log its name; left out, all logs @throws UsageError for an id or name that is none */
export function setHold(dir: string, id: string, log: string | undefined): Report {
  const file = holdFile(dir, id)
  if (log !== undefined && !isLogName(log)) throw new UsageError(`${log} is no log, such as std_13m/2026-11.`)
  mkdirSync(join(dir, HOLDS_FOLDER), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${log ?? ''}\n`, { mode: 0o600, flush: true })
  return { text: `${id}: ${log ?? 'all logs'} on hold\n`, code: 0 }
}

/** @throws UsageError when there is no such hold */
export function releaseHold(dir: string, id: string): Report {
  const file = holdFile(dir, id)
  if (!existsSync(file)) throw new UsageError(`There is no hold ${id}.`)
  rmSync(file)
  return { text: `${id}: released\n`, code: 0 }
}

export function listHolds(dir: string): Report {
  const folder = join(dir, HOLDS_FOLDER)
  const ids = existsSync(folder) ? readdirSync(folder).sort() : []
  const lines = ids.map(id => `${id}  ${readFileSync(join(folder, id), 'utf8').trim() || 'all logs'}\n`)
  return { text: lines.join('') || 'no holds\n', code: 0 }
}

function holdFile(dir: string, id: string): string {
  if (!existsSync(dir)) throw new UsageError(`${dir} has no audit trail yet: start the gateway once.`)
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(id))
    throw new UsageError('An id has 1 to 64 characters of a-z, 0-9 and . _ -')
  return join(dir, HOLDS_FOLDER, id)
}
