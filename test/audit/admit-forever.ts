import { writeSync } from 'node:fs'
import { systemClock } from '../../src/core/clock.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { admitted, attempt, builder, completed } from './facts.ts'
import { ORIGIN, SEED } from './storage/run.ts'

/**
 * A process for the kill test: opens the log in argv[2], then admits and ends attempts on several lanes for ever.
 * Prints `open` and then the id of each record that was acknowledged. When the log can't be opened: the reason.
 */
const dir = process.argv[2]
if (dir === undefined) process.exit()
try {
  const log = await openAuditLog({
    dir,
    origin: ORIGIN,
    seed: SEED,
    clock: systemClock,
    events: builder,
    lingerMs: 1,
    checkpointMs: 5,
    walFileBytes: 100_000
  })
  writeSync(1, 'open\n')
  const acknowledged = (json: string) => writeSync(1, `${JSON.parse(json).event_id}\n`)
  const lane = async () => {
    for (;;) {
      const on = attempt()
      const begin = admitted(on)
      await log.admit(begin)
      acknowledged(begin.json)
      const end = completed(on)
      await log.append(end)
      acknowledged(end.json)
    }
  }
  await Promise.all(Array.from({ length: 8 }, lane))
} catch (error) {
  writeSync(1, `${error instanceof Error ? error.message : 'failed'}\n`)
}
