import { ALNUM, BLANK, DIGIT, is, isDash, LETTER, NEWLINE, UPPER, WORD } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import { wordList } from '../word-list.ts'
import { countries, notPlace, placeParticles } from './words.ts'

/**
 * Readers of the parts of an address. Each starts at an offset and returns where the part ends, or the offset itself
 * when there is none; each looks at a bounded number of characters.
 */

const MAX_BLANKS = 12
const MAX_SEPARATOR = 24

export function skipBlanks(text: string, at: number): number {
  let end = at
  while (end - at < MAX_BLANKS && is(text.charCodeAt(end), BLANK)) end++
  return end
}

export function isUpper(code: number): boolean {
  return is(code, UPPER)
}

function digitsEnd(text: string, at: number, max: number): number {
  let end = at
  while (end - at <= max && is(text.charCodeAt(end), DIGIT)) end++
  return end - at > max ? at : end
}

/** Floors in the Netherlands, `263-III`, `12-hs`; doors in Italy, `12/A`. */
const floor = /(?:-(?:I{1,3}|IV|V|hs|huis|bis|boven|beneden)|\/[A-Za-z])(?![\p{L}\d])/uy

/** `12`, `12a`, `12 a`, `3-5`, `12/3/4`, `64 – 66b`: DIN 5008; units behind slashes as in Austria. */
export function houseNumberEnd(text: string, at: number): number {
  if (text.charCodeAt(at) === 0x30 && !/^0[1-9]/.test(text.slice(at, at + 2))) return at
  let end = numberWithLetter(text, at)
  if (end === at) return at
  for (let part = 0; part < 3; part++) {
    const dash = skipOneBlank(text, end)
    const code = text.charCodeAt(dash)
    if (!isDash(code) && code !== 0x2f && code !== 0x2b) break
    const next = numberWithLetter(text, skipOneBlank(text, dash + 1))
    if (next === skipOneBlank(text, dash + 1)) {
      floor.lastIndex = dash
      if (floor.test(text)) end = floor.lastIndex
      break
    }
    end = next
  }
  return endsNumber(text, end) ? end : at
}

function skipOneBlank(text: string, at: number): number {
  return is(text.charCodeAt(at), BLANK) ? at + 1 : at
}

function numberWithLetter(text: string, at: number): number {
  const end = digitsEnd(text, at, 4)
  if (end === at) return at
  const code = text.charCodeAt(end)
  if (is(code, LETTER)) return is(text.charCodeAt(end + 1), WORD) || code > 0x7a ? at : end + 1
  // `8 a` and `8 A`, but not `8 A-Länder` nor `5 m`.
  const letter = text.charCodeAt(end + 1) | 0x20
  if (is(code, BLANK) && letter >= 0x61 && letter <= 0x68 && endsLetter(text, end + 2)) return end + 2
  return end
}

function endsLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (Number.isNaN(code) || is(code, NEWLINE)) return true
  // `12 b in 26122 Oldenburg`
  if (is(code, BLANK) && text.startsWith('in ', at + 1) && is(text.charCodeAt(at + 4), DIGIT)) return true
  if (is(code, BLANK)) return !is(text.charCodeAt(at + 1), LETTER) || isUpper(text.charCodeAt(at + 1))
  return code === 0x2c || code === 0x3b || code === 0x2e || code === 0x22 || code === 0x29 || code === 0x3c
}

/** No decimals, dates, times, amounts: `5,50`, `5.7.`, `5:30`, `5 %`, `5 Uhr`, `5 km`. */
export function endsNumber(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (is(code, WORD) || code === 0x25 || code === 0x5f || code === 0x20ac || code === 0xb0) return false
  if (code === 0x2e || code === 0x2c || code === 0x3a || code === 0x2f || code === 0x3d || isDash(code))
    return !is(text.charCodeAt(end + 1), DIGIT) && code !== 0x3d
  const next = skipBlanks(text, end)
  if (next === end) return true
  const after = text.charCodeAt(next)
  if (after === 0x25 || after === 0x20ac || after === 0xb0 || after === 0x3d) return false
  const word = text.slice(next, Math.min(wordEnd(text, next), next + 20))
  // `10/12 m. 5` is a flat in Poland.
  if (word === 'm' && /^m\. ?\d/.test(text.slice(next, next + 4))) return true
  return !isUnitOfMeasure(word)
}

function isUnitOfMeasure(word: string): boolean {
  if (word.length > 0 && word.length < 4)
    return /^(?:km|cm|mm|m|kg|mg|ml|l|h|s|ms|min|std|uhr|eur|usd|chf|x|mal)$/i.test(word)
  return /^(?:uhr|euro|prozent|meter|stück|tagen?|wochen?|monaten?|jahren?|stunden|minuten|kilometer|years?|days?|hours?|percent)$/i.test(
    word
  )
}

/** What may stand between two parts: comma, line end (one empty line at most), semicolon, tab, bar, CSV quotes, `<br>`. */
export function separatorEnd(text: string, at: number): number {
  let end = at
  let newlines = 0
  while (end - at < MAX_SEPARATOR) {
    const code = text.charCodeAt(end)
    if (code === 0x0a || code === 0x2028) {
      if (++newlines > 2) return at
    } else if (code === 0x3e && newlines > 0) {
      // Quoted mail.
    } else if (code === 0x2e && end === at && isPostcodeNext(text, end + 1)) {
      // `Los Alisos, 10. 13002 Ciudad Real`
    } else if (code === 0x5c && (text.charCodeAt(end + 1) | 0x20) === 0x6e) end++
    else if (code === 0x3c && /^<br ?\/?>/i.test(text.slice(end, end + 6))) end = text.indexOf('>', end)
    else if (!is(code, BLANK) && code !== 0x0d && !isSeparator(code)) break
    end++
  }
  return end
}

function isPostcodeNext(text: string, at: number): boolean {
  return /^[ \n]-? ?\d{5}(?!\d)/.test(text.slice(at, at + 9))
}

function isSeparator(code: number): boolean {
  return (
    code === 0x2c ||
    code === 0x3b ||
    code === 0x7c ||
    code === 0x22 ||
    code === 0x2d ||
    code === 0x2013 ||
    code === 0xb7 ||
    code === 0x2022 ||
    code === 0x2f
  )
}

/** Country codes written before postcodes: distinguishing signs of vehicles and ISO 3166-1. */
const prefixes: ReadonlySet<string> = wordList(`
D DE A AT CH FL LI L LU F FR B BE NL I IT E ES P PT S SE N NO DK FI FIN PL CZ SK H HU SLO SI HR GR LV LT EE EST BG RO MC SM
V CY MT IS
`)

/** Start of up to three capitals and a hyphen before a postcode: `D-`, `CH-`, `LV-`. */
export function countryPrefixStart(text: string, at: number): number {
  if (!isDash(text.charCodeAt(at - 1))) return at
  let start = at - 1
  while (at - start <= 4 && isUpper(text.charCodeAt(start - 1)) && is(text.charCodeAt(start - 1), ALNUM))
    start--
  return prefixes.has(text.slice(start, at - 1)) && !is(text.charCodeAt(start - 1), WORD) ? start : at
}

const postcodePattern =
  /(?:[A-Z]{1,3}[-\u2013] ?)?(?:\d{5}(?:-\d{3,4})?|\d{4}(?: ?[A-Z]{2}(?![A-Za-z])|-\d{3})?|\d\d-\d{3}|\d{3} \d\d|\d{6})(?![\p{L}\d_%]|[.,:/-]\d)/uy

/** Digits of a postcode in the ways of continental Europe and the Americas; UPU, Postal addressing systems. */
export function postcodeEnd(text: string, at: number): number {
  postcodePattern.lastIndex = at
  return postcodePattern.test(text) ? postcodePattern.lastIndex : at
}

/** False for what no post between Denmark and Italy delivers to: Germany's codes begin at 01001, none has six digits. */
export function isGermanPostcode(code: string): boolean {
  return !/^(?:00\d{2,3}|01000|\d{6})$/.test(code)
}

const letteredPattern =
  /(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d|GIR ?0AA|[AC-FHKNPRTV-Y]\d[\dW] [\dAC-FHKNPRTV-Y]{4})(?![A-Za-z\d_])/y

/** United Kingdom (BS 7666), Canada, Ireland (Eircode). */
export function letteredPostcodeEnd(text: string, at: number): number {
  letteredPattern.lastIndex = at
  return letteredPattern.test(text) ? letteredPattern.lastIndex : at
}

/** The name of a place: `Bad Homburg v.d.H.`, `Rohrbach bei Waltersdorf`, `Frankfurt/Main`, `Wolfpassing (NÖ)`. */
export function placeEnd(text: string, at: number, lower = false): number {
  let end = placeWordEnd(text, at, lower)
  if (end === at || notPlace.has(text.slice(at, end)) || countries.has(text.slice(at, end))) return at
  for (let word = 0; word < 3; word++) {
    const next = nextPlaceWord(text, end, lower)
    if (next === end) break
    end = next
  }
  return cantonEnd(text, end)
}

function placeWordEnd(text: string, at: number, lower: boolean): number {
  const code = text.charCodeAt(at)
  if (!is(code, LETTER) || (!lower && !isUpper(code) && !isArabicOrOther(code))) return at
  const end = wordEnd(text, at)
  if (end - at > 40) return at
  return text.charCodeAt(end) === 0x2e && end - at <= 3 ? end + 1 : end
}

/** Letters without case. */
function isArabicOrOther(code: number): boolean {
  return code > 0x590 && is(code, LETTER)
}

/** A further word of the place: after a particle anything in upper case, else only where a part ends behind it. */
function nextPlaceWord(text: string, end: number, lower: boolean): number {
  const slash = text.charCodeAt(end) === 0x2f
  let at = slash ? end + 1 : skipBlanks(text, end)
  const joined = text.charCodeAt(end - 1) === 0x2e && isUpper(text.charCodeAt(end))
  if ((at === end && !joined) || at - end > 2) return end
  let led = slash || text.charCodeAt(end - 1) === 0x2e
  for (let i = 0; i < 2; i++) {
    const stop = wordEnd(text, at)
    const word = text.slice(at, stop)
    if (/^(?:a|b|i|d|o|v|S|M|H|O|N)\.$/.test(text.slice(at, at + 2)) && stop === at + 1)
      return abbreviationsEnd(text, at)
    if (stop === at || !placeParticles.has(word)) break
    if (word === 'in' || word === 'the') {
      const next = skipBlanks(text, stop)
      if (
        !['Tirol', 'Taunus', 'Oldenburg', 'Holstein', 'Bayern'].includes(
          text.slice(next, wordEnd(text, next))
        )
      )
        return end
    }
    led = true
    at = skipBlanks(text, stop)
  }
  const stop = placeWordEnd(text, at, lower)
  const word = text.slice(at, stop)
  if (stop === at || notPlace.has(word) || countries.has(word) || placeParticles.has(word)) return end
  return led || endsPart(text, stop) ? stop : end
}

/** `a. d. Ruhr`, `i.Br.`, `v.d.H.` */
function abbreviationsEnd(text: string, at: number): number {
  let end = at
  for (let i = 0; i < 4; i++) {
    const next = skipBlanks(text, end)
    if (!is(text.charCodeAt(next), LETTER)) break
    const stop = wordEnd(text, next)
    const abbreviated = text.charCodeAt(stop) === 0x2e && stop - next < 4
    end = abbreviated ? stop + 1 : stop
    if (!abbreviated) break
  }
  return end
}

/** True where a line, a cell or a clause ends. */
export function endsPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (Number.isNaN(code) || is(code, NEWLINE) || code === 0x09) return true
  if (code === 0x2e) return !is(text.charCodeAt(at + 1), WORD)
  if (is(code, BLANK)) {
    const next = text.charCodeAt(skipBlanks(text, at))
    return Number.isNaN(next) || is(next, NEWLINE) || is(text.charCodeAt(at + 1), BLANK) || next === 0x28
  }
  return ',;|")<]}!?\u00b7\u2022\\'.includes(String.fromCharCode(code))
}

/** In contracts the brackets behind an address say who lives there. */
const party =
  /geber|nehmer|mieter|käufer|kläger|beklagt|gläubiger|schuldner|kunde|partei|seite|genannt|folgend|patient|mandant/i

function cantonEnd(text: string, at: number): number {
  const from = skipBlanks(text, at)
  const canton = /^\((?:[A-ZÄÖÜ]{1,3}|[A-ZÄÖÜ][\p{Ll}.-]{1,24})\)/u.exec(text.slice(from, from + 28))
  if (canton === null || from - at > 1 || party.test(canton[0])) return at
  return from + canton[0].length
}
