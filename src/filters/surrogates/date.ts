import type { SurrogateMaker } from './maker.ts'

/** How many years the other date lies away at most. */
const YEARS = 2

/** Another date close by, written the same way. Months written as words stay. */
export const date: SurrogateMaker = {
  types: ['DATE_OF_BIRTH'],
  make: (surface, draw) => {
    if (!/^[\x20-\x7e]{6,30}$/.test(surface)) return null
    const shift = draw.below(2 * YEARS + 1) - YEARS
    const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(surface)
    if (compact !== null)
      return `${Number(compact[1]) + shift}${two(1 + draw.below(12))}${two(1 + draw.below(28))}`
    let numbers = 0
    const made = surface.replace(/\d+/g, digits => {
      numbers++
      if (digits.length === 4) return String(Number(digits) + shift)
      if (numbers === 3) return two((Number(digits) + shift + 100) % 100)
      // days beyond 12 stay beyond, so that day and month are not taken for each other
      const value = Number(digits) > 12 ? 13 + draw.below(16) : 1 + draw.below(12)
      return digits.length === 2 ? two(value) : String(value)
    })
    return numbers >= 2 ? made : null
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
