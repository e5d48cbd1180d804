import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { openAuditLog } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { verifyTrail } from '../../src/audit/verify/verify.ts'
import { systemClock } from '../../src/core/clock.ts'
import { builder } from './facts.ts'
import { ORIGIN, SEED, VKEY } from './storage/run.ts'

/**
 * Kills a log under load again and again, as log-kill.test.ts does a few times: every acknowledged record must be there
 * at the end and the trail must verify. Usage: node test/audit/kill-runs.ts [runs]
 */
const runs = Number(process.argv[2] ?? 200)
const dir = mkdtempSync(join(tmpdir(), 'schleuse-kill-'))
const acknowledged = new Set<string>()
for (let run = 0; run < runs; run++) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'admit-forever.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  const exit = once(child, 'exit')
  const last = 2 + Math.floor(Math.random() * 300)
  let lines = 0
  for await (const line of createInterface({ input: child.stdout })) {
    lines++
    if (lines === 1 && line !== 'open') throw new Error(`run ${run} did not start: ${line}`)
    if (line.length === 36) acknowledged.add(line)
    if (lines === last) child.kill('SIGKILL')
  }
  await exit
}
await (await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock: systemClock, events: builder })).close()
const reader = openAuditReader(dir)
for (const { name, size } of await reader.logs())
  for (const { json } of await reader.read(name, 0, size))
    acknowledged.delete(JSON.parse(json).event_id as string)
const { findings, logs } = verifyTrail({ dir, vkey: VKEY, now: Date.now() })
rmSync(dir, { recursive: true })
if (acknowledged.size > 0 || findings.length > 0) {
  throw new Error(
    `${acknowledged.size} acknowledged records are missing; ${JSON.stringify(findings.slice(0, 5))}`
  )
}
process.stdout.write(
  `${runs} runs, ${logs[0]?.size} entries: all acknowledged records are there, the trail verifies\n`
)
