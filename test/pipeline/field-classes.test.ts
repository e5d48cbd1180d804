import { randomBytes } from 'node:crypto'
import t from 'tap'
import { ByteBudget } from '../../src/core/budget.ts'
import { sourceOfBuffer } from '../../src/core/byte-source.ts'
import { Spools } from '../../src/core/spool.ts'
import { noTarget } from '../../src/dialects/dialect.ts'
import type { Endpoint } from '../../src/dialects/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { DetectorSet } from '../../src/filters/detectors/set.ts'
import type { Issued } from '../../src/filters/issued.ts'
import { restoreBody } from '../../src/pipeline/answer-body.ts'
import { noReplays } from '../../src/pipeline/answer-memory.ts'
import { AnswerRestorer } from '../../src/pipeline/answer-restorer.ts'
import { AnswerStream } from '../../src/pipeline/answer-stream.ts'
import { makeOutbound, scanRequest } from '../../src/pipeline/outbound.ts'
import { readRequest, readUpload } from '../../src/pipeline/read-request.ts'
import { replaceIn } from '../../src/pipeline/replace.ts'
import { createPolicy } from '../../src/policy.ts'
import { type Filling, fillShape, type Preferred } from '../support/fill-shape.ts'
import { policyFile } from '../support/policy-file.ts'

/**
 * Every field of every endpoint, generated from the field maps: planted values are in no byte of a request, and in every
 * field of an answer and of an event they are put back.
 */

const policy = createPolicy(policyFile())
const analyzer = buildAnalyzer()
const limits = { maxJsonDepth: 128, maxJsonLeaves: 200_000, maxBodyBytes: 33_554_432 }
const mail = 'anna.weber@kanzlei-weber.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const forms: readonly Preferred[] = ['string', 'array', 'object']

/** Every field gets a value of its own, so that a missing one is seen. */
function planting(preferred: Preferred, planted: string[]): Filling {
  return {
    preferred,
    textOf: kind => {
      const value = `a${planted.push(kind)}.${mail}`
      if (kind === 'identifier' || kind === 'url') return value
      return kind === 'json' ? JSON.stringify({ an: value, [value]: iban }) : `An ${value}, IBAN ${iban} "x"`
    },
    noted: {
      model: 'm-1',
      stream: false,
      names: 'resp_1',
      object: 'obj_1',
      event: 'auto',
      sequence: 1,
      role: 'user'
    }
  }
}

const detection = {
  analyzer,
  detectors: new DetectorSet([]),
  consult: () => Promise.reject(new Error('no detector outside')),
  conversation: [],
  replays: noReplays
}

const scopeOf = (endpoint: Endpoint) => ({
  kind: endpoint.scope ?? ('conversation' as const),
  key: () => Buffer.alloc(32, 9),
  known: [],
  replays: noReplays
})

const targetOf = (endpoint: Endpoint) => ({
  ...noTarget,
  ids: [...endpoint.path.matchAll(/:\w+/g)].map((_, at) => `id_${at}`)
})

async function outboundOf(endpoint: Endpoint, body: Buffer) {
  const read = readRequest(endpoint, body, targetOf(endpoint), limits)
  const scanned = await scanRequest(read, policy.request(endpoint.api), detection)
  return makeOutbound(read, body, policy.request(endpoint.api), scanned, scopeOf(endpoint))
}

/** A form as it leaves. */
async function formOf(endpoint: Endpoint, body: Buffer, contentType: string): Promise<Buffer> {
  const read = await readUpload(endpoint, sourceOfBuffer(body), targetOf(endpoint), limits, contentType)
  const budget = new ByteBudget(1e9)
  const spools = new Spools({ folder: t.testdir(), memory: budget, disk: budget, randomBytes })
  const context = {
    endpoint,
    body,
    policy,
    detection,
    scope: scopeOf(endpoint),
    limits,
    isWanted: () => true,
    spools
  }
  const { outbound } = await replaceIn(read, context, () => undefined)
  const sent = outbound.bodyFor({ model: null, nameOf: name => name })
  const pieces: Buffer[] = []
  if (!Buffer.isBuffer(sent)) for await (const piece of sent.pieces()) pieces.push(piece)
  t.equal(Buffer.concat(pieces).length, sent.length)
  await spools.close()
  return Buffer.concat(pieces)
}

const clear = /anna\.weber|kanzlei|3704|%40kanzlei/i

const endpoints = dialects.flatMap(dialect => dialect.endpoints)
const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`

for (const endpoint of endpoints.filter(
  ({ method, body, formOnly }) => method === 'POST' && body !== 'none' && formOnly !== true
))
  t.test(`${nameOf(endpoint)}: no field lets a value out`, async t => {
    for (const form of forms) {
      const planted: string[] = []
      const body = JSON.stringify(fillShape(endpoint.request, planting(form, planted)))
      const outbound = await outboundOf(endpoint, Buffer.from(body))
      const sent = outbound.bodyFor().toString('utf8')
      t.notMatch(sent, clear, form)
      t.doesNotThrow(() => JSON.parse(sent) as unknown)
    }
  })

for (const endpoint of endpoints.filter(({ form }) => form !== undefined))
  t.test(`${nameOf(endpoint)}: no part of a form lets a value out`, async t => {
    const { fields = new Map(), files = new Map() } = endpoint.form ?? {}
    const planted: string[] = []
    const body = new FormData()
    for (const [name, shape] of fields)
      body.append(name, String(fillShape(shape, planting('string', planted))))
    for (const [name, kind] of files)
      body.append(
        name,
        new Blob([kind === 'document' ? `An ${mail}` : new Uint8Array([0, 1])]),
        `${mail}.txt`
      )
    const request = new Request('http://localhost', { method: 'POST', body })
    const bytes = Buffer.from(await request.arrayBuffer())
    const sent = await formOf(endpoint, bytes, request.headers.get('content-type') ?? '')
    t.notMatch(sent.toString('utf8'), clear)
    t.match(sent.toString('utf8'), /filename="EMAIL_/)
  })

const code = /(?:EMAIL|IBAN)_[0-9A-Z]{8}/

/** Codes for two values, and a filling that has them wherever text may stand. */
async function issuing(
  endpoint: Endpoint
): Promise<{ issued: Issued; filling: (form: Preferred) => Filling }> {
  const chat = endpoints.find(({ api }) => api === 'openai.chat_completions') ?? endpoint
  const body = { model: 'm', messages: [{ role: 'user', content: `An ${mail}, IBAN ${iban}` }] }
  const { issued } = await outboundOf(chat, Buffer.from(JSON.stringify(body)))
  const [email = '', account = ''] = [...issued.entries()].map(([one]) => one)
  const textOf = (kind: string) =>
    kind === 'json' ? JSON.stringify({ an: email, k: account }) : `${email} ${account}`
  const noted = { stream: false, event: 'auto', sequence: 1, error: null, closes: 'x' }
  return { issued, filling: preferred => ({ preferred, textOf, noted }) }
}

const restorerOf = (endpoint: Endpoint, issued: Issued) =>
  new AnswerRestorer({ issued, rules: policy.answer(endpoint.api), lookBackChars: 256, analyzer })

for (const endpoint of endpoints)
  t.test(`${nameOf(endpoint)}: every field of an answer and an event is put back`, async t => {
    const { issued, filling } = await issuing(endpoint)
    for (const form of forms) {
      for (const shape of [endpoint.answer, endpoint.failure]) {
        const body = Buffer.from(JSON.stringify(fillShape(shape, filling(form))))
        const restored = restoreBody(body, shape, endpoint.stream, restorerOf(endpoint, issued), limits)
        t.notMatch(restored?.body.toString('utf8'), code, form)
        t.doesNotThrow(() => JSON.parse(restored?.body.toString('utf8') ?? '') as unknown)
      }
      const stream = new AnswerStream({
        rules: endpoint.stream,
        usage: walk => endpoint.usage(walk),
        restorer: restorerOf(endpoint, issued),
        limits: { ...limits, maxEventBytes: 1_000_000 }
      })
      const event = JSON.stringify(fillShape(endpoint.stream.event, filling(form)))
      const out = Buffer.concat([stream.push(Buffer.from(`data: ${event}\n\n`)), stream.end().bytes])
      t.notMatch(out.toString('utf8'), code, `${form} event`)
    }
  })
