import t from 'tap'
import { AuditIndex } from '../../../src/audit/index/audit-index.ts'
import { CursorMoved } from '../../../src/audit/index/batch.ts'
import { type FilterParams, parseFilter } from '../../../src/audit/index/filter.ts'
import type { IndexedEvent, Order } from '../../../src/audit/index/page.ts'
import type { IndexStore } from '../../../src/audit/index/store.ts'
import { auditEvents } from '../../support/audit-events.ts'

/** What every engine of the index owes. */

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 20)
const COUNT = 2400
/** Twenty days over a month's end. */
const STEP = (20 * DAY) / COUNT

const day = (n: number): string => new Date(START + n * DAY).toISOString().slice(0, 10)

interface Entry {
  readonly index: number
  readonly json: string
}

function entriesOf(seed: number, count = COUNT): Entry[] {
  const source = auditEvents({ seed, fromMs: START, stepMs: STEP })
  return Array.from({ length: count }, (_, index) => ({ index, json: source.next().value }))
}

/** What an event says, as the tests read it: plainly, without the index's own code. */
interface Event {
  readonly event_type: string
  readonly event_id: string
  readonly request_id: string
  readonly occurred_at: string
  readonly outcome?: string
  readonly app_id: string
  readonly provider?: { id: string }
  readonly contract_ref?: string
  readonly location?: { processing: string[] }
  readonly findings?: { class: string; count: number }[]
  readonly usage?: { input_tokens: number }
  readonly duration_ms?: number
}

const parse = (json: string): Event => JSON.parse(json) as Event
const entries = entriesOf(1)
const events = entries.map(({ json }) => parse(json))

/** Countries of the admission of an event's request. */
const countriesOf = new Map(
  events.flatMap(event =>
    event.location === undefined ? [] : [[event.request_id, event.location.processing] as const]
  )
)

async function fill(index: AuditIndex, origin: string, list: readonly Entry[], size = 700): Promise<void> {
  for (let at = 0; at < list.length; at += size) await index.add(origin, at, list.slice(at, at + size))
}

async function walk(
  index: AuditIndex,
  params: FilterParams,
  order: Order,
  limit: number,
  between: () => Promise<void> = async () => undefined,
  wholeWalk = false
): Promise<IndexedEvent[]> {
  const all: IndexedEvent[] = []
  let cursor: string | undefined
  do {
    const page = await index.events(parseFilter(params), {
      limit,
      order,
      wholeWalk,
      ...(cursor && { cursor })
    })
    all.push(...page.events)
    cursor = page.next
    await between()
  } while (cursor !== undefined)
  return all
}

/** A database engine, as the tests open it: empty each time. */
export interface Engine {
  readonly name: string
  open(t: { teardown(end: () => unknown): unknown }): Promise<IndexStore>
}

/** Tests one engine. */
export function indexContract(engine: Engine): void {
  t.test(engine.name, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    await fill(index, 'log-a', entries)

    t.test('every entry is there once, byte for byte, newest first', async t => {
      const all = await walk(index, {}, 'desc', 250)
      t.same(
        all.map(({ json }) => json),
        entries.map(({ json }) => json).reverse()
      )
      t.same(
        all.map(({ leaf }) => leaf),
        entries.map(({ index }) => index).reverse()
      )
      t.ok(all.every(({ log }) => log === 'log-a'))
    })

    const cases: readonly [string, FilterParams, (event: Event) => boolean][] = [
      ['type', { type: 'ai.request.blocked' }, e => e.event_type === 'ai.request.blocked'],
      [
        'two values',
        { outcome: 'timeout,blocked_policy' },
        e => /timeout|blocked_policy/.test(e.outcome ?? '')
      ],
      [
        'provider and app',
        { provider: 'openai', app: 'app-2' },
        e => e.provider?.id === 'openai' && e.app_id === 'app-2'
      ],
      ['class', { class: 'IBAN' }, e => e.findings?.some(found => found.class === 'IBAN') === true],
      [
        'the end of an attempt has the country of its admission',
        { country: 'US', outcome: 'timeout' },
        e => e.outcome === 'timeout' && countriesOf.get(e.request_id)?.includes('US') === true
      ],
      ['missing', { missing: 'provider' }, e => e.provider === undefined],
      ['from', { from: '2026-10-01' }, e => e.occurred_at >= '2026-10-01'],
      [
        'a period within days, with a filter',
        { from: '2026-09-25T06:00:00Z', to: '2026-09-28T17:30:00+02:00', provider: 'anthropic' },
        e =>
          e.provider?.id === 'anthropic' &&
          e.occurred_at >= '2026-09-25T06:00:00' &&
          e.occurred_at < '2026-09-28T15:30:00'
      ],
      ['nothing', { provider: 'nobody' }, () => false],
      [
        'positions',
        { log: 'log-a', from_leaf: '100', to_leaf: '350' },
        e => events.indexOf(e) >= 100 && events.indexOf(e) < 350
      ],
      [
        'positions and more',
        { log: 'log-a', from_leaf: '2000', provider: 'azure' },
        e => events.indexOf(e) >= 2000 && e.provider?.id === 'azure'
      ],
      ['request', { request_id: events[40]?.request_id ?? '' }, e => e.request_id === events[40]?.request_id]
    ]
    for (const [name, params, matches] of cases) {
      t.test(`filter: ${name}`, async t => {
        const expected = events.filter(matches).map(event => event.event_id)
        for (const order of ['asc', 'desc'] as const) {
          const found = await walk(index, params, order, 60)
          const ids = found.map(({ json }) => parse(json).event_id)
          const reversed = order === 'desc' && params['from_leaf'] === undefined
          t.same(reversed ? ids.reverse() : ids, expected, order)
          t.same(await walk(index, params, order, 60, async () => undefined, true), found, `${order}, whole`)
        }
        t.equal(await index.count(parseFilter(params), await index.snapshot()), expected.length)
        if (name !== 'nothing') t.ok(expected.length > 0, 'the case can fail')
      })
    }

    t.test('an event by its id', async t => {
      const [found, ...others] = await index.event(events[77]?.event_id ?? '')
      t.match(found, { log: 'log-a', leaf: 77, json: entries[77]?.json })
      t.same(others, [])
      t.same(await index.event('00000000-0000-7000-8000-000000000000'), [])
    })

    t.test('sums are those of the events', async t => {
      const rows = await index.aggregate(parseFilter({ from: '2026-09-22', to: '2026-10-05' }), [
        'provider',
        'outcome'
      ])
      const expected = new Map<string, { events: number; input: number }>()
      for (const event of events) {
        if (event.occurred_at < '2026-09-22' || event.occurred_at >= '2026-10-05') continue
        const key = `${event.provider?.id ?? null} ${event.outcome ?? null}`
        const sum = expected.get(key) ?? { events: 0, input: 0 }
        expected.set(key, {
          events: sum.events + 1,
          input: sum.input + (event.usage?.input_tokens ?? 0)
        })
      }
      t.same(
        new Map(
          rows.map(row => [
            `${row.key['provider']} ${row.key['outcome']}`,
            { events: row.events, input: row.input_tokens }
          ])
        ),
        expected
      )
      const months = await index.aggregate(parseFilter({}), ['month'])
      t.same(
        new Map(months.map(({ key, events }) => [key['month'], events])),
        new Map(['2026-09', '2026-10'].map(m => [m, events.filter(e => e.occurred_at.startsWith(m)).length]))
      )
      const days = await index.aggregate(parseFilter({ provider: 'openai' }), ['day'])
      t.equal(days.length, 20)
      t.same(await index.aggregate(parseFilter({ provider: 'nobody' }), []), [])
    })

    t.test('periods of any ends: months, weeks and days add up', async t => {
      for (const [from, to] of [
        [0, 20],
        [1, 19],
        [3, 4],
        [2, 18],
        [10, 17],
        [11, 12],
        [0, 11]
      ] as const) {
        const filter = parseFilter({ from: day(from), to: day(to) })
        const expected = events.filter(e => e.occurred_at >= day(from) && e.occurred_at < day(to))
        for (const by of [['provider'], ['class'], ['month']]) {
          const rows = await index.aggregate(filter, by)
          const key = JSON.stringify([from, to, by])
          if (by[0] !== 'class')
            t.equal(
              rows.reduce((sum, row) => sum + row.events, 0),
              expected.length,
              key
            )
        }
        const ibans = expected.filter(e => e.findings?.some(found => found.class === 'IBAN')).length
        const [row] = await index.aggregate(parseFilter({ from: day(from), to: day(to), class: 'IBAN' }), [])
        t.equal(row?.events ?? 0, ibans)
        const found = await index.findings(parseFilter({ from: day(from), to: day(to), class: 'IBAN' }), [])
        const count = expected.flatMap(e => e.findings ?? []).filter(one => one.class === 'IBAN')
        t.equal(
          found[0]?.findings ?? 0,
          count.reduce((sum, one) => sum + one.count, 0)
        )
      }
    })

    t.test('findings of a class are counted apart from others in the same request', async t => {
      const rows = await index.findings(parseFilter({ class: 'IBAN' }), ['class'])
      const counts = events.flatMap(e => e.findings ?? []).filter(found => found.class === 'IBAN')
      t.same(
        rows.map(({ key, findings }) => [key, findings]),
        [[{ class: 'IBAN' }, counts.reduce((sum, { count }) => sum + count, 0)]]
      )
    })

    t.test('percentiles of times, within 1.6 %', async t => {
      for (const [from, to] of [
        [0, 20],
        [3, 12]
      ] as const) {
        const params = { from: day(from), to: day(to), type: 'ai.request.completed' }
        for (const { key, events: count, p50, p95, p99 } of await index.durations(parseFilter(params), [
          'provider'
        ])) {
          const times = events
            .filter(
              e => e.occurred_at >= day(from) && e.occurred_at < day(to) && e.provider?.id === key['provider']
            )
            .flatMap(e => (e.event_type === 'ai.request.completed' ? [e.duration_ms ?? 0] : []))
            .sort((a, b) => a - b)
          t.equal(count, times.length)
          for (const [percent, ms] of [
            [50, p50],
            [95, p95],
            [99, p99]
          ] as const) {
            const exact = times[Math.ceil((percent * times.length) / 100) - 1] ?? 0
            t.ok(Math.abs(ms - exact) <= exact * 0.016, `${key['provider']} p${percent}: ${ms} for ${exact}`)
          }
        }
      }
      const months = await index.durations(parseFilter({}), ['month'])
      t.same(new Set(months.map(({ key }) => key['month'])), new Set(['2026-09', '2026-10']))
      for (const [params, by] of [
        [{ class: 'IBAN' }, []],
        [{}, ['app']],
        [{ from: '2026-09-20T01:00:00Z' }, []]
      ] as const)
        await t.rejects(index.durations(parseFilter(params), by), { code: 'SCHLEUSE_AUDIT_QUERY_INVALID' })
    })

    t.test('completeness', async t => {
      const of = (type: string): number => events.filter(e => e.event_type === `ai.request.${type}`).length
      const all = await index.completeness()
      const open = of('admitted') - of('completed') - of('failed')
      t.match(all, { admitted: of('admitted'), completed: of('completed'), open, balanced: true })
      t.match(all.logs, [{ origin: 'log-a', entries: COUNT, whole: true }])
    })

    t.test('a cursor of another question is refused', async t => {
      const page = await index.events(parseFilter({ provider: 'openai' }), { limit: 5, order: 'desc' })
      t.type(page.next, 'string')
      for (const cursor of [page.next ?? '', 'x', Buffer.from('[1]').toString('base64url')]) {
        const other = index.events(parseFilter({ provider: 'azure' }), { limit: 5, order: 'desc', cursor })
        await t.rejects(other, { code: 'SCHLEUSE_AUDIT_CURSOR_INVALID' })
      }
    })
  })

  t.test(`${engine.name}: pages stay as they are while events are written`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    await fill(index, 'log-a', entries.slice(0, 1000))
    let next = 1000
    const found = await walk(index, { provider: 'openai,azure' }, 'desc', 37, async () => {
      await index.add('log-a', next, entries.slice(next, next + 20))
      // another gateway's events of the same time
      await index.add('log-b', next - 1000, entriesOf(2, next - 980).slice(next - 1000))
      next += 20
    })
    t.ok(next > 1200)
    t.same(
      found.map(({ leaf, log }) => `${log} ${leaf}`).reverse(),
      events
        .slice(0, 1000)
        .flatMap((e, at) => (/openai|azure/.test(e.provider?.id ?? '') ? `log-a ${at}` : []))
    )
  })

  t.test(`${engine.name}: exactly once, whoever indexes and whatever breaks`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    const batch = entries.slice(0, 500)
    const both = await Promise.allSettled([index.add('log-a', 0, batch), index.add('log-a', 0, batch)])
    t.same(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    t.match(
      both.find(({ status }) => status === 'rejected'),
      { reason: CursorMoved }
    )
    await t.rejects(index.add('log-a', 400, entries.slice(400, 600)), CursorMoved)
    await t.rejects(index.add('log-a', 500, entries.slice(499, 600)), CursorMoved)
    t.same((await index.cursor('log-a')).next, 500)
    t.equal((await walk(index, {}, 'asc', 1000)).length, 500)
  })

  t.test(`${engine.name}: several logs; one is forgotten and comes back the same`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    const other = entriesOf(7, 800)
    await Promise.all([fill(index, 'log-a', entries.slice(0, 900), 90), fill(index, 'log-b', other, 100)])
    const state = async () => ({
      times: await index.durations(parseFilter({}), ['log', 'day']),
      completeness: await index.completeness(),
      byProvider: await index.aggregate(parseFilter({}), ['provider', 'log', 'class', 'outcome']),
      findings: await index.findings(parseFilter({}), ['class', 'log']),
      events: (await walk(index, {}, 'asc', 500)).map(({ log, leaf }) => `${log} ${leaf}`).sort()
    })
    const sorted = (value: Awaited<ReturnType<typeof state>>) => ({
      ...value,
      byProvider: value.byProvider.map(row => JSON.stringify(row)).sort(),
      findings: value.findings.map(row => JSON.stringify(row)).sort()
    })
    const before = sorted(await state())
    t.equal(before.events.length, 1700)
    const { next: cursor } = await index.events(parseFilter({}), { limit: 5, order: 'desc' })
    await index.forget(['log-b'])
    t.equal((await index.completeness()).logs.length, 1)
    t.equal((await walk(index, { log: 'log-b' }, 'asc', 500)).length, 0)
    await t.rejects(
      index.events(parseFilter({}), { limit: 5, order: 'desc', ...(cursor && { cursor }) }),
      { code: 'SCHLEUSE_AUDIT_CURSOR_INVALID' },
      'a cursor does not outlive a rebuild'
    )
    await fill(index, 'log-b', other, 333)
    t.same(sorted(await state()), before)
    await index.forget(['log-a', 'log-b'])
    t.same(await index.aggregate(parseFilter({}), ['log']), [])
  })

  t.test(`${engine.name}: what retention deleted is a known gap; what is no event is kept`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    await index.add('log-a', 0, [
      { index: 256, json: entries[0]?.json ?? '' },
      { index: 257, json: 'no\tJSON \\ \0' }
    ])
    const { logs } = await index.completeness()
    t.same(
      logs.map(({ entries, skipped, whole }) => ({ entries, skipped, whole })),
      [{ entries: 258, skipped: 256, whole: true }]
    )
    const [kept] = await walk(index, { type: 'unreadable' }, 'asc', 10)
    t.match(kept, { leaf: 257, timeMs: START })
    t.match(kept?.json, /^no\tJSON \\/)
  })

  t.test(`${engine.name}: what retention deletes in a log goes from the index; its sums stay`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    await index.add('log-a', 0, entries.slice(0, 300))
    const before = await index.aggregate(parseFilter({}), ['provider'])
    const deletion = (part: string, from: number, to: number): Entry => ({
      index: from,
      json: JSON.stringify({ event_type: 'retention.segment_deleted', log: 'log-a', part, from: 0, to })
    })
    await index.add('log-b', 0, [deletion('personal', 0, 300), deletion('content', 1, 256)])
    let swept = 0
    for (let n = 1; n > 0; swept += n) n = await index.sweep(100)
    t.ok(swept >= 256)
    const left = await walk(index, { log: 'log-a' }, 'asc', 100)
    t.same(
      left.map(({ leaf }) => leaf),
      entries.slice(256, 300).map(({ index }) => index)
    )
    const after = await index.aggregate(parseFilter({ log: 'log-a' }), ['provider'])
    t.same(after, before)
    t.ok((await index.completeness()).logs.every(({ whole }) => whole))
  })

  t.test(`${engine.name}: whole months in the sums`, async t => {
    const index = new AuditIndex(await engine.open(t))
    t.teardown(() => index.close())
    const source = auditEvents({ seed: 3, fromMs: START, stepMs: DAY / 6 })
    const list = Array.from({ length: 700 }, (_, at) => ({ index: at, json: source.next().value }))
    await fill(index, 'log-a', list, 350)
    const times = list.map(({ json }) => parse(json).occurred_at)
    for (const [from, to] of [
      ['2026-09-25', '2027-01-05'],
      ['2026-10-01', '2026-12-01'],
      ['2026-10-01', '2027-01-01'],
      ['2026-09-30', '2026-11-02']
    ] as const) {
      const expected = times.filter(time => time >= from && time < to).length
      for (const by of [[], ['month'], ['provider'], ['day'], ['app', 'month']]) {
        const rows = await index.aggregate(parseFilter({ from, to }), by)
        t.equal(
          rows.reduce((sum, { events }) => sum + events, 0),
          expected,
          `${from} ${to} ${by.join()}`
        )
      }
      for (const { key, events } of await index.aggregate(parseFilter({ from, to }), ['month'])) {
        const month = key['month'] ?? ''
        t.equal(events, times.filter(time => time >= from && time < to && time.startsWith(month)).length)
      }
    }
  })
}
