import type { Draw } from './draw.ts'

/** Makes values of one form. Adding one: a file here and a line in index.ts. */
export interface SurrogateMaker {
  readonly types: readonly string[]
  /**
   * Another value in the form of this one, ASCII.
   * @param surface attacker-controlled
   * @returns null when the form is none that can be made; the caller then issues a code
   */
  make(surface: string, draw: Draw): string | null
}

/** Puts the letters and digits of `compact` in the place of those of `surface`; separators stay. Both have the same number. */
export function inLayoutOf(surface: string, compact: string): string {
  let next = 0
  return surface.replace(/[A-Za-z0-9]/g, () => compact.charAt(next++))
}
