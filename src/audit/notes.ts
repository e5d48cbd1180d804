import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEvent, EventBuilder } from './event/builder.ts'
import type { EventFields } from './event/schema.ts'
import { DurableDir } from './storage/durable.ts'
import { diskFs } from './storage/fs.ts'

/**
 * What the command line did that belongs on the record. Only the gateway writes the record, so the command leaves a note in the
 * data folder: a running gateway records it within seconds, one that stands still at its next start.
 */

/** What a note may say. */
const NOTE_TYPES = [
  'legal_hold.set',
  'legal_hold.released',
  'credential.created',
  'credential.revoked',
  'audit.index_rebuilt'
] as const
export type NoteType = (typeof NOTE_TYPES)[number]

export const NOTES_FOLDER = 'audit-notes'
/** A command leaves one; a thousand wait only when no gateway has run for long. */
const MAX_AT_ONCE = 1000

/** @param dataDir the data folder @param now ms since the epoch: when it was done */
export async function leaveNote<T extends NoteType>(
  dataDir: string,
  type: T,
  fields: EventFields<T>,
  now: number
): Promise<void> {
  const name = `${String(now).padStart(15, '0')}-${randomBytes(8).toString('hex')}.json`
  const text = `${JSON.stringify({ type, fields, at: now })}\n`
  await new DurableDir(diskFs, join(dataDir, NOTES_FOLDER)).replace(name, Buffer.from(text))
}

export interface TakeNotesDeps {
  readonly dataDir: string
  readonly events: EventBuilder
  /** Resolves when the record is on the disk. */
  readonly record: (event: AuditEvent) => Promise<void>
  /** A note that is none: it is left where it is and never recorded. */
  readonly onBadNote: (name: string) => void
}

/** Records the notes that are there, in their order, and removes each when its record is on the disk. Not twice at a time. */
export class NoteTaker {
  readonly #deps: TakeNotesDeps
  readonly #folder: string
  readonly #bad = new Set<string>()
  #isBusy = false

  constructor(deps: TakeNotesDeps) {
    this.#deps = deps
    this.#folder = join(deps.dataDir, NOTES_FOLDER)
  }

  /** @throws errors.RecordFailed; the notes stay */
  async take(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      for (const name of this.#names()) await this.#takeOne(name)
    } finally {
      this.#isBusy = false
    }
  }

  #names(): string[] {
    try {
      const names = readdirSync(this.#folder).filter(name => name.endsWith('.json') && !this.#bad.has(name))
      return names.sort().slice(0, MAX_AT_ONCE)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }

  async #takeOne(name: string): Promise<void> {
    const path = join(this.#folder, name)
    const event = this.#eventOf(readFileSync(path, 'utf8'))
    if (event === undefined) {
      this.#bad.add(name)
      this.#deps.onBadNote(name)
      return
    }
    await this.#deps.record(event)
    rmSync(path)
  }

  /** The schema of the event decides; what does not fit is no note. */
  #eventOf(text: string): AuditEvent | undefined {
    try {
      const { type, fields, at } = JSON.parse(text) as { type?: unknown; fields?: object; at: number }
      const known = NOTE_TYPES.find(name => name === type)
      if (known === undefined || !Number.isSafeInteger(at)) return undefined
      return this.#deps.events.create(known, fields as never, { occurredAt: at })
    } catch {
      return undefined
    }
  }
}
