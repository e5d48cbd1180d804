import t from 'tap'
import * as fc from 'fast-check'
import { plucker } from '../../../src/audit/exports/pluck.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { auditEvents } from '../../support/audit-events.ts'

const PATHS = [
  ['event_type'],
  ['purpose', 'id'],
  ['purpose', 'version'],
  ['model', 'requested'],
  ['id']
] as const
const pluck = plucker(PATHS)

/** The same by way of a whole parse. */
function expected(json: string): unknown[] {
  return PATHS.map(path => {
    let at: unknown = JSON.parse(json)
    for (const step of path)
      at =
        typeof at === 'object' && at !== null ? Object.getOwnPropertyDescriptor(at, step)?.value : undefined
    return typeof at === 'string' || typeof at === 'number' ? at : undefined
  })
}

t.test('traffic', async t => {
  const source = auditEvents({ seed: 5, fromMs: Date.UTC(2026, 10, 1), stepMs: 1000 })
  for (let n = 0; n < 2000; n++) {
    const json = source.next().value
    if (JSON.stringify(pluck(json)) !== JSON.stringify(expected(json))) t.fail(json)
  }
  t.same(pluck('{"event_type":"a","model":{"requested":"m"},"purpose":{"id":"p","version":3}}'), [
    'a',
    'p',
    3,
    'm',
    undefined
  ])
})

t.test('any canonical JSON, with names that come again at other depths', async () => {
  const key = fc.constantFrom('event_type', 'id', 'model', 'purpose', 'requested', 'version', 'x')
  const leaf = fc.oneof(
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('', 'a', '{', '}', '[', '"', '\\', 'a,b:c', '"id":"x"', 'é')
  )
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'))
    )
  }))
  fc.assert(
    fc.property(fc.dictionary(key, value), event => {
      const json = canonicalJson({ ...event })
      return JSON.stringify(pluck(json)) === JSON.stringify(expected(json))
    }),
    { numRuns: 2000 }
  )
})

t.test('what is cut off is refused and never read for ever', async t => {
  const json = auditEvents({ seed: 5, fromMs: Date.UTC(2026, 10, 1), stepMs: 1000 }).next().value
  const lengths = Array.from({ length: json.length }, (_, length) => length)
  const read = lengths.filter(length => isRead(json.slice(0, length)))
  t.same(read, [])
})

function isRead(json: string): boolean {
  try {
    pluck(json)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}
