import { NO_COUNTRY, NOT_APPLICABLE } from './lists.ts'
import type { Register, Row } from './package.ts'
import { type Template, TEMPLATES } from './templates.ts'

/** No cell holds it. */
const SEPARATOR = '\u0000'

/**
 * The rows that an authority takes: with all of their key, at least one value beside it, and references only to rows that
 * are sent too. A country or text that a key lacks is written as the authority wants it. What is left out, and what is
 * written so, stays a gap in the record.
 */
export function sendable(register: Register): Register {
  let kept = new Map(
    TEMPLATES.map(template => {
      const rows = (register.get(template.code) ?? []).map(row => withPlaceholders(template, row))
      return [template.code, rows.filter(isWhole(template))]
    })
  )
  for (let before = -1; before !== sizeOf(kept); ) {
    before = sizeOf(kept)
    const now = kept
    kept = new Map(
      TEMPLATES.map(template => [
        template.code,
        (now.get(template.code) ?? []).filter(row => refersToSent(template, row, register, now))
      ])
    )
  }
  return kept
}

function sizeOf(tables: ReadonlyMap<string, readonly Row[]>): number {
  return [...tables.values()].reduce((sum, rows) => sum + rows.length, 0)
}

function withPlaceholders({ columns }: Template, row: Row): Row {
  const filled = new Map(row)
  for (const { code, isKey, type } of columns) {
    const value = type === 'country' ? NO_COUNTRY : type === 'text' ? NOT_APPLICABLE : undefined
    if (isKey && value !== undefined && (row.get(code) ?? '') === '') filled.set(code, value)
  }
  return filled
}

function isWhole({ columns }: Template) {
  const keys = columns.filter(({ isKey }) => isKey)
  const facts = columns.filter(({ isKey }) => !isKey)
  const has = (row: Row, code: string): boolean => (row.get(code) ?? '') !== ''
  return (row: Row): boolean =>
    keys.every(({ code }) => has(row, code)) && facts.some(({ code }) => has(row, code))
}

/** What refers to a row that was never there stays, for the check to name. */
function refersToSent(template: Template, row: Row, all: Register, kept: Register): boolean {
  return template.references.every(({ columns, template: target, target: keys }) => {
    const wanted = tupleOf(row, columns)
    if (columns.some(column => ['', NOT_APPLICABLE].includes(row.get(column) ?? ''))) return true
    const isIn = (tables: Register): boolean =>
      (tables.get(target) ?? []).some(other => tupleOf(other, keys) === wanted)
    return isIn(kept) || !isIn(all)
  })
}

function tupleOf(row: Row, columns: readonly string[]): string {
  return columns.map(column => row.get(column) ?? '').join(SEPARATOR)
}
