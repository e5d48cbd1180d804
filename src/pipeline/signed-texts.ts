import { joinKeyOf } from '../core/json/pointer.ts'
import type { Note, Walk } from '../core/json/walker.ts'
import type { AnswerText } from './answer-memory.ts'

/** Signed texts of one answer that are remembered. */
const MAX_TEXTS = 64
/** Longest one. UTF-16 code units. */
const MAX_LENGTH = 262_144

/**
 * What a model thought, as its provider signed it. It reaches the client unaltered and comes back so with the next turn; with
 * a name of the model's own making in it, it could then neither leave nor be altered. So it is remembered like all that the
 * provider wrote, and goes back to that provider alone.
 */
export class SignedTexts {
  /** By place, while more of them may come. */
  readonly #open = new Map<string, string>()
  readonly #texts = new Set<string>()

  /** An answer, or an event of one with the next part of each text. */
  see({ source, notes }: Walk): void {
    for (const note of notes) {
      if (note.tag !== 'signed' && note.tag !== 'signature') continue
      const value = stringAt(source, note)
      if (value === '') continue
      const key = joinKeyOf(note.slot)
      if (note.tag === 'signature') this.#close(key.slice(0, key.lastIndexOf('/') + 1))
      else if (this.#open.has(key) || this.#open.size < MAX_TEXTS) this.#add(key, value)
    }
  }

  /** All of them, once the answer is over. */
  get texts(): readonly AnswerText[] {
    this.#close('')
    return [...this.#texts].map(text => ({ source: text, restored: text }))
  }

  #add(key: string, value: string): void {
    const text = (this.#open.get(key) ?? '') + value
    if (text.length <= MAX_LENGTH) this.#open.set(key, text)
    else this.#open.delete(key)
  }

  /** A signature ends the text that it stands under. */
  #close(prefix: string): void {
    for (const [key, text] of this.#open) {
      if (!key.startsWith(prefix)) continue
      this.#open.delete(key)
      if (this.#texts.size < MAX_TEXTS) this.#texts.add(text)
    }
  }
}

/** Empty for what is no string. */
function stringAt(source: string, { start, end }: Note): string {
  return source.charCodeAt(start) === 0x22 ? (JSON.parse(source.slice(start, end)) as string) : ''
}
