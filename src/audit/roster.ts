import { decodeBase64, decodeDecimal } from './tlog/base64.ts'
import { isLogName } from './log-names.ts'
import type { LogState } from './storage/state.ts'
import { parseVkey, type Signer } from './tlog/keys.ts'
import { NoteError, openNote, signNote } from './tlog/note.ts'

/**
 * The list of all logs of a gateway: a signed note in the file `roster`. Besides the first two lines, one line per log, oldest
 * first: its name and `open`, or `sealed` with its last size and root. A log that is missing is noticed by it.
 */

export const ROSTER_FILE = 'roster'
const TITLE = 'schleuse audit roster v1'

export interface RosterLog {
  readonly name: string
  /** Of a sealed log. */
  readonly head?: { readonly size: number; readonly root: Buffer }
}

export function signRoster(logs: readonly LogState[], signer: Signer): string {
  const lines = logs.map(({ name, sealed, size, root }) =>
    sealed ? `${name} sealed ${size} ${Buffer.from(root, 'hex').toString('base64')}` : `${name} open`
  )
  return signNote([TITLE, signer.name, ...lines, ''].join('\n'), [signer])
}

/** @throws NoteError when it is not signed by the key, or is no roster */
export function openRoster(
  note: string,
  vkey: string
): { readonly origin: string; readonly logs: RosterLog[] } {
  const { text } = openNote(note, [parseVkey(vkey)])
  const [title, origin = '', ...lines] = text.slice(0, -1).split('\n')
  if (title !== TITLE || origin !== parseVkey(vkey).name)
    throw new NoteError('the text is no roster of this gateway')
  return { origin, logs: lines.map(parseLine) }
}

function parseLine(line: string): RosterLog {
  const [name = '', state, decimal = '', base64 = '', ...more] = line.split(' ')
  if (isLogName(name) && state === 'open' && decimal === '') return { name }
  const size = decodeDecimal(decimal)
  const root = decodeBase64(base64)
  if (!isLogName(name) || state !== 'sealed' || size === null || root?.length !== 32 || more.length > 0)
    throw new NoteError('a line of the roster names no log')
  return { name, head: { size, root } }
}
