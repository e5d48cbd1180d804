import { hash } from 'node:crypto'
import { writeZip } from '../../zip.ts'
import type { AuditFilter } from '../../index/filter.ts'
import { eventJson } from '../../index/formats.ts'
import type { IndexedEvent } from '../../index/page.ts'
import { BUNDLE_SCHEMA, type BundleManifest } from '../../verify/bundle.ts'
import type { Observed } from '../export.ts'
import { csv } from '../formats/csv.ts'
import type { ExportFormat, Filled } from '../formats/format.ts'
import { html } from '../formats/html.ts'
import { json } from '../formats/json.ts'
import { periodOf } from '../run.ts'
import { INSTRUCTIONS } from './instructions.ts'
import type { Evidence, Question } from './question.ts'

/** Events of one bundle: with their proofs about 4 MB. Whoever needs all takes a copy of the trail. */
const MAX_EVENTS = 1000
/** Rows of an answer that a bundle holds: about 20 MB of CSV, in memory while it is packed. */
export const MAX_BUNDLE_ROWS = 50_000
/** Longer answers are there as CSV only. */
const MAX_ROWS_TO_READ = 5000

/** What of the trail lies on this machine. */
export interface Trail {
  /** The inclusion proof of an entry; undefined when its log is not on this machine. */
  readonly prove: (event: IndexedEvent) => Promise<string | undefined>
  /** Newest signed heads, by the name of the log. */
  readonly checkpoints: () => ReadonlyMap<string, string>
  /** Public key as verifiers take it. */
  readonly vkey: () => string
}

/**
 * An answer with what proves it: events, inclusion proofs, signed heads, the key, and how to check all of it offline.
 * @returns a zip, of which `schleuse audit check-proof` says whether it holds
 */
export async function writeBundle(
  question: Question,
  filled: Filled,
  observed: Observed,
  trail: Trail,
  filterHash: string
): Promise<Uint8Array> {
  const { from, to, createdMs, rows } = filled
  const evidence = await question.evidence(observed, periodOf(from, to))
  const events = await eventsBehind(observed, evidence)
  const files = new Map<string, string>([
    ['answer.csv', await textOf(csv, filled)],
    ['events.jsonl', events.map(event => `${eventJson(event)}\n`).join('')],
    ['vkey', `${trail.vkey()}\n`],
    ['VERIFY.md', INSTRUCTIONS]
  ])
  if (rows.length <= MAX_ROWS_TO_READ)
    for (const format of [json, html]) files.set(`answer.${format.extension}`, await textOf(format, filled))
  for (const [log, note] of trail.checkpoints()) files.set(`checkpoints/${log.replace('/', '_')}`, note)
  const unproven: string[] = []
  for (const event of events) {
    const proof = await trail.prove(event)
    if (proof === undefined) unproven.push(`${event.log} ${event.leaf}`)
    else files.set(`proofs/${fileName(event)}`, proof)
  }
  const manifest: BundleManifest = {
    schema: BUNDLE_SCHEMA,
    question: question.name,
    asks: question.question,
    from,
    to,
    created: new Date(createdMs).toISOString(),
    rows: rows.length,
    filter_hash: filterHash,
    evidence: evidence.of,
    events: events.length,
    truncated: events.length === MAX_EVENTS,
    unproven,
    files: Object.fromEntries([...files].map(([name, text]) => [name, hash('sha256', text)]))
  }
  files.set('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
  const root = `schleuse_${question.name}_${from}_${to}`
  return writeZip(new Map([...files].map(([name, text]) => [`${root}/${name}`, text])))
}

const fileName = ({ log, leaf }: IndexedEvent): string =>
  `${log.replaceAll(/[^a-z0-9-]/g, '_')}_${leaf}.tlog-proof`

async function textOf(format: ExportFormat, filled: Filled): Promise<string> {
  let text = ''
  for await (const piece of format.write(filled, 'en')) text += String(piece)
  return text
}

async function eventsBehind(observed: Observed, { filters, of }: Evidence): Promise<IndexedEvent[]> {
  const found = new Map<string, IndexedEvent>()
  const add = (events: readonly IndexedEvent[]): void => {
    for (const event of events) if (found.size < MAX_EVENTS) found.set(`${event.log} ${event.leaf}`, event)
  }
  for (const filter of filters) {
    if (found.size >= MAX_EVENTS) break
    if (of === 'all') add(await page(observed, filter, 'desc', MAX_EVENTS))
    else for (const order of ['asc', 'desc'] as const) add(await page(observed, filter, order, 1))
  }
  return [...found.values()].toSorted((a, b) => a.timeMs - b.timeMs || a.leaf - b.leaf)
}

async function page(observed: Observed, filter: AuditFilter, order: 'asc' | 'desc', limit: number) {
  return (await observed.events(filter, { limit, order })).events
}
