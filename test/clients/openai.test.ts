import OpenAI from 'openai'
import { makeParseableResponseFormat } from 'openai/lib/parser'
import OpenAI6 from 'openai6'
import { joinChunks } from '../support/stream-oracle.ts'
import { type Case, runMatrix, type Situation } from './matrix.ts'

/** The official SDK in the two generations that customers run. Their types differ in details no case touches. */
const clients = {
  'openai 7': (baseURL: string) => new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 }),
  'openai 6': (baseURL: string) =>
    new OpenAI6({ baseURL, apiKey: 'unused', maxRetries: 0 }) as unknown as OpenAI
}

const messages = (text: string): OpenAI.ChatCompletionMessageParam[] => [
  { role: 'system', content: 'Du beantwortest Mails.' },
  { role: 'user', content: text }
]

const schema = {
  type: 'object',
  properties: {
    to: { type: 'string' },
    note: { type: 'string' },
    tags: { type: 'array', items: { type: 'string' } }
  },
  required: ['to', 'note', 'tags'],
  additionalProperties: false
}

const tools: OpenAI.ChatCompletionTool[] = [
  { type: 'function', function: { name: 'send_mail', description: 'Sends a mail', parameters: schema } }
]

/** The app's own tool: keeps what it was called with, answers with what only the app knows. */
function runnable(situation: Situation, calls: unknown[]) {
  return {
    type: 'function',
    function: {
      name: 'send_mail',
      description: 'Sends a mail',
      parameters: schema,
      parse: JSON.parse,
      function: (input: object) => {
        calls.push(input)
        return situation.toolResult
      }
    }
  } as const
}

const joined = (chunks: readonly OpenAI.ChatCompletionChunk[]): object => {
  const { text, finish } = joinChunks(chunks)
  const { id, model, created, system_fingerprint: fingerprint } = chunks[0] ?? {}
  return {
    text: [...text],
    finish: [...finish],
    id,
    model,
    created,
    fingerprint,
    usage: chunks.at(-1)?.usage
  }
}

const cases: Case<OpenAI>[] = [
  {
    name: 'chat',
    run: async (client, { model, mail }) => {
      const { data, response } = await client.chat.completions
        .create({ model, messages: messages(mail), temperature: 0.2 })
        .withResponse()
      return { data, status: response.status, type: response.headers.get('content-type') }
    }
  },
  {
    name: 'chat with content parts, names and metadata',
    run: (client, { model, mail, ordered }) =>
      client.chat.completions.create({
        model,
        messages: [
          { role: 'user', name: 'kunde', content: [{ type: 'text', text: `An ${ordered.to}` }] },
          { role: 'assistant', content: null, refusal: `Nicht an ${ordered.to}` },
          { role: 'user', content: [{ type: 'text', text: mail }] }
        ],
        metadata: { contact: ordered.to }
      })
  },
  {
    name: 'chat stream',
    run: async (client, { model, mail }) => {
      const chunks: OpenAI.ChatCompletionChunk[] = []
      const stream = await client.chat.completions.create({ model, messages: messages(mail), stream: true })
      for await (const chunk of stream) chunks.push(chunk)
      return joined(chunks)
    }
  },
  {
    name: 'chat stream with usage',
    run: async (client, { model, mail }) => {
      const chunks: OpenAI.ChatCompletionChunk[] = []
      const stream = await client.chat.completions.create({
        model,
        messages: messages(mail),
        stream: true,
        stream_options: { include_usage: true }
      })
      for await (const chunk of stream) chunks.push(chunk)
      return joined(chunks)
    }
  },
  {
    name: '.stream() accumulates',
    run: async (client, { model, mail }) => {
      let said = ''
      const stream = client.chat.completions
        .stream({ model, messages: messages(mail) })
        .on('content', delta => (said += delta))
      const final = await stream.finalChatCompletion()
      return { said, final }
    }
  },
  {
    name: 'tools',
    run: (client, { model, order }) =>
      client.chat.completions.create({ model, messages: messages(order), tools })
  },
  {
    name: 'tools stream',
    run: async (client, { model, order, ordered }) => {
      const chunks: OpenAI.ChatCompletionChunk[] = []
      const stream = await client.chat.completions.create({
        model,
        messages: messages(order),
        tools,
        stream: true
      })
      for await (const chunk of stream) chunks.push(chunk)
      const outcome = joinChunks(chunks).text.get('choices.0.tool_calls.0.function.arguments') ?? ''
      return { ...joined(chunks), parsed: JSON.parse(outcome) as unknown, ordered }
    }
  },
  {
    name: 'tools .stream() accumulates',
    run: (client, { model, order }) =>
      client.chat.completions.stream({ model, messages: messages(order), tools }).finalChatCompletion()
  },
  {
    name: 'runTools',
    run: async (client, situation) => {
      const calls: unknown[] = []
      const runner = client.chat.completions.runTools({
        model: situation.model,
        messages: messages(situation.order),
        tools: [runnable(situation, calls)]
      })
      return { final: await runner.finalContent(), calls, messages: runner.messages }
    }
  },
  {
    name: 'runTools streaming',
    run: async (client, situation) => {
      const calls: unknown[] = []
      const runner = client.chat.completions.runTools({
        stream: true,
        model: situation.model,
        messages: messages(situation.order),
        tools: [runnable(situation, calls)]
      })
      return { final: await runner.finalContent(), calls, messages: runner.messages }
    }
  },
  {
    name: 'parse()',
    run: async (client, { model, order }) => {
      const format = { type: 'json_schema', json_schema: { name: 'order', strict: true, schema } } as const
      const completion = await client.chat.completions.parse({
        model,
        messages: messages(order),
        response_format: makeParseableResponseFormat(format, (text): unknown => JSON.parse(text))
      })
      return completion.choices[0]?.message.parsed
    }
  }
]

await runMatrix(clients, cases)
