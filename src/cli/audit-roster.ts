import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openAuditReader } from '../audit/reader.ts'
import { openRoster, ROSTER_FILE } from '../audit/roster.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { UsageError } from './usage-error.ts'

/**
 * `schleuse audit roster`: the signed list of all logs, beside what is in the folder. Code 1 when they differ.
 * @param vkey the gateway's key; left out, the folder's own
 * @throws UsageError when there is no roster, or the key did not sign it
 */
export async function showRoster(dir: string, vkey: string | undefined): Promise<Report> {
  const folder = resolve(dir)
  const note = read(folder, ROSTER_FILE)
  const { origin, logs } = open(note, vkey ?? read(folder, 'vkey').trim())
  const present = new Map((await openAuditReader(folder).logs()).map(log => [log.name, log]))
  const rows = logs.map(({ name, head }) => {
    const log = present.get(name)
    const size = head?.size ?? log?.size ?? 0
    const isWhole = log !== undefined && log.size === size
    const content = log === undefined || log.first === 0 ? 'all' : `from entry ${log.first}`
    return [name, head === undefined ? 'open' : 'sealed', `${size}`, isWhole ? content : 'MISSING']
  })
  const unknown = [...present.keys()].filter(name => !logs.some(log => log.name === name))
  const more = unknown.map(name => [name, 'NOT IN THE ROSTER', '', ''])
  const isWhole = unknown.length === 0 && rows.every(row => row[3] !== 'MISSING')
  const head = ['log', 'state', 'entries', 'content']
  return { text: `Logs of ${origin}\n${table([head, ...rows, ...more])}`, code: isWhole ? 0 : 1 }
}

function open(note: string, vkey: string) {
  try {
    return openRoster(note, vkey)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    throw new UsageError(`The roster is not what this key signed: ${why}.`, { cause: error })
  }
}

function read(folder: string, file: string): string {
  const path = join(folder, file)
  if (!existsSync(path)) throw new UsageError(`${folder} has no audit trail yet: start the gateway once.`)
  return readFileSync(path, 'utf8')
}
