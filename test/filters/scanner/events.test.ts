import * as fc from 'fast-check'
import t from 'tap'
import {
  buildAutomaton,
  DIGIT_START,
  type Literal,
  UPPER_START
} from '../../../src/filters/scanner/automaton.ts'
import { DIGIT, is, UPPER, WORD } from '../../../src/filters/scanner/chars.ts'
import { foldLiteral } from '../../../src/filters/scanner/classes.ts'
import { Events } from '../../../src/filters/scanner/events.ts'
import {
  BACKSLASH,
  CELL,
  DISGUISE,
  ENTITY,
  GAP,
  MARKUP,
  PERCENT,
  QUOTED,
  VALUES
} from '../../../src/filters/scanner/signs.ts'

const literals: Literal[] = [
  { text: 'iban', wordStart: true },
  { text: 'ban', wordStart: false },
  { text: 'steuer-id', wordStart: true },
  { text: 'id', wordStart: true },
  { text: '@', wordStart: false },
  { text: 'ü1', wordStart: false },
  { text: '://', wordStart: false }
]

const automaton = buildAutomaton(literals)

/** What the automaton must say, found the slow way: `offset of the last character read:what`. */
function slowly(text: string): string[] {
  const folded = foldLiteral(text)
  const found: string[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const before = text.charCodeAt(at - 1)
    if (is(code, UPPER) && !is(before, WORD)) found.push(`${at}:upper`)
    if (is(code, DIGIT) && !is(before, DIGIT)) found.push(`${at}:digit`)
    literals.forEach(({ text: literal, wordStart }, index) => {
      const end = at + 1
      const start = end - literal.length
      if (start < 0 || folded.slice(start, end) !== foldLiteral(literal)) return
      if (wordStart && is(text.charCodeAt(start - 1), WORD)) return
      found.push(`${at}:${index}`)
    })
  }
  return found.sort()
}

function quickly(text: string): string[] {
  const events = new Events(automaton)
  events.note(text)
  const found: string[] = []
  for (let e = 0; e < events.count; e += 2) {
    const at = events.list[e] ?? 0
    const state = (events.list[e + 1] ?? 0) - automaton.firstEvent
    if (automaton.starts[state] === UPPER_START) found.push(`${at}:upper`)
    if (automaton.starts[state] === DIGIT_START) found.push(`${at}:digit`)
    for (let o = automaton.offsets[state] ?? 0; o < (automaton.offsets[state + 1] ?? 0); o++) {
      found.push(`${at}:${automaton.literals[o]}`)
    }
  }
  return found.sort()
}

t.test('case, accents and separators are folded, boundaries kept', async t => {
  for (const text of [
    'Meine Steuer ID 42',
    'IBAN',
    'urban',
    'iban1 ibans',
    'STEUER_ID: x',
    'Über Ü1 u1',
    'a://b',
    ''
  ]) {
    t.same(quickly(text), slowly(text), text)
  }
})

const piece = fc.constantFrom(
  'iban',
  'IBAN ',
  'ban',
  ' id',
  'steuer-',
  'id ',
  '1',
  '@',
  'ü',
  'Ü1',
  ':',
  '//',
  ' ',
  'A',
  '\n',
  '_'
)

t.test('any text, also over the joints of blocks, says what the slow way says', async () => {
  const text = fc
    .tuple(fc.nat(9000), fc.array(piece, { maxLength: 40 }))
    .map(([pad, parts]) => 'x '.repeat(pad) + parts.join(''))
  fc.assert(
    fc.property(text, value => JSON.stringify(quickly(value)) === JSON.stringify(slowly(value))),
    { numRuns: 60 }
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 60 }),
      parts => JSON.stringify(quickly(parts.join(''))) === JSON.stringify(slowly(parts.join('')))
    )
  )
})

t.test('a literal at every place around the joints of a block is found', async t => {
  for (const joint of [4096, 8192, 8193]) {
    for (let at = joint - 12; at < joint + 4; at++) {
      const text = `${' '.repeat(at)}steuer-id ${' '.repeat(9000)}`
      t.same(quickly(text), slowly(text))
    }
  }
})

/** Two characters that make each sign, or one. */
const signs: readonly (readonly [number, RegExp])[] = [
  [PERCENT, /%[2-7C-Fc-f]/],
  [ENTITY, /&[#A-Za-z]/],
  [QUOTED, /=[\r\n234CE]/],
  [BACKSLASH, /\\[ux]/],
  [MARKUP, /<\//],
  [GAP, / {2}/],
  [VALUES, /va/i],
  [DISGUISE, /[\u00ad\u200b\u200d\ufe0f\u0430]/],
  [CELL, /[\t|;]/]
]

t.test('signs of other ways of writing are told, also at the ends and over the joints of blocks', async t => {
  const events = new Events(automaton)
  const told = (text: string): number => {
    events.note(text)
    return events.traits.signs
  }
  const expected = (text: string): number =>
    signs.reduce((all, [bit, sign]) => (sign.test(text) ? all | bit : all), 0)
  const piece = fc.constantFrom(
    '%4',
    '%',
    '4',
    '&#',
    '&',
    'a',
    '=3',
    '=',
    '\\',
    'u',
    '</',
    '<',
    '/',
    ' ',
    ';',
    '\t',
    '\u00ad',
    '\u0430'
  )
  // 4096 and 8192: where the walk over a block takes turns, and where the next one begins.
  for (const at of [0, 1, 255, 256, 4095, 4096, 8191, 8192])
    for (const sign of ['%4', '&a', '=\n', '\\u', '</', '  ', '\u200b', ';'])
      for (const behind of [0, 300, 8191 - at]) {
        const text = `${'.'.repeat(at)}${sign}${'.'.repeat(Math.max(0, behind))}`
        t.equal(told(text), expected(text), `${JSON.stringify(sign)} at ${at} of ${text.length}`)
      }
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 30 }),
      parts => told(parts.join('')) === expected(parts.join(''))
    )
  )
  t.equal(told('Das sind 12,5 % = a & b <c> \\ d'), 0)
})
