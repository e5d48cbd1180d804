import t from 'tap'
import { runPlanted } from '../support/planted-run.ts'

/** `node bench/audit/planted.ts` does 10,000. */

t.test('300 generated requests with planted values: none at rest, none in what auditors get', async t => {
  const { statuses, leaks, searched } = await runPlanted(300, 6)
  t.same(leaks, [])
  for (const kind of ['answers', 'audit', 'audit-index', 'shipped-own', 'shipped-otel'])
    t.ok((searched[kind] ?? 0) > 50_000, `${kind} was searched: ${searched[kind]} bytes`)
  t.ok((statuses['200'] ?? 0) > 50, 'many are sent on')
  t.ok((statuses['400'] ?? 0) > 20, 'many are refused')
})
