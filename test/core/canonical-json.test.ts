import t from 'tap'
import * as fc from 'fast-check'
import { canonicalHash, canonicalJson } from '../../src/core/canonical-json.ts'

t.test('the examples of RFC 8785', async t => {
  // §3.2.2 and §3.2.4
  const input = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}'
  )
  t.equal(
    canonicalJson(input),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
  )
  // §3.2.3: keys by UTF-16 code units
  const keys = { '€': 5, '\r': 1, '\ufb33': 7, '1': 2, '😀': 6, '\u0080': 3, ö: 4 }
  t.equal(canonicalJson(keys), '{"\\r":1,"1":2,"\u0080":3,"ö":4,"€":5,"😀":6,"\ufb33":7}')
})

t.test('numbers of appendix B', async t => {
  const cases: [number, string][] = [
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [333333333.3333332, '333333333.3333332']
  ]
  for (const [value, text] of cases) t.equal(canonicalJson(value), text)
})

t.test('what has no canonical form is refused', async t => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  const bad: unknown[] = [NaN, Infinity, undefined, 1n, Symbol('x'), () => 1, '\ud800', { '\udc00': 1 }]
  for (const value of [...bad, [undefined], { a: undefined }, new Date(0), new Map(), cycle]) {
    t.throws(() => canonicalJson(value), TypeError)
  }
})

t.test('same value, same text; the text parses back to the value', async t => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      const text = canonicalJson(value)
      return text === canonicalJson(JSON.parse(text))
    })
  )
  t.equal(canonicalJson(Object.assign(Object.create(null), { b: 1, a: [] })), '{"a":[],"b":1}')
  t.equal(canonicalHash({}), 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
})
