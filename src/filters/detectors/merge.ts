import type { Finding } from '../../core/finding.ts'
import { resolveOverlaps } from '../resolve-overlaps.ts'

/**
 * Findings of one text from several sources, by the rule for overlaps that holds within one source.
 * @param lists each sorted and free of overlaps
 */
export function mergeFindings(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const filled = lists.filter(list => list.length > 0)
  if (filled.length <= 1) return filled[0] ?? []
  return resolveOverlaps(filled.flat())
}
