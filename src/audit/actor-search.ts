import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { logFolder } from './log-names.ts'
import type { ActorKeys } from './personal.ts'
import { openAuditReader, readBundle } from './reader.ts'
import { personalPath } from './storage/log-tree.ts'
import { type ReadFs, readFs } from './storage/fs.ts'
import { decodeBundle, TILE_WIDTH, widthOf } from './tlog/tiles.ts'

/** A record of one person. */
export interface ActorRecord {
  readonly log: string
  readonly index: number
  readonly eventId: string
  readonly at: string
  readonly conversation?: string
}

/** As many as one answer holds; the newest. */
const MAX_RECORDS = 10_000

/**
 * All records of a person, newest log first. Reads the personal parts of all logs, and other threads of work in between;
 * records that no checkpoint covers yet are not among them.
 * @throws Error when a file of a log can't be read
 */
export async function findActor(
  dir: string,
  keys: ActorKeys,
  actor: string,
  fs: ReadFs = readFs
): Promise<ActorRecord[]> {
  const keyId = keys.keyIdOf(actor)
  if (keyId === undefined) return []
  const found: ActorRecord[] = []
  for (const { name, size, first } of (await openAuditReader(dir, fs).logs()).toReversed()) {
    for (let n = Math.floor(first / TILE_WIDTH); n * TILE_WIDTH < size; n++) {
      const parts = personalParts(dir, name, n, size, fs)
      const own = parts.flatMap((part, at) => (part.subarray(0, keyId.length).equals(keyId) ? [at] : []))
      if (own.length > 0) {
        const entries = readBundle(join(dir, logFolder(name)), n, size, fs)
        for (const at of own) {
          const record = recordOf(entries[at] ?? Buffer.alloc(0), parts[at] ?? Buffer.alloc(0), keys)
          if (record !== undefined) found.push({ log: name, index: n * TILE_WIDTH + at, ...record })
        }
        if (found.length >= MAX_RECORDS) return found
      }
      await setImmediate()
    }
  }
  return found
}

/** The personal parts of a bundle's entries, empty for an entry without one; none when the bundle has none. */
export function personalParts(
  dir: string,
  log: string,
  n: number,
  size: number,
  fs: ReadFs
): readonly Buffer[] {
  const width = widthOf(0, n, size)
  const folder = join(dir, logFolder(log))
  const full = fs.readFile(join(folder, personalPath(n)))
  const bytes = full ?? (width === TILE_WIDTH ? null : fs.readFile(join(folder, personalPath(n, width))))
  if (bytes === null) return []
  return (decodeBundle(bytes, full === null ? width : TILE_WIDTH) ?? []).slice(0, width)
}

function recordOf(
  entry: Buffer,
  part: Buffer,
  keys: ActorKeys
): Omit<ActorRecord, 'log' | 'index'> | undefined {
  const event = JSON.parse(entry.toString('latin1')) as {
    readonly event_id: string
    readonly recorded_at: string
    readonly detachable?: { readonly commitment: string }
  }
  const opened = keys.open(part, event.detachable?.commitment ?? '')
  if (opened === null || opened === 'erased') return undefined
  const { conversation } = opened
  return {
    eventId: event.event_id,
    at: event.recorded_at,
    ...(conversation === undefined ? {} : { conversation })
  }
}
