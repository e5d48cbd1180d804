import { join } from 'node:path'
import { canaries, type Canary } from './canaries.ts'
import { localProvider, startGateway } from './gateway.ts'
import { findLeaks, type Leak } from './leaks.ts'
import { chatFields } from './planted-fields.ts'
import { createRandom, type Random } from './random.ts'
import { startRawServer } from './raw-server.ts'
import { contentsOf } from './records.ts'

/**
 * Generated requests with planted values in every field, header, query, path, key, broken body, tool name and in the answers
 * and errors of the provider, against a running gateway that also sends its events on in every view. Then everything that it
 * wrote is searched: log lines, records, index, vault, shipments, metrics, and what auditors get.
 */
export interface PlantedRun {
  readonly requests: number
  /** How many answers had which status. */
  readonly statuses: Readonly<Record<string, number>>
  /** Bytes that were searched, by kind of place. */
  readonly searched: Readonly<Record<string, number>>
  readonly leaks: readonly Leak[]
}

interface Request {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

const VIEWS = ['own', 'ocsf', 'ecs', 'cloudevents', 'otel']
const HEADERS = [
  'user-agent',
  'baggage',
  'traceparent',
  'x-title',
  'x-request-id',
  'idempotency-key',
  'openai-beta',
  'openai-organization',
  'x-schleuse-conversation',
  'x-schleuse-actor',
  'x-schleuse-scope',
  'x-schleuse-monitor',
  'accept',
  'cookie',
  'referer',
  'x-stainless-retry-count',
  'x-forwarded-for'
]
const LANES = 8

/** @param count of requests @param seed of values and choices */
export async function runPlanted(count: number, seed: number): Promise<PlantedRun> {
  const planted = canaries(seed)
  const random = createRandom(seed)
  let answered = 0
  const provider = await startRawServer((_request, reply) => {
    answered++
    const { value, sentence } = planted[answered % planted.length] as Canary
    const call = {
      id: 'a',
      type: 'function',
      function: { name: 'f', arguments: JSON.stringify({ to: value }) }
    }
    const message = { role: 'assistant', content: sentence, tool_calls: [call] }
    const error = { message: sentence, type: value, code: value, param: value }
    const headers = { 'x-request-id': encodeURIComponent(value).slice(0, 100) }
    return answered % 3 === 0
      ? reply.json({ error }, [400, 401, 422, 429, 500, 503][answered % 6] ?? 500, headers)
      : reply.json(
          { id: value, model: value, choices: [{ index: 0, message, finish_reason: value }] },
          200,
          headers
        )
  })
  const ship = VIEWS.map(view => ({ id: view, view, sink: 'file', path: `data/shipped-${view}.jsonl` }))
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m', 'n*'])],
    settings: { auditors: { ship }, routing: { breaker: { minRequests: 10_000 } } }
  })
  try {
    const statuses: Record<string, number> = {}
    let sent = 0
    const lane = async (): Promise<void> => {
      while (sent++ < count) {
        const { path, headers, body } = requestOf(random, planted)
        const response = await fetch(`${gateway.origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body
        })
        await response.arrayBuffer()
        statuses[response.status] = (statuses[response.status] ?? 0) + 1
        provider.forget()
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    for (const { value } of planted) {
      await fetch(`${gateway.origin}/audit/events?app=${encodeURIComponent(value)}`)
      await fetch(`${gateway.origin}/audit/events/${encodeURIComponent(value)}`)
      await fetch(`${gateway.origin}/${encodeURIComponent(value)}?${encodeURIComponent(value)}`)
    }
    return { requests: count, statuses, ...(await search(gateway, planted)) }
  } finally {
    await gateway.stop()
    await provider.close()
  }
}

/** One request: a canary in a field of one of the endpoints, or in a body that is none, and maybe another in a header or the query. */
function requestOf(random: Random, planted: readonly Canary[]): Request {
  const canary = () => planted[random.int(planted.length)] as Canary
  const { sentence, value } = canary()
  const fields = Object.values(chatFields)
  const chat = (body: object): [string, string] => [
    'chat/completions',
    JSON.stringify({ model: 'm', ...body })
  ]
  const inField = () => chat(fields[random.int(fields.length)]?.(sentence, value) ?? {})
  const bodies: readonly (() => [string, string])[] = [
    inField,
    inField,
    inField,
    () => chat({ model: value, messages: [] }),
    () => chat({ messages: [{ role: 'user', content: sentence }], [value]: { [value]: [value] } }),
    () => chat({ messages: sentence, temperature: value, n: value, stream: value }),
    () =>
      chat({
        messages: [{ role: 'user', content: 'x' }],
        tools: [{ type: value, function: { name: value } }]
      }),
    () => ['completions', JSON.stringify({ model: 'n1', prompt: [sentence], suffix: value })],
    () => ['embeddings', JSON.stringify({ model: 'm', input: [sentence, value] })],
    () => ['moderations', JSON.stringify({ model: 'm', input: sentence })],
    () => [
      'responses',
      JSON.stringify({ model: 'm', input: sentence, instructions: sentence, metadata: { a: value } })
    ],
    () => [
      'responses',
      JSON.stringify({ model: 'm', previous_response_id: value, input: [{ type: value }] })
    ],
    () => [
      'chat/completions',
      `{"model":"m","messages":[{"role":"user","content":${JSON.stringify(sentence)}`
    ],
    () => ['chat/completions', `{"a":1,"a":${JSON.stringify(sentence)}}`],
    () => ['chat/completions', sentence],
    () => [encodeURIComponent(value), JSON.stringify({ model: 'm', input: sentence })]
  ]
  const [path, body] = bodies[random.int(bodies.length)]?.() ?? inField()
  const headers: Record<string, string> = {}
  for (let n = random.int(3); n > 0; n--)
    headers[HEADERS[random.int(HEADERS.length)] ?? 'user-agent'] = inHeader(canary().value)
  if (random.int(20) === 0) headers['authorization'] = `Bearer ${inHeader(value)}`
  if (random.int(20) === 0) headers['content-type'] = `application/json; charset=${inHeader(value)}`
  const query =
    random.int(10) === 0 ? `?${encodeURIComponent(value)}=${encodeURIComponent(canary().value)}` : ''
  return { path: `/v1/${path}${query}`, headers, body }
}

/** As a header can carry it: UTF-8 bytes, no control characters. */
function inHeader(value: string): string {
  return Buffer.from(value.replaceAll(/[\r\n]+/g, ' ')).toString('latin1')
}

async function search(
  gateway: Awaited<ReturnType<typeof startGateway>>,
  planted: readonly Canary[]
): Promise<Pick<PlantedRun, 'leaks' | 'searched'>> {
  await followed(gateway.origin)
  const answers: Record<string, string> = {}
  for (const path of [
    'events?limit=1000',
    'exports/events',
    'exports/events?format=csv',
    'exports/transfers?from=2026-01-01&to=2099-12-31',
    'findings?by=class',
    'aggregates?by=model,app,host'
  ])
    answers[`answer ${path}`] = await (await fetch(`${gateway.origin}/audit/${path}`)).text()
  answers['metrics'] = await (await fetch(`${gateway.origin}/metrics`)).text()
  answers['output'] = gateway.output()
  const leaks = findLeaks(planted, answers)
  const searched: Record<string, number> = { answers: Object.values(answers).join('').length }
  const data = join(gateway.folder, 'data')
  for (const [file, bytes] of contentsOf(data)) {
    const [kind = ''] = file.slice(data.length + 1).split(/[/.]/)
    searched[kind] = (searched[kind] ?? 0) + bytes.length
    leaks.push(...findLeaks(planted, { [file.slice(data.length + 1)]: bytes }))
  }
  return { leaks, searched }
}

/** Asks until index and shipments hold the last question, so that nothing is missed. */
async function followed(origin: string): Promise<void> {
  for (let before = -1; ; ) {
    const text = await (await fetch(`${origin}/audit/completeness`)).text()
    const { open, logs } = JSON.parse(text) as { open: number; logs: { entries: number }[] }
    const entries = logs.reduce((sum, log) => sum + log.entries, 0)
    // each question is itself recorded: the index is behind by one question at most
    if (open === 0 && before >= 0 && entries - before <= 2) return
    before = entries
    await new Promise(resolve => setTimeout(resolve, 1000))
  }
}
