import type { Canary } from './canaries.ts'

/** A planted value that was seen where it must not be. */
export interface Leak {
  /** Where: `provider`, `log`, `records` … */
  readonly place: string
  readonly kind: string
  readonly encoding: string
  /** Byte offset in the searched bytes. */
  readonly at: number
}

/**
 * Searches bytes for planted values in every encoding they are likely to leak in.
 * @param places name → bytes that left the request: provider bytes, log lines, record files, error bodies, metrics
 */
export function findLeaks(
  planted: readonly Canary[],
  places: Readonly<Record<string, Uint8Array | string>>
): Leak[] {
  const leaks: Leak[] = []
  for (const [place, raw] of Object.entries(places)) {
    const bytes = Buffer.from(raw)
    const folded = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1')
    const compact = Buffer.from(bytes.toString('latin1').replace(SEPARATORS, ''), 'latin1')
    for (const { kind, needles } of planted) {
      for (const needle of needles) {
        for (const [encoding, wanted] of encodings(needle)) {
          const hay = encoding === 'folded' ? folded : encoding === 'compact' ? compact : bytes
          const at = hay.indexOf(wanted)
          if (at >= 0) leaks.push({ place, kind, encoding, at })
        }
      }
    }
  }
  return leaks
}

const SEPARATORS = /[\s.()/-]/g

function encodings(needle: string): [string, Buffer][] {
  const utf8 = Buffer.from(needle)
  const percent = encodeURIComponent(needle)
  const json = JSON.stringify(needle).slice(1, -1)
  const ascii = json.replace(/[^\0-\x7F]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const everyByte = [...utf8].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const list: [string, Buffer | string][] = [
    ['raw', utf8],
    ['folded', Buffer.from(utf8.toString('latin1').toLowerCase(), 'latin1')],
    ['latin1', Buffer.from(needle, 'latin1')],
    ['decomposed', needle.normalize('NFD')],
    ['utf-16', Buffer.from(needle, 'utf16le')],
    ['JSON', json],
    ['JSON twice', JSON.stringify(json).slice(1, -1)],
    ['JSON ASCII', ascii],
    ['JSON ASCII', ascii.replace(/\\u[0-9a-f]{4}/g, escape => `\\u${escape.slice(2).toUpperCase()}`)],
    ['percent', percent],
    ['percent', percent.replace(/%[0-9A-F]{2}/g, escape => escape.toLowerCase())],
    ['percent', everyByte],
    ['percent', everyByte.toUpperCase()],
    ['form', new URLSearchParams([['', needle]]).toString().slice(1)],
    ['hex', utf8.toString('hex')],
    ['hex', utf8.toString('hex').toUpperCase()],
    ...base64(utf8)
  ]
  const dense = needle.replace(SEPARATORS, '')
  if (dense.length >= 8) list.push(['compact', dense])
  return list.map(([name, wanted]) => [name, Buffer.from(wanted)])
}

/** What of a value's base64 form does not depend on its neighbours, for each of the three alignments. */
function base64(utf8: Buffer): [string, string][] {
  const out: [string, string][] = []
  for (const [shift, skip] of [
    [0, 0],
    [1, 2],
    [2, 3]
  ] as const) {
    const padded = Buffer.concat([Buffer.alloc(shift), utf8])
    const sure = padded.toString('base64').slice(skip, Math.floor((padded.length * 8) / 6))
    out.push(['base64', sure], ['base64', sure.replaceAll('+', '-').replaceAll('/', '_')])
  }
  return out
}
