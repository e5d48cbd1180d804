import { mayDisguise } from '../views/characters.ts'
import { classOf, SHIFT } from './classes.ts'

/**
 * Signs of ways of writing that are read again in another way: escapes, disguises, tables. The walk over a text (`events.ts`)
 * collects them at no cost of its own, so that what reads such texts need not search for what does not occur.
 */

/** By sign: what begins it and what stands right behind that. */
const pairs = [
  ['%', '234567CDEFcdef'],
  ['&', '#ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
  ['=', '\r\n234CE'],
  ['\\', 'ux'],
  ['<', '/'],
  [' ', ' '],
  ['Vv', 'Aa']
] as const

/** Bit of a character that makes a sign with the one before it, which has the bit above. */
const bitOf = (index: number): number => 1 << (SHIFT + 2 * index)

/** `%40`, `&#64;` or `&amp;`, `=3D` of quoted-printable, `\u0040`: the first two characters of each. */
export const PERCENT: number = bitOf(0)
export const ENTITY: number = bitOf(1)
export const QUOTED: number = bitOf(2)
export const BACKSLASH: number = bitOf(3)
/** `</` */
export const MARKUP: number = bitOf(4)
/** Two spaces. */
export const GAP: number = bitOf(5)
/** The beginning of `VALUES`. */
export const VALUES: number = bitOf(6)
/** A character that may be invisible or look like another one, behind whatever it stands. */
export const DISGUISE: number = bitOf(7)
/** Tab, bar, semicolon: what separates cells, but seldom words. */
export const CELL: number = bitOf(8)

/** All of them. */
export const ANY_SIGN: number =
  PERCENT | ENTITY | QUOTED | BACKSLASH | MARKUP | GAP | VALUES | DISGUISE | CELL

/** What every character has, and what counts as the one before the first. */
export const ANY_CHARACTER: number = (DISGUISE | CELL) << 1

/** By UTF-16 code unit: its class (`classes.ts`), and above it the bits of signs. */
export const stepOf: Uint32Array = Uint32Array.from(classOf, step => step | ANY_CHARACTER)

for (const [index, [first, second]] of pairs.entries()) {
  add(first, bitOf(index) << 1)
  add(second, bitOf(index))
}
add('\t|;', CELL)
for (let code = 0; code < 0x10000; code++) if (mayDisguise(code)) add(String.fromCharCode(code), DISGUISE)

function add(chars: string, bits: number): void {
  for (let i = 0; i < chars.length; i++) {
    const code = chars.charCodeAt(i)
    stepOf[code] = (stepOf[code] ?? 0) | bits
  }
}
