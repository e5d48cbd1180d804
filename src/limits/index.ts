import type { Clock } from '../core/clock.ts'
import { targetOf } from '../core/redis.ts'
import { type Counters, MemoryCounters } from './counters.ts'
import { GuardedCounters } from './guarded-counters.ts'
import { RedisCounters } from './redis-counters.ts'
import type { QuotasConfig } from './schema.ts'

export interface CountersDeps {
  readonly clock: Clock
  readonly redisPassword: string | undefined
  /** Told when Redis is lost or refuses; gets no content. */
  readonly onFault: (error: Error) => void
}

/** The counters that the config describes. */
export function openCounters(
  config: QuotasConfig,
  { clock, redisPassword, onFault }: CountersDeps
): Counters {
  const local = new MemoryCounters(clock)
  if (config.store === 'memory') return local
  const { username, prefix, timeoutMs, whenRedisFails } = config
  const target = targetOf(config)
  const shared = new RedisCounters({ target, username, prefix, timeoutMs, password: redisPassword, onFault })
  return new GuardedCounters(shared, whenRedisFails === 'local' ? local : null)
}
