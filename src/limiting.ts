import type { FastifyInstance } from 'fastify'
import type { EventBuilder } from './audit/event/builder.ts'
import type { AuditLog } from './audit/log.ts'
import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import { openCounters } from './limits/index.ts'
import { Prices } from './limits/prices.ts'
import { Quotas } from './limits/quotas.ts'
import { Refusals } from './limits/refusals.ts'
import { type RateCheck, rateLimits } from './routes/rate-limit.ts'

/** Refusals are recorded this often, all of an app and limit together. */
const RECORD_EVERY_MS = 60_000

export interface Limiting {
  readonly quotas: Quotas
  readonly prices: Prices
  readonly rateCheck: RateCheck
  /** Before the record is closed: what was refused last still goes there. */
  readonly close: () => Promise<void>
}

export interface LimitingDeps {
  readonly clock: Clock
  readonly audit: AuditLog
  readonly events: EventBuilder
}

/** What bounds apps: requests per minute, streams at once, budgets. What is refused is recorded as counts. */
export async function limiting(app: FastifyInstance, config: Config, deps: LimitingDeps): Promise<Limiting> {
  const { clock, audit, events } = deps
  const counters = openCounters(config.quotas, {
    clock,
    redisPassword: config.secrets.redisPassword,
    onFault: () => app.log.error('the counters of limits can not be reached')
  })
  const refusals = new Refusals()
  const record = (): void => {
    for (const { appId, limit, count } of refusals.take()) {
      const event = events.create('limit.refused', {
        app_id: appId,
        limit,
        count,
        window_ms: RECORD_EVERY_MS
      })
      audit.append(event).catch(() => app.log.error('the record could not be written'))
    }
  }
  const recording = setInterval(record, RECORD_EVERY_MS).unref()
  const close = async (): Promise<void> => {
    clearInterval(recording)
    if (audit.healthy) record()
    await counters.close()
  }
  const prices = new Prices(config.prices)
  const quotas = new Quotas({
    counters,
    prices,
    clock,
    onFault: () => app.log.warn('a count of limits could not be corrected; the estimate stays'),
    onRefused: (appId, limit) => refusals.add(appId, limit)
  })
  const onRefused = refusals.add.bind(refusals)
  return { quotas, prices, rateCheck: await rateLimits(app, { counters, onRefused }), close }
}
