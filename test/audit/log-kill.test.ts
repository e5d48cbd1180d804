import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Compile } from 'typebox/compile'
import t from 'tap'
import { EVENT_SCHEMAS, type EventType } from '../../src/audit/event/schema.ts'
import { openAuditLog } from '../../src/audit/log.ts'
import { openAuditReader } from '../../src/audit/reader.ts'
import { systemClock } from '../../src/core/clock.ts'
import { builder } from './facts.ts'
import { ORIGIN, SEED } from './storage/run.ts'

const script = fileURLToPath(new URL('admit-forever.ts', import.meta.url))
const ROUNDS = 8

/** Starts the child; `lines` yields what it prints. */
function start(dir: string) {
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { child, lines: createInterface({ input: child.stdout }) }
}

/** Kills the child after it printed `count` lines; returns all lines that are whole. */
async function killAfter(dir: string, count: number): Promise<string[]> {
  const { child, lines } = start(dir)
  const exit = once(child, 'exit')
  const printed: string[] = []
  for await (const line of lines) {
    printed.push(line)
    if (printed.length === count) child.kill('SIGKILL')
  }
  await exit
  return printed
}

t.test('kill -9 at random points: every acknowledged record is in the log', async t => {
  const dir = t.testdir()
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [first, ...ids] = await killAfter(dir, 2 + Math.floor(Math.random() * 300))
    t.equal(first, 'open', 'the lock and a torn tail of the round before do not stand in the way')
    acknowledged.push(...ids.filter(id => id.length === 36))
  }
  await (await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock: systemClock, events: builder })).close()
  const reader = openAuditReader(dir)
  const logs = await reader.logs()
  const entries = await Promise.all(logs.map(({ name, size }) => reader.read(name, 0, size)))
  const records = entries
    .flat()
    .map(({ json }) => JSON.parse(json) as { event_id: string; event_type: EventType; request_id: string })
  const ids = new Set(records.map(record => record.event_id))
  t.ok(acknowledged.length > 0)
  t.same(
    acknowledged.filter(id => !ids.has(id)),
    [],
    'nothing acknowledged is missing'
  )
  t.equal(ids.size, records.length, 'nothing stands twice')
  for (const record of records) {
    if (!Compile(EVENT_SCHEMAS[record.event_type]).Check(record)) t.fail(`${record.event_type} does not fit`)
  }
  const admitted = records.filter(({ event_type: type }) => type === 'ai.request.admitted')
  const own = records.filter(({ event_type: type }) => type.startsWith('log.'))
  t.equal(records.length - own.length, 2 * admitted.length, 'each attempt has exactly one end')
  t.ok(
    own.some(({ event_type: type }) => type === 'log.recovered'),
    'that a run was not closed is on the record'
  )
})

t.test('one writer: another process is refused until this one closes', async t => {
  const dir = t.testdir()
  const log = await openAuditLog({ dir, origin: ORIGIN, seed: SEED, clock: systemClock, events: builder })
  const { child, lines } = start(dir)
  const exit = once(child, 'exit')
  const printed: string[] = []
  for await (const line of lines) printed.push(line)
  await exit
  t.match(printed, [/^Another gateway writes the audit log in /])
  await log.close()
  const [first] = await killAfter(dir, 1)
  t.equal(first, 'open')
})
