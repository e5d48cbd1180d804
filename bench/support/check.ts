import { findLeaks } from '../../test/support/leaks.ts'
import type { Call, Workload } from './bodies.ts'
import type { Answer } from './response-reader.ts'

/** Throws unless every answer is whole and reads as if no gateway had been there. */
export function checkAnswers(
  target: string,
  workload: Workload,
  calls: readonly Call[],
  answers: readonly Answer[]
): void {
  for (const [i, call] of calls.entries()) {
    const answer = answers[i]
    if (answer?.status !== 200) fail(target, i, `status ${answer?.status}`, answer)
    const wanted = JSON.parse(`"${call.echo}"`) as string
    const got = workload.chunks > 0 ? joinStream(answer, workload.chunks) : contentOf(answer.body, call.echo)
    if (got !== wanted.repeat(Math.max(1, Math.ceil(workload.chunks / 50))))
      fail(target, i, `text "${got}"`, answer)
  }
}

/** Throws if a planted value reached the provider. */
export function checkNoLeak(target: string, calls: readonly Call[], providerBytes: string): void {
  const leaks = findLeaks(
    calls.flatMap(call => call.planted),
    { provider: providerBytes }
  )
  const first = leaks[0]
  if (first) throw new Error(`${target}: ${first.kind} reached the provider (${first.encoding})`)
}

/** Almost always the source text is there byte for byte; another escaping of the same text is as good. */
function contentOf(body: Buffer, echo: string): string {
  if (body.includes(`"content":"${echo}"`)) return JSON.parse(`"${echo}"`) as string
  const parsed = JSON.parse(body.toString('utf8')) as { choices: [{ message: { content: string } }] }
  return parsed.choices[0].message.content
}

function joinStream(answer: Answer, chunks: number): string {
  const events = answer.body.toString('utf8').split('\n\n')
  // role, chunks, finish, [DONE], and what follows the last blank line
  if (events.length !== chunks + 4 || events.at(-2) !== 'data: [DONE]') return `${events.length} events`
  let text = ''
  for (const event of events.slice(0, -2)) {
    const chunk = JSON.parse(event.slice('data: '.length)) as { choices: [{ delta: { content?: string } }] }
    text += chunk.choices[0].delta.content ?? ''
  }
  return text
}

function fail(target: string, index: number, what: string, answer: Answer | undefined): never {
  throw new Error(`${target}, call ${index}: ${what}\n${answer?.body.toString('utf8').slice(0, 2000)}`)
}
