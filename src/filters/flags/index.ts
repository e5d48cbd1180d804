import type { LeafKind, Segment } from '../../core/leaf.ts'
import type { Finding } from '../../core/finding.ts'
import type { Lacks } from '../findings-cache.ts'
import { biometric } from './biometric.ts'
import type { Flag, FlagCategory } from './category.ts'
import { criminal } from './criminal.ts'
import { ethnicOrigin } from './ethnic-origin.ts'
import { FlagScan } from './flag-scan.ts'
import { genetic } from './genetic.ts'
import { health } from './health.ts'
import { politics } from './politics.ts'
import { religion } from './religion.ts'
import { sexualLife } from './sexual-life.ts'
import { union } from './union.ts'

/** Every category there is, sorted by id. Adding one: its file, its id in core, and one line here. */
export const flagCategories: readonly FlagCategory[] = [
  biometric,
  criminal,
  ethnicOrigin,
  genetic,
  health,
  politics,
  religion,
  sexualLife,
  union
]

/** Keys, names, URLs and numbers say nothing about somebody; a key is read together with its value. */
export const PROSE: ReadonlySet<LeafKind> = new Set(['text', 'json', 'unknown'])

const scan = new FlagScan(flagCategories)

/**
 * Which special categories of personal data each text probably holds; German and English.
 *
 * A flag needs more than a word: something said of a person by itself ("vorbestraft"), or a topic with a cue in the
 * same sentence that somebody in particular is meant. Talk of people in general, leaflets, law and fiction speak
 * against it. Time is linear in the length of the texts; no state is kept.
 *
 * @param segments texts of one request, attacker-controlled
 * @param findings per segment; a person found in a sentence tells that somebody is meant
 * @param lacks per segment; texts known to hold no word of a category are passed over, others are noted
 * @returns at most one flag per text and category, by segment and category
 */
export function findFlags(
  segments: readonly Segment[],
  findings: readonly (readonly Finding[])[] = [],
  lacks: readonly (Lacks | undefined)[] = []
): Flag[] {
  const flags: Flag[] = []
  for (const [index, segment] of segments.entries()) {
    const known = lacks[index]
    if (!PROSE.has(segment.kind) || known?.flags === true) continue
    const hasTerms = scan.run(segment, findings[index] ?? [], index, flags)
    if (known !== undefined) known.flags = !hasTerms
  }
  return flags
}
