import type { AuditEntry } from '../reader.ts'
import { type IndexRow, MEASURES, rowOf, timeOf, uuidOf } from './row.ts'

/**
 * Values that differ from event to event: ids, times, counts. Without them events are a few thousand texts that come again
 * and again. Nothing inside of a JSON string matches: there each quote is escaped.
 */
const HOLES =
  /"(event_id|request_id|occurred_at|recorded_at|commitment)":"([^"\\\x00-\x1f]*)"|"(duration_ms|ttfb_ms|input_tokens|output_tokens|cached_input_tokens|reasoning_tokens|micro|count|exact|issued|altered|invented|unresolved)":(0|[1-9][0-9]{0,14})(?=[,}])/
/** What a match leaves in the parts of a split: name and value of a text, or of a number. */
const GROUPS = 4
/** In no JSON but as an escape. */
const HOLE = '\x01'
/** Texts kept; each has about 1 KB. Twice as many as events of a large company have combinations. */
const MAX_TEXTS = 10_000

/** What the value of a hole is in the row: its name, a measure by its place in the list, a finding by its own, or nothing. */
type Role =
  | 'event_id'
  | 'request_id'
  | 'occurred_at'
  | 'none'
  | { readonly measure: number }
  | { readonly finding: number }

interface Template {
  readonly row: IndexRow
  readonly roles: readonly Role[]
}

/**
 * Reads entries as `rowOf` does, the same row for the same entry, and several times as fast where the text but for ids,
 * times and counts was seen before: then it need not be parsed again.
 */
export class RowReader {
  /** Null: this text is always parsed; undefined: not seen; `once`: seen once, so that what never comes again costs little. */
  readonly #templates = new Map<string, Template | 'once' | null>()

  /** See `rowOf`. */
  read(entry: AuditEntry, origin: string, timeBefore: number): IndexRow {
    const parts = entry.json.split(HOLES)
    let text = origin + HOLE + parts[0]
    for (let at = 1; at < parts.length; at += GROUPS + 1)
      text += HOLE + (parts[at] ?? parts[at + 2]) + HOLE + parts[at + GROUPS]
    const template = this.#templates.get(text)
    if (typeof template === 'object' && template !== null && isOf(template, parts))
      return fill(template, parts, entry, timeBefore)
    const row = rowOf(entry, origin, timeBefore)
    if (template === undefined) this.#keep(text, 'once')
    else if (template === 'once') this.#keep(text, templateOf(row, parts, entry, origin))
    return row
  }

  #keep(text: string, template: Template | 'once' | null): void {
    if (this.#templates.size >= MAX_TEXTS) this.#templates.clear()
    this.#templates.set(text, template)
  }
}

/** An entry that is no event may hold the sign of a hole itself. */
function isOf({ roles }: Template, parts: readonly string[]): boolean {
  return parts.length === 1 + roles.length * (GROUPS + 1)
}

function fill(
  { row, roles }: Template,
  parts: readonly string[],
  entry: AuditEntry,
  timeBefore: number
): IndexRow {
  let [eventId, requestId, timeMs] = [row.eventId, row.requestId, timeBefore]
  const measures = [...row.measures]
  let { findings } = row
  for (let hole = 0; hole < roles.length; hole++) {
    const role = roles[hole] as Role
    if (role === 'none') continue
    const at = 1 + hole * (GROUPS + 1)
    const value = parts[at + 1] ?? parts[at + 3] ?? ''
    if (role === 'event_id') eventId = uuidOf(value)
    else if (role === 'request_id') requestId = uuidOf(value)
    else if (role === 'occurred_at') timeMs = timeOf(value) ?? timeBefore
    else if ('measure' in role) measures[role.measure] = Number(value)
    else
      findings = findings.map((found, n) => (n === role.finding ? { ...found, count: Number(value) } : found))
  }
  const attemptKey = requestId === null ? null : `${requestId}/${row.attempt}`
  return {
    ...row,
    leaf: entry.index,
    timeMs,
    eventId,
    requestId,
    attemptKey,
    measures,
    findings,
    json: entry.json
  }
}

/**
 * What the holes of an entry are, found by reading it once more with a value of its own in each.
 * @returns null when anything else depends on them
 */
function templateOf(
  row: IndexRow,
  parts: readonly string[],
  entry: AuditEntry,
  origin: string
): Template | null {
  if (row.deleted !== null) return null
  const count = (parts.length - 1) / (GROUPS + 1)
  let json = parts[0] ?? ''
  for (let hole = 0; hole < count; hole++) {
    const [name, , number, , text = ''] = parts.slice(1 + hole * (GROUPS + 1))
    json += `"${name ?? number}":${name === undefined ? numberIn(hole) : `"${textIn(hole, name)}"`}${text}`
  }
  const marked = rowOf({ index: entry.index, json }, origin, -1)
  const roles = Array.from({ length: count }, (_, hole) => roleOf(marked, hole))
  const template = { row, roles }
  const again = fill(template, parts, entry, -1)
  const rest = (one: IndexRow) => [
    one.type,
    one.attempt,
    one.facet,
    one.deleted,
    one.measures.length,
    one.findings.map(kindOf)
  ]
  const isSame = JSON.stringify(rest(marked)) === JSON.stringify(rest(row))
  return isSame && JSON.stringify({ ...again, timeMs: row.timeMs }) === JSON.stringify(row) ? template : null
}

const kindOf = ({ class: type, side, action }: IndexRow['findings'][number]) => [type, side, action]

/** Values that no other hole of an entry has. */
function numberIn(hole: number): number {
  return 7_000_000_000_000 + hole
}

function textIn(hole: number, name: string): string {
  if (name.endsWith('_at')) return new Date(numberIn(hole)).toISOString()
  return `00000000-0000-4000-8000-${String(hole).padStart(12, '0')}`
}

function roleOf(marked: IndexRow, hole: number): Role {
  const number = numberIn(hole)
  if (marked.eventId === textIn(hole, 'event_id')) return 'event_id'
  if (marked.requestId === textIn(hole, 'request_id')) return 'request_id'
  if (marked.timeMs === number) return 'occurred_at'
  const measure = MEASURES.findIndex((_, at) => marked.measures[at] === number)
  if (measure >= 0) return { measure }
  const finding = marked.findings.findIndex(({ count }) => count === number)
  return finding >= 0 ? { finding } : 'none'
}
