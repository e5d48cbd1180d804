import { createHash, hash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/** A folder as model hubs lay it out for token classification. */
export interface ModelDir {
  readonly modelFile: string
  readonly tokenizer: object
  readonly tokenizerConfig: object
  /** Label by class index. */
  readonly labels: readonly string[]
  /** Tokens the model takes at once, with those that open and close the input. */
  readonly maxTokens: number
}

/** What is wrong with a model directory, for the operator. */
export class ModelDirError extends Error {
  override readonly name = 'ModelDirError'
}

/** Windows are no longer than this even where a model allows it: attention costs their square. */
const MAX_TOKENS = 256
const MODEL_FILES = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx']

/**
 * Reads `config.json`, `tokenizer.json`, `tokenizer_config.json` and finds the model file.
 * @throws ModelDirError naming the file and what it must hold
 */
export function readModelDir(folder: string): ModelDir {
  const modelFile = MODEL_FILES.map(name => join(folder, name)).find(isFile)
  if (modelFile === undefined) throw new ModelDirError(`${folder} holds none of ${MODEL_FILES.join(', ')}.`)
  const config = readJson(folder, 'config.json')
  return {
    modelFile,
    tokenizer: readJson(folder, 'tokenizer.json'),
    tokenizerConfig: readJson(folder, 'tokenizer_config.json'),
    labels: labelsOf(config),
    maxTokens: maxTokensOf(config)
  }
}

/** Digest over the files that decide what is found; reads the model once, in pieces. */
export async function digestOf({ modelFile, tokenizer, labels }: ModelDir): Promise<string> {
  const model = createHash('sha256')
  await pipeline(createReadStream(modelFile), model)
  return hash('sha256', JSON.stringify([model.digest('hex'), tokenizer, labels])).slice(0, 16)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function readJson(folder: string, name: string): Record<string, unknown> {
  const file = join(folder, name)
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (cause) {
    throw new ModelDirError(`${file} can't be read as JSON.`, { cause })
  }
  throw new ModelDirError(`${file} must hold one JSON object.`)
}

function labelsOf({ id2label }: Record<string, unknown>): string[] {
  const entries = typeof id2label === 'object' && id2label !== null ? Object.entries(id2label) : []
  const labels: string[] = []
  for (const [index, label] of entries) {
    if (/^\d{1,3}$/.test(index) && typeof label === 'string') labels[Number(index)] = label
  }
  if (
    labels.length < 2 ||
    labels.length !== entries.length ||
    !labels.every(label => typeof label === 'string')
  )
    throw new ModelDirError(
      'config.json must map every class to its label in id2label (token classification).'
    )
  return labels
}

function maxTokensOf({ max_position_embeddings: positions }: Record<string, unknown>): number {
  // Some models count positions from 2 on (RoBERTa); two places are kept free for that.
  const stated = typeof positions === 'number' && positions >= 64 ? Math.floor(positions) - 2 : MAX_TOKENS
  return Math.min(MAX_TOKENS, stated)
}
