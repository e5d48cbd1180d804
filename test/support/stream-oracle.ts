import { createParser } from 'eventsource-parser'

/** What a careful client would have at the end of a chat completion stream. */
export interface JoinedStream {
  /** Data of all events, in order, `[DONE]` included. */
  readonly events: readonly string[]
  /** Text by place, e.g. `choices.0.content`, `choices.1.tool_calls.0.function.arguments`, `error.message`. */
  readonly text: ReadonlyMap<string, string>
  /** finish_reason by choice. */
  readonly finish: ReadonlyMap<number, string>
  readonly done: boolean
}

/** Numbers and short enumerations repeat in every chunk; joining them says nothing. */
const NOT_TEXT = /\.(role|type|object|finish_reason|index|x_trace\.note|severity|token|url)$/

/**
 * Decodes a stream with an independent SSE parser (eventsource-parser) and joins the string deltas of every key.
 * An event without a closing blank line is taken as delivered, as openai 7 does.
 */
export function joinChatStream(bytes: Uint8Array): JoinedStream {
  const events: string[] = []
  const parser = createParser({ onEvent: message => events.push(message.data) })
  parser.feed(`${Buffer.from(bytes).toString('utf8')}\n\n`)

  const chunks = events.filter(data => data !== '[DONE]').map(data => JSON.parse(data) as object)
  return { ...joinChunks(chunks), events, done: events.at(-1) === '[DONE]' }
}

/** Joins chunks that a client has decoded. */
export function joinChunks(chunks: Iterable<object>): Pick<JoinedStream, 'text' | 'finish'> {
  const text = new Map<string, string>()
  const finish = new Map<number, string>()
  for (const chunk of chunks as Iterable<Chunk>) {
    if (chunk.error) collect(chunk.error, 'error', text)
    for (const choice of chunk.choices ?? []) {
      collect(choice.delta ?? {}, `choices.${choice.index}`, text)
      if (choice.finish_reason) finish.set(choice.index, choice.finish_reason)
    }
  }
  return { text, finish }
}

interface Chunk {
  readonly error?: object
  readonly choices?: readonly {
    readonly index: number
    readonly delta?: object
    readonly finish_reason?: string | null
  }[]
}

function collect(value: unknown, path: string, text: Map<string, string>): void {
  if (typeof value === 'string') {
    if (!NOT_TEXT.test(path)) text.set(path, path.endsWith('.id') ? value : (text.get(path) ?? '') + value)
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) collect(item, `${path}.${indexOf(item) ?? i}`, text)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, `${path}.${key}`, text)
  }
}

function indexOf(item: unknown): number | undefined {
  const index = typeof item === 'object' && item !== null && 'index' in item ? item.index : undefined
  return typeof index === 'number' ? index : undefined
}
