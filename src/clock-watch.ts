import type { FastifyInstance } from 'fastify'
import type { EventBuilder } from './audit/event/builder.ts'
import type { AuditLog } from './audit/log.ts'
import type { Clock } from './core/clock.ts'

/** Less is what time services and suspended threads do; DORA's RTS (EU) 2024/1774 Art. 12(2)(f) asks for synchronised clocks. */
const NOTABLE_MS = 250
/** So often at most a clock that jumps to and fro is recorded. */
const EVERY_MS = 10_000

/** Tells steps of the wall clock: it is held against the monotonic one, which only runs. */
export class ClockWatch {
  readonly #clock: Clock
  #wallMs: number
  #monotonicMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#wallMs = clock.now()
    this.#monotonicMs = clock.monotonic()
  }

  /** @returns by how many ms the wall clock was set on (or back: less than 0) since it was last told; null when it ran */
  look(): number | null {
    const { wallMs, monotonicMs } = { wallMs: this.#clock.now(), monotonicMs: this.#clock.monotonic() }
    const offsetMs = Math.round(wallMs - this.#wallMs - (monotonicMs - this.#monotonicMs))
    if (Math.abs(offsetMs) < NOTABLE_MS) return null
    this.#wallMs = wallMs
    this.#monotonicMs = monotonicMs
    return offsetMs
  }
}

export interface ClockWatchDeps {
  readonly clock: Clock
  readonly audit: Pick<AuditLog, 'append'>
  readonly events: EventBuilder
}

/** Records steps of the clock until the gateway closes; also while it is behind the record and nothing is admitted. */
export function watchClock(app: FastifyInstance, { clock, audit, events }: ClockWatchDeps): void {
  const watch = new ClockWatch(clock)
  const timer = setInterval(() => {
    const offsetMs = watch.look()
    if (offsetMs === null) return
    app.log.warn({ offsetMs }, 'the clock was set')
    const event = events.create('clock.drift', { offset_ms: offsetMs })
    audit.append(event).catch(() => app.log.error('the record could not be written'))
  }, EVERY_MS).unref()
  app.addHook('onClose', () => clearInterval(timer))
}
