import * as fs from 'node:fs'
import type { LogFs } from '../../src/audit/log-file.ts'

/** What to do with a write of `length` bytes: take this many, fail, or wait until told. */
export type WriteFault = (length: number) => number | Error | Promise<number | Error>

/**
 * A real file system whose writes can be made short, failing or slow, and whose calls are noted. Writes that make room
 * have a fault of their own.
 */
export function faultFs(
  fault: WriteFault = length => length,
  broken: Partial<LogFs> = {},
  room: WriteFault = length => length
) {
  const calls: string[] = []
  const names = new Map<number, string>()
  async function faultyWrite(...[fd, buffer, offset, length, position, done]: Parameters<LogFs['write']>) {
    const isRoom = buffer[offset] === 0
    calls.push(isRoom ? 'room' : 'write')
    const taken = await (isRoom ? room(length) : fault(length))
    if (taken instanceof Error) done(taken, 0)
    else done(null, taken === 0 ? 0 : fs.writeSync(fd, buffer, offset, taken, position))
  }
  const logFs: LogFs = {
    ...fs,
    write: (...args) => void faultyWrite(...args),
    openSync(path, flags, mode) {
      const fd = fs.openSync(path, flags, mode)
      names.set(fd, path)
      calls.push(
        `open ${path} ${(flags & fs.constants.O_DSYNC) === fs.constants.O_DSYNC ? 'dsync' : 'plain'}`
      )
      return fd
    },
    fsyncSync(fd) {
      calls.push(`fsync ${names.get(fd)}`)
      fs.fsyncSync(fd)
    },
    ftruncateSync(fd, length) {
      calls.push(`truncate ${length}`)
      fs.ftruncateSync(fd, length)
    },
    closeSync(fd) {
      calls.push(`close ${names.get(fd)}`)
      fs.closeSync(fd)
    },
    ...broken
  }
  return { fs: logFs, calls, writes: () => calls.filter(call => call === 'write').length }
}

export function diskError(code: 'EIO' | 'ENOSPC'): Error {
  return Object.assign(new Error(`${code}: write`), { code })
}
