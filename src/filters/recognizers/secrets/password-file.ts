import { anywhere, type Recognizer } from '../../recognizer.ts'
import { BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

/** Longest line looked at, before the port and behind it. */
const MAX_FIELD = 128

/** The last field of a line of `.pgpass`: `host:port:database:user:password`. Ports are the usual ones of PostgreSQL. */
export const passwordFile: Recognizer = {
  id: 'pgpass',
  types: ['PASSWORD'],
  anchors: anywhere(':5432:', ':5433:', ':6432:', ':*:'),
  recognize,
  examples: {
    match: [
      { text: 'db.example.org:5432:crm:app:kd83-Hausboot', found: 'kd83-Hausboot' },
      { text: '*:*:*:postgres:tollesPW99\n', found: 'tollesPW99' }
    ],
    noMatch: ['db.example.org:5432/crm', 'localhost:5432:5432', 'a:5432:crm:app:\n', 'http://db:5432:x:y z']
  },
  source: 'https://www.postgresql.org/docs/current/libpq-pgpass.html'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (start < scan.readUntil) return
  const database = fieldEnd(text, end)
  const user = text.charCodeAt(database) === 0x3a ? fieldEnd(text, database + 1) : database
  scan.readUntil = user
  if (user <= database + 1 || text.charCodeAt(user) !== 0x3a) return
  let stop = user + 1
  while (stop - user < MAX_FIELD && !endsLine(text.charCodeAt(stop))) stop++
  if (stop - user < 5 || !endsLine(text.charCodeAt(stop))) return
  const value = text.slice(user + 1, stop)
  if (!isPlaceholder(value) && !value.includes('/')) scan.report(user + 1, stop, 'PASSWORD', 0.9)
}

function endsLine(code: number): boolean {
  return Number.isNaN(code) || is(code, NEWLINE | BLANK) || code === 0x22
}

/** The colon behind a field, or what ends it otherwise. */
function fieldEnd(text: string, from: number): number {
  let at = from
  while (at - from < MAX_FIELD && text.charCodeAt(at) !== 0x3a && !endsLine(text.charCodeAt(at))) at++
  return at
}
