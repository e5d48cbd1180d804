import type { ByteBudget } from '../core/budget.ts'
import type { Clock } from '../core/clock.ts'
import type { Walk } from '../core/json/walker.ts'
import type { Endpoint } from '../dialects/dialect.ts'
import type { Observed } from '../providers/evidence.ts'
import type { Provider } from '../providers/provider.ts'
import type { AnswerRestorer } from './answer-restorer.ts'
import type { AnswerSink } from './answer-sink.ts'
import { readAnswer } from './read-answer.ts'

/** What an exchange is told. */

export interface ExchangeLimits {
  readonly maxAnswerBytes: number
  readonly maxJsonDepth: number
  readonly maxJsonLeaves: number
  readonly keepAliveCommentMs: number
  /** How long a client may take nothing of its answer. */
  readonly clientStallMs: number
}

export interface ExchangeOptions {
  readonly endpoint: Endpoint
  readonly provider: Provider
  /** Headers of our own on the answer. */
  readonly headers: Readonly<Record<string, string>>
  readonly restorer: AnswerRestorer
  readonly limits: ExchangeLimits
  readonly budget: ByteBudget
  readonly clock: Clock
  readonly sink: AnswerSink
  /** Stored state the answer may add to; its end waits until that can be named. */
  readonly state: ExchangeState | null
  /** The answer shows where it was made; told at once, and again when a later part shows another place. */
  readonly onObserved: (observed: Observed) => void
}

export interface ExchangeState {
  readonly startingAfter: number | undefined
  seen(walk: Walk): void
  /** Makes a listing restorable; absent for other answers. */
  listed?(walk: Walk): Promise<void>
  settled(): Promise<unknown>
}

/** Makes a listing restorable, before it is restored; undefined for other answers. @throws errors.VaultUnavailable */
export function learnListed(
  body: Buffer,
  { state, endpoint, limits }: Pick<ExchangeOptions, 'state' | 'endpoint' | 'limits'>
): Promise<void> | undefined {
  if (state?.listed === undefined) return undefined
  const walk = readAnswer(body.toString('utf8'), endpoint.answer, limits)
  return walk === null ? undefined : state.listed(walk)
}
