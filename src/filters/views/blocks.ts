import { isUtf8 } from 'node:buffer'
import { isCoded, MIN_RUN, type Traits } from '../scanner/traits.ts'
import { hexValue } from './escapes.ts'

/** Longest line break and indent between lines of one block. */
const MAX_BREAK = 10
/** Bytes decoded to tell text from pictures. */
const PROBE = 24

/** A run of base64 or hexadecimal that decodes to readable text. */
export interface Block {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Blocks of base64 (RFC 4648 §4 and §5, lines as in RFC 2045) and hexadecimal in which text is wrapped.
 * @param traits of the text
 */
export function findBlocks(text: string, { runs }: Traits): Block[] {
  const blocks: Block[] = []
  let from = 0
  for (const run of runs) {
    const start = Math.max(run, from)
    const lineEnd = runEnd(text, start)
    // What a block over several lines has left of its last one.
    if (lineEnd - start < MIN_RUN) continue
    const block = decodeBlock(text, start, lineEnd)
    if (block !== undefined) blocks.push(block)
    from = Math.max(lineEnd, block?.end ?? 0) + 1
  }
  return blocks
}

function runEnd(text: string, from: number): number {
  let end = from
  while (isCoded(text.charCodeAt(end) | 0)) end++
  return end
}

function decodeBlock(text: string, start: number, lineEnd: number): Block | undefined {
  // `0x` is part of the number.
  const digits =
    text.charCodeAt(start) === 0x30 && (text.charCodeAt(start + 1) | 0x20) === 0x78 ? start + 2 : start
  if (isHex(text, digits, lineEnd)) return decodeHex(text, start, digits, lineEnd)
  if (!isReadable(Buffer.from(text.slice(start, start + 32), 'base64').subarray(0, PROBE))) return undefined
  const end = wrappedEnd(text, start, lineEnd)
  const bytes = Buffer.from(text.slice(start, end), 'base64')
  if (!isReadable(bytes) || !isUtf8(bytes)) return undefined
  return { start, end, text: bytes.toString('utf8') }
}

function isHex(text: string, start: number, end: number): boolean {
  if ((end - start) % 2 !== 0) return false
  for (let at = start; at < end; at++) if (hexValue(text.charCodeAt(at)) < 0) return false
  return true
}

function decodeHex(text: string, start: number, digits: number, end: number): Block | undefined {
  const bytes = Buffer.from(text.slice(digits, end), 'hex')
  return isReadable(bytes) && isUtf8(bytes) ? { start, end, text: bytes.toString('utf8') } : undefined
}

/** End of the block that may go on over lines of its own, padding included. */
function wrappedEnd(text: string, start: number, lineEnd: number): number {
  let end = lineEnd
  // Lines of one block are of one length but for the last.
  const width = lineEnd - start
  for (let full = width >= 32; full; ) {
    const next = breakEnd(text, end)
    const stop = runEnd(text, next)
    if (next === end || stop - next > width || stop - next < 2) break
    full = stop - next === width
    end = stop
  }
  while (end - lineEnd < 1 << 20 && text.charCodeAt(end) === 0x3d && text.charCodeAt(end - 2) !== 0x3d) end++
  return end
}

function breakEnd(text: string, at: number): number {
  let end = at
  let newline = false
  while (end - at < MAX_BREAK) {
    const code = text.charCodeAt(end)
    if (code === 0x0a) {
      if (newline) return at
      newline = true
    } else if (code !== 0x0d && code !== 0x20 && code !== 0x09) break
    end++
  }
  return newline ? end : at
}

/** No control characters but those of text, and not mostly beyond ASCII. */
function isReadable(bytes: Uint8Array): boolean {
  let high = 0
  for (const byte of bytes) {
    if (byte >= 0x80) high++
    else if (byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return false
  }
  return bytes.length > 0 && high * 3 <= bytes.length
}
