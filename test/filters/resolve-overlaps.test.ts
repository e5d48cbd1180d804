import * as fc from 'fast-check'
import t from 'tap'
import { resolveOverlaps } from '../../src/filters/resolve-overlaps.ts'
import type { RawFinding } from '../../src/filters/scanner/scan.ts'

function raw(start: number, end: number, type: string, score: number): RawFinding {
  return { start, end, type, score, recognizer: 0 }
}

t.test('the higher score stays', async t => {
  t.same(resolveOverlaps([raw(0, 9, 'PHONE', 0.6), raw(4, 8, 'DE_TAX_ID', 0.97)]), [
    raw(4, 8, 'DE_TAX_ID', 0.97)
  ])
})

t.test(
  'of nearly equal scores the longer span stays, then the earlier, then the type first in the alphabet',
  async t => {
    t.same(resolveOverlaps([raw(0, 9, 'IBAN', 0.97), raw(4, 8, 'CARD', 0.98)]), [raw(0, 9, 'IBAN', 0.97)])
    t.same(resolveOverlaps([raw(3, 6, 'IP', 0.9), raw(1, 4, 'IP', 0.9)]), [raw(1, 4, 'IP', 0.9)])
    t.same(resolveOverlaps([raw(0, 4, 'PHONE', 0.9), raw(0, 4, 'CARD', 0.9)]), [raw(0, 4, 'CARD', 0.9)])
  }
)

t.test('what overlaps only a loser stays', async t => {
  const findings = [raw(0, 5, 'A', 0.9), raw(4, 9, 'B', 0.5), raw(8, 12, 'C', 0.9)]
  t.same(resolveOverlaps(findings), [raw(0, 5, 'A', 0.9), raw(8, 12, 'C', 0.9)])
})

t.test('a chain of 100,000 overlapping findings takes no longer than its length', async t => {
  const chain = Array.from({ length: 100_000 }, (_, i) => raw(i * 2, i * 2 + 3, 'A', (i % 10) / 10))
  t.ok(resolveOverlaps(chain).length > 30_000)
})

t.test(
  'the outcome is sorted, free of overlaps and does not depend on the order of what comes in',
  async () => {
    const finding = fc
      .tuple(
        fc.nat(60),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('A', 'B', 'C'),
        fc.constantFrom(0.5, 0.8, 0.82, 0.97)
      )
      .map(([start, length, type, score]) => raw(start, start + length, type, score))
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 30 }), findings => {
        const kept = resolveOverlaps(findings)
        kept.forEach((one, i) => {
          const next = kept[i + 1]
          if (next !== undefined && next.start < one.end) throw new Error('overlap')
        })
        const spans = (list: readonly RawFinding[]) => JSON.stringify(list)
        return spans(resolveOverlaps([...findings].reverse())) === spans(kept)
      })
    )
  }
)
