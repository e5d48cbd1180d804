import { BLANK, DIGIT, is, isDash, LETTER, NEWLINE, WORD } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import {
  endsPart,
  houseNumberEnd,
  isUpper,
  letteredPostcodeEnd,
  placeEnd,
  postcodeEnd,
  separatorEnd,
  skipBlanks
} from './reader.ts'
import { countries, notPlace } from './words.ts'

const unitPattern =
  /(?:(?:Top|Tür|Türe|Stiege|Stg|Haus|Hof|Block|Objekt|Wohnung|Whg|WE|App|Appartement|Apt|Apartment|Suite|Ste|Unit|Flat|Room|Floor|Zimmer|Zi|Raum|Etage|Building|Bldg|Bus|Bte|Apto|[Pp]iso|Esc|Escalera|[Pp]uerta|[Ii]nt|[Ii]nterno|[Ss]cala|Lok|lok|m|bl|kl|Lot|Box|Postfach|PO Box|[Bb]ât|[Aa]ppt|[Bb]âtiment|[Aa]ppartement|[Ee]sc|[Pp]orte)\.? {0,2}(?:N[ro]\.? ?)?#?(?:\d{1,4}[A-Za-z]?|[A-Z])(?![\p{L}\d])(?:[-/]\d{1,4})?|#? ?(?:\d{1,2}(?:\.|st|nd|rd|th|º|ª|er|e|ème) ?(?:OG|Obergeschoss|Obergeschoß|Stock|Stockwerk|Etage|Floor|floor|étage|piso|planta|DG|UG)|EG|Erdgeschoss|Erdgeschoß|Dachgeschoss|DG|Hinterhaus|Vorderhaus|Seitenflügel|HH|VH|(?:Sixth|Fifth|Fourth|Third|Second|First|Ground) Floor)(?![\p{L}\d])|# ?\d{1,5}[A-Z]?(?![\p{L}\d])|\d{1,3} ?(?:º|ª|°|\.º) ?[A-Za-z]{0,3}(?![\p{L}\d])|\d{1,3} ?[A-Z](?![\p{L}\d]))/uy

/** `Top 4`, `Stiege 2`, `3. OG links`, `Apt. 4B`, `# 12`, `m. 5`. */
function unitEnd(text: string, at: number): number {
  unitPattern.lastIndex = at
  if (!unitPattern.test(text)) return at
  const end = unitPattern.lastIndex
  const side = /^ (?:links|rechts|mitte|li\.?|re\.?|left|right|izq\.?|dcha\.?)(?![\p{L}\d])/u.exec(
    text.slice(end, end + 10)
  )
  return side === null ? end : end + side[0].length
}

/** How sure a block is: what it has besides its street. */
export interface Block {
  readonly end: number
  /** A postcode and a place, or a state and a postcode, follow. */
  readonly hasPostcode: boolean
}

/** Takes in what follows a street: unit, postcode, place. */
export function blockEnd(text: string, streetEnd: number, lower: boolean): Block {
  let end = streetEnd
  for (let part = 0; part < 4; part++) {
    const at = separatorEnd(text, end)
    if (at === end && !is(text.charCodeAt(end), BLANK)) break
    const unit = unitEnd(text, at)
    const postal = postalEnd(text, at, lower)
    if (postal > unit) return { end: postal, hasPostcode: true }
    if (unit === at) break
    end = unit
  }
  const at = separatorEnd(text, end)
  const tail = at === end ? end : placeFirstEnd(text, at)
  return tail > at ? { end: tail, hasPostcode: true } : { end, hasPostcode: false }
}

/** Postcode, then place: `10115 Berlin`, `1012 AB Amsterdam`, `00-950 Warszawa`, `EC1M 5RF`. */
function postalEnd(text: string, at: number, lower: boolean): number {
  const lettered = letteredPostcodeEnd(text, at)
  if (lettered > at) return lettered
  const end = postcodeEnd(text, at)
  if (end === at) return at
  const from = separatorEnd(text, end)
  const place = from === end ? end : placeEnd(text, from, lower || isShouted(text, from))
  if (place > from) return place
  // A postcode alone, in its own cell or line; four digits alone may be a year.
  return end - at >= 5 && endsPart(text, end) ? end : at
}

function isShouted(text: string, at: number): boolean {
  return isUpper(text.charCodeAt(at))
}

/** Place first, as in English: `London, EC1M 5RF`, `Springfield, IL 62704`, `Córdoba 14001`. */
function placeFirstEnd(text: string, from: number): number {
  let at = from
  let isState = false
  for (let word = 0; word < 7; word++) {
    const postcode = letteredPostcodeEnd(text, at)
    if (postcode > at) return postcode
    if (word > 0 && is(text.charCodeAt(at), DIGIT)) {
      const digits = postcodeEnd(text, at)
      const least = isState || startsPart(text, at) ? 4 : 5
      return digits - at >= least && endsAddress(text, digits) ? digits : from
    }
    const stop = wordEnd(text, at)
    const name = text.slice(at, stop)
    if (stop === at || stop - at > 30 || !(isUpper(text.charCodeAt(at)) || isMissing(name))) return from
    if (notPlace.has(name)) return from
    isState = /^[A-Z]{2,3}$/.test(name)
    const next = text.charCodeAt(stop) === 0x2e ? stop + 1 : stop
    at = separatorEnd(text, next)
    if (at === next || (at - next > 8 && !isIndented(text, next, at))) return from
  }
  return from
}

/** Programs write a missing state so. */
function isMissing(name: string): boolean {
  return name === 'nan' || name === 'null' || name === 'none'
}

function isIndented(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (is(text.charCodeAt(i), NEWLINE)) return true
  return false
}

function endsAddress(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return Number.isNaN(code) || !is(code, WORD)
}

/** A street without suffix behind a postcode and place: `1010 Wien, Am Hof 3`, a line of its own. */
export function streetAfterEnd(text: string, placeEnd: number): number {
  const at = separatorEnd(text, placeEnd)
  if (at === placeEnd || !isUpper(text.charCodeAt(at))) return placeEnd
  let end = at
  for (let word = 0; word < 5; word++) {
    const stop = wordEnd(text, end)
    if (stop === end || stop - end > 40) return placeEnd
    const name = text.slice(end, stop)
    if (notPlace.has(name) || countries.has(name)) return placeEnd
    const next = text.charCodeAt(stop) === 0x2e ? stop + 1 : stop
    const number = skipBlanks(text, next)
    const numberEnd = houseNumberEnd(text, number)
    if (numberEnd > number) return endsPart(text, numberEnd) && number > next ? numberEnd : placeEnd
    if (number === next) return placeEnd
    end = number
  }
  return placeEnd
}

/** Reports a street with what follows it, if it is sure by itself or by a postcode. */
export function reportStreet(scan: Scan, start: number, end: number, score: number, lower = false): void {
  const block = blockEnd(scan.text, end, lower)
  const sure = block.hasPostcode ? 0.95 : score
  if (sure > 0) reportParts(scan, block.end > end ? leadingNumber(scan.text, start) : start, block.end, sure)
}

/** Reports [start, end) as one finding, but the cells of a table or of CSV each for themselves: it must stay one. */
export function reportParts(scan: Scan, start: number, end: number, score: number): void {
  const { text } = scan
  let from = start
  for (let at = start; at <= end; at++) {
    if (at < end && !isCellEnd(text, at)) continue
    let stop = at
    while (stop > from && isCellPadding(text.charCodeAt(stop - 1))) stop--
    while (from < stop && isCellPadding(text.charCodeAt(from))) from++
    if (stop > from) scan.report(from, stop, 'ADDRESS', score)
    from = at + 1
  }
}

function isCellEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code === 0x22 || code === 0x7c || code === 0x3b || code === 0x09 || code === 0x3c || code === 0x3e)
    return true
  return code === 0x2c && !is(text.charCodeAt(at + 1), BLANK | NEWLINE)
}

function isCellPadding(code: number): boolean {
  return is(code, BLANK | NEWLINE) || code === 0x2c
}

/** Takes in a number that starts the line before the street: a unit or lot, `935 69 Gordon Terrace, Suite 8`. */
function leadingNumber(text: string, start: number): number {
  if (!is(text.charCodeAt(start - 1), BLANK)) return start
  let at = start - 1
  while (start - at < 8 && is(text.charCodeAt(at - 1), DIGIT)) at--
  return at < start - 1 && (startsPart(text, at) || is(text.charCodeAt(at - 1), BLANK)) ? at : start
}

/** True where a part of an address may begin: the text, a line, a cell or a clause starts here. */
export function startsPart(text: string, at: number): boolean {
  if (at === 0) return true
  const code = text.charCodeAt(at - 1)
  if (is(code, NEWLINE) || code === 0x09) return true
  if (is(code, BLANK)) {
    let before = at - 1
    while (at - before < 12 && is(text.charCodeAt(before), BLANK)) before--
    const char = text.charCodeAt(before)
    return before < 0 || at - before > 2 || is(char, NEWLINE) || isOpening(char) || isDash(char)
  }
  return isOpening(code)
}

function isOpening(code: number): boolean {
  return ',;:|"\'(>[{=*\u201e\u201c\u00ab\u00bb\u00b7\u2022'.includes(String.fromCharCode(code)) && code > 0
}

/** Start of the word before `end`, with hyphens, apostrophes and abbreviations (`Dr.-Sturm`) in it. */
export function wordStartBefore(text: string, end: number): number {
  let start = end
  while (start > 0 && end - start < 48) {
    const code = text.charCodeAt(start - 1)
    if (is(code, LETTER) || isDash(code) || code === 0x27 || code === 0x2019) start--
    else if (code === 0x2e && (isDash(text.charCodeAt(start)) || isUpper(text.charCodeAt(start)))) start--
    else break
  }
  while (start < end && !is(text.charCodeAt(start), LETTER)) start++
  return start
}
