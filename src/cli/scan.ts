import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { splice } from '../core/json/splice.ts'
import type { Finding } from '../core/finding.ts'
import type { Segment } from '../core/leaf.ts'
import { type Analyzer, buildAnalyzer } from '../filters/analyzer.ts'
import type { Consulted, DetectorSet } from '../filters/detectors/set.ts'
import type { Flag } from '../filters/flags/category.ts'
import { findFlags } from '../filters/flags/index.ts'
import { pseudonymizeSegments } from '../filters/pseudonymizer.ts'
import type { CustomDetection } from '../filters/rules/custom.ts'
import type { Policy } from '../policy.ts'
import { UsageError } from './usage-error.ts'

/** A text, or lines of JSON with one each. */
export interface Input {
  /** Names the text in what is written. */
  readonly id: string
  readonly stream: Readable
}

export interface ScanOptions {
  readonly jsonl: boolean
  readonly redact: boolean
  /** Add to each finding why it is one, and to each text its special categories. */
  readonly explain: boolean
  readonly policy: Policy
  readonly detection: CustomDetection
  /** Closed by the caller. */
  readonly detectors: DetectorSet
  /** Read one after the other. */
  readonly inputs: readonly Input[]
  readonly output: Writable
  /** Progress goes here when it is a terminal, errors always. */
  readonly progress: Writable & { readonly isTTY?: boolean }
  readonly randomBytes: (size: number) => Buffer
}

/** A line longer than this is refused: it would have to be held in memory whole. In UTF-16 code units. */
const maxTextChars = 64 * 1024 * 1024
const progressEveryMs = 500

interface Task {
  readonly id: unknown
  readonly text: string
}

/**
 * Scans texts with the gateway's own detectors and thresholds, one output line per text, in order.
 * A line that can't be read is told on `progress` by its number, never quoted; the others go on.
 * @returns exit code: 0, or 1 when a line could not be read
 */
export async function runScan(options: ScanOptions): Promise<number> {
  const scanner = new Scanner(options)
  for (const input of options.inputs) {
    if (options.jsonl) await scanLines(scanner, input)
    else await scanner.task({ id: input.id, text: await readWhole(input) })
  }
  return scanner.end()
}

async function scanLines(scanner: Scanner, { stream }: Input): Promise<void> {
  let line = 0
  for await (const source of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++
    if (source.trim() !== '') await scanner.line(source, line)
  }
}

/** @throws UsageError when the text is longer than can be held */
async function readWhole({ stream }: Input): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream) {
    text += chunk as string
    if (text.length > maxTextChars)
      throw new UsageError(`the text is longer than ${maxTextChars} characters; split it and use --jsonl`)
  }
  return text
}

class Scanner {
  readonly #options: ScanOptions
  readonly #analyzer: Analyzer
  readonly #scopeKey: Buffer
  readonly #leftOut = new Set<string>()
  #texts = 0
  #findings = 0
  #unreadable = 0
  #shown = 0

  constructor(options: ScanOptions) {
    this.#options = options
    this.#analyzer = buildAnalyzer({ custom: options.detection })
    this.#scopeKey = options.randomBytes(32)
  }

  async line(source: string, number: number): Promise<void> {
    const task = readTask(source)
    if (task !== null) {
      await this.task(task)
      return
    }
    this.#unreadable++
    this.#options.progress.write(`line ${number}: not a JSON object with a string "text"\n`)
  }

  async task({ id, text }: Task): Promise<void> {
    const segment: Segment = { kind: 'text', text, label: '' }
    const { detectors, policy } = this.#options
    const known = this.#analyzer.analyze([segment])
    const [found = []] = await detectors.addTo([segment], known, detector => this.#leaveOut(detector))
    const findings = found.filter(finding => finding.score >= policy.thresholdFor(finding.type))
    this.#texts++
    this.#findings += findings.length
    const line = {
      id,
      findings: this.#options.explain ? this.#explained(segment, findings) : findings,
      ...(this.#options.explain ? { flags: flagsOf(segment, findings) } : {}),
      ...(this.#options.redact ? { redacted: this.#redact(segment, findings) } : {})
    }
    if (!this.#options.output.write(`${JSON.stringify(line)}\n`)) await once(this.#options.output, 'drain')
    this.#progress(false)
  }

  end(): number {
    this.#progress(true)
    return this.#unreadable > 0 ? 1 : 0
  }

  #explained(segment: Segment, findings: readonly Finding[]): readonly Finding[] {
    const why = this.#analyzer.explain(segment, findings)
    return findings.map((finding, at) => ({ ...finding, why: why[at] }))
  }

  /** As a provider would get it. A finding that would refuse a request is shown as its type. */
  #redact(segment: Segment, findings: readonly Finding[]): string {
    const result = pseudonymizeSegments({
      knownTypes: this.#options.detectors.typesWith(this.#analyzer),
      scopeKey: () => this.#scopeKey,
      segments: [segment],
      findings: [findings],
      operatorFor: type => {
        const operator = this.#options.policy.operatorFor(type)
        return operator === 'block' ? 'redact' : operator
      }
    })
    return splice(segment.text, result.edits[0] ?? [])
  }

  /** A command keeps no record, so no text leaves the machine through it. */
  async #leaveOut({ id }: Consulted): Promise<[]> {
    if (!this.#leftOut.has(id))
      this.#options.progress.write(`the detector ${id} is left out: it would get the text over the network\n`)
    this.#leftOut.add(id)
    return []
  }

  #progress(last: boolean): void {
    const { progress } = this.#options
    if (progress.isTTY !== true) return
    const now = Date.now()
    if (!last && now - this.#shown < progressEveryMs) return
    this.#shown = now
    progress.write(`\r${this.#texts} texts, ${this.#findings} findings${last ? '\n' : ''}`)
  }
}

/** Special categories of personal data that the text probably holds. */
function flagsOf(segment: Segment, findings: readonly Finding[]): Omit<Flag, 'segment'>[] {
  return findFlags([segment], [findings]).map(({ category, score, rule }) => ({ category, score, rule }))
}

function readTask(source: string): Task | null {
  try {
    const value: unknown = JSON.parse(source)
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
      return null
    return { id: 'id' in value ? value.id : null, text: value.text }
  } catch {
    return null
  }
}
