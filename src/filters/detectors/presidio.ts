import { hash } from 'node:crypto'
import type { Finding } from '../../core/finding.ts'
import type { Segment } from '../../core/leaf.ts'
import { errors } from '../../errors.ts'
import { type Detector, isProse, type Recipient } from './detector.ts'
import { type Labels, typesOfLabels } from './labels.ts'

/** Entity types of Presidio's analyzer → those of Schleuse. https://microsoft.github.io/presidio/supported_entities/ */
const PRESIDIO_LABELS: Readonly<Record<string, string>> = {
  PERSON: 'PERSON',
  LOCATION: 'LOCATION',
  ORGANIZATION: 'ORGANIZATION',
  EMAIL_ADDRESS: 'EMAIL',
  PHONE_NUMBER: 'PHONE',
  IBAN_CODE: 'IBAN',
  CREDIT_CARD: 'CARD',
  IP_ADDRESS: 'IP'
}

export interface PresidioOptions {
  readonly id: string
  /** What the analyzer is told the texts are written in, ISO 639-1. */
  readonly language: string
  /** Entity type by Presidio's; empty for the usual ones. Others are not asked for. */
  readonly labels: Readonly<Record<string, string>>
  /** Results below this score are no findings. 0 to 1. */
  readonly minScore: number
  /** Longest time a request may wait for its findings. Milliseconds. */
  readonly budgetMs: number
  readonly recipient: Recipient
}

/** Posts JSON to the analyzer and reads its JSON. */
export interface JsonService {
  /** @throws errors of the catalogue; never later than `budgetMs` */
  post(path: string, body: string, budgetMs: number): Promise<unknown>
  close(): Promise<void>
}

/** Requests to the analyzer at once for one request of an app: its worker count is unknown and mostly small. */
const AT_ONCE = 4

/**
 * A service that speaks the HTTP interface of Presidio's analyzer (`POST /analyze`). It sees clear text, so it is a
 * recipient under the rules of places and records like any provider.
 */
export class PresidioDetector implements Detector {
  readonly id: string
  readonly version: string
  readonly types: readonly string[]
  readonly recipient: Recipient
  readonly #options: PresidioOptions
  readonly #labels: Labels
  readonly #service: JsonService

  constructor(options: PresidioOptions, service: JsonService) {
    const { id, labels, language, minScore, recipient } = options
    this.#options = options
    this.#service = service
    this.#labels = new Map(Object.entries(Object.keys(labels).length > 0 ? labels : PRESIDIO_LABELS))
    this.id = id
    this.types = typesOfLabels(this.#labels)
    this.recipient = recipient
    // What runs behind the URL can't be known: its findings may change without this changing.
    this.version = hash('sha256', JSON.stringify([id, [...this.#labels], language, minScore])).slice(0, 16)
  }

  async find(segments: readonly Segment[]): Promise<readonly (readonly Finding[])[]> {
    const results: (readonly Finding[])[] = segments.map(() => [])
    const waiting = segments.flatMap((segment, at) => (isProse(segment) ? [at] : []))
    const deadline = performance.now() + this.#options.budgetMs
    const work = async (): Promise<void> => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        results[at] = await this.#ask(segments[at]?.text ?? '', deadline - performance.now())
      }
    }
    try {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work))
    } catch (cause) {
      waiting.length = 0
      throw Object.assign(new errors.DetectorFailed(this.id), { cause })
    }
    return results
  }

  close(): Promise<void> {
    return this.#service.close()
  }

  async #ask(text: string, budgetMs: number): Promise<readonly Finding[]> {
    const { language, minScore } = this.#options
    const body = JSON.stringify({
      text,
      language,
      score_threshold: minScore,
      entities: [...this.#labels.keys()]
    })
    const answer = await this.#service.post('/analyze', body, Math.max(1, budgetMs))
    if (!Array.isArray(answer)) throw new TypeError('the answer of the analyzer is no list')
    return this.#findings(text, answer as readonly unknown[])
  }

  /** Presidio counts code points, this side UTF-16 code units. */
  #findings(text: string, results: readonly unknown[]): Finding[] {
    const offsets = unitOffsets(text)
    const findings: Finding[] = []
    for (const result of results) {
      const { type, start, end, score } = readResult(result)
      const mapped = this.#labels.get(type)
      if (mapped === undefined || score < this.#options.minScore) continue
      const from = offsets(start)
      const to = offsets(end)
      if (from === undefined || to === undefined || from >= to)
        throw new TypeError('the analyzer found something outside of the text')
      findings.push({ start: from, end: to, type: mapped, score: Math.min(1, score), recognizer: this.id })
    }
    return findings
  }
}

/** Where a code point stands in UTF-16; undefined outside of the text. */
function unitOffsets(text: string): (codePoint: number) => number | undefined {
  const isInside = (at: number, length: number): boolean => Number.isInteger(at) && at >= 0 && at <= length
  // Outside of emoji and rare scripts both counts agree.
  if (!/[\ud800-\udbff]/.test(text)) return at => (isInside(at, text.length) ? at : undefined)
  const units: number[] = []
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) units.push(at)
  units.push(text.length)
  return at => (isInside(at, units.length - 1) ? units[at] : undefined)
}

function readResult(result: unknown): { type: string; start: number; end: number; score: number } {
  if (typeof result === 'object' && result !== null) {
    const { entity_type: type, start, end, score } = result as Readonly<Record<string, unknown>>
    if (typeof type === 'string' && typeof start === 'number' && typeof end === 'number')
      return { type, start, end, score: typeof score === 'number' ? score : 1 }
  }
  throw new TypeError('the analyzer answered with something that is no result')
}
