import { hash } from 'node:crypto'
import { openCheckpoint } from '../tlog/checkpoint.ts'
import { checkProof, parseProof } from '../tlog/proof.ts'
import { readZip } from '../zip.ts'

export const BUNDLE_SCHEMA = 'schleuse-bundle/1'

/** What a proof bundle says of itself; the record `audit.exported` with its filter hash says the same in the trail. */
export interface BundleManifest {
  readonly schema: typeof BUNDLE_SCHEMA
  readonly question: string
  readonly asks: { readonly en: string; readonly de: string }
  readonly from: string
  readonly to: string
  readonly created: string
  /** Rows of the answer. */
  readonly rows: number
  readonly filter_hash: string
  /** Which events of the answer are in the bundle. */
  readonly evidence: string
  readonly events: number
  /** True when there are more than a bundle holds. */
  readonly truncated: boolean
  /** Origin and leaf of events whose log lies on another machine. */
  readonly unproven: readonly string[]
  /** SHA-256 (hex) by path; of every file but this one. */
  readonly files: Readonly<Record<string, string>>
}

export interface BundleReport {
  readonly question: string
  readonly events: number
  readonly proven: number
  readonly faults: readonly string[]
}

/**
 * Checks a proof bundle offline: hashes, inclusion proofs, signatures, and that events and proofs are the same.
 * @param zip attacker-controlled
 * @param vkey of the trail, from somebody other than the sender
 * @returns null when it is no bundle
 */
export function checkBundle(zip: Uint8Array, vkey: string): BundleReport | null {
  const files = filesOf(zip)
  const manifest = manifestOf(files?.get('manifest.json'))
  if (files === null || manifest === null) return null
  const faults: string[] = []
  checkHashes(files, manifest, faults)
  const proven = new Set<string>()
  for (const [name, bytes] of files) {
    if (name.startsWith('proofs/')) checkOne(name, bytes, vkey, proven, faults)
    if (name.startsWith('checkpoints/')) checkHead(name, bytes, vkey, faults)
  }
  const events = eventsOf(files.get('events.jsonl'))
  const elsewhere = new Set(manifest.unproven)
  for (const [at, event] of events.entries())
    if (!proven.has(event) && !elsewhere.has(placeOf(event)))
      faults.push(`events.jsonl: line ${at + 1} has no proof that holds`)
  if ([...proven].some(event => !events.includes(event)))
    faults.push('proofs: there are proofs of other events')
  if (events.length !== manifest.events) faults.push('events.jsonl: other events than the manifest says')
  return { question: manifest.question, events: events.length, proven: proven.size, faults }
}

/** Without the root folder. */
function filesOf(zip: Uint8Array): Map<string, Uint8Array> | null {
  const files = readZip(zip)
  return files && new Map([...files].map(([path, bytes]) => [path.slice(path.indexOf('/') + 1), bytes]))
}

function manifestOf(bytes: Uint8Array | undefined): BundleManifest | null {
  const value = parse(Buffer.from(bytes ?? []).toString())
  const isManifest =
    typeof value === 'object' && value !== null && 'schema' in value && value.schema === BUNDLE_SCHEMA
  return isManifest ? (value as BundleManifest) : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function checkHashes(
  files: ReadonlyMap<string, Uint8Array>,
  { files: listed }: BundleManifest,
  faults: string[]
): void {
  const expected = new Map(Object.entries(listed ?? {}))
  for (const [name, bytes] of files) {
    if (name === 'manifest.json') continue
    if (expected.get(name) !== hash('sha256', bytes)) faults.push(`${name}: is not what the manifest names`)
    expected.delete(name)
  }
  for (const name of expected.keys()) faults.push(`${name}: is missing`)
}

function checkOne(
  name: string,
  bytes: Uint8Array,
  vkey: string,
  proven: Set<string>,
  faults: string[]
): void {
  try {
    const proof = parseProof(Buffer.from(bytes).toString())
    if (proof.extra === undefined) throw new Error('it holds no event')
    const { origin } = checkProof(proof, proof.extra, vkey)
    proven.add(lineOf(proof.extra.toString(), proof.index, origin))
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : 'does not hold'}`)
  }
}

function checkHead(name: string, bytes: Uint8Array, vkey: string, faults: string[]): void {
  try {
    openCheckpoint(Buffer.from(bytes).toString(), vkey)
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : 'is not signed'}`)
  }
}

/** One text per event and place; the event as it was recorded. */
function lineOf(json: string, leaf: number, log: string): string {
  return `${log} ${leaf} ${json}`
}

/** Origin and leaf. */
function placeOf(event: string): string {
  return event.split(' ', 2).join(' ')
}

function eventsOf(bytes: Uint8Array | undefined): string[] {
  const lines = Buffer.from(bytes ?? [])
    .toString()
    .split('\n')
    .filter(line => line !== '')
  return lines.map(line => {
    const place = /,"leaf":(\d+),"log":"([^"]+)"\}$/.exec(line)
    const json = line.slice('{"event":'.length, place?.index)
    return lineOf(json, Number(place?.[1]), place?.[2] ?? '')
  })
}
