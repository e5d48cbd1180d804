import { anywhere, endings, type Recognizer } from '../../recognizer.ts'
import { BLANK, is, isDash, LETTER } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { reportStreet, startsPart, wordStartBefore } from './block.ts'
import { endsPart, houseNumberEnd, isUpper, skipBlanks } from './reader.ts'
import { phraseList } from '../word-list.ts'
import {
  leadWords,
  nameParticles,
  notLed,
  notStreet,
  notStreetWord,
  particles,
  streetAdjectives
} from './words.ts'

/** Endings that hardly anything but a street has. */
const strong = phraseList(`
straße strasse gasse allee chaussee gässle gäßchen gässchen
`)
const foreign = phraseList(`
straat laan dijk gracht plein kade singel steeg dreef vej gade gata gatan vägen veien gaten katu utca iela
ulice boulevard gate vei tie
`)
/** Endings of other words too: they need a house number that ends its line, cell or clause. */
const weak = phraseList(`
weg platz ring damm ufer steig stieg pfad promenade zeile siedlung gürtel meile esplanade brücke kai lände
wall markt graben bogen kamp winkel
`)

/** Those that are mostly something else need a line or cell of their own. */
const vagueEnd =
  /(?:meile|esplanade|brücke|kai|lände|wall|markt|graben|bogen|kamp|winkel|katu|tie|gate|vei|zeile|ring)$/i

const strongEnd =
  /(?:stra(?:ß|ss)e|str\.?|gasse|allee|chaussee|gässle|gä(?:ß|ss)chen|straat|laan|gracht|plein|singel|steeg)$/i

/** Streets named by a word that ends in their kind: German, Dutch, Nordic and neighbours. */
export const addressStreetSuffix: Recognizer = {
  id: 'address-street-suffix',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: [...endings(...strong, ...weak, ...foreign), ...anywhere('str.', 'str ')],
  recognize,
  examples: {
    match: [
      { text: 'wohnhaft Hauptstr. 8, 47809 Krefeld, der sich', found: 'Hauptstr. 8, 47809 Krefeld' },
      {
        text: 'Herrn\nMax Beispiel\nFriesische Str. 21 a\n24937 Flensburg\n',
        found: 'Friesische Str. 21 a\n24937 Flensburg'
      },
      { text: 'Sie wohnt Innsbrucker Landstraße 22a in Hall.', found: 'Innsbrucker Landstraße 22a' },
      { text: 'Dr.-Karl-Lueger-Platz 3/2/14, 1010 Wien', found: 'Dr.-Karl-Lueger-Platz 3/2/14, 1010 Wien' },
      {
        text: 'Lieferung an Mariahilfer Straße 12, Stiege 2, Top 4, A-1060 Wien, bitte',
        found: 'Mariahilfer Straße 12, Stiege 2, Top 4, A-1060 Wien'
      },
      { text: 'wh. Castroper Hellweg 88', found: 'Castroper Hellweg 88' },
      { text: 'Er wohnt Münchener Str. 130 mit dem Hund', found: 'Münchener Str. 130' },
      { text: 'Platz der Republik 1, 11011 Berlin', found: 'Platz der Republik 1, 11011 Berlin' },
      { text: 'Straße des 17. Juni 135\n10623 Berlin', found: 'Straße des 17. Juni 135\n10623 Berlin' },
      { text: 'Bahnhofstrasse 12 · 8001 Zürich', found: 'Bahnhofstrasse 12 · 8001 Zürich' },
      { text: 'darmstädter str. 19 50678 köln', found: 'darmstädter str. 19 50678 köln' },
      { text: 'wohnt in nordhausen, goethestr 14, und', found: 'goethestr 14' },
      { text: 'Keizersgracht 174-176, 1016 DW Amsterdam', found: 'Keizersgracht 174-176, 1016 DW Amsterdam' },
      { text: '"Anna","Lindenallee 5","22529","Hamburg"', found: 'Lindenallee 5' },
      { text: 'Pettenkoferstraße, 10247 Freiburg', found: 'Pettenkoferstraße, 10247 Freiburg' }
    ],
    noMatch: [
      'Der Arbeitsplatz 3 ist frei.',
      'Auf Platz 3 landete Kiel.',
      'Das ist der Weg 2, den wir gehen.',
      'Straße und Hausnummer fehlen.',
      'Die Straße 5 km weiter',
      'Die Waschstraße 2 ist defekt.',
      'int str = 5',
      'In der Friedrichstraße war viel los.',
      'Rückweg 2'
    ]
  },
  source:
    'DIN 5008; ÖNORM A 1080; Duden, Straßennamen; UPU, Postal addressing systems (DE, AT, CH, NL, DK, SE, NO, FI)'
}

/** A place in lower case, as chats have it: `Gartenstr 12 in 26122 oldenburg`. */
const lowerPlace = /^,? (?:in )?\d{5} \p{Ll}{3}/u

function recognize(scan: Scan, suffixStart: number, anchorEnd: number): void {
  const { text } = scan
  let end = anchorEnd
  if (is(text.charCodeAt(end - 1), BLANK) || isDash(text.charCodeAt(end - 1))) end--
  if (is(text.charCodeAt(end), LETTER) || isDash(text.charCodeAt(end)) || scan.isCovered(suffixStart)) return
  const nameEnd = text.charCodeAt(end) === 0x2e ? end + 1 : end
  const wordStart = wordStartBefore(text, suffixStart)
  const streetEnd = nameTailEnd(text, wordStart, suffixStart, nameEnd)
  const at = numberStart(text, streetEnd)
  const numberEnd = houseNumberEnd(text, at)
  const bare = numberEnd === at || at === streetEnd
  if (bare && !mayLackNumber(text, nameEnd) && !isShort(text)) return
  const start = nameStart(text, wordStart, suffixStart)
  if (start < 0) return
  const lower = !isUpper(text.charCodeAt(start))
  const isTyped = lower || lowerPlace.test(text.slice(numberEnd, numberEnd + 16))
  if (!bare) reportStreet(scan, start, numberEnd, rate(scan, start, end, numberEnd, lower), isTyped)
  else {
    // The value of a field is a street alone, perhaps with its place.
    const isField = isShort(text) && startsPart(text, start) && strongEnd.test(text.slice(wordStart, end))
    reportStreet(scan, start, nameEnd, isField ? 0.5 : 0, lower)
  }
}

/** A text of one short line that is no sentence. */
function isShort(text: string): boolean {
  return (
    text.length <= 48 &&
    text.length > 6 &&
    !/[.!?:;=(]\s*$|\n|[{}<>=()]/.test(text) &&
    text.split(' ').length <= 5
  )
}

/** Without a number only what directly precedes a postcode is an address. */
function mayLackNumber(text: string, nameEnd: number): boolean {
  const code = text.charCodeAt(nameEnd)
  return (code === 0x2c || code === 0x0a || code === 0x0d) && nameEnd < text.length
}

function rate(scan: Scan, start: number, end: number, numberEnd: number, lower: boolean): number {
  const { text } = scan
  const wordStop = text.charCodeAt(end - 1) === 0x2e ? end - 1 : end
  const word = text.slice(wordStartBefore(text, wordStop), wordStop)
  if (notStreetWord.has(word.toLowerCase())) return 0
  if (lower)
    return (scan.isWholeText(start, numberEnd) || isClause(text, start, numberEnd)) &&
      /straße|strasse|str$|gasse|allee|weg/i.test(word)
      ? 0.6
      : 0
  if (word.endsWith('StR')) return 0
  if (strongEnd.test(word)) return 0.85
  if (isYear(text, numberEnd)) return 0
  const delimited = endsPart(text, numberEnd) && startsPart(text, start)
  if (vagueEnd.test(word) || word.length < 6) return delimited ? 0.65 : 0
  return delimited ? 0.8 : endsPart(text, numberEnd) ? 0.7 : 0.55
}

/** One word between commas or in a line of its own, as chats have it: `wohnt in nordhausen, goethestr 14, und …`. */
function isClause(text: string, start: number, end: number): boolean {
  return startsPart(text, start) && endsPart(text, end) && !/\s\S*\s/.test(text.slice(start, end))
}

function isYear(text: string, end: number): boolean {
  return /(?:19|20)\d\d$/.test(text.slice(end - 4, end))
}

function numberStart(text: string, end: number): number {
  const comma = text.charCodeAt(end) === 0x2c && is(text.charCodeAt(end + 1), BLANK) ? end + 1 : end
  const at = skipBlanks(text, comma)
  const named = /^(?:Nr\.?|No\.?|Hausnr\.?|Hausnummer|nr\.?|huisnr\.?) ?/.exec(text.slice(at, at + 12))
  return named === null ? (comma > end ? end : at) : at + named[0].length
}

/** `Straße des 17. Juni`, `Platz der Republik`: what follows the kind of street when it is a word of its own. */
function nameTailEnd(text: string, wordStart: number, suffixStart: number, nameEnd: number): number {
  if (wordStart !== suffixStart || !isUpper(text.charCodeAt(wordStart))) return nameEnd
  let at = skipBlanks(text, nameEnd)
  const first = text.slice(at, wordEnd(text, at))
  if (!particles.has(first)) return nameEnd
  let end = nameEnd
  for (let word = 0; word < 5; word++) {
    const day = /^\d{1,2}\. /.exec(text.slice(at, at + 4))
    const stop = day === null ? wordEnd(text, at) : at + day[0].length - 1
    if (stop === at) break
    const name = text.slice(at, stop)
    if (day === null && !particles.has(name)) {
      if (!isUpper(text.charCodeAt(at))) break
      end = stop
    }
    at = skipBlanks(text, stop)
  }
  return end
}

/** Start of the street's name; -1 when it has none. */
function nameStart(text: string, wordStart: number, suffixStart: number): number {
  const standsAlone = wordStart === suffixStart
  const first = text.slice(wordStart, wordEnd(text, wordStart))
  if (!isUpper(text.charCodeAt(wordStart))) return lowerStart(text, wordStart)
  if (!standsAlone) return adjectiveStart(text, wordStart, first)
  const previous = previousWord(text, wordStart)
  if (previous < 0) return hasTail(text, wordStart) ? wordStart : -1
  const word = text.slice(previous, wordEnd(text, previous))
  if (notStreet.has(word) || notLed.has(word) || leadWords.has(word) || !isUpper(text.charCodeAt(previous)))
    return hasTail(text, wordStart) ? wordStart : -1
  return wholePart(text, previous)
}

function hasTail(text: string, wordStart: number): boolean {
  const at = skipBlanks(text, wordEnd(text, wordStart))
  return particles.has(text.slice(at, wordEnd(text, at)))
}

/** All lower case is taken only where the text or line starts with it, in whole; typed into a search field. */
function lowerStart(text: string, wordStart: number): number {
  let start = wordStart
  for (let word = 0; word < 3; word++) {
    const previous = previousWord(text, start)
    if (previous < 0) break
    start = previous
  }
  return startsPart(text, start) ? start : -1
}

function adjectiveStart(text: string, wordStart: number, word: string): number {
  const previous = previousWord(text, wordStart)
  if (previous < 0) return wordStart
  const before = text.slice(previous, wordEnd(text, previous))
  if (streetAdjectives.has(before)) return previous
  const isLong =
    /^(?:Land|Haupt|Heer|Bundes|Ring|Reichs|Post|Ufer|Hell|Tal|Stein)/.test(word) || isHyphenated(word)
  return isLong && /^\p{Lu}.*(?:er|ische)$/u.test(before) && !notStreet.has(before) ? previous : wordStart
}

/** `Josef Stanislaus Albach-Gasse`: names before a hyphenated street belong to it. */
function isHyphenated(word: string): boolean {
  return word.includes('-')
}

/** Takes in up to three more words in upper case when that reaches the start of the line or clause. */
function wholePart(text: string, from: number): number {
  let start = from
  for (let word = 0; word < 3; word++) {
    if (startsPart(text, start)) return start
    const previous = previousWord(text, start)
    if (previous < 0) return from
    const name = text.slice(previous, wordEnd(text, previous))
    if (notStreet.has(name) || (!isUpper(text.charCodeAt(previous)) && !nameParticles.has(name))) return from
    start = previous
  }
  return startsPart(text, start) && isUpper(text.charCodeAt(start)) ? start : from
}

/** Start of the word before the one at `at`, on the same line with one blank between; -1 when there is none. */
function previousWord(text: string, at: number): number {
  if (!is(text.charCodeAt(at - 1), BLANK)) return -1
  const end = text.charCodeAt(at - 2) === 0x2e ? at - 2 : at - 1
  const start = wordStartBefore(text, end)
  return start === end ? -1 : start
}
