import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import t from 'tap'
import { HmacKey } from '../../src/core/hmac.ts'
import { noTarget } from '../../src/dialects/dialect.ts'
import type { Endpoint } from '../../src/dialects/dialect.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { responses } from '../../src/dialects/openai/responses/endpoints.ts'
import { errors } from '../../src/errors.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { DetectorSet } from '../../src/filters/detectors/set.ts'
import { FindingsCache } from '../../src/filters/findings-cache.ts'
import type { Issued } from '../../src/filters/issued.ts'
import { KeyRing } from '../../src/filters/vault/key-ring.ts'
import { MemoryStore } from '../../src/filters/vault/memory.ts'
import { Vault } from '../../src/filters/vault/vault.ts'
import { AnswerMemory } from '../../src/pipeline/answer-memory.ts'
import { Histories } from '../../src/pipeline/histories.ts'
import { type ReadRequest, readRequest } from '../../src/pipeline/read-request.ts'
import { replaceIn } from '../../src/pipeline/replace.ts'
import { createPolicy, type Policy } from '../../src/policy.ts'
import { canaries, mailWith } from '../support/canaries.ts'
import { policyFile } from '../support/policy-file.ts'
import { createRandom, type Random } from '../support/random.ts'

/** What is known of earlier turns must never be seen in what leaves: with it and without, all is the same. */

const clock = { now: () => 0, monotonic: () => 0 }
const secret = new HmacKey(randomBytes(32))
const analyzer = buildAnalyzer()
const limits = { maxBodyBytes: 33_554_432, maxJsonDepth: 64, maxJsonLeaves: 5000 }
const answersApi = responses[0] ?? chatCompletions

function answerMemory() {
  const store = new MemoryStore({ clock, maxBytes: 50_000_000 })
  const vault = new Vault({ store, keys: new KeyRing([randomBytes(32)]), index: secret, ttlMs: 1000 })
  return new AnswerMemory({ vault, clock, secret })
}

type Tap = { strictSame(got: unknown, wanted: unknown, what: string): unknown }

/** What a gateway keeps between requests. */
class Process {
  readonly cache = new FindingsCache(secret, 1 << 24)
  readonly histories: Histories
  /** Requests whose beginning was known, and how often that held. */
  taken = 0
  held = 0

  constructor(maxBytes = 1 << 24) {
    this.histories = new Histories(randomBytes(32), maxBytes)
  }
}

interface Asked {
  readonly endpoint: Endpoint
  readonly policy: Policy
  readonly scopeKey: Buffer
  readonly answers: AnswerMemory
}

/** What leaves and what is remembered for restoring; of a refusal its code. */
async function prepare(body: string, asked: Asked, kept: Process | null) {
  const { endpoint, policy, scopeKey, answers } = asked
  const bytes = Buffer.from(body)
  const recall = ({ walk, facts }: ReadRequest) =>
    answers.recall({ appId: 'a', scopeKey }, walk, facts.said ?? [])
  let isHeld = false
  const turns = {
    recall: (whole: ReadRequest) => {
      isHeld = false
      return recall(whole)
    }
  }
  let flags: unknown
  try {
    const read = readRequest(endpoint, bytes, noTarget, limits, kept?.histories)
    isHeld = (read.resent?.history ?? null) !== null
    if (kept !== null && isHeld) kept.taken++
    const replays = await recall(read)
    const detection = {
      analyzer,
      detectors: new DetectorSet([]),
      consult: () => Promise.reject(new errors.Internal()),
      conversation: [],
      replays,
      ...(kept === null ? {} : { cache: kept.cache })
    }
    const scope = { kind: 'conversation' as const, key: () => scopeKey, known: [], replays }
    const context = {
      endpoint,
      body: bytes,
      policy,
      detection,
      scope,
      limits,
      isWanted: () => true,
      spools: null,
      ...(kept === null ? {} : { turns: { ...turns, histories: kept.histories } })
    }
    const { outbound } = await replaceIn(read, context, scanned => {
      flags = scanned.flags
    })
    if (kept !== null && isHeld) kept.held++
    const { issued, actions, payloadState } = outbound
    const sent = (outbound.bodyFor({ model: 'other', nameOf: name => name }) as Buffer).toString()
    return { sent, codes: issued.all(), actions, payloadState, flags, facts: factsOf(read), issued }
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error) }
  }
}

function factsOf({ facts: { said, stops, opaque, providerTools, ...rest } }: ReadRequest) {
  const places = said?.map(({ start, end }) => [start, end])
  const counts = [opaque.length, providerTools.length]
  return { ...rest, places, stops: stops.map(({ text }) => text), counts }
}

/** The same with what is known of earlier turns and without anything. */
async function compare(t: Tap, body: string, asked: Asked, kept: Process, what: string) {
  const { issued: _, ...wanted } = (await prepare(body, asked, null)) as { issued?: Issued }
  const { issued, ...got } = (await prepare(body, asked, kept)) as { issued?: Issued }
  t.strictSame(got, wanted, what)
  return issued
}

const filler = 'Die Lieferung hat sich verzögert, weil das Lager umgebaut wurde. '

/** Turns that depend on each other in every way there is. */
function poolOf(random: Random): readonly [string, ...string[]] {
  const planted = canaries(random.int(1000))
  const values = planted.slice(0, 8).map(({ value }) => value)
  const surname = planted.find(({ kind }) => kind === 'person de')?.value ?? 'Holbrunstedt'
  const number = `KD-${random.chars('0123456789', 6)}`
  return [
    mailWith(planted.slice(0, 3)),
    mailWith(planted.slice(3, 7)),
    filler.repeat(1 + random.int(20)),
    filler,
    'ja',
    '',
    `Was schreibt ${surname.split(' ').at(-1)} dazu, bitte?`,
    `Herr ${surname} hat die Kundennummer ${number}.`,
    `Zu ${number} gibt es nichts Neues.`,
    'PERSON_K7Q2MX4A bitte anrufen, oder EMAIL_SERVER, oder person k7q2mx4a.',
    'Frau Erika Holbrunstedt ist schwanger und in der Gewerkschaft ver.di.',
    'Er ist HIV-positiv.',
    `Zeile eins\nmit "Zitat" und \u{1f600} \t ${values[0] ?? ''}\\`,
    JSON.stringify({ kunde: values[1], nested: JSON.stringify({ [surname]: values[2], a: [1, '2'] }) }),
    JSON.stringify([{ ok: true, text: filler }]),
    '[not json',
    `https://example.org/a%20b?mail=${encodeURIComponent(values[3] ?? '')}`,
    `Am 3.5.1978 geboren, 44 Jahre alt, ${values[4] ?? ''} ${values[5] ?? ''}`,
    'DE89370400440532013000'
  ]
}

function messageOf(random: Random, pool: readonly [string, ...string[]]): object {
  const text = () => random.pick(pool)
  const call = (): object => ({
    id: 'call_1',
    type: 'function',
    function: { name: 'f', arguments: JSON.stringify({ who: text(), [`k${random.int(3)}`]: text() }) }
  })
  switch (random.int(7)) {
    case 0:
      return { role: 'assistant', content: text() }
    case 1:
      return { role: 'assistant', content: null, tool_calls: [call(), call()] }
    case 2:
      return { role: 'tool', tool_call_id: 'call_1', content: text() }
    case 3:
      return {
        role: 'user',
        content: [
          { type: 'text', text: text() },
          { type: 'text', text: text() }
        ]
      }
    case 4:
      return { content: text(), role: 'system', name: 'bot' }
    default:
      return { role: 'user', content: text() }
  }
}

function itemOf(random: Random, pool: readonly [string, ...string[]]): object {
  const text = () => random.pick(pool)
  switch (random.int(5)) {
    case 0:
      return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: text() }] }
    case 1:
      return { type: 'function_call', call_id: 'c', name: 'f', arguments: JSON.stringify({ a: text() }) }
    case 2:
      return { type: 'function_call_output', call_id: 'c', output: text() }
    default:
      return { role: 'user', content: text() }
  }
}

const policies = [
  createPolicy(policyFile()),
  createPolicy(policyFile({ id: 'told', instruction: true })),
  createPolicy(policyFile({ id: 'loose', operators: { PERSON: 'keep', AGE: 'generalize', PHONE: 'mask' } }))
] as const

for (const [name, endpoint, list, make] of [
  ['chat', chatCompletions, 'messages', messageOf],
  ['responses', answersApi, 'input', itemOf]
] as const)
  t.test(`${name}: what leaves is the same with what is known of earlier turns and without`, async t => {
    const kept = new Process()
    for (let seed = 0; seed < 24; seed++) {
      const random = createRandom(seed)
      const pool = poolOf(random)
      const asked: Asked = {
        endpoint,
        policy: random.pick(policies),
        scopeKey: random.bytes(32),
        answers: answerMemory()
      }
      const head = [
        { role: 'system', content: `Heute ist der 1.11.2026. ${random.pick(pool)}` },
        { role: 'user', content: random.pick(pool) }
      ]
      const turns: object[] = [...Array(8)].map(() => make(random, pool))
      const rest = { model: 'm', stop: 'x', store: false }
      const bodyOf = (messages: readonly object[]) =>
        JSON.stringify(seed % 2 === 0 ? { [list]: messages, ...rest } : { ...rest, [list]: messages })
      for (let turn = 0; turn < 8; turn++) {
        const what = `${seed}.${turn}`
        const body = bodyOf([...head, ...turns])
        const issued = await compare(t, body, asked, kept, what)
        const scopeOf = { appId: 'a', scopeKey: asked.scopeKey }
        if (issued !== undefined && random.int(2) === 0) {
          const [code, surface] = [...issued.entries()].at(-1) ?? ['', '']
          const answer = `Gut, ${surface}, ${filler.repeat(3)}`
          await asked.answers.remember(scopeOf, 'p', [{ source: `gut ${code}`, restored: answer }], issued)
          const said = { role: 'assistant', content: answer }
          turns.push(
            name === 'chat'
              ? said
              : { type: 'message', ...said, content: [{ type: 'output_text', text: answer }] }
          )
        }
        turns.push(...[...Array(1 + random.int(3))].map(() => make(random, pool)))
        if (random.int(2) === 0) continue
        const other = random.int(turns.length)
        const others: readonly [() => Promise<unknown>, ...(() => Promise<unknown>)[]] = [
          () =>
            compare(
              t,
              bodyOf([
                { role: 'system', content: `Heute ist der ${turn}.12.2026.` },
                ...head.slice(1),
                ...turns
              ]),
              asked,
              kept,
              `${what} date`
            ),
          () =>
            compare(
              t,
              bodyOf([
                { role: 'system', content: 'Frau Erika Holbrunstedt, KD-123456' },
                ...head.slice(1),
                ...turns
              ]),
              asked,
              kept,
              `${what} other head`
            ),
          () =>
            compare(
              t,
              bodyOf([...head, ...turns.with(other, make(random, pool))]),
              asked,
              kept,
              `${what} changed`
            ),
          () => compare(t, bodyOf([...head, ...turns.toSpliced(other, 1)]), asked, kept, `${what} dropped`),
          () =>
            compare(
              t,
              body,
              { ...asked, policy: policies[(seed + turn) % 3] ?? asked.policy },
              kept,
              `${what} other policy`
            ),
          () => compare(t, body, { ...asked, scopeKey: random.bytes(32) }, kept, `${what} other scope`),
          () => compare(t, body, { ...asked, answers: answerMemory() }, kept, `${what} forgotten`),
          () => compare(t, body.slice(0, -1 - random.int(body.length)), asked, kept, `${what} cut`)
        ]
        await random.pick(others)()
      }
    }
    t.ok(kept.held > 20, `${kept.held} of ${kept.taken} held`)
    t.ok(kept.taken > kept.held, 'some did not')
  })

/** A conversation whose history is long enough to be kept. */
function longBody(turns: number, last = 'Danke.'): string {
  const messages: object[] = [{ role: 'user', content: 'Guten Tag' }]
  for (let turn = 0; turn < turns; turn++) {
    const planted = canaries(turn, { personalOnly: true })
    const args = JSON.stringify({
      [`schluessel_${turn}_mueller`]: planted[0]?.value,
      nested: '{"a":"b@c.de"}'
    })
    messages.push(
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: args } }]
      },
      { role: 'tool', tool_call_id: 'c', content: filler.repeat(20) },
      { role: 'user', content: mailWith(planted.slice(0, 4)) }
    )
  }
  return JSON.stringify({ model: 'm', messages: [...messages, { role: 'user', content: last }] })
}

const askedOf = (scopeKey = Buffer.alloc(32, 3)): Asked => ({
  endpoint: chatCompletions,
  policy: policies[0],
  scopeKey,
  answers: answerMemory()
})

t.test('a history is places, types and hashes: nothing of a text or of a caller’s key is in it', async t => {
  const kept = new Process()
  const body = longBody(6)
  await prepare(body, askedOf(), kept)
  const rest = Buffer.from(body).subarray(body.indexOf('{"role":"assistant"'))
  const history = kept.histories.find('openai.chat_completions', 1, rest)
  t.ok(history && history.leaves.length > 10)
  const all = inspect(history, {
    depth: Infinity,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
    showHidden: true
  })
  for (let turn = 0; turn < 6; turn++)
    for (const { needles } of canaries(turn, { personalOnly: true }).slice(0, 4))
      for (const needle of needles) t.notOk(all.includes(needle))
  t.notMatch(all, /schluessel|b@c\.de|Lieferung/)
})

t.test('histories keep to their bound, those used last stay, and all are dropped at once', async t => {
  const bodies = [1, 2, 3, 4].map(seed => longBody(4, `Frage ${seed}`).replace('"id":"c"', `"id":"c${seed}"`))
  const room = new Process()
  for (const body of bodies) await prepare(body, askedOf(), room)
  const findIn = (kept: Process, body: string) =>
    kept.histories.find(
      'openai.chat_completions',
      1,
      Buffer.from(body).subarray(body.indexOf('{"role":"assistant"'))
    )
  const size = findIn(room, bodies[0] ?? '')?.bytes ?? 0
  t.ok(bodies.every(body => findIn(room, body) !== null))
  const tight = new Process(size * 2.5)
  for (const body of bodies) await prepare(body, askedOf(), tight)
  t.strictSame(
    bodies.map(body => findIn(tight, body) !== null),
    [false, false, true, true]
  )
  tight.histories.clear()
  t.notOk(findIn(tight, bodies[3] ?? ''))
  const branches = new Process()
  for (let last = 0; last < 7; last++) await prepare(longBody(4, `Frage ${last}`), askedOf(), branches)
  t.equal([...Array(7).keys()].filter(last => findIn(branches, longBody(4, `Frage ${last}`))).length, 4)
})

t.test('the bound on leaves holds with those that are passed over', async t => {
  const kept = new Process()
  const body = longBody(5).replace('Danke.', 'Danke')
  const many = (count: number) =>
    body.replace(
      '{"role":"user","content":"Danke"}',
      `{"role":"tool","tool_call_id":"c","content":${JSON.stringify(JSON.stringify(Array(count).fill(0)))}}`
    )
  t.match(await prepare(body, askedOf(), kept), { sent: String })
  t.match(await prepare(many(4900), askedOf(), kept), { sent: String })
  t.match(await prepare(many(4990), askedOf(), kept), { code: 'SCHLEUSE_JSON_TOO_MANY_LEAVES' })
})
