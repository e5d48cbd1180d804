/** What the demo reads of a chat completion request (https://platform.openai.com/docs/api-reference/chat). */
export interface ChatRequest {
  readonly model: string
  /** Never empty. */
  readonly messages: readonly ChatMessage[]
  /** Function tools only. */
  readonly tools: readonly ChatTool[]
  /** `auto`, `none`, `required`, or the name of one function. */
  readonly toolChoice: string
  readonly parallelToolCalls: boolean
  /** `undefined`: free text. Otherwise the answer is JSON, of this JSON Schema; `true` allows any. */
  readonly jsonSchema: unknown
  readonly n: number
  readonly stop: readonly string[]
  readonly maxTokens: number
  readonly stream: boolean
  readonly includeUsage: boolean
}

export interface ChatMessage {
  readonly role: string
  /** Text parts joined by line breaks; other parts are left out. */
  readonly text: string
}

export interface ChatTool {
  readonly name: string
  /** JSON Schema of the arguments; `undefined` if the tool takes none. */
  readonly parameters: unknown
}

/** An error in OpenAI's shape; its message quotes nothing of the request. */
export interface Refusal {
  readonly status: number
  readonly message: string
  readonly param: string | null
  readonly code: string | null
}

/** The demo repeats its whole answer per choice, so few are enough. */
const MAX_CHOICES = 8

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param body UTF-8 JSON as it left the gateway; attacker-controlled */
export function readRequest(body: string | Buffer): ChatRequest | Refusal {
  let json: unknown
  try {
    json = JSON.parse(body.toString())
  } catch {
    return invalid('We could not parse the JSON body of your request.', null)
  }
  if (!isRecord(json)) return invalid('The request body must be a JSON object.', null)
  const messages = readMessages(json['messages'])
  if (!Array.isArray(messages)) return messages
  const n = json['n'] ?? 1
  if (typeof n !== 'number' || !Number.isInteger(n) || n < 1 || n > MAX_CHOICES) {
    return invalid(`'n' must be an integer from 1 to ${MAX_CHOICES}.`, 'n')
  }
  const maxTokens = json['max_completion_tokens'] ?? json['max_tokens'] ?? Number.POSITIVE_INFINITY
  if (typeof maxTokens !== 'number' || maxTokens < 1)
    return invalid("'max_tokens' must be at least 1.", 'max_tokens')
  const model = json['model']
  if (typeof model !== 'string') return invalid('you must provide a model parameter', 'model')
  const streamOptions = json['stream_options']
  return {
    model,
    messages,
    tools: readTools(json['tools']),
    toolChoice: readToolChoice(json['tool_choice']),
    parallelToolCalls: json['parallel_tool_calls'] !== false,
    jsonSchema: readSchema(json['response_format']),
    n,
    stop: readStop(json['stop']),
    maxTokens,
    stream: json['stream'] === true,
    includeUsage: isRecord(streamOptions) && streamOptions['include_usage'] === true
  }
}

export function isRefusal(value: ChatRequest | Refusal): value is Refusal {
  return 'status' in value
}

function invalid(message: string, param: string | null): Refusal {
  return { status: 400, message, param, code: null }
}

function readStop(value: unknown): string[] {
  const stops: unknown[] = Array.isArray(value) ? value : [value]
  return stops.filter(stop => typeof stop === 'string').filter(stop => stop !== '')
}

function readMessages(value: unknown): ChatMessage[] | Refusal {
  if (value === undefined) return invalid("Missing required parameter: 'messages'.", 'messages')
  if (!Array.isArray(value)) return invalid("'messages' must be an array.", 'messages')
  if (value.length === 0) return invalid("'messages' must not be empty.", 'messages')
  const messages: ChatMessage[] = []
  for (const [index, message] of value.entries()) {
    if (!isRecord(message) || typeof message['role'] !== 'string') {
      return invalid(`Missing required parameter: 'messages[${index}].role'.`, `messages[${index}].role`)
    }
    messages.push({ role: message['role'], text: readText(message['content']) })
  }
  return messages
}

function readText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const parts: unknown[] = content
  return parts
    .map(part => (isRecord(part) ? part['text'] : undefined))
    .filter(text => typeof text === 'string')
    .join('\n')
}

function readTools(value: unknown): ChatTool[] {
  const tools: ChatTool[] = []
  for (const tool of Array.isArray(value) ? value : []) {
    const definition: unknown = isRecord(tool) && tool['type'] === 'function' ? tool['function'] : null
    if (isRecord(definition) && typeof definition['name'] === 'string') {
      tools.push({ name: definition['name'], parameters: definition['parameters'] })
    }
  }
  return tools
}

function readToolChoice(value: unknown): string {
  if (typeof value === 'string') return value
  if (isRecord(value) && isRecord(value['function'])) return String(value['function']['name'])
  return 'auto'
}

function readSchema(format: unknown): unknown {
  if (!isRecord(format)) return undefined
  if (format['type'] === 'json_object') return true
  const schema = format['json_schema']
  return format['type'] === 'json_schema' && isRecord(schema) ? (schema['schema'] ?? true) : undefined
}
