import * as fc from 'fast-check'
import t from 'tap'
import { Pattern } from '../../../src/filters/rules/pattern.ts'

const options = { ignoreCase: false, wholeWords: false }
const HOSTILE_CHARS = 4_000_000

function matches(source: string, text: string, more: Partial<typeof options> = {}): string[] {
  const found: string[] = []
  new Pattern(source, { ...options, ...more }).findAll(text, (start, end) =>
    found.push(text.slice(start, end))
  )
  return found
}

/** The longest match at each place, by trying every piece of the text with a regular expression. */
function naive(source: string, text: string): string[] {
  const whole = new RegExp(`^(?:${source})$`)
  const found: string[] = []
  for (let start = 0; start < text.length; start++) {
    for (let end = text.length; end > start; end--) {
      if (!whole.test(text.slice(start, end))) continue
      found.push(text.slice(start, end))
      start = end - 1
      break
    }
  }
  return found
}

const atom = fc.constantFrom(
  'a',
  'b',
  '1',
  '-',
  '.',
  '[ab]',
  '[^a]',
  '[a-c1]',
  '\\d',
  '\\w',
  '\\s',
  '\\.',
  '\\D'
)
const { pattern } = fc.letrec<{ pattern: string; part: string; piece: string }>(tie => ({
  piece: fc.oneof(
    { depthSize: 'small' },
    atom,
    tie('pattern').map(inner => `(?:${inner})`)
  ),
  part: fc
    .tuple(tie('piece'), fc.constantFrom('', '', '', '?', '{2}', '{1,3}', '{0,2}'))
    .map(parts => parts.join('')),
  pattern: fc
    .array(fc.array(tie('part'), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
    .map(choices => choices.map(parts => parts.join('')).join('|'))
}))
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '-', '.', ' ', '\n'), maxLength: 12 })

/** Nested repetition may need more states than a rule may have; that it is refused is tested below. */
function isRefused(source: string): boolean {
  try {
    return new Pattern(source, options).matchAt('', 0) >= 0
  } catch {
    return true
  }
}

t.test('agrees with regular expressions tried on every piece of a text', async t => {
  let compared = 0
  fc.assert(
    fc.property(pattern, text, (source, value) => {
      if (isRefused(source)) return
      compared++
      t.same(matches(source, value), naive(source, value), `${source} on ${JSON.stringify(value)}`)
    }),
    { numRuns: 200 }
  )
  t.ok(compared > 50)
})

t.test('every match begins with one of the beginnings the scanner is told', async () => {
  fc.assert(
    fc.property(pattern, text, (source, value) => {
      if (isRefused(source)) return true
      const { starts } = new Pattern(source, options)
      // The scanner takes blanks and hyphens for the same.
      const folded = (one: string) => one.toLowerCase().replaceAll(' ', '-')
      return (
        starts.length === 0 ||
        matches(source, value).every(match => starts.some(start => folded(match).startsWith(start)))
      )
    }),
    { numRuns: 200 }
  )
  t.same(
    new Pattern('(?:KD|VN)-\\d{4}', options).starts,
    ['kd-', 'vn-'].flatMap(start => Array.from('0123456789', digit => start + digit))
  )
  t.same(new Pattern('projekt [a-z]{3,9}', options).starts, ['projekt-'])
  t.same(new Pattern('[A-Z]{3}\\d{4}', options).starts, [], 'too many')
})

t.test('whole words, case, classes and properties', async t => {
  const whole = { wholeWords: true }
  t.same(matches('\\d{4}', '1234 12345 a1234 1234-1234', whole), ['1234', '1234', '1234'])
  t.same(matches('\\d{2,4}', '12345'), ['1234'])
  t.same(matches('kd-\\d', 'KD-1 Kd-2', { ignoreCase: true }), ['KD-1', 'Kd-2'])
  t.same(matches('straße', 'STRAßE', { ignoreCase: true }), ['STRAßE'])
  t.same(matches('\\p{Lu}\\p{Ll}{2,9}', 'Özgür Ünal', whole), ['Özgür', 'Ünal'])
  t.same(matches('[\\]\\-a]{3}', 'x]-ax'), [']-a'])
  t.same(matches('\\x41\\u00e4\\t', 'Aä\t'), ['Aä\t'])
  t.same(matches('a|ab|abc', 'abcab'), ['abc', 'ab'], 'the longest counts')
})

const refused: readonly (readonly [source: string, why: RegExp])[] = [
  ['[a-z]+', /without an upper bound.*\{1,64\} for \+.*character 6/],
  ['a*', /without an upper bound/],
  ['a{2,}', /without an upper bound.*\{2,64\}/],
  ['a{3,2}', /repeats not 1 to 256 times/],
  ['a{300}', /repeats not 1 to 256/],
  ['(?=a)b', /lookaround/],
  ['(?<n>a)', /names and flags/],
  ['(a)\\1', /back references/],
  ['\\bKD', /\\b and the like/],
  ['^a', /wholeWords/],
  ['a$', /wholeWords/],
  ['a{1,2}?', /lazy or possessive/],
  ['a??', /lazy or possessive/],
  ['(a', /\( without its \)/],
  ['a)', /\) without its \(/],
  ['[a', /\[ without its \]/],
  ['[]', /empty \[ \]/],
  ['[z-a]', /two characters in order/],
  ['a{x}', /neither \{3\} nor \{2,8\}/],
  ['?', /nothing before it/],
  ['\\p{Nope}', /does not exist/],
  ['\\pL', /\\p without a property/],
  ['[[:alpha:]]', /write \\p\{L\}/],
  ['😀', /beyond U\+FFFF/],
  ['a?', /matches the empty text/],
  ['a|', /matches the empty text/],
  ['(?:ab){200}', /matches up to 400 characters/],
  [`${'('.repeat(60)}a${')'.repeat(60)}`, /nested too deep/],
  ['a'.repeat(2001), /longer than 2000/],
  ['(?:a{1,16}){1,16}(?:[ab]{1,16}){1,16}(?:a{1,16}){1,16}', /matches up to 768/],
  [
    `(?:${Array.from({ length: 90 }, (_, i) => `[a-z]{${(i % 9) + 1}}${String.fromCharCode(97 + (i % 26))}[a-z]{30}`).join('|')})`,
    /too complex|too large/
  ]
]

for (const [source, why] of refused) {
  t.test(`refuses ${source.slice(0, 40)}`, async t => {
    t.throws(() => new Pattern(source, options), { name: 'PatternError', message: why })
  })
}

t.test('time is linear on hostile texts', async t => {
  for (const [source, piece, matching] of [
    ['(?:a{1,8}b|a)', 'a', true],
    ['(?:a|a|aa){1,20}b', 'a', false],
    ['[a-z]{1,250}@', 'a', false],
    ['(?:[a-z]{1,10} ?){1,20}!', 'ab ', false]
  ] as const) {
    const rule = new Pattern(source, options)
    let matches = 0
    // Were time to grow with the square of the text, this would outlast the limit of every test by hours.
    rule.findAll(piece.repeat(HOSTILE_CHARS / piece.length), () => matches++)
    t.equal(matches > 0, matching, source)
  }
})

t.test(
  'a text of nothing but beginnings is read once from its end, and matches stay what they are',
  async t => {
    const filler = 'ab'.repeat(4000)
    for (const [source, value] of [
      ['[a-z]{1,60}[0-9]', `${filler}7 ${filler}xyz89 ${filler}`],
      ['[ab]{2,40}c|d[ab]{0,50}e', `${filler}cd${filler}de${filler}dabe`],
      ['[abc]{3,30}#', `${filler}#${filler}##`],
      // Too large to be read from the end.
      ['.{1,30}x', `${filler}x${filler}`]
    ] as const) {
      // The leftmost match is the same, and longest where nothing shorter at the same place is.
      const expected = [...value.matchAll(new RegExp(source, 'g'))].map(([match]) => match)
      t.ok(expected.length > 0)
      t.same(matches(source, value), expected, source)
    }
  }
)

t.test('and costs a few passes, not the longest match at each place', async t => {
  const pattern = new Pattern('[a-z]{1,255}[0-9]', options)
  const text = 'a'.repeat(2_000_000)
  const start = process.threadCpuUsage()
  pattern.findAll(text, () => t.fail('nothing to find'))
  const { user } = process.threadCpuUsage(start)
  // 0.6 MB/s without.
  t.ok(user < 1_000_000, `${user} µs`)
})
