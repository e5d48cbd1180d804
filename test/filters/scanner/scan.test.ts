import * as fc from 'fast-check'
import t from 'tap'
import type { Segment } from '../../../src/core/leaf.ts'
import { allRecognizers } from '../../../src/filters/recognizers/index.ts'
import { buildEngine } from '../../../src/filters/scanner/engine.ts'
import { Names } from '../../../src/filters/scanner/names.ts'
import { Scan } from '../../../src/filters/scanner/scan.ts'
import type { Steps } from '../../../src/filters/steps.ts'

const engine = buildEngine(allRecognizers)

/** Rules alone. */
function newScan(): Scan {
  const scan = new Scan(engine)
  scan.names = new Names()
  scan.quick = true
  return scan
}

const parts = allRecognizers.flatMap(recognizer => [
  ...recognizer.examples.match.map(match => (typeof match === 'string' ? match : match.text)),
  ...(recognizer.context ?? []).slice(0, 2)
])
const part = fc.oneof(
  fc.constantFrom(...parts),
  fc.constantFrom(' ', '\n', '\n\n', ', ', 'Frau Weber ', 'Weber ', '1', 'IBAN: ', 'x'),
  fc.string({ unit: 'binary', maxLength: 8 })
)
const segment = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 60 }))
  .map(([list, times]): Segment => ({ kind: 'text', label: '', text: list.join(' ').repeat(times) }))

const allParts: Segment = { kind: 'text', label: '', text: parts.join(' ') }

t.test('whatever is scanned in the pauses of a scan, its findings are those of one in one piece', async t => {
  let pauses = 0
  fc.assert(
    fc.property(segment, segment, (first, second) => {
      const segments = [first, allParts, second]
      const all = segments.map(one => newScan().runInPieces(one))
      const found: unknown[] = segments.map(() => null)
      const running = new Map<number, Steps<unknown>>(all.entries())
      while (running.size > 0)
        for (const [at, steps] of running) {
          const step = steps.next()
          pauses++
          if (step.done !== true) continue
          found[at] = step.value
          running.delete(at)
        }
      segments.forEach((one, at) => t.strictSame(found[at], newScan().run(one)))
    }),
    { numRuns: 30 }
  )
  t.ok(pauses > 300, `${pauses} pauses`)
})
