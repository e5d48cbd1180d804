import type { Draw } from './draw.ts'
import type { SurrogateMaker } from './maker.ts'

/** Ranges that regulators keep for fiction, or where the numbering plan has no numbers. */
interface Range {
  readonly country: string
  readonly national: (draw: Draw) => string
}

/** Bundesnetzagentur, Rufnummern für Medienproduktionen: area code and the digits before three free ones. */
const germany: Range = {
  country: '49',
  national: draw =>
    `${draw.of(['30 23125', '40 66969', '69 90009', '89 99998', '221 4710'])} ${draw.digits(3)}`
}
/** No range is reserved: Vienna has no number that begins with 0, which is dialled before area codes (RTR, KEM-V). */
const austria: Range = { country: '43', national: draw => `1 0${draw.digits(6)}` }
/** No range is reserved: 023 is no area code (BAKOM, numbering plan E.164). */
const switzerland: Range = {
  country: '41',
  national: draw => `23 ${draw.digits(3)} ${draw.digits(2)} ${draw.digits(2)}`
}
/** Ofcom, Telephone numbers for drama use: London. */
const britain: Range = { country: '44', national: draw => `20 7946 0${draw.digits(3)}` }
/** NANPA, 555 line numbers: 0100 to 0199 are for fiction. */
const america: Range = {
  country: '1',
  national: draw =>
    `${draw.of(['202', '212', '303', '312', '404', '512', '617', '702'])}-555-01${draw.digits(2)}`
}

/** A number that nobody has, with the country's code where the original has one. German where no country is named. */
export const phone: SurrogateMaker = {
  types: ['PHONE'],
  make: (surface, draw) => {
    const digits = surface.replace(/\(0\)/, '').replace(/[^\d+]/g, '')
    const code = /^(?:\+|00)(49|43|41|44|1)/.exec(digits)?.[1]
    if (code === undefined) return /^0[1-9]/.test(digits) ? `0${germany.national(draw)}` : null
    const range = [germany, austria, switzerland, britain, america].find(({ country }) => country === code)
    return range === undefined
      ? null
      : `${digits.startsWith('+') ? '+' : '00'}${code} ${range.national(draw)}`
  }
}
