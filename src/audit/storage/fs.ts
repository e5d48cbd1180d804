import * as nodeFs from 'node:fs'
import { promises } from 'node:fs'
import { promisify } from 'node:util'

/**
 * The few calls the log makes of a file system; tests give faulty ones. Reading is synchronous, because only starts and
 * tools read; whatever a request could wait for is not.
 */
export interface LogFs extends ReadFs {
  open(path: string, flags: number): Promise<number>
  /** @returns how many bytes were taken; may be fewer than given */
  write(fd: number, buffer: Uint8Array, offset: number, length: number, position: number): Promise<number>
  datasync(fd: number): Promise<void>
  /** Of a folder too. */
  sync(fd: number): Promise<void>
  close(fd: number): Promise<void>
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  rmdir(path: string): Promise<void>
  /** One level. @returns false when it is there already */
  mkdir(path: string): Promise<boolean>
}

export interface ReadFs {
  /** Null when there is no such file. */
  readFile(path: string): Buffer | null
  /** Names in a folder, sorted; none when there is no such folder. */
  list(path: string): string[]
}

const { O_RDWR, O_CREAT, O_DSYNC, O_RDONLY, O_WRONLY, O_TRUNC } = nodeFs.constants

/** Each write returns only when data and size are on the disk, as if fdatasync followed it. */
export const OPEN_DSYNC = O_RDWR | O_CREAT | O_DSYNC
export const OPEN_NEW = O_WRONLY | O_CREAT | O_TRUNC
export const OPEN_DIR = O_RDONLY

const write = promisify(nodeFs.write)

export const readFs: ReadFs = {
  readFile: path => orMissing(() => nodeFs.readFileSync(path), null),
  list: path => orMissing(() => nodeFs.readdirSync(path).sort(), [])
}

/** The real one. Files can be read by their owner only. */
export const diskFs: LogFs = {
  ...readFs,
  open: (path, flags) => promisify<string, number, number, number>(nodeFs.open)(path, flags, 0o600),
  write: async (fd, buffer, offset, length, position) =>
    (await write(fd, buffer, offset, length, position)).bytesWritten,
  datasync: promisify(nodeFs.fdatasync),
  sync: promisify(nodeFs.fsync),
  close: promisify<number>(nodeFs.close),
  rename: promises.rename,
  unlink: promises.unlink,
  rmdir: promises.rmdir,
  async mkdir(path) {
    try {
      await promises.mkdir(path, { mode: 0o700 })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
  }
}

function orMissing<T>(read: () => T, missing: T): T {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return missing
    throw error
  }
}
