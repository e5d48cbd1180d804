import { isUtf8 } from 'node:buffer'
import { ALNUM, is } from '../scanner/chars.ts'

/** An escape read at some offset: where it ends and the characters it stands for. */
export interface Escape {
  readonly end: number
  readonly text: string
}

/** Named references of HTML that stand for a character of an identifier, or for nothing visible. */
const named = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    commat: '@',
    period: '.',
    colon: ':',
    sol: '/',
    lowbar: '_',
    hyphen: '-',
    dash: '-',
    plus: '+',
    num: '#',
    percnt: '%',
    equals: '=',
    lpar: '(',
    rpar: ')',
    comma: ',',
    semi: ';',
    nbsp: ' ',
    shy: '',
    zwj: '',
    zwnj: '',
    zerowidthspace: '',
    nobreak: '',
    tab: ' ',
    newline: '\n',
    excl: '!',
    ast: '*',
    dollar: '$',
    bsol: '\\',
    verbar: '|',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    szlig: 'ß',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    eacute: 'é',
    egrave: 'è',
    agrave: 'à',
    ccedil: 'ç',
    ntilde: 'ñ',
    aacute: 'á',
    oacute: 'ó',
    iacute: 'í',
    uacute: 'ú',
    ndash: '–',
    mdash: '—',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' '
  })
)

const entityPattern = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,14}));?/y

/** `&#64;`, `&#x40;`, `&commat;`: HTML, 13.5 named character references. The semicolon may be missing after digits. */
export function readEntity(text: string, at: number): Escape | undefined {
  entityPattern.lastIndex = at
  const found = entityPattern.exec(text)
  if (found === null) return undefined
  const [whole, decimal, hex, name] = found
  const end = at + whole.length
  if (name !== undefined) {
    const char = whole.endsWith(';') ? (named.get(name) ?? named.get(name.toLowerCase())) : undefined
    return char === undefined ? undefined : { end, text: char }
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return isVisible(code) ? { end, text: String.fromCodePoint(code) } : undefined
}

function isVisible(code: number): boolean {
  return (
    (code >= 0x20 && code < 0xd800) || code === 0x09 || code === 0x0a || (code > 0xdfff && code <= 0x10ffff)
  )
}

const bytes = Buffer.alloc(4)

/**
 * One character written as one to four bytes of two hexadecimal digits behind `sign`: percent-encoding (RFC 3986 §2.1),
 * quoted-printable (RFC 2045 §6.7).
 */
export function readBytes(text: string, at: number, sign: number): Escape | undefined {
  const first = byteAt(text, at, sign)
  if (first < 0x20 && first !== 0x0a && first !== 0x09 && first !== 0x0d) return undefined
  const count = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (count === 0) return undefined
  for (let i = 0; i < count; i++) {
    const byte = byteAt(text, at + 3 * i, sign)
    if (byte < 0) return undefined
    bytes[i] = byte
  }
  const character = bytes.subarray(0, count)
  return isUtf8(character) ? { end: at + 3 * count, text: character.toString('utf8') } : undefined
}

/** -1 when no byte is written at `at`. */
function byteAt(text: string, at: number, sign: number): number {
  if (text.charCodeAt(at) !== sign) return -1
  const high = hexValue(text.charCodeAt(at + 1))
  const low = hexValue(text.charCodeAt(at + 2))
  return high < 0 || low < 0 ? -1 : high * 16 + low
}

export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

const unicodePattern = /\\(?:u\{([\da-fA-F]{1,6})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2}))/y

/** `\u0040`, `\x40`, `\u{40}` of source code pasted into a text. */
export function readBackslash(text: string, at: number): Escape | undefined {
  unicodePattern.lastIndex = at
  const found = unicodePattern.exec(text)
  if (found === null) return undefined
  const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16)
  return isVisible(code) ? { end: at + found[0].length, text: String.fromCodePoint(code) } : undefined
}

/** A soft line break of quoted-printable; the padding of base64 at the end of a line is none. */
export function readSoftBreak(text: string, at: number): Escape | undefined {
  if (text.charCodeAt(at) !== 0x3d) return undefined
  const end = text.charCodeAt(at + 1) === 0x0d ? at + 2 : at + 1
  return text.charCodeAt(end) === 0x0a && !isPadding(text, at) ? { end: end + 1, text: '' } : undefined
}

/** Fewer characters before it make no block of base64; lines of quoted-printable have 76 at most. */
const MIN_PADDED = 20
const MAX_LINE = 76

/** Padding fills a block up to a multiple of four characters. */
function isPadding(text: string, at: number): boolean {
  if (text.charCodeAt(at - 1) === 0x3d) return true
  let from = at
  while (at - from < MAX_LINE && isBase64(text.charCodeAt(from - 1))) from--
  return at - from >= MIN_PADDED && (at - from) % 4 === 3
}

function isBase64(code: number): boolean {
  return is(code, ALNUM) || code === 0x2b || code === 0x2f
}
