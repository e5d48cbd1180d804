import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { StoredKey } from './key-ring.ts'

/**
 * The file in which `schleuse apps key` keeps what it knows of keys: ids, hashes and times, never a key. The gateway
 * reads it and takes changes at once.
 */

const time = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$' })
const KeyEntrySchema = Type.Object(
  {
    id: Type.String({ pattern: '^key_[0-9a-z]{8}$' }),
    app: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,63}$' }),
    hash: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
    created: time,
    expires: Type.Optional(time),
    revoked: Type.Optional(time)
  },
  { additionalProperties: false }
)
/** Far more than the apps of a company have; the file is rewritten whole. */
const MAX_KEYS = 100_000
const KeyFileSchema = Type.Object(
  { keys: Type.Array(KeyEntrySchema, { maxItems: MAX_KEYS }) },
  { additionalProperties: false }
)
const shape = Compile(KeyFileSchema)

export type KeyEntry = Static<typeof KeyEntrySchema>

/** A folder of its own, which is watched; the gateway and the command line find it by the same config. */
export function keyFileOf(dataDir: string): string {
  return join(dataDir, 'apps', 'keys.json')
}

/** @throws Error when the file is there and can't be read as a whole: a key could be missing, or a revocation */
export function readKeys(path: string): readonly KeyEntry[] {
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new Error(`The key file ${path} can't be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error
    })
  }
  const file = parsed(source)
  if (!shape.Check(file))
    throw new Error(`The key file ${path} is not as schleuse wrote it. Restore it from a backup.`)
  return file.keys
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return undefined
  }
}

/**
 * Changes the file as a whole: a reader sees it before or after, never between. Two changes at once exclude each other
 * by a lock file; a crash may leave it, and the message says so.
 * @throws Error when another change is under way, or the file can't be read or written
 */
export function changeKeys(path: string, change: (keys: readonly KeyEntry[]) => readonly KeyEntry[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const next = `${path}.new`
  let fd: number
  try {
    fd = openSync(next, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new Error(`Another change of the keys is under way. If none is, remove ${next}`, { cause: error })
  }
  try {
    const keys = change(readKeys(path))
    if (keys.length > MAX_KEYS) throw new Error(`There are more than ${MAX_KEYS} keys; reuse or remove some.`)
    writeFileSync(fd, `${JSON.stringify({ keys }, null, 1)}\n`)
    fsyncSync(fd)
    renameSync(next, path)
  } catch (error) {
    unlinkSync(next)
    throw error
  } finally {
    closeSync(fd)
  }
}

/** As the key ring takes it. */
export function storedKey(entry: KeyEntry): StoredKey {
  return {
    id: entry.id,
    appId: entry.app,
    hash: entry.hash,
    ...(entry.expires === undefined ? {} : { expiresAt: Date.parse(entry.expires) }),
    ...(entry.revoked === undefined ? {} : { revokedAt: Date.parse(entry.revoked) })
  }
}
