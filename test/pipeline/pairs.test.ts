import t from 'tap'
import { noTarget } from '../../src/dialects/dialect.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { errors } from '../../src/errors.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { DetectorSet } from '../../src/filters/detectors/set.ts'
import type { Issued } from '../../src/filters/issued.ts'
import { restoreBody } from '../../src/pipeline/answer-body.ts'
import { noReplays } from '../../src/pipeline/answer-memory.ts'
import { AnswerRestorer } from '../../src/pipeline/answer-restorer.ts'
import { readRequest } from '../../src/pipeline/read-request.ts'
import { replaceIn } from '../../src/pipeline/replace.ts'
import { createPolicy } from '../../src/policy.ts'
import { policyFile } from '../support/policy-file.ts'
import { createRandom, type Random } from '../support/random.ts'

/**
 * Two users whose conversations begin with the same words share the key that codes are made from, and so may share codes.
 * Whatever one of them types, and whatever a model says to him, he never reads what stands for the other.
 */

/** `node test/pipeline/pairs.test.ts 10000` looks at more. */
const PAIRS = Number(process.argv[2] ?? 500)
const analyzer = buildAnalyzer()
const policy = createPolicy(policyFile())
const limits = { maxJsonDepth: 64, maxJsonLeaves: 5000, maxBodyBytes: 1e6 }
const opening = [
  { role: 'system', content: 'Du hilfst dem Kundendienst.' },
  { role: 'user', content: 'Guten Tag, ich habe eine Frage.' }
]

async function prepare(
  text: string,
  key: Buffer
): Promise<{ readonly sent: string; readonly issued: Issued }> {
  const messages = [...opening, { role: 'user', content: text }]
  const body = Buffer.from(JSON.stringify({ model: 'm', messages }))
  const detection = {
    analyzer,
    detectors: new DetectorSet([]),
    consult: () => Promise.reject(new errors.Internal()),
    conversation: [],
    replays: noReplays
  }
  const scope = { kind: 'conversation' as const, key: () => key, known: [], replays: noReplays }
  const isWanted = () => true
  const context = {
    endpoint: chatCompletions,
    body,
    policy,
    detection,
    scope,
    limits,
    isWanted,
    spools: null
  }
  const read = readRequest(chatCompletions, body, noTarget, limits)
  const { outbound } = await replaceIn(read, context, () => undefined)
  const sent = (outbound.bodyFor({ model: null, nameOf: name => name }) as Buffer).toString()
  return { sent, issued: outbound.issued }
}

function answered(text: string, issued: Issued): string {
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify({ text }) } }
  const message = { role: 'assistant', content: text, tool_calls: [call] }
  const body = JSON.stringify({ id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }] })
  const rules = policy.answer(chatCompletions.api)
  const restorer = new AnswerRestorer({ issued, rules, lookBackChars: 256, analyzer })
  const { answer, stream } = chatCompletions
  return restoreBody(Buffer.from(body), answer, stream, restorer, limits)?.body.toString() ?? body
}

/** Ways in which people type codes and models repeat them. */
const spellings: readonly [(code: string) => string, ...((code: string) => string)[]] = [
  code => code,
  code => code.toLowerCase(),
  code => code.replace('_', ' '),
  code => code.replace('_', '\\_'),
  code => code.replace('_', '-'),
  code => `**${code}**`,
  code => `${code}s`,
  code => encodeURIComponent(`<${code}>`),
  code => code.split('').join('\u200b'),
  code => `"${code}"`,
  code => `${code.slice(0, -3)}\n${code.slice(-3)}`
]

/** A code that another user may have: one character off, of another type, made up. */
function guessed(code: string, random: Random): string {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const at = code.length - 1 - random.int(8)
  const other = alphabet[random.int(32)] ?? '7'
  return random.int(3) === 0
    ? `PERSON_${random.chars(alphabet, 8)}`
    : code.slice(0, at) + other + code.slice(at + 1)
}

t.test(`${PAIRS} pairs of users: no value of one reaches the other`, async t => {
  const read: string[] = []
  const restored: number[] = [0, 0]
  for (let seed = 0; seed < PAIRS; seed++) {
    const random = createRandom(seed)
    const key = random.bytes(32)
    const lower = 'abcdefghijklmnopqrstuvwxyz'
    const value = () => `${random.chars(lower, 8)}@${random.chars(lower, 7)}.de`
    const [hers, his] = [value(), value()]
    const number = random.chars('123456789', 9)
    const her = await prepare(
      `Ich bin Erika ${hers.slice(0, 1).toUpperCase()}${hers.slice(1, 8)}, ${hers}, Tel. 0171 ${number}.`,
      key
    )
    const codes = [...her.issued.entries()].map(([code]) => code)
    const [first = 'EMAIL_K7Q2MX4A'] = codes
    const typed = [...codes, ...codes.map(code => guessed(code, random))].map(code =>
      random.pick(spellings)(code)
    )
    const him = await prepare(`Schreib an ${his}. ${typed.join(', ')} und ${guessed(first, random)}?`, key)
    const own = [...him.issued.entries()].map(([code]) => code)
    const said = [
      ...own,
      ...codes,
      ...typed,
      ...own.map(code => guessed(code, random)),
      guessed(first, random)
    ]
    const answer = answered(said.map(code => random.pick(spellings)(code)).join(' ; '), him.issued)
    for (const theirs of [hers, hers.slice(0, 8), number])
      if (answer.toLowerCase().includes(theirs) || him.sent.includes(theirs)) read.push(`${seed}: ${theirs}`)
    if (answer.includes(his)) restored[0] = (restored[0] ?? 0) + 1
    if (answered(codes.join(' '), her.issued).includes(hers)) restored[1] = (restored[1] ?? 0) + 1
    if (him.sent.includes(his)) read.push(`${seed}: sent`)
  }
  t.strictSame(read, [])
  // they do read their own
  t.ok((restored[0] ?? 0) > PAIRS * 0.7, `${restored[0]}`)
  t.equal(restored[1], PAIRS)
})
