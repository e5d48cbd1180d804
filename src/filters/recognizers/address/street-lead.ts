import type { Recognizer } from '../../recognizer.ts'
import { prefixes, words } from '../../recognizer.ts'
import { BLANK, DIGIT, hasDigit, is, LETTER, WORD } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList, wordList } from '../word-list.ts'
import { reportStreet, startsPart } from './block.ts'
import { endsPart, houseNumberEnd, isUpper, skipBlanks } from './reader.ts'
import { notLed, notPlace, particles } from './words.ts'

/** Kinds of street that stand before the name; the number stands before (France) or after it. */
const kinds = phraseList(`
rue avenue av ave boulevard bd bld blvd chemin allée allées impasse quai route cours square faubourg fbg
place passage sentier montée ruelle villa via viale piazza piazzale corso largo vicolo strada contrada
lungomare salita calle c/ avda avenida avinguda plaza plaça pza paseo passeig carrer camino ronda
carretera ctra travesía glorieta urbanización urb pasaje callejón rua r travessa tv praça largo estrada
alameda ul ulica ulicy al aleja aleje os osiedle pl plac placu skwer rondo strada str bulevardul bdul
calea ulitsa улица ул
`)
/** German streets that begin with a preposition and an article: `Am Graben`, `Unter den Linden`. */
const german = phraseList(`
am im zum zur beim an_der an_den an_dem in_der in_den in_dem auf_der auf_dem auf_den unter_den unter_der vor_dem
vor_der vor_den hinter_der hinter_dem hinter_den zu_den bei_der bei_den ob_der
`)

const germanLead =
  /^(?:Am|An de[rnm]|Auf (?:de[rmn]|dem)|Beim|Im|In de[rnm]|Unter de[nmr]|Vor de[mnr]|Hinter de[rmn]|Zum|Zur|Zu den|Bei de[rmn]|Ob der) (?:\p{Ll}{3,14} )?(?=\p{Lu})/u
/** Kinds that are ordinary words elsewhere: lower case only with a number before and a name in upper case. */
const ambiguous: ReadonlySet<string> = wordList(
  'place route cours villa passage square via largo str r al os pl av ave tv bd al urb strada place c ul'
)

const kindWords: ReadonlySet<string> = new Set(kinds)
/** Abbreviations that are more often something else: with a dot only. */
const dottedOnly: ReadonlySet<string> = wordList('r tv os al pl ul str urb')
const germanWords: ReadonlySet<string> = new Set(german)

/** Streets named by a kind or a preposition before the name: German, French, Italian, Spanish, Portuguese, Polish. */
export const addressStreetLead: Recognizer = {
  id: 'address-street-lead',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: [...words(...new Set([...kinds, ...german])), ...prefixes('c/')],
  recognize,
  examples: {
    match: [
      { text: 'Maria Muster\nAm Graben 18\n4040 Linz', found: 'Am Graben 18\n4040 Linz' },
      { text: 'wohnhaft An der Alster 12a, 20099 Hamburg', found: 'An der Alster 12a, 20099 Hamburg' },
      { text: 'Unter den Linden 5', found: 'Unter den Linden 5' },
      { text: '12, rue de la Paix, 75002 Paris', found: '12, rue de la Paix, 75002 Paris' },
      { text: 'Elle habite 14 bis avenue Victor-Hugo à Lyon.', found: '14 bis avenue Victor-Hugo' },
      { text: 'residente in Via Garibaldi 12, 20121 Milano', found: 'Via Garibaldi 12, 20121 Milano' },
      { text: 'Calle de la bola 19, 11A', found: 'Calle de la bola 19, 11A' },
      { text: 'ul. Świętokrzyska 3/5A, 00-360 Warszawa', found: 'ul. Świętokrzyska 3/5A, 00-360 Warszawa' },
      { text: 'abito in via manzoni 14, 20121 milano, cell', found: 'via manzoni 14, 20121 milano' },
      { text: 'Rua Silveira Martins, 68', found: 'Rua Silveira Martins, 68' }
    ],
    noMatch: [
      'Am Montag 5 Termine',
      'Im Jahr 2023 stieg der Umsatz.',
      'Im Kapitel 3, Absatz 2',
      'Am 12. Mai 2024',
      'via Telefon 5',
      'in place 3 of the list',
      'In der Tabelle 4\n',
      'Zur Version 2, die gestern erschien',
      'al 5, os 7',
      'Am Gerät 3, das'
    ]
  },
  source: 'UPU, Postal addressing systems (FR, BE, LU, IT, ES, PT, PL); La Poste NF Z10-011; DIN 5008'
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if ((is(text.charCodeAt(end), LETTER) && text.charCodeAt(end - 1) !== 0x2f) || scan.isCovered(start)) return
  const isCapital = isUpper(text.charCodeAt(start))
  if (germanWords.has(text.slice(start, end).toLowerCase())) {
    if (isCapital) recognizeGerman(scan, start)
    else if (start === 0) recognizeLower(scan)
  } else recognizeKind(scan, start, end)
}

function recognizeGerman(scan: Scan, start: number): void {
  const { text } = scan
  const lead = germanLead.exec(text.slice(start, start + 14))
  if (lead === null) return
  let at = start + lead[0].length
  const first = text.slice(at, wordEnd(text, at))
  if (notLed.has(first) || notPlace.has(first)) return
  for (let word = 0; word < 3; word++) {
    const stop = wordEnd(text, at)
    if (stop === at || !isUpper(text.charCodeAt(at))) return
    const number = skipBlanks(text, text.charCodeAt(stop) === 0x2e ? stop + 1 : stop)
    const numberEnd = houseNumberEnd(text, number)
    if (numberEnd > number && number > stop) {
      const isYear = /^(?:19|20)\d\d$/.test(text.slice(number, numberEnd))
      const delimited = startsPart(text, start) && endsPart(text, numberEnd) && !isProseComma(text, numberEnd)
      const likely = delimited || isLed(text, start) || isMidSentence(text, start)
      reportStreet(scan, start, numberEnd, likely && !isYear ? 0.65 : 0)
      return
    }
    at = number
  }
}

/** All lower case, as typed into a search field: `am knie 9 81241 münchen`. */
function recognizeLower(scan: Scan): void {
  const street =
    /^(?:am|an de[rnm]|auf de[rmn]|im|in de[rnm]|unter de[nmr]|zum|zur) (?:[\p{Ll}-]{2,24} ){1,3}(?=\d)/u.exec(
      scan.text.slice(0, 90)
    )
  const at = street?.[0].length ?? 0
  const number = houseNumberEnd(scan.text, at)
  if (at > 0 && number > at) reportStreet(scan, 0, number, 0, true)
}

/** `Am Gerät 3, das gestern …`: what follows the comma is a sentence. */
function isProseComma(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x2c) return false
  const next = skipBlanks(text, at + 1)
  return is(text.charCodeAt(next), LETTER) && !isUpper(text.charCodeAt(next))
}

/** A preposition in upper case that does not begin a sentence begins a name. */
function isMidSentence(text: string, start: number): boolean {
  return is(text.charCodeAt(start - 1), BLANK) && is(text.charCodeAt(start - 2), LETTER)
}

/** `wohnt Am Graben 18`, `Adresse: …`. */
function isLed(text: string, start: number): boolean {
  return /(?:wohnhaft|wohnt|wohne|wohnen|wohnend|Adresse|Anschrift|nach|ansässig|gemeldet)(?: in)?:? {1,2}$/i.test(
    text.slice(Math.max(0, start - 20), start)
  )
}

function recognizeKind(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (!hasDigit(text, start - 12, end + 80) && !/s\/n/i.test(text.slice(end, end + 60)) && text.length > 60)
    return
  const kind = text.slice(start, end).toLowerCase()
  const isCapital = isUpper(text.charCodeAt(start))
  const dotted = text.charCodeAt(end) === 0x2e
  // Anchors are compared without accents: `placé` is no `place`.
  if (!kindWords.has(kind) || (!dotted && dottedOnly.has(kind))) return
  const from = skipBlanks(text, dotted ? end + 1 : end)
  if (from === end && (kind !== 'c/' || text.charCodeAt(end) === 0x6f)) return
  // `route.limit` is code, `ul.Polna` is not.
  if (dotted && from === end + 1 && !isUpper(text.charCodeAt(from))) return
  const before = numberBefore(text, start)
  // In lower case within a sentence a postcode must follow: `abito in via manzoni 14, 20121 milano`.
  const isVague = ambiguous.has(kind) && !isCapital && !dotted && !startsPart(text, start)
  const nameEnd = streetNameEnd(text, from, dotted || kind.length > 3 || before < start || isVague)
  if (nameEnd === from) return
  if (before < start) {
    if (ambiguous.has(kind) && !isCapital && !isUpper(text.charCodeAt(from))) return
    reportStreet(scan, before, nameEnd, ambiguous.has(kind) ? 0.6 : 0.85, isTyped(text, before, nameEnd))
    return
  }
  const at = afterName(text, nameEnd)
  const numberEnd = houseNumberEnd(text, at)
  if (numberEnd > at && at > nameEnd)
    reportStreet(
      scan,
      start,
      spanish.test(kind) ? flatEnd(text, numberEnd) : numberEnd,
      isVague ? 0 : ambiguous.has(kind) && !dotted ? 0.6 : 0.85,
      isTyped(text, start, numberEnd)
    )
  else if (isVague) return
  else if (/^ ?,? ?s\/n/i.test(text.slice(nameEnd, nameEnd + 6)))
    reportStreet(scan, start, text.indexOf('/', nameEnd) + 2, 0.8)
  else reportStreet(scan, start, nameEnd, scan.isWholeText(start, nameEnd) && nameEnd - start > 8 ? 0.5 : 0)
}

/** Without a capital, as chats have it: the place behind it lacks one too. */
function isTyped(text: string, start: number, end: number): boolean {
  return !/\p{Lu}/u.test(text.slice(start, end))
}

const spanish =
  /^(?:c\/|calle|av|avda|avenida|plaza|pza|paseo|carrer|camino|ronda|travesía|glorieta|pasaje|avinguda|urb|urbanización|callejón|ctra|carretera)$/
const flat =
  /^(?: ?, ?| {1,2})(?:(?:piso|puerta|planta|bajo|bloque|escalera|esc\.?|portal|ático|dcha\.?|izq\.?|izda\.?)(?: ?[A-Z\d]{1,2}(?![\p{L}\d]))?|\d{1,2} ?(?:[º°ª]|\.?[ºo])? ?(?:[A-Z](?!\p{L})|Izq|Der|Izda|Dcha)?(?![\p{L}\d])|[A-H](?![\p{L}\d]))/iu

/** Storey, door and stair behind a Spanish house number: `, 3, D`, ` Bajo A`, `, 1º 3`. */
function flatEnd(text: string, from: number): number {
  let end = from
  for (let part = 0; part < 3; part++) {
    const found = flat.exec(text.slice(end, end + 24))
    if (found === null) break
    end += found[0].length
  }
  return endsPart(text, end) || /^ (?:E-)?\d{5}/.test(text.slice(end, end + 8)) ? end : from
}

/** `, `, ` nº `, ` n. ` between the name and the number. */
function afterName(text: string, nameEnd: number): number {
  const between = /^(?: ?,)? {0,2}(?:(?:n\.[º°]|n[º°.o]|núm\.?|nr\.?|no\.?|km\.?) ?)?/i.exec(
    text.slice(nameEnd, nameEnd + 10)
  )
  const at = nameEnd + (between?.[0].length ?? 0)
  return is(text.charCodeAt(at), DIGIT) ? at : nameEnd
}

/** `12`, `14 bis`, `3B,` before the kind of street; `start` when there is none. */
function numberBefore(text: string, start: number): number {
  const from = Math.max(0, start - 16)
  const number = /(\d{1,4}(?:[-/]\d{1,4})?(?: ?(?:bis|ter|quater|[A-Ha-h]))?),? {1,2}$/.exec(
    text.slice(from, start)
  )
  if (number === null) return start
  const at = from + number.index
  const before = text.charCodeAt(at - 1)
  // `80-288, ul. Morenowa 8` has a postcode before it.
  return is(before, WORD) ||
    /^\d\d-\d{3}$/.test(number[1] ?? '') ||
    (at > 1 && ',.:/-'.includes(text.charAt(at - 1)) && is(text.charCodeAt(at - 2), DIGIT))
    ? start
    : at
}

/** `de la Paix`, `Victor-Hugo`, `du 8 mai 1945`, `san francisco` after a kind in full. */
function streetNameEnd(text: string, from: number, full: boolean): number {
  let at = from
  let end = from
  for (let word = 0; word < 6; word++) {
    const stop = wordEnd(text, at)
    if (stop === at) {
      const date =
        word > 0 && word < 3 ? /^\d{1,2}(?:er)? \p{L}{3,9}(?: \d{4})?/u.exec(text.slice(at, at + 20)) : null
      return date !== null && isDateName(text, from, at) ? at + date[0].length : end
    }
    const name = text.slice(at, stop)
    const capital = isUpper(text.charCodeAt(at))
    if (notPlace.has(name)) return end
    if (capital || (full && word < 3 && !particles.has(name) && isNumbered(text, stop))) end = stop
    else if (!particles.has(name) && !/^[ld]['\u2019]/i.test(name) && !(full && word < 2 && end === from))
      return end
    if (/^[ld]['\u2019]/i.test(name)) end = stop
    const dotted = text.charCodeAt(stop) === 0x2e && stop - at <= 4 && is(text.charCodeAt(stop + 1), BLANK)
    at = skipBlanks(text, dotted ? stop + 1 : stop)
    if (at === stop || at - stop > 2) return end
  }
  return end
}

/** `rue du 8 mai 1945`. */
function isDateName(text: string, from: number, at: number): boolean {
  return particles.has(text.slice(from, wordEnd(text, from)).toLowerCase()) && at > from
}

/** A name in lower case counts when a number follows: `calle del pez, 28`. */
function isNumbered(text: string, stop: number): boolean {
  return afterName(text, stop) > stop
}
