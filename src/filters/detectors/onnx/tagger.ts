import { Tokenizer } from '@huggingface/tokenizers'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ModelDir } from './model-dir.ts'
import { joinSpans, type Judgement, type LabelledSpan, likeliest } from './spans.ts'
import { type Window, windowsOf } from './windows.ts'
import { splitWords } from './words.ts'

/** The runtime, handed in so that it is loaded only where it is installed. */
export interface Runtime {
  readonly InferenceSession: typeof InferenceSession
  readonly Tensor: typeof Tensor
}

/** Windows that go through the model together. */
const BATCH = 16
/** Words whose tokens are kept; a busy vocabulary, some MB. */
const MAX_CACHED = 20_000

/** A token-classification model with its tokenizer. */
export class OnnxTagger {
  readonly #runtime: Runtime
  readonly #session: InferenceSession
  readonly #dir: ModelDir
  readonly #tokenizer: Tokenizer
  /** Tokens that open and close the input. */
  readonly #opening: readonly number[]
  readonly #closing: readonly number[]
  /** Keyed by words of requests, attacker-controlled. */
  readonly #tokens = new Map<string, readonly number[]>()

  private constructor(runtime: Runtime, session: InferenceSession, dir: ModelDir) {
    this.#runtime = runtime
    this.#session = session
    this.#dir = dir
    this.#tokenizer = new Tokenizer(dir.tokenizer, dir.tokenizerConfig)
    const [first, ...rest] = this.#tokenizer.encode('').ids
    this.#opening = first === undefined ? [] : [first]
    this.#closing = rest
  }

  /** @throws Error of the runtime when the model can't be loaded */
  static async load(runtime: Runtime, dir: ModelDir, threads: number): Promise<OnnxTagger> {
    const session = await runtime.InferenceSession.create(dir.modelFile, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all'
    })
    return new OnnxTagger(runtime, session, dir)
  }

  /** Labelled spans of each text, batched over all of them. */
  async tag(texts: readonly string[]): Promise<LabelledSpan[][]> {
    const words = texts.map(splitWords)
    const room = this.#dir.maxTokens - this.#opening.length - this.#closing.length
    const windows = texts.flatMap((text, at) =>
      windowsOf(at, text, words[at] ?? [], word => this.#encode(word), room)
    )
    const judgements = words.map(() => new Map<number, Judgement>())
    // Of like length together: a batch is as wide as its longest window.
    windows.sort((a, b) => a.ids.length - b.ids.length)
    for (let from = 0; from < windows.length; from += BATCH) {
      await this.#judge(windows.slice(from, from + BATCH), judgements)
    }
    return words.map((list, at) => joinSpans(list, judgements[at] ?? new Map()))
  }

  async release(): Promise<void> {
    await this.#session.release()
  }

  async #judge(batch: readonly Window[], judgements: readonly Map<number, Judgement>[]): Promise<void> {
    const edges = this.#opening.length + this.#closing.length
    const width = edges + Math.max(...batch.map(({ ids }) => ids.length))
    const logits = await this.#run(batch, width)
    const { labels } = this.#dir
    batch.forEach(({ text, from, firsts }, row) => {
      firsts.forEach((token, offset) => {
        if (token < 0) return
        const place = row * width + this.#opening.length + token
        const { index, score } = likeliest(logits, place, labels.length)
        judgements[text]?.set(from + offset, { label: labels[index] ?? 'O', score })
      })
    })
  }

  async #run(rows: readonly Window[], width: number): Promise<Float32Array> {
    const ids = new BigInt64Array(rows.length * width)
    const mask = new BigInt64Array(rows.length * width)
    rows.forEach((row, at) => {
      const tokens = [...this.#opening, ...row.ids, ...this.#closing]
      tokens.forEach((token, i) => {
        ids[at * width + i] = BigInt(token)
        mask[at * width + i] = 1n
      })
    })
    const shape = [rows.length, width]
    const { Tensor } = this.#runtime
    const feeds: Record<string, Tensor> = {}
    for (const name of this.#session.inputNames) {
      const values =
        name === 'input_ids' ? ids : name === 'attention_mask' ? mask : new BigInt64Array(ids.length)
      feeds[name] = new Tensor('int64', values, shape)
    }
    const output = (await this.#session.run(feeds))[this.#session.outputNames[0] ?? '']
    const expected = rows.length * width * this.#dir.labels.length
    if (!(output?.data instanceof Float32Array) || output.data.length !== expected)
      throw new TypeError('the first output of the model must be float32 logits per token and label')
    return output.data
  }

  #encode(word: string): readonly number[] {
    const known = this.#tokens.get(word)
    if (known !== undefined) return known
    const made = this.#tokenizer.encode(word, { add_special_tokens: false }).ids
    if (this.#tokens.size >= MAX_CACHED) this.#tokens.clear()
    this.#tokens.set(word, made)
    return made
  }
}
