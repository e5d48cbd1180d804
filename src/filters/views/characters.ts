/** How a character is seen: as itself, not at all, as something else, or as its Latin double. */
export const SAME = 0
export const DROPPED = 1
export const MAPPED = 2
export const DOUBLE = 3
/** First half of a pair that may be a letter or digit in mathematical dress. */
export const PAIR = 4

/** Unicode: default ignorable code points that take no room, bidi controls, soft hyphen, variation selectors. */
const dropped =
  '\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f\ufeff'

/** Unicode confusables (UTS #39) among Cyrillic and Greek letters, and the Latin letters they look like. */
const doubles =
  'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԚQԜWοoαaνvρpιiΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹCϲc'

const mapped = new Map<number, string>()
export const kindOf: Uint8Array = build()

/** Characters of ordinary prose that have a compatibility form too: no reason for a view. */
const ordinary =
  '\u200d\ufe00\ufe01\ufe02\ufe0e\ufe0f\u2026\u2122\u2116\u2002\u2003\u2009\u202f\u00a0\u2007\u20a8\u2010\u2011'

const suspicious: Uint8Array = kindOf.map(kind => (kind === SAME ? 0 : 1))
for (let i = 0; i < ordinary.length; i++) suspicious[ordinary.charCodeAt(i)] = 0

function build(): Uint8Array {
  const kinds = new Uint8Array(0x10000)
  for (let code = 0x250; code < 0x10000; code++) {
    // Ideographs and syllables, which are compatible with nothing.
    if (code === 0x3000) code = 0xa620
    if (code === 0xac00) code = 0xf900
    const text = asPlain(String.fromCharCode(code))
    if (text === '') continue
    mapped.set(code, text)
    kinds[code] = MAPPED
  }
  for (let i = 0; i < doubles.length; i += 2) {
    mapped.set(doubles.charCodeAt(i), doubles.charAt(i + 1))
    kinds[doubles.charCodeAt(i)] = DOUBLE
  }
  for (let i = 0; i < dropped.length; i++) kinds[dropped.charCodeAt(i)] = DROPPED
  kinds[0xd835] = PAIR
  return kinds
}

/** ASCII letters, digits and signs of identifiers that a character is compatible with (NFKC); empty when none. */
function asPlain(char: string): string {
  if (/\p{Nd}/u.test(char)) return String(digitValue(char.charCodeAt(0)))
  const form = char.normalize('NFKC')
  return form !== char && /^[A-Za-z0-9@.:+/_%(),;=&#-]{1,4}$/.test(form) && !/[\u2026\u2116\u2122]/.test(char)
    ? form
    : ''
}

/** Decimal digits come in runs of ten, zero first. */
function digitValue(code: number): number {
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCharCode(zero - 1))) zero--
  return code - zero
}

export function plainForm(code: number): string {
  return mapped.get(code) ?? ''
}

/** Plain form of a mathematical letter or digit (U+1D400 to U+1D7FF); empty when it has none. */
export function plainPair(text: string, at: number): string {
  const form = text.slice(at, at + 2).normalize('NFKC')
  return /^[A-Za-z0-9]$/.test(form) ? form : ''
}

/** Joiners and variation selectors belong to emoji; between letters or digits they are out of place. */
const misplaced = /[\w@.][\u200d\ufe00-\ufe0f](?!\u20e3)|[\u200d\ufe00-\ufe0f][\w@.]/

/** Fails at once on strings of one byte a character, which hold no disguise but soft hyphens. */
const beyondLatin = /[\u0100-\uffff]/

/** False for what alone makes no text need a view (`mayHide`). */
export function mayDisguise(code: number): boolean {
  return suspicious[code] === 1 || code === 0xad || code === 0x200d || code === 0xfe0f
}

/** True when some character may need a view; ordinary punctuation, accents, letters and emoji do not. */
export function mayHide(text: string): boolean {
  if (text.includes('\u00ad')) return true
  const from = text.search(beyondLatin)
  if (from < 0) return false
  for (let at = from; at < text.length; at++) if (suspicious[text.charCodeAt(at)] === 1) return true
  return (text.includes('\ufe0f') || text.includes('\u200d')) && misplaced.test(text)
}
