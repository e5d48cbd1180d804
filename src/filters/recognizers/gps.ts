import { type Recognizer, words } from '../recognizer.ts'
import { DIGIT, is } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

/** Latitude and longitude as decimals, with three places at least: two make a town, not a house. */
const pair =
  /([-+]?\d{1,2}[.,]\d{3,15})[°]?[ ]?[NS]?[ ]{0,2}[,;/| ][ ]{0,2}([-+]?\d{1,3}[.,]\d{3,15})(?:[°]?[ ]?[EOWL])?(?![\p{L}\d]|\.\d)/uy
const single = /[-+]?\d{1,3}[.,]\d{3,15}(?![\p{L}\d]|\.\d)/uy
/** Degrees, minutes, seconds: `52° 31' 12.0" N, 13° 24' 18" E`. */
const sexagesimal =
  /\d{1,3}[ ]?°[ ]?\d{1,2}(?:[.,]\d{1,6})?[ ]?['′’][ ]?(?:\d{1,2}(?:[.,]\d{1,4})?[ ]?(?:["″”]|''|′′)[ ]?)?[NSEWO](?:[ ,;/]{1,3}(?:[OEW][ ]?)?\d{1,3}[ ]?°[ ]?\d{1,2}(?:[.,]\d{1,6})?[ ]?['′’][ ]?(?:\d{1,2}(?:[.,]\d{1,4})?[ ]?(?:["″”]|''|′′)[ ]?)?[NSEWOL])?(?![\p{L}\d])/uy

/** Positions on the map, behind a word for them. */
export const gps: Recognizer = {
  id: 'gps',
  types: ['GEO_POSITION'],
  anchors: words(
    ...phraseList(
      'gps koordinaten gps-koordinaten koordinate coordinates coords position standort geo location latlng latlon lat latitude breitengrad breite lon lng long longitude längengrad länge treffpunkt fundort einsatzort'
    )
  ),
  recognize: afterWord,
  examples: {
    match: [
      { text: 'GPS: 52.520008, 13.404954', found: '52.520008, 13.404954' },
      { text: 'Koordinaten 48,13743 / 11,57549', found: '48,13743 / 11,57549' },
      { text: '{"lat": 52.520008, "lon": 13.404954}', found: '52.520008' },
      { text: `Treffpunkt 52° 31' 12" N, 13° 24' 18" E`, found: `52° 31' 12" N, 13° 24' 18" E` },
      { text: '13.404954', label: 'longitude', found: '13.404954' }
    ],
    noMatch: [
      '52.520008, 13.404954',
      'Temperatur 21° C',
      'Position 3.141',
      'lat 95.1234567, 13.1',
      'GPS 2.10.3'
    ]
  },
  labelled: scan => {
    if (!/(?:^|[._-])(?:lat|lon|lng|latitude|longitude|coordinates?|gps)$/i.test(scan.label)) return
    single.lastIndex = 0
    if (single.test(scan.text) && single.lastIndex === scan.text.length)
      scan.report(0, scan.text.length, 'GEO_POSITION', 0.85)
  },
  source: 'ISO 6709'
}

/** Between the word and its number. */
const MAX_GAP = 24

function afterWord(scan: Scan, start: number, end: number): void {
  const { text } = scan
  let at = end
  while (at - end < MAX_GAP && !is(text.charCodeAt(at), DIGIT)) {
    if (text.charCodeAt(at) === 0x0a && text.charCodeAt(at - 1) === 0x0a) return
    at++
  }
  if (text.charCodeAt(at - 1) === 0x2d || text.charCodeAt(at - 1) === 0x2b) at--
  sexagesimal.lastIndex = at
  if (sexagesimal.test(text)) {
    scan.report(at, sexagesimal.lastIndex, 'GEO_POSITION', 0.9)
    return
  }
  pair.lastIndex = at
  const match = pair.exec(text)
  if (match !== null) {
    if (isDegree(match[1], 90) && isDegree(match[2], 180))
      scan.report(at, pair.lastIndex, 'GEO_POSITION', 0.9)
    return
  }
  // A single one is a position only behind a word that means nothing else.
  const word = text.slice(start, end)
  if (at - end > 6 || !/^(?:lat|lon|lng|latitude|longitude|breitengrad|längengrad)/i.test(word)) return
  single.lastIndex = at
  const limit = /^(?:lat|breite)/i.test(word) ? 90 : 180
  const number = single.exec(text)
  if (number !== null && isDegree(number[0], limit)) scan.report(at, single.lastIndex, 'GEO_POSITION', 0.85)
}

function isDegree(text: string | undefined, limit: number): boolean {
  return Math.abs(Number((text ?? '').replace(',', '.'))) <= limit
}
