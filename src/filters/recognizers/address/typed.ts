import { anywhere, endings, type Recognizer, words } from '../../recognizer.ts'
import { BLANK, DIGIT, is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList, wordList } from '../word-list.ts'
import { reportStreet, wordStartBefore } from './block.ts'
import { houseNumberEnd, isUpper, skipBlanks } from './reader.ts'
import { notStreetWord, usStates } from './words.ts'

/** Where somebody who types without capitals says where somebody lives or where something goes. */
const residence =
  /(?:wohn(?:e|st|t|en|haft|ung)|adresse|anschrift|gemeldet|zieh(?:e|st|t|en)|gezogen|liefer(?:n|t|ung)|live[sd]?|living|address|lieferadresse|sen[dt]|ship(?:ped)?|deliver(?:ed|y)?|located|mov(?:ed|ing)|stay(?:s|ing)?|resid(?:es|ing)|house|apartment)\b[^.!?\n]{0,32}$/i
/** How far back such a word may stand. */
const MAX_BEFORE = 48

const sureEndings = phraseList('straße strasse gasse allee chaussee')
/** Endings of words of programs and of other nouns too: with a residence or a postcode only. */
const otherEndings = phraseList('weg platz ring damm ufer steig stieg pfad kamp')

/** `kölner str. 12`, `lange gasse 3`: the word before a kind of street that is a word of its own. */
const adjective =
  /^(?:\p{Ll}{3,20}er|lange|alte|neue|große|grosse|kleine|kurze|breite|hohe|obere|untere|sankt)$/u

/** German streets in lower case within a sentence, as chats and search fields have them. */
export const addressTypedGerman: Recognizer = {
  id: 'address-typed-german',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: [...endings(...sureEndings, ...otherEndings), ...anywhere('str.', 'str ')],
  recognize: recognizeGerman,
  examples: {
    match: [
      {
        text: 'hi, ich wohne in der gartenstr 5, 50667 köln und mein vermieter',
        found: 'gartenstr 5, 50667 köln'
      },
      { text: 'bin grad in der kölner straße 12 beim arzt', found: 'kölner straße 12' },
      { text: 'wir ziehen in den birkenweg 7b um', found: 'birkenweg 7b' },
      { text: 'komm zu mir, ist die lindenallee 44', found: 'lindenallee 44' }
    ],
    noMatch: [
      'die waschstraße 2 ist defekt',
      'auf der straße 5 km weiter',
      'teststr 5 in der liste',
      'der umweg 3 ist länger',
      'arbeitsplatz 3 ist frei',
      'in der straße 5'
    ]
  },
  source: 'DIN 5008, in the spelling of chats'
}

function recognizeGerman(scan: Scan, kindStart: number, anchorEnd: number): void {
  const { text } = scan
  const kindEnd = is(text.charCodeAt(anchorEnd - 1), BLANK) ? anchorEnd - 1 : anchorEnd
  const at = skipBlanks(text, text.charCodeAt(kindEnd) === 0x2e ? kindEnd + 1 : kindEnd)
  if (at === kindEnd || !is(text.charCodeAt(at), DIGIT) || isUpper(text.charCodeAt(kindStart))) return
  const end = houseNumberEnd(text, at)
  if (end === at || scan.isCovered(kindStart)) return
  const start = germanStart(text, kindStart)
  if (start < 0) return
  const kind = text.slice(kindStart, kindEnd)
  const isSure = sureEndings.includes(kind) && kindStart - start >= 4
  reportStreet(scan, start, end, isSure || isResidence(text, start) ? 0.7 : 0, true)
}

/** Start of the name, in lower case, that the kind of street ends; -1 when there is none. */
function germanStart(text: string, kindStart: number): number {
  const wordStart = wordStartBefore(text, kindStart)
  if (wordStart < kindStart) {
    const kindEnd = /[\s.]|$/.exec(text.slice(kindStart, kindStart + 10))?.index ?? 0
    const isStreet =
      kindStart - wordStart >= 3 && !notStreetWord.has(text.slice(wordStart, kindStart + kindEnd))
    return isStreet && !isUpper(text.charCodeAt(wordStart)) ? wordStart : -1
  }
  if (!is(text.charCodeAt(kindStart - 1), BLANK)) return -1
  const start = wordStartBefore(text, kindStart - 1)
  return adjective.test(text.slice(start, kindStart - 1)) ? start : -1
}

function isResidence(text: string, start: number): boolean {
  return residence.test(text.slice(Math.max(0, start - MAX_BEFORE), start))
}

/** `my neighbor at 12b maple ct` */
function isPlaced(text: string, start: number): boolean {
  return /[\s(](?:at|to) {1,2}$/.test(text.slice(Math.max(0, start - 6), start))
}

const englishKinds = phraseList(`
street st road rd avenue ave lane ln drive dr boulevard blvd way court ct square terrace close crescent place pl
parkway pkwy highway hwy circle cir trail grove gardens
`)
const englishName =
  /(?:^|[^\p{L}\d.:$€£#/-])(\d{1,6}[a-z]?(?:-\d{1,5})? (?:\d{1,3}(?:st|nd|rd|th)|[a-z][a-z'-]{0,20}\.?)(?: (?:\d{1,3}(?:st|nd|rd|th)|[a-z][a-z'-]{1,20})){0,2}) $/u
const notEnglishName = wordList(`
on in at the of to from and a an for my our his her their your with is was are per or by this that side two three four way
lane minute minutes min mins hour hours mile miles more other different people kids cars blocks doors main block times
`)
const unit = /^\.?,? (?:(?:apt|apartment|unit|suite|ste|flat)\.? ?#?|# ?)(?:\d{1,5}[a-z]?|[a-z])(?![\w-])/
const city = new RegExp(
  `^\\.?,? (?:[a-z][a-z'-]{1,20}\\.?,? ){1,3}(?:(?:${usStates.toLowerCase()}),? \\d{5}(?:-\\d{4})?|[a-z]{1,2}\\d[a-z\\d]? ?\\d[a-z]{2})(?![\\w-])`
)

/** Streets of the United States and the United Kingdom in lower case, as prompts and chats have them. */
export const addressTypedEnglish: Recognizer = {
  id: 'address-typed-english',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words(...englishKinds),
  recognize: recognizeEnglish,
  examples: {
    match: [
      {
        text: 'i live at 2114 sycamore ave apt 9, boise id 83702. rent was',
        found: '2114 sycamore ave apt 9, boise id 83702'
      },
      { text: 'send it to 45 oak street, bristol bs1 4dj please', found: '45 oak street, bristol bs1 4dj' },
      { text: 'my address is 18 elm rd and my moms', found: '18 elm rd' },
      { text: 'my neighbor at 12b maple ct, her son', found: '12b maple ct' },
      {
        text: 'its 220 w 3rd st unit 4 los angeles ca 90013',
        found: '220 w 3rd st unit 4 los angeles ca 90013'
      }
    ],
    noMatch: [
      'please explain 4 lane road design',
      '2 way street parking',
      'there were 3 street dogs',
      'i live 15 minutes down the road',
      'i live 2 miles from the main road',
      'we saw 45 side street vendors',
      'pointing to 3 dead end roads'
    ]
  },
  source: 'USPS Publication 28; Royal Mail PAF, in the spelling of chats'
}

function recognizeEnglish(scan: Scan, kindStart: number, kindEnd: number): void {
  const { text } = scan
  const before = text.charCodeAt(kindStart - 2)
  if (
    !is(before, LETTER) ||
    isUpper(before) ||
    isUpper(text.charCodeAt(kindStart)) ||
    scan.isCovered(kindStart)
  )
    return
  if (is(text.charCodeAt(kindEnd), LETTER | DIGIT)) return
  const name = englishName.exec(text.slice(Math.max(0, kindStart - 60), kindStart))?.[1]
  if (name?.split(' ').some(word => notEnglishName.has(word)) !== false) return
  const start = kindStart - 1 - name.length
  const unitLength = unit.exec(text.slice(kindEnd, kindEnd + 24))?.[0].length ?? 0
  const streetEnd = kindEnd + unitLength
  const cityLength = city.exec(text.slice(streetEnd, streetEnd + 90))?.[0].length ?? 0
  if (cityLength > 0) scan.report(start, streetEnd + cityLength, 'ADDRESS', 0.95)
  else if (unitLength > 0 || isResidence(text, start) || isPlaced(text, start))
    scan.report(start, streetEnd, 'ADDRESS', 0.7)
}
