import { prefixes, type Recognizer } from '../../recognizer.ts'
import { ALNUM, BLANK, is, NEWLINE, WORD } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isDummyKey, isOfTwo } from '../validators/placeholder.ts'
import { wordList } from '../word-list.ts'
import { compileShape } from './format.ts'
import { joined, startsHere } from './rule.ts'
import { type VendorKey, vendorKeys } from './vendor-keys.ts'

/** How far behind the name the value may start, and over how many tokens. */
const MAX_GAP = 64
const MAX_TOKENS = 6

/**
 * Keys without a prefix of their own, told by the vendor's name before them and by their exact length and alphabet:
 * `chartmogul a1b2…`, `SONAR_LOGIN = "…"`, `config/master.key` and its 32 digits. Between the two only words of
 * credentials may stand.
 */
export const vendorKey: Recognizer = {
  id: 'vendor-key',
  types: ['API_KEY'],
  anchors: prefixes(...vendorKeys.flatMap(({ names }) => names)),
  recognize,
  examples: {
    match: [
      {
        text: joined('deepgram = 12e217f37eb173f0c8f1', 'b7309f4207c7dca20186'),
        found: joined('12e217f37eb173f0c8f1', 'b7309f4207c7dca20186')
      },
      {
        text: joined('sonar.login=826de5590c75919a8317', 'fdface58206eebe7ebbc'),
        found: joined('826de5590c75919a8317', 'fdface58206eebe7ebbc')
      },
      {
        text: joined('config/master.key\n0f3c9a7b5d1e4f60', 'a2b8c4d6e8f01357'),
        found: joined('0f3c9a7b5d1e4f60', 'a2b8c4d6e8f01357')
      },
      {
        text: joined('DeepL-Schlüssel: 279a2e9d-83b3-c416', '-7e2d-f721593e42a0:fx'),
        found: joined('279a2e9d-83b3-c416', '-7e2d-f721593e42a0:fx')
      },
      { text: 'export BUNDLE_GEMS__CONTRIBSYS__COM=c4f3ba18:de20be9f', found: 'c4f3ba18:de20be9f' },
      {
        text: 'hunter api key 90zq1xk4mm27bb81ce05aa92dd47ff6812ab34cd',
        found: '90zq1xk4mm27bb81ce05aa92dd47ff6812ab34cd'
      }
    ],
    noMatch: [
      'deepgram commit of 12e217f37eb173f0c8f1b7309f4207c7dca20186',
      'deepgram = 12e217f37eb173f0c8f1b7309f4207c7dca2018',
      'the hunter 90zq1xk4mm27bb81ce05aa92dd47ff6812ab34cd',
      'spotify: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
      'toggl internationalisierungsverfahren'
    ]
  },
  source: 'The page of each vendor, see vendor-keys.ts'
}

interface Vendor extends VendorKey {
  readonly ends: readonly ((text: string, at: number) => number)[]
}

const byName = new Map<string, Vendor>(
  vendorKeys.flatMap(vendor => {
    const compiled = { ...vendor, ends: vendor.shapes.map(compileShape) }
    return vendor.names.map(name => [folded(name), compiled] as const)
  })
)

const letters = new Letters()

function folded(text: string): string {
  return text.toLowerCase().replaceAll('_', '-')
}

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const vendor = byName.get(folded(text.slice(start, end)))
  if (vendor === undefined || start < scan.readUntil) return
  let isNamed = vendor.isWord !== true
  let at = end
  for (let token = 0; token < MAX_TOKENS; token++) {
    const from = tokenStart(text, at, end + MAX_GAP)
    if (from < 0) return
    const valueEnd = token > 0 || from > end ? valueAt(text, from, vendor) : -1
    if (valueEnd > 0) {
      if (isNamed && isSecret(text, from, valueEnd)) {
        scan.report(from, valueEnd, 'API_KEY', 0.85)
        scan.readUntil = valueEnd
      }
      return
    }
    at = tokenEnd(text, from)
    const kind = kindOf(text.slice(from, at))
    if (kind === OTHER && (token > 0 || from > end)) return
    if (kind === CREDENTIAL) isNamed = true
  }
}

/** Where the next token starts behind blanks, quotes and operators; -1 when none does before `stop`. */
function tokenStart(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop && isBetween(text.charCodeAt(at))) at++
  return at < stop && at < text.length ? at : -1
}

const between = wordList('" \' ` = : > < ( [ { , | _ - . \\ ! ? ; /')

function isBetween(code: number): boolean {
  return is(code, BLANK | NEWLINE) || between.has(String.fromCharCode(code))
}

/** Letters and digits up to the next sign; a hump of camel case ends a token too: `spotifySecret`. */
function tokenEnd(text: string, from: number): number {
  let at = from + 1
  while (at - from < MAX_GAP && is(text.charCodeAt(at), WORD)) {
    const code = text.charCodeAt(at)
    if (code <= 0x5a && code >= 0x41 && text.charCodeAt(at - 1) >= 0x61) break
    at++
  }
  return at
}

const OTHER = 0
const FILLER = 1
const CREDENTIAL = 2

const credential =
  /^(?:keys?|tokens?|secrets?|access|accessid|accesskey|accesstoken|private|api|apikey|apitoken|auth|authorization|credentials?|pat|tok|password|pass|pw|schlüssel|schluessel|sid|login|bearer)$/i
const filler = wordList(
  'client app application account service license user my our the prod production live test dev value string var let const is ist lautet id x 1 2'
)

function kindOf(token: string): number {
  if (credential.test(token)) return CREDENTIAL
  return filler.has(token.toLowerCase()) ? FILLER : OTHER
}

/** End of a value of one of the vendor's shapes that stands by itself; -1 when there is none. */
function valueAt(text: string, from: number, vendor: Vendor): number {
  if (!startsHere(text, from)) return -1
  for (const end of vendor.ends) {
    const stop = end(text, from)
    const code = text.charCodeAt(stop)
    if (stop > 0 && !is(code, ALNUM) && code !== 0x5f && code !== 0x2d) return stop
  }
  return -1
}

/** Not a word and not a dummy. */
function isSecret(text: string, from: number, end: number): boolean {
  letters.read(text, from, end)
  const isMade =
    letters.digits > 1 || (letters.humps > 2 && !letters.isWordLike) || letters.usualPairs * 2 < letters.pairs
  const value = text.slice(from, end)
  return (isMade || /^[\da-f]{8}:[\da-f]{8}$/i.test(value)) && !isDummyKey(value) && !isOfTwo(value)
}
