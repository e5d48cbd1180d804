import type { Canary, Language } from '../../test/support/canaries.ts'
import { createRandom, type Random } from '../../test/support/random.ts'
import { prose, tenValues } from './mails.ts'

/** Fences in the last message: the simulator answers with what stands between them. */
export const FENCE = '##'

export interface Workload {
  /** Bytes of the JSON body, roughly. */
  readonly size: number
  readonly findings: boolean
  /** Chunks to answer with; 0 asks for one JSON answer. */
  readonly chunks: number
}

/** One request, ready to be written to a socket, and what must come back. */
export interface Call {
  readonly request: Buffer
  /** JSON source text (without quotes) of the answer's content; streams repeat it. */
  readonly echo: string
  readonly planted: readonly Canary[]
}

const TURN_CHARS = 4000
const ECHO_CHARS = 500

/**
 * Unique requests: every message of every body differs, half are German, half English.
 * @param seed calls of different seeds share no text and no planted value
 */
export function createCalls(workload: Workload, count: number, seed: number): Call[] {
  return Array.from({ length: count }, (_, i) => {
    const id = seed * 1_000_000 + i
    return createCall(workload, createRandom(id), id, i % 2 === 0 ? 'de' : 'en')
  })
}

function createCall(workload: Workload, random: Random, id: number, language: Language): Call {
  const planted = workload.findings ? tenValues(id, language) : []
  const said = planted.map(canary => canary.sentence)
  const echo = prose(random, language, ECHO_CHARS, said.slice(5))
  const body = JSON.stringify({
    model: workload.chunks > 0 ? `sim-${workload.chunks}` : 'sim',
    stream: workload.chunks > 0,
    messages: messages(workload, random, id, language, said.slice(0, 5), echo),
    temperature: 0.2,
    top_p: 1
  })
  const head =
    'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\n' +
    'authorization: Bearer none\r\nuser-agent: OpenAI/JS 7.57.0\r\ncontent-type: application/json\r\n' +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n`
  return { request: Buffer.from(head + body), echo: JSON.stringify(echo).slice(1, -1), planted }
}

function messages(
  workload: Workload,
  random: Random,
  id: number,
  language: Language,
  inserts: readonly string[],
  echo: string
): object[] {
  const system =
    language === 'de'
      ? `Du beantwortest Mails des Kundendienstes knapp und freundlich. Vorgang V${id}.`
      : `You answer customer mails, short and friendly. Case V${id}.`
  const out: object[] = [{ role: 'system', content: system }]
  let left = workload.size - 300 - system.length - echo.length
  for (let turn = 0; left > TURN_CHARS; turn++) {
    const length = turn % 2 === 0 ? TURN_CHARS : TURN_CHARS / 4
    out.push({ role: turn % 2 === 0 ? 'user' : 'assistant', content: prose(random, language, length, []) })
    left -= length + 40
  }
  const mail = prose(random, language, Math.max(left, 100), inserts)
  out.push({ role: 'user', content: `${mail}\n\n${FENCE}${echo}${FENCE}` })
  return out
}
