import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { join } from 'node:path'
import type { ReadFs } from './fs.ts'

/**
 * What is in tiles, and so may be signed: the file `state`, put in place whole after the tiles and before the checkpoints.
 * It is why no size is ever signed with two roots.
 */

const log = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9_]{1,32}/[0-9]{4}-[0-9]{2}$' }),
  size: Type.Integer({ minimum: 0 }),
  root: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** No entry follows. */
  sealed: Type.Boolean()
})
const orphan = Type.Object({
  requestId: Type.String(),
  attempt: Type.Integer(),
  appId: Type.String(),
  retentionClass: Type.String()
})
const schema = Type.Object({
  version: Type.Literal(1),
  origin: Type.String(),
  /** Number of the first entry that is only in the write-ahead log. */
  next: Type.Integer({ minimum: 0 }),
  /** The latest time seen, in ms since the epoch: the clock may not go behind it. */
  latestMs: Type.Integer({ minimum: 0 }),
  /** Oldest first. */
  logs: Type.Array(log),
  /** Attempts without end. */
  open: Type.Array(orphan)
})

export type LogState = Static<typeof log>
export type State = Static<typeof schema>

export const STATE_FILE = 'state'
const check = Compile(schema)

export function encodeState(state: State): Buffer {
  return Buffer.from(`${JSON.stringify(state)}\n`)
}

/**
 * Null at the first start.
 * @throws Error when the file is damaged, or missing though there are logs: without it a size could be signed twice
 */
export function readState(dir: string, fs: ReadFs): State | null {
  const path = join(dir, STATE_FILE)
  const bytes = fs.readFile(path)
  if (bytes === null) {
    if (fs.list(join(dir, 'logs')).length === 0) return null
    throw new Error(
      `${path} is missing. Restore it with the folder from a backup, or start with another data folder.`
    )
  }
  const state = parse(bytes)
  if (state === undefined)
    throw new Error(
      `${path} is damaged. Restore it with the folder from a backup, or start with another data folder.`
    )
  return state
}

function parse(bytes: Buffer): State | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return check.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
