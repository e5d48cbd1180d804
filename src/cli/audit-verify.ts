import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { originOf } from '../audit/log-names.ts'
import { ActorKeys } from '../audit/personal.ts'
import { findEvent, proveEntry } from '../audit/prove.ts'
import { listLogs } from '../audit/reader.ts'
import { readFs } from '../audit/storage/fs.ts'
import { parseVkey, renameVkey } from '../audit/tlog/keys.ts'
import { checkProof, parseProof } from '../audit/tlog/proof.ts'
import { checkBundle } from '../audit/verify/bundle.ts'
import { verifyTrail, type VerifyReport } from '../audit/verify/verify.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface VerifyArguments {
  readonly vkey?: string | undefined
  readonly witness?: readonly string[] | undefined
  readonly quorum?: string | undefined
  readonly tsa?: readonly string[] | undefined
  readonly 'actor-keys'?: string | undefined
  readonly old?: readonly string[] | undefined
  readonly 'expect-size'?: string | undefined
  readonly 'max-age'?: string | undefined
}

/**
 * `schleuse audit verify DIR`: everything that can be checked offline. Code 0 when all holds, 1 when something is wrong.
 * @throws UsageError when there is nothing to check, or an argument is none
 */
export function verifyAudit(
  dir: string,
  given: VerifyArguments,
  now: number,
  onProgress: (text: string) => void
): Report {
  const options = {
    dir: resolve(dir),
    vkey: given.vkey === undefined ? undefined : keyOf(given.vkey),
    witnesses: (given.witness ?? []).map(keyOf),
    quorum: given.quorum === undefined ? undefined : wholeNumber(given.quorum),
    authorities: (given.tsa ?? []).flatMap(certificatesIn),
    old: (given.old ?? []).map(readText),
    expectSize: given['expect-size'] === undefined ? undefined : wholeNumber(given['expect-size']),
    maxAgeMs: given['max-age'] === undefined ? undefined : duration(given['max-age']),
    now
  }
  let shown = -1
  const progress = (done: number, total: number) => {
    const percent = Math.floor((100 * done) / total)
    if (percent < shown + 10 && done < total) return
    shown = percent
    onProgress(`${percent} % of ${total} entries\n`)
  }
  const actorKeys = given['actor-keys'] === undefined ? undefined : openKeys(given['actor-keys'])
  const report = asUsage(() => verifyTrail({ ...options, actorKeys, onProgress: progress }))
  actorKeys?.close()
  const faults = report.findings.filter(({ kind }) => kind === 'fault')
  return { text: summaryOf(report, faults.length), code: faults.length > 0 ? 1 : 0 }
}

function summaryOf({ origin, logs, findings, attempts, newest }: VerifyReport, faults: number): string {
  const lines = [
    `Audit trail of ${origin}`,
    ...logs.map(({ name, size, root, deleted }) => {
      const gone = deleted > 0 ? `, content of the first ${deleted} deleted` : ''
      return `  ${name}  ${size} entries${gone}  root ${root}`
    }),
    `${attempts} attempts; newest record ${newest || 'none'}`,
    ...findings.map(
      ({ kind, log, text }) =>
        `${kind === 'fault' ? 'WRONG' : 'note '}  ${log === undefined ? '' : `${log}: `}${text}`
    ),
    faults === 0
      ? 'All entries are those that were signed; none is missing before the last checkpoint.'
      : `${faults} ${faults === 1 ? 'fault' : 'faults'}. The trail is not what was signed.`
  ]
  return `${lines.join('\n')}\n`
}

/**
 * `schleuse audit prove EVENT`: writes a proof that holds without the trail.
 * @throws UsageError when there is no such record yet in signed tiles
 */
export async function proveEvent(dir: string, eventId: string, out: string | undefined): Promise<Report> {
  const found = await findEvent(resolve(dir), eventId)
  if (found === undefined)
    throw new UsageError(
      `No record ${eventId} in ${dir}. Ids are event_id of records; a new one is there after the next checkpoint.`
    )
  const file = resolve(out ?? `${eventId}.tlog-proof`)
  writeFileSync(file, proveEntry(resolve(dir), found))
  return { text: `${file}: entry ${found.index} of ${found.log}\n`, code: 0 }
}

/** `schleuse audit check-proof BUNDLE.zip`: all proofs of a bundle at once. Code 1 when anything does not hold. */
export function checkProofBundle(file: string, vkey: string): Report {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  const report = checkBundle(readFileSync(file), keyOf(vkey))
  if (report === null) return { text: `${file} is no proof bundle.\n`, code: 1 }
  const { question, events, proven, faults } = report
  const lines = [
    `${question}: ${proven} of ${events} events proven`,
    ...faults,
    faults.length === 0 ? 'The bundle holds.' : 'The bundle does not hold.'
  ]
  return { text: `${lines.join('\n')}\n`, code: faults.length === 0 ? 0 : 1 }
}

/** `schleuse audit check-proof FILE`: prints the record that a proof stands for. Code 1 when it does not hold. */
export function checkProofFile(file: string, vkey: string, witnesses: readonly string[]): Report {
  const key = keyOf(vkey)
  const verifiers = witnesses.map(witness => asUsage(() => parseVkey(keyOf(witness))))
  try {
    const proof = parseProof(readText(file))
    if (proof.extra === undefined) throw new UsageError(`${file} does not hold the record itself.`)
    const { origin, size, witnesses: signed } = checkProof(proof, proof.extra, key, verifiers)
    const by = signed.map(
      ({ name, time }) => `; cosigned by ${name} at ${new Date(time * 1000).toISOString()}`
    )
    const text = `Entry ${proof.index} of ${origin}, signed with ${size} entries${by.join('')}:\n${proof.extra.toString()}\n`
    return { text, code: 0 }
  } catch (error) {
    if (error instanceof UsageError) throw error
    return {
      text: `The proof does not hold: ${error instanceof Error ? error.message : 'unknown'}.\n`,
      code: 1
    }
  }
}

/** The trail's public key, to be handed out, and the same key under the name of each log, which other software asks for. */
export function showVkey(dir: string): Report {
  const file = join(resolve(dir), 'vkey')
  if (!existsSync(file)) throw new UsageError(`${dir} has no audit trail yet: start the gateway once.`)
  const vkey = readFileSync(file, 'utf8').trim()
  const { name: base } = parseVkey(vkey)
  const logs = listLogs(resolve(dir), readFs).map(name => renameVkey(vkey, originOf(base, name)))
  return { text: `${[vkey, ...logs].join('\n')}\n`, code: 0 }
}

/** A key on the command line is the key itself or a file with it. */
export function keyOf(given: string): string {
  return given.includes('+') ? given : readText(given).trim()
}

/** All of a PEM file. @throws UsageError when there is none */
function certificatesIn(file: string): X509Certificate[] {
  const blocks = readText(file).match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g)
  if (blocks === null) throw new UsageError(`${file} holds no certificate in PEM.`)
  return asUsage(() => blocks.map(block => new X509Certificate(block)))
}

function openKeys(file: string): ActorKeys {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  return asUsage(() => new ActorKeys(file))
}

function readText(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  return readFileSync(file, 'utf8')
}

function wholeNumber(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new UsageError(`${text} is no whole number.`)
  return Number(text)
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000]
])

/** `30m`, `24h`, `7d` in ms. */
function duration(text: string): number {
  const [, count = '', unit = ''] = /^([0-9]{1,6})([mhd])$/.exec(text) ?? []
  const ms = UNITS.get(unit)
  if (ms === undefined) throw new UsageError(`${text} is no age: write 30m, 24h or 7d.`)
  return Number(count) * ms
}

/** What can't be checked at all is the caller's to put right. */
function asUsage<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'unknown', { cause: error })
  }
}
