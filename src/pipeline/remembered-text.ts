import { splice } from '../core/json/splice.ts'
import type { Edit } from '../core/leaf.ts'
import type { AnswerText } from './answer-memory.ts'
import type { JoinedText } from './joined-text.ts'

/** Longest text that is remembered. UTF-16 code units. */
const MAX_LENGTH = 262_144

/** A text that keeps both of its forms while it passes. */
export class RememberedText implements JoinedText, AnswerText {
  readonly #text: JoinedText
  source = ''
  restored = ''

  constructor(text: JoinedText) {
    this.#text = text
  }

  /** False when it grew too long. */
  get isWhole(): boolean {
    return this.source.length <= MAX_LENGTH
  }

  push(delta: string): readonly Edit[] {
    const edits = this.#text.push(delta)
    if (this.isWhole) {
      this.source += delta
      this.restored += edits.length === 0 ? delta : splice(delta, edits)
    }
    return edits
  }

  end(): string {
    const held = this.#text.end()
    if (this.isWhole) this.restored += held
    return held
  }

  shift(offset: number): number {
    return this.#text.shift(offset)
  }
}
