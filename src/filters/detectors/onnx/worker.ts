import { parentPort, workerData } from 'node:worker_threads'
import { ModelDirError, readModelDir } from './model-dir.ts'
import type { LabelledSpan } from './spans.ts'
import { OnnxTagger } from './tagger.ts'

/** The thread in which a model runs: takes texts, answers with spans. Nothing of a text is kept or logged. */

export interface WorkerSettings {
  readonly directory: string
  readonly threads: number
}

export interface Job {
  readonly id: number
  readonly texts: readonly string[]
}

export type Reply =
  | { readonly kind: 'ready' }
  /** The model can't be used; `why` is for the operator and holds no text of a request. */
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'tagged'; readonly id: number; readonly spans: readonly (readonly LabelledSpan[])[] }
  | { readonly kind: 'failed'; readonly id: number }

/** Jobs that wait are tagged together, so that small requests share batches; so many at once. */
const MAX_TOGETHER = 32

async function load({ directory, threads }: WorkerSettings): Promise<OnnxTagger> {
  const dir = readModelDir(directory)
  const runtime = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new ModelDirError('The package onnxruntime-node is not installed: npm install onnxruntime-node', {
      cause
    })
  })
  return OnnxTagger.load(runtime, dir, threads)
}

class Loop {
  readonly #tagger: OnnxTagger
  readonly #post: (reply: Reply) => void
  readonly #waiting: Job[] = []
  #busy = false

  constructor(tagger: OnnxTagger, post: (reply: Reply) => void) {
    this.#tagger = tagger
    this.#post = post
  }

  take(job: Job): void {
    this.#waiting.push(job)
    if (!this.#busy) void this.#work()
  }

  async #work(): Promise<void> {
    this.#busy = true
    while (this.#waiting.length > 0) await this.#tagTogether(this.#waiting.splice(0, MAX_TOGETHER))
    this.#busy = false
  }

  async #tagTogether(jobs: readonly Job[]): Promise<void> {
    try {
      const spans = await this.#tagger.tag(jobs.flatMap(({ texts }) => texts))
      let from = 0
      for (const { id, texts } of jobs) {
        this.#post({ kind: 'tagged', id, spans: spans.slice(from, from + texts.length) })
        from += texts.length
      }
    } catch {
      for (const { id } of jobs) this.#post({ kind: 'failed', id })
    }
  }
}

const port = parentPort
if (port !== null) {
  const post = (reply: Reply): void => port.postMessage(reply)
  load(workerData as WorkerSettings).then(
    tagger => {
      const loop = new Loop(tagger, post)
      port.on('message', (job: Job) => loop.take(job))
      post({ kind: 'ready' })
    },
    (error: unknown) => post({ kind: 'unusable', why: error instanceof Error ? error.message : 'unknown' })
  )
}
