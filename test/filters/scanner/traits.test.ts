import * as fc from 'fast-check'
import t from 'tap'
import { buildAutomaton } from '../../../src/filters/scanner/automaton.ts'
import { Events } from '../../../src/filters/scanner/events.ts'
import { MIN_RUN, STRIDE, type Traits } from '../../../src/filters/scanner/traits.ts'

const events = new Events(buildAutomaton([]))

function traitsOf(text: string): Pick<Traits, 'runs' | 'turns'> {
  events.note(text)
  const { runs, turns } = events.traits
  return { runs, turns }
}

/** The same, found the slow way. */
function slowly(text: string): Pick<Traits, 'runs' | 'turns'> {
  const runs = [...text.matchAll(/[A-Za-z0-9+/_-]+/g)].filter(([run]) => run.length >= MIN_RUN)
  const turns: number[] = []
  for (let at = STRIDE - 1; at < text.length; at += STRIDE)
    if (/^(?:[A-Za-z0-9][ \t._*·-][A-Za-z0-9]|[ \t._*·-][A-Za-z0-9][ \t._*·-])/.test(text.slice(at, at + 3)))
      turns.push(at)
  return { runs: runs.map(({ index }) => index), turns }
}

t.test('long runs and turns of characters and gaps are told, also over the joints of blocks', async t => {
  // A block has 8192 characters; what is looked at with it begins 32 characters before.
  for (const at of [0, 1, 8150, 8170, 8180, 8191, 8192, 8193, 16_370, 16_384])
    for (const piece of [
      'a'.repeat(19),
      'a'.repeat(20),
      'Q'.repeat(60),
      'x'.repeat(9000),
      'D E 8 9 3 7 0 4 0 0 4 4 0 5',
      '1-2-3'
    ]) {
      const text = `${'. '.repeat(at).slice(0, at)} ${piece} ${'…'.repeat(40)}`
      t.same(traitsOf(text), slowly(text), `${piece.slice(0, 8)} × ${piece.length} at ${at}`)
    }
})

t.test('any text: the same as the slow way', async () => {
  const piece = fc.constantFrom('a', 'Z9', 'bbbbbbb', '+/', '_', '-', ' ', '. ', '·', 'ö', '\n', '1 2 3 4 ')
  fc.assert(
    fc.property(fc.nat(9000), fc.array(piece, { maxLength: 60 }), (pad, parts) => {
      const text = `${'ö'.repeat(pad)}${parts.join('')}`
      return JSON.stringify(traitsOf(text)) === JSON.stringify(slowly(text))
    })
  )
})
