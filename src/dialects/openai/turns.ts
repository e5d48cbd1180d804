import { joinKeyOf } from '../../core/json/pointer.ts'
import type { Leaf, Slot, Walk } from '../../core/json/walker.ts'
import type { ResentTurns } from '../dialect.ts'
import { sourceOf, notesOf } from './facts.ts'

const CALLERS = new Set(['"system"', '"developer"', '"user"'])
/** A text of a turn itself, not of something it carries; `content` may be a text, or a list of texts or parts. */
const inTurn = /^\/(?:messages|input)\/\d+\/content(?:\/\d+(?:\/text)?)?$/
const alone = /^\/(?:instructions|input)$/

/** What the caller's side says in its own words: texts of system, developer and user turns, in order. */
export function textsOfCaller(walk: Walk): Leaf[] {
  const turns = new Set<Slot['frame']>(
    notesOf(walk, 'role')
      .filter(note => CALLERS.has(sourceOf(walk, note)))
      .map(({ slot }) => slot.frame)
  )
  return walk.leaves.filter(({ kind, slot }) => {
    if (kind !== 'text') return false
    const key = joinKeyOf(slot)
    return alone.test(key) || (inTurn.test(key) && isWithin(slot, turns))
  })
}

function isWithin(slot: Slot, frames: ReadonlySet<Slot['frame']>): boolean {
  for (let { frame } = slot; frame !== null; frame = frame.slot.frame) if (frames.has(frame)) return true
  return false
}

/** Turns of a list: a conversation is known by what it says up to its first user turn. */
export function turnsIn(key: string): ResentTurns {
  return {
    key,
    opens: walk => {
      const first = walk.notes.find(note => note.tag === 'role' && sourceOf(walk, note) === '"user"')
      const element = first?.slot.frame?.slot
      const isElement = element?.frame?.slot.key === key && element.frame.slot.frame?.slot.frame === null
      return isElement && typeof element.key === 'number' ? element.key + 1 : null
    }
  }
}
