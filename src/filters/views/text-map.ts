/** Places where a view differs from its original, in order; everything between them is the same. */
interface Piece {
  readonly viewStart: number
  readonly viewEnd: number
  readonly start: number
  readonly end: number
}

/** A text as it reads once a disguise is taken off, and where each part of it stands in the original. */
export class View {
  readonly text: string
  readonly #pieces: readonly Piece[]

  constructor(text: string, pieces: readonly Piece[]) {
    this.text = text
    this.#pieces = pieces
  }

  /** Part of the original that [start, end) of the view stands for; an escape is covered whole or not at all. */
  locate(start: number, end: number): { start: number; end: number } {
    return { start: this.#toOriginal(start, false), end: this.#toOriginal(end, true) }
  }

  /**
   * Parts of the view in which something may read differently: what was changed and what stands around it, up to a
   * blank. They do not overlap.
   */
  windows(margin: number): { start: number; end: number }[] {
    const { text } = this
    const windows: { start: number; end: number }[] = []
    let last: { start: number; end: number } | undefined
    for (const { viewStart, viewEnd } of this.#pieces) {
      const start = Math.max(0, viewStart - margin)
      const end = Math.min(text.length, viewEnd + margin)
      if (last !== undefined && start <= last.end + margin) last.end = end
      else windows.push((last = { start, end }))
    }
    for (const window of windows) {
      window.start = blankBefore(text, window.start, margin)
      window.end = blankBehind(text, window.end, margin)
    }
    return windows
  }

  #toOriginal(offset: number, isEnd: boolean): number {
    const pieces = this.#pieces
    let low = 0
    let high = pieces.length
    while (low < high) {
      const middle = (low + high) >> 1
      const piece = pieces[middle]
      // A start skips what was left out right before it, an end stops in front of what was left out right behind it.
      if (piece !== undefined && (isEnd ? piece.viewStart < offset : piece.viewStart <= offset))
        low = middle + 1
      else high = middle
    }
    const piece = pieces[low - 1]
    if (piece === undefined) return offset
    if (offset < piece.viewEnd) return isEnd ? piece.end : piece.start
    return piece.end + offset - piece.viewEnd
  }
}

/** Start of the word at `at`, or `at` where a word is longer than half a margin. */
function blankBefore(text: string, at: number, margin: number): number {
  for (let i = at; at - i < margin / 2; i--)
    if (i <= 0 || isBlank(text.charCodeAt(i - 1))) return Math.max(0, i)
  return at
}

function blankBehind(text: string, at: number, margin: number): number {
  for (let i = at; i - at < margin / 2; i++)
    if (i >= text.length || isBlank(text.charCodeAt(i))) return Math.min(i, text.length)
  return at
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

/** Makes a view from left to right; work is linear in the original. */
export class ViewBuilder {
  readonly #original: string
  readonly #pieces: Piece[] = []
  #text = ''
  #at = 0

  constructor(original: string) {
    this.#original = original
  }

  /** Writes `text` for [start, end) of the original; calls come in order and do not overlap. */
  replace(start: number, end: number, text: string): void {
    this.#text += this.#original.slice(this.#at, start)
    const viewStart = this.#text.length
    this.#text += text
    this.#pieces.push({ viewStart, viewEnd: this.#text.length, start, end })
    this.#at = end
  }

  /** The view; undefined when nothing was replaced. */
  build(): View | undefined {
    if (this.#pieces.length === 0) return undefined
    return new View(this.#text + this.#original.slice(this.#at), this.#pieces)
  }
}
