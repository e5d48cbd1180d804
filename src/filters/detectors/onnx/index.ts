import { Worker } from 'node:worker_threads'
import type { Finding } from '../../../core/finding.ts'
import type { Segment } from '../../../core/leaf.ts'
import { errors } from '../../../errors.ts'
import { type Detector, isProse } from '../detector.ts'
import { type Labels, labelsOf, typesOfLabels } from '../labels.ts'
import { digestOf, ModelDirError, readModelDir } from './model-dir.ts'
import type { LabelledSpan } from './spans.ts'
import type { Job, Reply, WorkerSettings } from './worker.ts'

export interface OnnxOptions {
  readonly id: string
  /** A folder as model hubs lay it out: model.onnx, config.json, tokenizer.json, tokenizer_config.json. */
  readonly directory: string
  /** Entity type by label of the model; empty for the usual ones (labels.ts). */
  readonly labels: Readonly<Record<string, string>>
  /** Spans below this probability are no findings. 0 to 1. */
  readonly minScore: number
  /** Longest time a request may wait for its findings; then it is refused. Milliseconds. */
  readonly budgetMs: number
  /** Threads the model computes with. */
  readonly threads: number
}

/** Texts of one request and of all that wait, in UTF-16 units: more would wait longer than any budget. */
const MAX_REQUEST_CHARS = 1_000_000
const MAX_WAITING_CHARS = 8_000_000

interface Waiting {
  readonly chars: number
  readonly timer: NodeJS.Timeout
  readonly resolve: (spans: readonly (readonly LabelledSpan[])[]) => void
  readonly reject: (error: Error) => void
}

/**
 * A token-classification model of the operator, run by onnxruntime in a thread of its own.
 * @throws ModelDirError when the folder or the runtime can't be used
 */
export async function openOnnxDetector(options: OnnxOptions): Promise<Detector> {
  const version = await digestOf(readModelDir(options.directory))
  const detector = new OnnxDetector(options, version)
  await detector.start()
  return detector
}

class OnnxDetector implements Detector {
  readonly id: string
  readonly version: string
  readonly types: readonly string[]
  readonly #options: OnnxOptions
  readonly #labels: Labels
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #waitingChars = 0
  #nextId = 0

  constructor(options: OnnxOptions, version: string) {
    this.#options = options
    this.#labels = labelsOf(options.labels)
    this.id = options.id
    this.version = `${version}-${options.minScore}`
    this.types = typesOfLabels(this.#labels)
  }

  /** @throws ModelDirError when the model can't be loaded */
  async start(): Promise<void> {
    const { directory, threads } = this.#options
    const workerData: WorkerSettings = { directory, threads }
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
    worker.unref()
    await new Promise<void>((resolve, reject) => {
      worker.once('message', (reply: Reply) => {
        if (reply.kind === 'unusable') reject(new ModelDirError(reply.why))
        else resolve()
      })
      worker.once('error', cause => reject(new ModelDirError('the model thread ended', { cause })))
    }).catch(async (error: unknown) => {
      await worker.terminate()
      throw error
    })
    worker.on('message', (reply: Reply) => this.#take(reply))
    worker.on('error', () => this.#lose())
    worker.on('exit', () => this.#lose())
    this.#worker = worker
  }

  async find(segments: readonly Segment[]): Promise<readonly (readonly Finding[])[]> {
    const prose = segments.filter(isProse)
    if (prose.length === 0) return segments.map(() => [])
    const spans = await this.#tag(prose.map(({ text }) => text))
    let next = 0
    return segments.map(segment => (isProse(segment) ? this.#findings(spans[next++] ?? []) : []))
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#lose()
    await worker?.terminate()
  }

  #tag(texts: readonly string[]): Promise<readonly (readonly LabelledSpan[])[]> {
    const worker = this.#worker
    const chars = texts.reduce((sum, text) => sum + text.length, 0)
    if (worker === null || chars > MAX_REQUEST_CHARS || this.#waitingChars + chars > MAX_WAITING_CHARS)
      return Promise.reject(new errors.DetectorFailed(this.id))
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      const timer = setTimeout(() => {
        this.#end(id)?.reject(new errors.DetectorFailed(this.id))
      }, this.#options.budgetMs)
      this.#waiting.set(id, { chars, timer, resolve, reject })
      this.#waitingChars += chars
      const job: Job = { id, texts }
      worker.postMessage(job)
    })
  }

  #take(reply: Reply): void {
    if (reply.kind === 'tagged') this.#end(reply.id)?.resolve(reply.spans)
    else if (reply.kind === 'failed') this.#end(reply.id)?.reject(new errors.DetectorFailed(this.id))
  }

  #end(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return undefined
    clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    this.#waitingChars -= waiting.chars
    return waiting
  }

  /** Without its thread every request is refused: text must not leave with one detector less. */
  #lose(): void {
    this.#worker = null
    for (const id of this.#waiting.keys()) this.#end(id)?.reject(new errors.DetectorFailed(this.id))
  }

  #findings(spans: readonly LabelledSpan[]): Finding[] {
    const findings: Finding[] = []
    for (const { start, end, label, score } of spans) {
      const type = this.#labels.get(label)
      if (type === undefined || score < this.#options.minScore) continue
      findings.push({ start, end, type, score, recognizer: this.id })
    }
    return findings
  }
}
