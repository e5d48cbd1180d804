import { randomBytes } from 'node:crypto'
import { HmacKey } from '../../src/core/hmac.ts'
import { loadConfig } from '../../src/config.ts'
import { noTarget } from '../../src/dialects/dialect.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { DetectorSet } from '../../src/filters/detectors/set.ts'
import { FindingsCache } from '../../src/filters/findings-cache.ts'
import { noReplays } from '../../src/pipeline/answer-memory.ts'
import { Histories } from '../../src/pipeline/histories.ts'
import { readRequest } from '../../src/pipeline/read-request.ts'
import { replaceIn } from '../../src/pipeline/replace.ts'
import { createPolicy } from '../../src/policy.ts'
import { canaries, mailWith } from '../../test/support/canaries.ts'
import { type Figure, toFigure } from '../support/figures.ts'

/**
 * What the last turn of a conversation of 50 turns and 200 KB costs, from the body's bytes to the provider's, against
 * `JSON.parse` of the same bytes in the same run: `node bench/pipeline/last-turn.bench.ts`. One line of JSON per figure.
 */

const ROUNDS = 41
/** As many before, so that code of a process that has served for minutes is measured, not that of one just started. */
const WARM_UP = 150
const analyzer = buildAnalyzer()
const policy = createPolicy(loadConfig({}).policies[0].policy)
const limits = { maxBodyBytes: 33_554_432, maxJsonDepth: 128, maxJsonLeaves: 200_000 }
const secret = new HmacKey(randomBytes(32))
const detectors = new DetectorSet([])
const scopeKey = randomBytes(32)

/** The body of the last turn; `day` stands in the system prompt, `asked` ends it. */
function body(day: number, asked = ''): Buffer {
  const filler = 'Die Lieferung hat sich verzögert, weil das Lager in der vergangenen Woche umgebaut wurde. '
  const messages: object[] = [
    { role: 'system', content: `Du hilfst dem Kundendienst. Heute ist der ${day}.11.2026.` }
  ]
  for (let turn = 0; turn < 50; turn++) {
    const planted = canaries(turn + 1, { personalOnly: true }).slice(0, 4)
    const call = {
      id: `call_${turn}`,
      type: 'function',
      function: { name: 'lookup', arguments: JSON.stringify({ who: planted[0]?.value, step: turn }) }
    }
    messages.push(
      { role: 'user', content: mailWith(planted) + filler.repeat(12) },
      { role: 'assistant', content: null, tool_calls: [call] },
      {
        role: 'tool',
        tool_call_id: call.id,
        content: JSON.stringify({ ok: true, step: turn, text: filler.repeat(14) })
      },
      { role: 'assistant', content: `Erledigt. ${filler.repeat(9)}` }
    )
  }
  if (asked !== '') messages.push({ role: 'user', content: asked })
  return Buffer.from(JSON.stringify({ model: 'm', messages }))
}

/** What a process keeps between the turns. */
interface Kept {
  readonly cache: FindingsCache
  readonly histories: Histories
}

async function prepare(bytes: Buffer, { cache, histories }: Kept): Promise<Buffer> {
  const read = readRequest(chatCompletions, bytes, noTarget, limits, histories)
  const detection = {
    analyzer,
    detectors,
    consult: () => Promise.reject(new Error('no detector outside')),
    conversation: [],
    replays: noReplays,
    cache
  }
  const scope = { kind: 'conversation' as const, key: () => scopeKey, known: [], replays: noReplays }
  const context = {
    endpoint: chatCompletions,
    body: bytes,
    policy,
    detection,
    scope,
    limits,
    isWanted: () => true,
    spools: null,
    turns: { histories, recall: () => Promise.resolve(noReplays) }
  }
  const { outbound } = await replaceIn(read, context, () => undefined)
  return outbound.bodyFor({ model: null, nameOf: name => name }) as Buffer
}

async function timed(run: () => unknown): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

const bodies = Array.from({ length: 28 }, (_, at) => body(at + 1))
const turns = Array.from({ length: ROUNDS + WARM_UP }, (_, at) =>
  body(1, mailWith(canaries(1000 + at, { personalOnly: true }).slice(0, 4)))
)
const fresh = (): Kept => ({
  cache: new FindingsCache(secret, 1 << 26),
  histories: new Histories(randomBytes(32), 1 << 26)
})
const warm = fresh()
const [first = Buffer.alloc(0)] = bodies
const expected = await prepare(first, fresh())
for (let round = 0; round < 20; round++)
  if (!(await prepare(first, warm)).equals(expected)) throw new Error('warm differs from cold')

const times = {
  parse: [] as number[],
  same: [] as number[],
  dated: [] as number[],
  asked: [] as number[],
  cold: [] as number[]
}
for (let round = -WARM_UP; round < ROUNDS; round++) {
  // what was measured while the process warmed up is forgotten
  if (round === 0) for (const list of Object.values(times)) list.length = 0
  times.parse.push(await timed(() => JSON.parse(first.toString('utf8')) as unknown))
  times.same.push(await timed(() => prepare(first, warm)))
  times.dated.push(await timed(() => prepare(bodies[1 + ((round + WARM_UP) % 27)] ?? first, warm)))
  times.asked.push(await timed(() => prepare(turns[round + WARM_UP] ?? first, warm)))
  if (round >= 0 && round < 9) times.cold.push(await timed(() => prepare(first, fresh())))
}
const ratio = (values: readonly number[]): number[] =>
  values.map((value, at) => value / (times.parse[at] ?? Number.NaN))
const figures: Figure[] = [
  toFigure('cache.last_turn_vs_json_parse', 'ratio', ratio(times.same)),
  toFigure('cache.last_turn_new_date_vs_json_parse', 'ratio', ratio(times.dated)),
  toFigure('cache.last_turn_new_message_vs_json_parse', 'ratio', ratio(times.asked)),
  toFigure('cache.cold_turn_vs_json_parse', 'ratio', ratio(times.cold)),
  toFigure('cache.last_turn_ms', 'ms', times.same),
  toFigure('cache.cold_turn_ms', 'ms', times.cold),
  toFigure('cache.json_parse_ms', 'ms', times.parse)
]
for (const figure of figures) console.log(JSON.stringify(figure))
