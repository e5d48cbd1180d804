import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { AuditEvent } from '../../src/audit/event/builder.ts'
import { leaveNote, NOTES_FOLDER, NoteTaker } from '../../src/audit/notes.ts'
import { builder, clock } from './facts.ts'

const by = { type: 'cli' } as const

t.test('notes are recorded in their order, with the time of the command, and then gone', async t => {
  const dataDir = t.testdir()
  const recorded: AuditEvent[] = []
  const bad: string[] = []
  let isFull = false
  const taker = new NoteTaker({
    dataDir,
    events: builder,
    record: async event => {
      if (isFull) throw new Error('no room')
      recorded.push(event)
    },
    onBadNote: name => bad.push(name)
  })
  await taker.take()
  const now = clock.now()
  await leaveNote(dataDir, 'credential.created', { by, credential_id: 'key_2' }, now - 1000)
  await leaveNote(dataDir, 'audit.index_rebuilt', { by, rows: 7 }, now - 2000)
  isFull = true
  await t.rejects(taker.take(), /no room/)
  t.equal(readdirSync(join(dataDir, NOTES_FOLDER)).length, 2, 'what could not be recorded stays')
  isFull = false
  await Promise.all([taker.take(), taker.take()])
  t.match(
    recorded.map(({ json }) => JSON.parse(json)),
    [
      { event_type: 'audit.index_rebuilt', rows: 7, occurred_at: new Date(now - 2000).toISOString() },
      { event_type: 'credential.created', credential_id: 'key_2', recorded_at: new Date(now).toISOString() }
    ]
  )
  t.same(readdirSync(join(dataDir, NOTES_FOLDER)), [])

  const files: [string, string][] = [
    ['1.json', 'no json'],
    ['2.json', JSON.stringify({ type: 'gateway.stopped', fields: {}, at: 1 })],
    ['3.json', JSON.stringify({ type: 'legal_hold.set', fields: { hold_id: 'Frau Weber' }, at: 1 })],
    ['4.json', JSON.stringify({ type: 'legal_hold.set', fields: { hold_id: 'a' } })],
    ['5.json.new', 'half']
  ]
  for (const [name, text] of files) writeFileSync(join(dataDir, NOTES_FOLDER, name), text)
  await taker.take()
  await taker.take()
  t.same(bad, ['1.json', '2.json', '3.json', '4.json'], 'told once, never recorded')
  t.equal(recorded.length, 2)
})
