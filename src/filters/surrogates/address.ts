import type { Draw } from './draw.ts'
import type { SurrogateMaker } from './maker.ts'

/** Names that say themselves that they are made up. */
const STREETS = [
  'Beispielweg',
  'Kulissenallee',
  'Modellgasse',
  'Musterstieg',
  'Phantasieufer',
  'Probeweg',
  'Requisitenring',
  'Testallee'
] as const
const PLACES = ['Beispielhausen', 'Fiktivingen', 'Kulissendorf', 'Musterwalde', 'Probeheim'] as const

/** Street and number, place with postcode, or both, as Germany, Austria and Switzerland write them. */
const ADDRESS =
  /^(?:(\p{L}[\p{L} .’'-]{2,60}) (\d{1,4})( ?[a-z])?)?(,? *\n? *)(?:(D-|A-|CH-)?(\d{4,5}) (\p{L}[\p{L} .()/-]{1,60}))?$/u

/**
 * An address that is none: street and place are made up, and belong together as they did. German postcodes begin with 05 and
 * those of four digits with 0, which no place has (Deutsche Post: 05 is not in use; Austria and Switzerland count from 1000).
 */
export const address: SurrogateMaker = {
  types: ['ADDRESS'],
  make: (surface, draw) => {
    const [, street, number, letter = '', between = '', country = '', code, place] =
      ADDRESS.exec(surface) ?? []
    if (street === undefined && code === undefined) return null
    const first =
      street === undefined || number === undefined
        ? ''
        : `${draw.of(STREETS)} ${numberLike(number, draw)}${letter}`
    const second =
      code === undefined || place === undefined ? '' : `${country}${codeLike(code, draw)} ${draw.of(PLACES)}`
    return `${first}${between}${second}`
  }
}

function numberLike(number: string, draw: Draw): string {
  return String(1 + draw.below(10 ** number.length - 1))
}

function codeLike(code: string, draw: Draw): string {
  return code.length === 5 ? `05${draw.digits(3)}` : `0${draw.digits(3)}`
}
