import { splice } from '../../src/core/json/splice.ts'
import type { LeafKind, Segment } from '../../src/core/leaf.ts'
import { Issued } from '../../src/filters/issued.ts'
import {
  createRestoreStats,
  Reidentifier,
  restoreWhole,
  type RestoreStats,
  type TextFormat
} from '../../src/filters/reidentifier.ts'

export const TYPES = ['PERSON', 'EMAIL', 'PHONE', 'IBAN', 'IP', 'DE_TAX_ID', 'PASSWORD', 'API_KEY']

export function segment(text: string, kind: LeafKind = 'text'): Segment {
  return { kind, text, label: '' }
}

export function issuedOf(codes: Readonly<Record<string, string>>): Issued {
  const issued = new Issued(TYPES)
  for (const [code, surface] of Object.entries(codes)) issued.add(code, surface)
  return issued
}

/** Restores the text in one piece. */
export function whole(
  text: string,
  issued: Issued,
  format: TextFormat = 'text',
  stats: RestoreStats = createRestoreStats()
): string {
  return splice(text, restoreWhole(text, issued, format, stats))
}

/** Restores the text delta by delta; no delta may hold more than 64 characters back. */
export function streamed(
  deltas: readonly string[],
  issued: Issued,
  format: TextFormat = 'text',
  stats: RestoreStats = createRestoreStats()
): string {
  const restorer = new Reidentifier(issued, format, stats)
  let out = ''
  for (const delta of deltas) out += splice(delta, restorer.push(delta))
  return out + restorer.end()
}

/** Cuts a text at the given positions. */
export function cutAt(text: string, positions: readonly number[]): string[] {
  const cuts = [...new Set(positions.filter(at => at > 0 && at < text.length))].sort((a, b) => a - b)
  return [...cuts, text.length].map((end, index) => text.slice(cuts[index - 1] ?? 0, end))
}

export function characters(text: string): string[] {
  return text.split('')
}
