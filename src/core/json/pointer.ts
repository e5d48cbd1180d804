import type { Frame, Slot } from './walker.ts'

/**
 * RFC 6901 pointer of a place, for messages and records. Keys chosen by the caller are shown as `*`: they may hold
 * personal data.
 */
export function pointerOf(slot: Slot): string {
  let pointer = ''
  for (let at: Slot = slot; at.frame !== null; at = at.frame.slot) {
    pointer = `/${at.known ? at.key : '*'}${pointer}`
  }
  return pointer === '' ? '/' : pointer
}

/** The object or array `up` steps above a place, when there is one. */
export function ancestor(slot: Slot, up: number): Frame | null {
  let frame = slot.frame
  for (let step = 1; step < up && frame !== null; step++) frame = frame.slot.frame
  return frame
}

/**
 * The place as a stream's join key: array positions are the elements' own `index`, where they have one, so that the
 * deltas of one choice or tool call share a key over all events.
 */
export function joinKeyOf(slot: Slot): string {
  let key = `/${slot.key}`
  for (let frame = slot.frame; frame !== null && frame.slot.frame !== null; frame = frame.slot.frame) {
    const own = frame.slot.key
    key = `/${typeof own === 'number' && frame.index >= 0 ? frame.index : own}${key}`
  }
  return key
}
