import { constants, readFileSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { valueAt } from '../index/dimensions.ts'

/** Next leaf by origin of the log. */
export type Cursors = ReadonlyMap<string, number>

/** @throws Error when the file is there and can't be read: starting over would send everything again unasked */
export function readCursors(path: string): Cursors {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
  const next = valueAt(parsed(text), 'next')
  const entries = typeof next === 'object' && next !== null ? Object.entries(next) : []
  if (entries.length === 0 || entries.some(([, leaf]) => !Number.isSafeInteger(leaf) || Number(leaf) < 0))
    throw new Error(`The cursor file ${path} is damaged. Remove it to send everything again.`)
  return new Map(entries.map(([log, leaf]) => [log, Number(leaf)]))
}

/** Replaces the file as a whole and syncs it and its folder: after a power cut it is the old or the new one. */
export async function writeCursors(path: string, cursors: Cursors): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const next = `${path}.new`
  const handle = await open(next, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600)
  try {
    await handle.writeFile(`${JSON.stringify({ next: Object.fromEntries(cursors) })}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  const folder = await open(dirname(path), constants.O_RDONLY)
  try {
    await rename(next, path)
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
