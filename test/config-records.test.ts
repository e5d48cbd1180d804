import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { NO_RECORDS } from '../src/audit/exports/declared/schema.ts'
import type { Problem } from '../src/config-check.ts'
import { readRecords } from '../src/config-records.ts'
import { folderOf } from './support/audit-index.ts'

function read(t: Parameters<typeof folderOf>[0], content: string) {
  const folder = folderOf(t)
  writeFileSync(join(folder, 'records.yaml'), content)
  const problems: Problem[] = []
  return { ...readRecords('records.yaml', folder, problems), problems, folder }
}

t.test('nothing declared is no problem', async t => {
  const problems: Problem[] = []
  t.strictSame(readRecords(undefined, '/', problems), { records: NO_RECORDS, register: undefined })
  t.strictSame(problems, [])
  t.strictSame(read(t, '{}').records, NO_RECORDS)
})

t.test('the register lies beside the file', async t => {
  const { register, folder } = read(t, 'register: register.xlsx')
  t.equal(register, join(folder, 'register.xlsx'))
})

t.test('every wrong value is told with its path', async t => {
  const { problems } = read(
    t,
    `organisation: { name: '', phone: 1 }
purposes: [{ id: P 1 }, { id: p-2, validFrom: 1.2.2026 }]
providers: [{ id: a, sla: { availabilityPercent: 101 } }]
fallbackTests: [{ from: a, to: b, date: 2026-08-15, result: maybe }]`
  )
  const paths = problems.map(({ path }) => path)
  for (const path of [
    'organisation.name',
    'purposes[0].id',
    'purposes[1].validFrom',
    'providers[0].sla.availabilityPercent',
    'fallbackTests[0].result'
  ])
    t.ok(paths.includes(path), `${path} of ${paths.join()}`)
})

t.test('ids stand once', async t => {
  const { problems } = read(t, 'purposes: [{ id: p-1 }, { id: p-1 }]\nproviders: [{ id: a }, { id: a }]')
  t.strictSame(
    problems.map(({ path }) => path),
    ['purposes[1].id', 'providers[1].id']
  )
})

t.test('the example of the README is a good one', async t => {
  const { readFileSync } = await import('node:fs')
  const readme = readFileSync(new URL('../config/README.md', import.meta.url), 'utf8')
  const example = /```yaml\n(# records\.yaml[\s\S]*?)```/.exec(readme)?.[1] ?? ''
  const { problems, records } = read(t, example)
  t.strictSame(problems, [])
  t.equal(records.purposes.length, 1)
})
