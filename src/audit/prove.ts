import { join } from 'node:path'
import { WITNESSED_FILE } from './anchors/witnessing.ts'
import { logFolder } from './log-names.ts'
import { CHECKPOINT_FILE } from './publisher.ts'
import { openAuditReader } from './reader.ts'
import { type ReadFs, readFs } from './storage/fs.ts'
import { parseCheckpoint } from './tlog/checkpoint.ts'
import { inclusionProof } from './tlog/merkle.ts'
import { formatProof } from './tlog/proof.ts'
import { tilesFrom, TileTree } from './tlog/tiles.ts'

/** Entries read at once. */
const BATCH = 4096

/** Where a record stands. */
export interface Found {
  readonly log: string
  readonly index: number
  readonly json: string
}

/** Looks a record up by its `event_id`. Reads all logs, newest first. */
export async function findEvent(
  dir: string,
  eventId: string,
  fs: ReadFs = readFs
): Promise<Found | undefined> {
  const reader = openAuditReader(dir, fs)
  const wanted = `"event_id":"${eventId}"`
  for (const { name, first, size } of (await reader.logs()).toReversed()) {
    for (let from = first; from < size; from += BATCH) {
      const found = (await reader.read(name, from, BATCH)).find(({ json }) => json.includes(wanted))
      if (found !== undefined) return { log: name, ...found }
    }
  }
  return undefined
}

/**
 * A self-contained `.tlog-proof` (C2SP) that the entry stands in its log; it holds the entry itself as `extra`. It leads to
 * the checkpoint that witnesses cosigned, if that covers the entry, else to the newest.
 * @throws Error when the entry is not covered by the checkpoint, or tiles are missing
 */
export function proveEntry(dir: string, { log, index, json }: Found, fs: ReadFs = readFs): string {
  const folder = join(dir, logFolder(log))
  const find = (path: string) => fs.readFile(join(folder, path))
  const newest = find(CHECKPOINT_FILE)?.toString()
  if (newest === undefined) throw new Error(`${join(folder, CHECKPOINT_FILE)} is missing`)
  const witnessed = find(WITNESSED_FILE)?.toString()
  const checkpoint = witnessed !== undefined && sizeOf(witnessed) > index ? witnessed : newest
  const size = sizeOf(checkpoint)
  const hashes = inclusionProof(new TileTree(tilesFrom(find), size), index, size)
  return formatProof({ extra: Buffer.from(json), index, hashes, checkpoint })
}

function sizeOf(note: string): number {
  return parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1)).size
}
