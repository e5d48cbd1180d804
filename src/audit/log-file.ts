import * as nodeFs from 'node:fs'
import { dirname, join } from 'node:path'
import type { EventFields } from './event/schema.ts'

/** The few calls the log makes, as Node names them; tests give faulty ones. */
export interface LogFs {
  mkdirSync(path: string, options: { recursive: true; mode: number }): string | undefined
  openSync(path: string, flags: number, mode?: number): number
  readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): number
  ftruncateSync(fd: number, length: number): void
  fsyncSync(fd: number): void
  closeSync(fd: number): void
  write(
    fd: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, written: number) => void
  ): void
}

export const FILE_NAME = 'audit.jsonl'

const { O_RDWR, O_CREAT, O_DSYNC, O_RDONLY } = nodeFs.constants

/** Each write returns only when data and size are on the disk, as if fdatasync followed it. */
const FLAGS = O_RDWR | O_CREAT | O_DSYNC

type Orphan = EventFields<'ai.request.orphaned'>

export interface OpenedFile {
  readonly fd: number
  /** Offset behind the last record. */
  readonly end: number
  /** Attempts that were admitted and have no end. */
  readonly open: readonly Orphan[]
  /** Bytes of an unfinished last line that were cut off; no one was told they are safe. */
  readonly tornBytes: number
}

/**
 * Opens the log in `dir` (the file is created 0600), cuts off a torn last line and finds attempts without an end.
 * Reads the whole file once, about 190 MB/s; blocks, so only for the start.
 * @throws Error for a complete line that is no record: the file was damaged or altered, which no one may paper over
 */
export function openLogFile(dir: string, fs: LogFs): OpenedFile {
  const path = join(dir, FILE_NAME)
  const fd = fs.openSync(path, FLAGS, 0o600)
  try {
    syncDir(dir, fs)
    const { open, end, size } = scan(fd, path, fs)
    if (end < size) {
      fs.ftruncateSync(fd, end)
      fs.fsyncSync(fd)
    }
    return { fd, end, open, tornBytes: size - end }
  } catch (error) {
    fs.closeSync(fd)
    throw error
  }
}

/** Creates the folder (absolute path; 0700) and makes each new name on the way durable in its parent. */
export function makeDir(dir: string, fs: LogFs): void {
  const first = fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  syncDir(dirname(first), fs)
  for (let made = dir; made !== first; made = dirname(made)) syncDir(dirname(made), fs)
}

function syncDir(dir: string, fs: LogFs): void {
  const fd = fs.openSync(dir, O_RDONLY)
  try {
    fs.fsyncSync(fd)
  } finally {
    fs.closeSync(fd)
  }
}

/** Also the longest torn tail: no group that is written at once is larger. */
export const CHUNK_BYTES = 1 << 20
const NEWLINE = 10

interface Scan {
  readonly open: readonly Orphan[]
  /** Offset behind the last complete line. */
  readonly end: number
  readonly size: number
}

/**
 * Walks all lines up to the first zero byte: there begins the room made for later records (log-space.ts), in which a
 * write that was cut off may have left anything. Memory: one chunk, one line and the attempts under way.
 */
function scan(fd: number, path: string, fs: LogFs): Scan {
  const open = new Map<string, Orphan>()
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  let rest: Buffer = Buffer.alloc(0)
  let size = 0
  let end = 0
  let line = 0
  for (;;) {
    const filled = fs.readSync(fd, chunk, 0, CHUNK_BYTES, size)
    if (filled === 0) return { open: [...open.values()], end, size }
    size += filled
    const room = chunk.subarray(0, filled).indexOf(0)
    const read = room < 0 ? filled : room
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to !== -1 && to < read; to = chunk.indexOf(NEWLINE, from)) {
      line++
      const text = rest.toString('latin1') + chunk.toString('latin1', from, to)
      if (!follow(text, open)) throw damaged(path, line, end)
      end += rest.length + to - from + 1
      rest = Buffer.alloc(0)
      from = to + 1
    }
    if (room >= 0) {
      const size = endOfFile(fd, end, fs)
      if (size === null) throw damaged(path, line + 1, end)
      return { open: [...open.values()], end, size }
    }
    rest = Buffer.concat([rest, chunk.subarray(from, read)])
    if (rest.length > CHUNK_BYTES) throw damaged(path, line + 1, end)
  }
}

/**
 * The size of a file whose records end at `end`. Null when bytes stand further behind than one group reaches: then it is no
 * write that was cut off, but records with a hole before them, and cutting them off would lose what was acknowledged.
 */
function endOfFile(fd: number, end: number, fs: LogFs): number | null {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
  for (let at = end; ; ) {
    const read = fs.readSync(fd, chunk, 0, CHUNK_BYTES, at)
    if (read === 0) return at
    if (at >= end + CHUNK_BYTES && chunk.subarray(0, read).some(byte => byte !== 0)) return null
    at += read
  }
}

function damaged(path: string, line: number, offset: number): Error {
  return new Error(
    `Line ${line} of ${path} (byte ${offset}) is no audit record: the file was damaged or altered. ` +
      'Keep it as it is for examination and start with another data folder, or move the file away.'
  )
}

/** Notes the beginning or end of an attempt. @returns false when the line is no record */
function follow(line: string, open: Map<string, Orphan>): boolean {
  const record = parseRecord(line)
  if (record === undefined) return false
  const { event_type: type, request_id: requestId, attempt, app_id: appId } = record
  if (typeof requestId !== 'string' || typeof attempt !== 'number' || typeof appId !== 'string') return true
  const key = `${requestId}/${attempt}`
  if (type === 'ai.request.admitted') open.set(key, { request_id: requestId, attempt, app_id: appId })
  else open.delete(key)
  return true
}

function parseRecord(line: string): { readonly [field: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'event_type' in value ? value : undefined
  } catch {
    return undefined
  }
}
