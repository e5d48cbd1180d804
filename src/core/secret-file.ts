import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname } from 'node:path'

/** Length of a secret: the strength of SHA-256. */
export const SECRET_BYTES = 32

/**
 * Reads the secret at `path`, or makes one on the first start: 32 random bytes in a file that only its owner can read.
 *
 * Safe against two starts at once and against a crash at any point: the bytes are written to a file of another name,
 * synced, and then linked to `path`, which fails when someone was faster; then theirs is used. A crash may leave a
 * file `….new` with bytes that nobody uses.
 * @param path absolute, or relative to the working folder; its folder is created with mode 0700
 * @throws Error for a file that others can read, that is a link or no file, or that has not 32 bytes: values would be
 *   guessable, or pseudonyms would change with the secret. The message never holds bytes of it.
 */
export function loadOrCreateSecret(path: string, random: (size: number) => Buffer = randomBytes): Buffer {
  const fd = openSecret(path)
  if (fd !== undefined) return readSecret(fd, path)
  create(path, random)
  return readSecret(openSync(path, READ), path)
}

/** Links are not followed: whoever may place one could choose the secret. A pipe does not make the start wait. */
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

function openSecret(path: string): number | undefined {
  try {
    return openSync(path, READ)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new Error(
      `The secret ${path} can't be opened (${code}). It must be a file of this user, not a link.`,
      { cause: error }
    )
  }
}

function readSecret(fd: number, path: string): Buffer {
  try {
    const stat = fstatSync(fd)
    if (!stat.isFile()) throw new Error(`The secret ${path} is no file. Move it away.`)
    if ((stat.mode & 0o077) !== 0) {
      throw new Error(
        `The secret ${path} is open to other users. If no one else has read it: chmod 600 ${path}`
      )
    }
    if (stat.size !== SECRET_BYTES) {
      throw new Error(
        `The secret ${path} has ${stat.size} bytes; it must have ${SECRET_BYTES}. Restore it from a backup. ` +
          'Without it running conversations get new pseudonyms: move it away to start with a new one.'
      )
    }
    return readFileSync(fd)
  } finally {
    closeSync(fd)
  }
}

function create(path: string, random: (size: number) => Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomBytes(8).toString('hex')}.new`
  const fd = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
  try {
    writeFileSync(fd, random(SECRET_BYTES))
    fsyncSync(fd)
    linkIfFree(temporary, path)
  } finally {
    closeSync(fd)
    unlinkSync(temporary)
  }
  syncDir(dirname(path))
}

function linkIfFree(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function syncDir(dir: string): void {
  const fd = openSync(dir, constants.O_RDONLY)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
