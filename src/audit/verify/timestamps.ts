import { hash, type X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { checkTimestamp, readTimestamp } from '../anchors/timestamp.ts'
import { stampedSizes, stampPath } from '../anchors/timestamping.ts'
import type { ReadFs } from '../storage/fs.ts'
import { openCheckpoint } from '../tlog/checkpoint.ts'
import type { Entry } from './attempts.ts'
import type { Findings } from './finding.ts'
import type { Claims } from './heads.ts'

/** Time-stamps that records name, and those that lie beside the logs. */
export class Timestamps {
  /** SHA-256 of the answer, by log origin and size. */
  readonly #recorded = new Map<string, string>()
  readonly #trusted: readonly X509Certificate[]
  #checked = 0

  /** @param trusted of authorities: then each stamp must lead to one of them, and there must be one */
  constructor(trusted: readonly X509Certificate[]) {
    this.#trusted = trusted
  }

  finish(findings: Findings): void {
    if (this.#trusted.length > 0 && this.#checked === 0)
      findings.add('fault', 'No checkpoint has a time-stamp that holds.')
  }

  follow({ event_type, head, token_hash: token }: Entry): void {
    if (event_type !== 'checkpoint.timestamped' || typeof head !== 'object' || head === null) return
    const { origin, size } = head as Readonly<Record<string, unknown>>
    if (typeof token === 'string') this.#recorded.set(`${String(origin)} ${String(size)}`, token)
  }

  /** Each stamps a checkpoint that this log signed; the log goes on from there. */
  check(
    dir: string,
    { name, origin }: { readonly name: string; readonly origin: string },
    vkey: string,
    fs: ReadFs,
    claims: Claims,
    findings: Findings
  ): void {
    const sizes = stampedSizes(dir, name, fs).sort((a, b) => a - b)
    let newest: Stamp | undefined
    for (const size of sizes) {
      try {
        const answer = fs.readFile(join(dir, stampPath(name, size, 'tsr'))) ?? Buffer.alloc(0)
        const note = fs.readFile(join(dir, stampPath(name, size, 'checkpoint'))) ?? Buffer.alloc(0)
        const { imprint, timeMs, signer } = this.#read(answer)
        if (!imprint.equals(hash('sha256', note, 'buffer')))
          throw new Error('it was made for something else than the checkpoint beside it')
        const open = openCheckpoint(note.toString(), vkey)
        claims.add({ origin: open.origin, size, root: open.root.toString('hex'), by: 'a time-stamp' })
        if (open.origin !== origin || open.size !== size) throw new Error('it stands in another place')
        newest = { size, timeMs, signer }
        this.#checked++
      } catch (error) {
        const why = error instanceof Error ? error.message : 'unknown'
        findings.add('fault', `The time-stamp of ${size} entries does not hold: ${why}.`, name)
      }
    }
    this.#missing(dir, name, origin, fs, findings)
    if (newest !== undefined)
      findings.add('note', noteOf(sizes.length, newest, stampPath(name, newest.size, 'tsr')), name)
  }

  #read(answer: Buffer): { readonly imprint: Buffer; readonly timeMs: number; readonly signer?: string } {
    return this.#trusted.length === 0 ? readTimestamp(answer) : checkTimestamp(answer, this.#trusted)
  }

  #missing(dir: string, name: string, origin: string, fs: ReadFs, findings: Findings): void {
    for (const [key, token] of this.#recorded) {
      if (!key.startsWith(`${origin} `)) continue
      const size = Number(key.slice(origin.length + 1))
      const answer = fs.readFile(join(dir, stampPath(name, size, 'tsr')))
      if (answer === null || `sha256:${hash('sha256', answer)}` !== token)
        findings.add('fault', `The time-stamp of ${size} entries is not the one that was recorded.`, name)
    }
  }
}

interface Stamp {
  readonly size: number
  readonly timeMs: number
  /** Undefined when that was not checked. */
  readonly signer?: string | undefined
}

function noteOf(count: number, { size, timeMs, signer }: Stamp, path: string): string {
  const said = `${count} time-stamps; the newest says that ${size} entries stood so on ${new Date(timeMs).toISOString()}. `
  if (signer !== undefined) return `${said}It was signed by ${signer}.`
  return (
    `${said}Who signed it: give the authority's certificate with --tsa, or ` +
    `openssl ts -verify -data ${path.replace('.tsr', '.checkpoint')} -in ${path} -CAfile ROOT.pem`
  )
}
