import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller } from '../governance.ts'
import type { Counters } from '../limits/counters.ts'
import { limitExceeded } from '../limits/refusal.ts'

const WINDOW_MS = 60_000

export interface RateLimitOptions {
  readonly counters: Counters
  /** A request was refused. @param limit what was exceeded */
  readonly onRefused: (appId: string, limit: 'requests') => void
}

/** Counts a request against the limits of its app and key. @throws errors.RateExceeded, LimitsUnavailable */
export type RateCheck = (request: FastifyRequest, caller: Caller) => Promise<void>

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void

/** `@fastify/rate-limit` per app and per key, in windows of a minute that begin with their first request. */
export async function rateLimits(
  app: FastifyInstance,
  { counters, onRefused }: RateLimitOptions
): Promise<RateCheck> {
  const callers = new WeakMap<FastifyRequest, Caller>()
  /** The plugin makes one, and one per limiter; all count with the same counters. */
  class Store {
    incr(key: string, done: Counted, windowMs: number): void {
      counters.add(key, 1, windowMs).then(
        ({ total, endsInMs }) => done(null, { current: total, ttl: endsInMs }),
        (error: Error) => done(error)
      )
    }

    child(): Store {
      return new Store()
    }
  }
  await app.register(rateLimit, { global: false, store: Store })
  const limiter = (keyOf: (caller: Caller) => string, maxOf: (caller: Caller) => number | undefined) => {
    const count = app.createRateLimit({
      timeWindow: WINDOW_MS,
      keyGenerator: request => keyOf(callerOf(callers, request)),
      max: request => maxOf(callerOf(callers, request)) ?? Infinity
    })
    return async (request: FastifyRequest, caller: Caller): Promise<void> => {
      if (maxOf(caller) === undefined) return
      const counted = await count(request)
      if (counted.isAllowed || !counted.isExceeded) return
      onRefused(caller.app.id, 'requests')
      throw limitExceeded({ kind: 'requests', limit: counted.max, remaining: 0, resetMs: counted.ttl })
    }
  }
  const perApp = limiter(
    ({ app }) => `requests:${app.id}`,
    ({ app }) => app.limits?.requestsPerMinute
  )
  const perKey = limiter(
    ({ app, keyId }) => `requests:${app.id}:${keyId ?? ''}`,
    ({ app }) => app.limits?.requestsPerMinutePerKey
  )
  return async (request, caller) => {
    if (caller.app.limits === undefined) return
    callers.set(request, caller)
    await perKey(request, caller)
    await perApp(request, caller)
  }
}

function callerOf(callers: WeakMap<FastifyRequest, Caller>, request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (caller === undefined) throw new TypeError('a limit was counted before the caller was known')
  return caller
}
