import type { Draw } from './draw.ts'

/** Fewer digits are met by chance in other text. */
const MIN_DIGITS = 5
const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * A value with other digits and letters in the same places: for numbers of all kinds. Check digits do not hold, so that it
 * is nobody's. A leading country code, as in `DE 123456789`, stays.
 * @returns null for values with few digits or with letters that are not ASCII
 */
export function sameShape(surface: string, draw: Draw): string | null {
  const digits = surface.match(/\d/g)?.length ?? 0
  if (digits < MIN_DIGITS || !/^[\x20-\x7e]+$/.test(surface)) return null
  const country = /^[A-Z]{2}(?=[ \d])/.exec(surface)?.[0] ?? ''
  let first = true
  return (
    country +
    surface.slice(country.length).replace(/[A-Za-z0-9]/g, char => {
      if (/\d/.test(char)) {
        const digit = first && char !== '0' ? 1 + draw.below(8) : draw.below(10)
        first = false
        return String(digit)
      }
      const letter = UPPER.charAt(draw.below(UPPER.length))
      return char === char.toUpperCase() ? letter : letter.toLowerCase()
    })
  )
}
