import { SourceMap } from './source-map.ts'

export interface Decoded {
  readonly text: string
  readonly map: SourceMap
}

const simple = new Map([
  [0x22, '"'],
  [0x5c, '\\'],
  [0x2f, '/'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t']
])

/**
 * Decodes the inside of a JSON string literal (RFC 8259 §7). The literal must have been checked already.
 * Surrogate halves are kept as they are: a stream may cut a pair.
 */
export function decodeString(source: string, start: number, end: number, outer: SourceMap | null): Decoded {
  const decoded: number[] = []
  const offsets: number[] = []
  let text = ''
  let from = start
  for (;;) {
    const at = source.indexOf('\\', from)
    if (at < 0 || at >= end) break
    text += source.slice(from, at)
    const code = source.charCodeAt(at + 1)
    const plain = simple.get(code)
    if (plain === undefined) {
      text += String.fromCharCode(Number.parseInt(source.slice(at + 2, at + 6), 16))
      from = at + 6
    } else {
      text += plain
      from = at + 2
    }
    decoded.push(text.length)
    offsets.push(from)
  }
  text += source.slice(from, end)
  return { text, map: new SourceMap(start, decoded, offsets, outer) }
}

/** The text that a slice of source spells in so many string literals. The literals must have been checked already. */
export function spelledIn(slice: string, levels: number): string {
  if (!slice.includes('\\')) return slice
  let text = slice
  for (let level = 0; level < levels; level++) text = JSON.parse(`"${text}"`) as string
  return text
}

/**
 * Decodes percent-encoded UTF-8 (RFC 3986 §2.1) where it is valid, and leaves the rest as it is.
 * @param inner the URL as it stands in its own source
 */
export function decodePercent(inner: string, outer: SourceMap): Decoded {
  const decoded: number[] = []
  const offsets: number[] = []
  let text = ''
  let from = 0
  const run = /(?:%[0-9A-Fa-f]{2})+/g
  for (let match = run.exec(inner); match !== null; match = run.exec(inner)) {
    const bytes = Buffer.from(match[0].replaceAll('%', ''), 'hex')
    text += inner.slice(from, match.index)
    let at = match.index
    for (const character of decodeUtf8(bytes)) {
      text += character.text
      at += character.bytes * 3
      decoded.push(text.length)
      offsets.push(at)
    }
    from = run.lastIndex
  }
  text += inner.slice(from)
  return { text, map: new SourceMap(0, decoded, offsets, outer) }
}

/** Characters of a byte run with their lengths; invalid bytes come back percent-encoded. */
function* decodeUtf8(bytes: Buffer): Generator<{ text: string; bytes: number }> {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
    const character = length === 0 ? '\ufffd' : bytes.toString('utf8', at, at + length)
    if (character.includes('\ufffd')) {
      yield { text: `%${first.toString(16).toUpperCase().padStart(2, '0')}`, bytes: 1 }
      at += 1
    } else {
      yield { text: character, bytes: length }
      at += length
    }
  }
}

/** Cheap first look: a document in a string starts and ends with its brackets. */
export function looksLikeJson(text: string): boolean {
  const start = text.trimStart().charCodeAt(0)
  return (start === 0x7b || start === 0x5b) && /[}\]]\s{0,8}$/.test(text.slice(-9))
}
