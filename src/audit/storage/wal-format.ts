import { crc32 } from 'node:zlib'

/**
 * The write-ahead log's format. A group is what one write takes; it is whole or it is not there:
 *
 *     magic 4 │ crc 4 │ bytes of the body 4 │ entries 4 │ number of the first entry 8 │ body
 *
 * CRC-32 (RFC 1952) covers all behind it. Entries of all logs of a host share one numbering. In the body, per entry:
 *
 *     name length 1 │ name of the log │ index in the log 8 │ entry length 4 │ personal length 4 │ 0x00 │ entry │ personal part
 *
 * The zero byte makes what a leaf hash covers lie in one piece. Little-endian.
 */

export const GROUP_HEADER_BYTES = 24
/** Not in JSON, so that no entry looks like the beginning of a group. */
const MAGIC = Buffer.from('89534c47', 'hex')
const FRAME_BYTES = 1 + 8 + 4 + 4 + 1

export interface Frame {
  readonly log: string
  readonly index: number
  /** 0x00 and the entry. */
  readonly leaf: Buffer
  /** Empty when there is none. */
  readonly personal: Buffer
}

export interface Group {
  /** Number of its first entry. */
  readonly first: number
  readonly frames: readonly Frame[]
}

/** @param name length of the log's name @param json length of the entry @param personal of its personal part */
export function frameBytes(name: number, json: number, personal: number): number {
  return FRAME_BYTES + name + json + personal
}

/** Writes one entry at `at`. @param json ASCII @returns where the next begins */
export function writeFrame(
  buffer: Buffer,
  start: number,
  frame: {
    readonly log: string
    readonly index: number
    readonly json: string
    readonly personal?: Buffer | undefined
  }
): number {
  const { log, json, personal } = frame
  let at = buffer.writeUInt8(log.length, start)
  at += buffer.write(log, at, 'latin1')
  at = writeInteger(buffer, frame.index, at)
  at = buffer.writeUInt32LE(json.length, at)
  at = buffer.writeUInt32LE(personal?.length ?? 0, at)
  at = buffer.writeUInt8(0, at)
  at += buffer.write(json, at, 'latin1')
  if (personal !== undefined) at += personal.copy(buffer, at)
  return at
}

/** Completes a group whose frames lie in buffer[GROUP_HEADER_BYTES, end). */
export function sealGroup(buffer: Buffer, end: number, first: number, entries: number): void {
  MAGIC.copy(buffer)
  buffer.writeUInt32LE(end - GROUP_HEADER_BYTES, 8)
  buffer.writeUInt32LE(entries, 12)
  writeInteger(buffer, first, 16)
  buffer.writeUInt32LE(crc32(buffer.subarray(8, end)), 4)
}

/** All groups that are whole, wherever they lie. Between them may be room, older groups and what a torn write left. */
export function* groupsIn(file: Buffer): Generator<Group> {
  for (let at = file.indexOf(MAGIC); at >= 0; ) {
    const group = groupAt(file, at)
    if (group !== null) yield group.group
    at = file.indexOf(MAGIC, group?.end ?? at + 1)
  }
}

function groupAt(file: Buffer, at: number): { readonly group: Group; readonly end: number } | null {
  if (at + GROUP_HEADER_BYTES > file.length) return null
  const end = at + GROUP_HEADER_BYTES + file.readUInt32LE(at + 8)
  if (end > file.length || crc32(file.subarray(at + 8, end)) !== file.readUInt32LE(at + 4)) return null
  const frames = readFrames(file.subarray(at + GROUP_HEADER_BYTES, end), file.readUInt32LE(at + 12))
  return { group: { first: readInteger(file, at + 16), frames }, end }
}

/** The frames of a body whose checksum holds. */
export function readFrames(body: Buffer, count: number): Frame[] {
  const frames: Frame[] = []
  for (let at = 0, n = 0; n < count; n++) {
    const name = at + 1
    const fixed = name + body.readUInt8(at)
    const leaf = fixed + 16
    const personal = leaf + 1 + body.readUInt32LE(fixed + 8)
    at = personal + body.readUInt32LE(fixed + 12)
    frames.push({
      log: body.toString('latin1', name, fixed),
      index: readInteger(body, fixed),
      leaf: body.subarray(leaf, personal),
      personal: body.subarray(personal, at)
    })
  }
  return frames
}

/** Integers up to 2^53 - 1 in eight bytes. */
function writeInteger(buffer: Buffer, value: number, at: number): number {
  buffer.writeUInt32LE(value % 2 ** 32, at)
  return buffer.writeUInt32LE(Math.floor(value / 2 ** 32), at + 4)
}

function readInteger(buffer: Buffer, at: number): number {
  return buffer.readUInt32LE(at) + buffer.readUInt32LE(at + 4) * 2 ** 32
}
