import * as fc from 'fast-check'
import t from 'tap'
import { View, ViewBuilder } from '../../../src/filters/views/text-map.ts'

interface Part {
  readonly original: string
  readonly shown: string
}

const part = fc.record({
  original: fc.string({ minLength: 1, maxLength: 6 }),
  shown: fc.string({ maxLength: 4 })
})

/** Parts that read as they are, and parts that read as something else. */
function build(parts: readonly Part[]): { original: string; view: View } {
  const original = parts.map(({ original }) => original).join('')
  const builder = new ViewBuilder(original)
  let at = 0
  for (const { original: text, shown } of parts) {
    if (text !== shown) builder.replace(at, at + text.length, shown)
    at += text.length
  }
  return { original, view: builder.build() ?? new View(original, []) }
}

t.test('a view is what its parts show', async () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 10 }), parts => {
      return build(parts).view.text === parts.map(({ shown }) => shown).join('')
    })
  )
})

t.test('every part of a view stands for a part of the original, escapes whole', async () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 10 }), fc.nat(), fc.nat(), (parts, a, b) => {
      const { original, view } = build(parts)
      if (view.text === '') return true
      const start = a % view.text.length
      const end = start + 1 + (b % (view.text.length - start))
      const at = view.locate(start, end)
      const borders = new Set<number>()
      let border = 0
      for (const { original: text, shown } of parts) {
        if (text === shown) for (let i = 0; i <= text.length; i++) borders.add(border + i)
        borders.add(border)
        border += text.length
        borders.add(border)
      }
      return (
        at.start >= 0 &&
        at.start < at.end &&
        at.end <= original.length &&
        borders.has(at.start) &&
        borders.has(at.end)
      )
    }),
    { numRuns: 2000 }
  )
})

t.test('a wider part of the view stands for a wider part of the original', async () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 10 }), parts => {
      const { view } = build(parts)
      const ends = Array.from(view.text, (_, i) => view.locate(i, i + 1))
      return ends.every((at, i) => at.start >= (ends[i - 1]?.start ?? 0) && at.end >= (ends[i - 1]?.end ?? 0))
    })
  )
})

t.test('what is left out beside a finding stays outside, within it goes', async t => {
  const builder = new ViewBuilder('--a-b--')
  for (const at of [0, 1, 3, 5, 6]) builder.replace(at, at + 1, '')
  t.same(builder.build()?.locate(0, 2), { start: 2, end: 5 })
})

t.test('nothing replaced, no view', async t => {
  t.equal(new ViewBuilder('abc').build(), undefined)
})

t.test('windows hold every change, do not overlap and stay within the view', async () => {
  const long = fc.record({
    original: fc.string({ minLength: 1, maxLength: 40 }),
    shown: fc.string({ maxLength: 4 })
  })
  const same = fc.string({ minLength: 1, maxLength: 60 }).map(text => ({ original: text, shown: text }))
  fc.assert(
    fc.property(fc.array(fc.oneof(long, same, same), { maxLength: 12 }), parts => {
      const { view } = build(parts)
      const windows = view.windows(8)
      let at = 0
      const changes = parts.flatMap(({ original, shown }) => {
        at += shown.length
        return original === shown ? [] : [{ start: at - shown.length, end: at }]
      })
      return (
        changes.every(change =>
          windows.some(({ start, end }) => start <= change.start && change.end <= end)
        ) &&
        windows.every(
          ({ start, end }, i) =>
            start >= (windows[i - 1]?.end ?? 0) && end >= start && end <= view.text.length
        )
      )
    }),
    { numRuns: 1000 }
  )
})
