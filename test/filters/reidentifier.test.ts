import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { splice } from '../../src/core/json/splice.ts'
import { Issued } from '../../src/filters/issued.ts'
import { createRestoreStats, Reidentifier } from '../../src/filters/reidentifier.ts'
import { characters, cutAt, issuedOf, streamed, TYPES, whole } from './support.ts'

const MAX = 'PERSON_K7Q2MX4A'
const TAX = 'DE_TAX_ID_0ZZ9ABCD'
const issued = issuedOf({
  [MAX]: 'Max Mustermann',
  [TAX]: '86 095 742 719',
  EMAIL_3N0PQRST: 'max@example.org'
})

/** Restores in one piece and character by character; both must agree. */
function restore(text: string, table: Issued = issued): string {
  const result = whole(text, table)
  const slow = streamed(characters(text), table)
  if (slow !== result) throw new Error(`cut: ${JSON.stringify(slow)}, whole: ${JSON.stringify(result)}`)
  return result
}

t.test('a pseudonym split over deltas, at every position and one character per delta', async t => {
  const text = `Lieber ${MAX}, Ihre Nummer ${TAX}.`
  for (let at = 0; at <= text.length; at++) {
    for (const second of [at, at + 1, at + 5]) {
      const result = streamed(cutAt(text, [at, second]), issued)
      if (result !== 'Lieber Max Mustermann, Ihre Nummer 86 095 742 719.')
        t.fail(`cut at ${at} and ${second}: ${result}`)
    }
  }
  t.equal(restore(text), 'Lieber Max Mustermann, Ihre Nummer 86 095 742 719.')
})

t.test('altered by the model', async t => {
  for (const spelling of [
    'person_k7q2mx4a',
    'Person_K7q2mx4A',
    'PERSON K7Q2MX4A',
    'Person-K7Q2MX4A',
    'PERSON\\_K7Q2MX4A',
    'PERSON\\\\_K7Q2MX4A',
    'PERSON%5FK7Q2MX4A',
    'PERSON%5fK7Q2MX4A',
    'PERSON&#95;K7Q2MX4A',
    'PERSON&#x5F;K7Q2MX4A',
    'PERSON&lowbar;K7Q2MX4A',
    'PERSON\u00a0K7Q2MX4A',
    'PERSON\u2011K7Q2MX4A',
    'PERSON_\u200bK7Q2MX4A',
    'PERSON_K7Q2\u00adMX4A',
    'PERS\u200dON_K7Q2MX4A',
    'PERSON_\nK7Q2MX4A',
    'PERSON\nK7Q2MX4A',
    'PERSON_K7Q2-\nMX4A',
    'PERSON_K7Q2 \r\n  MX4A',
    'PERSON_\n> > K7Q2MX4A',
    'PERSON-\n  K7Q2MX4A'
  ]) {
    t.equal(restore(`An ${spelling}.`), 'An Max Mustermann.', JSON.stringify(spelling))
  }
  for (const spelling of [
    'DE-TAX-ID-0ZZ9ABCD',
    'De tax id 0zz9abcd',
    'DE\\_TAX\\_ID\\_0ZZ9ABCD',
    'DE_TAX_\nID_0ZZ9ABCD'
  ]) {
    t.equal(restore(`An ${spelling}.`), 'An 86 095 742 719.', JSON.stringify(spelling))
  }
})

t.test('a genitive s stays behind the value', async t => {
  t.equal(restore(`${MAX}s Akte`), 'Max Mustermanns Akte')
  t.equal(restore(`${MAX}'s file`), "Max Mustermann's file")
  t.equal(restore(`${MAX}’s file`), 'Max Mustermann’s file')
  t.equal(restore(`${MAX}s`), 'Max Mustermanns')
  t.equal(restore(`${MAX}sx`), `${MAX}sx`)
})

t.test('Markdown marks around the parts are kept in pairs', async t => {
  t.equal(restore(`**${MAX}**`), '**Max Mustermann**')
  t.equal(restore(`_${MAX}_`), '_Max Mustermann_')
  t.equal(restore('**PERSON**_K7Q2MX4A'), '**Max Mustermann**')
  t.equal(restore('PERSON_**K7Q2MX4A**'), '**Max Mustermann**')
  t.equal(restore('**PERSON**_**K7Q2MX4A**'), '**Max Mustermann**')
  t.equal(restore('`PERSON`_K7Q2MX4A'), '`Max Mustermann`')
  t.equal(restore('PERSON_*`K7Q2MX4A`*'), '*`Max Mustermann`*')
  t.equal(restore('***PERSON***_K7Q2MX4A'), '***Max Mustermann***')
})

t.test('X_1 is not found inside X_12, nor inside a longer word', async t => {
  for (const text of [
    `${MAX}B`,
    `${MAX}5`,
    `x${MAX}`,
    `7${MAX}`,
    `${MAX}${MAX}`,
    'PERSON_K7Q2MX4',
    'PERSON_K7Q2MX4B',
    'PERSON__K7Q2MX4A'
  ]) {
    t.equal(restore(text), text)
  }
  t.equal(restore(`ä${MAX}ö`), 'äMax Mustermannö', 'only ASCII letters and digits could make another code')
})

t.test('a code that left glued to a letter comes back so, and only so', async t => {
  const glued = issuedOf({ [MAX]: 'Max' })
  glued.noteGlue(MAX, 'x'.charCodeAt(0), '1'.charCodeAt(0))
  t.equal(restore(`x${MAX}1`, glued), 'xMax1')
  t.equal(restore(`x${MAX}`, glued), 'xMax')
  t.equal(restore(`xx${MAX}1.`, glued), 'xxMax1.')
  t.equal(restore(`y${MAX}1`, glued), `y${MAX}1`, 'another neighbour')
  t.equal(restore(`x${MAX}2`, glued), `x${MAX}2`)
  t.equal(restore(`x${MAX.toLowerCase()}1`, glued), `x${MAX.toLowerCase()}1`, 'not as it left')
  t.equal(restore(`x${MAX.toLowerCase()}`, glued), `x${MAX.toLowerCase()}`)
})

t.test('a truncated pseudonym at the end of an answer stays as it is and is counted', async t => {
  for (let length = 1; length < MAX.length; length++) {
    const text = `An ${MAX.slice(0, length)}`
    t.equal(restore(text), text)
  }
  const stats = createRestoreStats()
  whole('An PERSON_K7Q2MX4', issued, 'text', stats)
  whole('An PERSON_K', issued, 'text', stats)
  whole('An PERSON_', issued, 'text', stats)
  whole('An PERSON_K7Q2 und mehr', issued, 'text', stats)
  whole(`An ${MAX}Z`, issued, 'text', stats)
  t.same(stats, { restoredExact: 0, restoredAltered: 0, invented: 0, unresolved: 4 })
})

t.test('an answer that ends in a beginning of a pseudonym loses nothing', async t => {
  for (const text of [
    'SAP',
    'HTTP',
    'PERSON',
    'EMAIL_',
    'P',
    'Person ',
    'PERSON **',
    'PERSON-\n',
    'EMAIL_SERVER',
    'DE_'
  ]) {
    t.equal(restore(text), text)
  }
})

t.test('a pseudonym typed by another tenant, user or app restores nothing', async t => {
  const other = new Issued(TYPES)
  t.equal(restore(`An ${MAX}`, other), `An ${MAX}`)
  const stats = createRestoreStats()
  streamed([`An ${MAX} und `, 'EMAIL_3N0PQRST, Person 12345678, MAX_VALUE_1'], other, 'text', stats)
  t.same(stats, { restoredExact: 0, restoredAltered: 0, invented: 2, unresolved: 0 })
})

t.test('counters', async t => {
  const stats = createRestoreStats()
  whole(`${MAX} person_k7q2mx4a PERSON_ZZZZ9ZZZ ${MAX}.`, issued, 'text', stats)
  t.same(stats, { restoredExact: 2, restoredAltered: 1, invented: 1, unresolved: 0 })
})

t.test('invented codes are counted once, however the text is cut', async t => {
  const text = `${'Wort '.repeat(150)}PERSON_ZZZZ9ZZZ ${'mehr '.repeat(300)}EMAIL_9ZZZZZZZ ${MAX} ende`
  for (const size of [1, 7, 100, 5000]) {
    const stats = createRestoreStats()
    streamed(
      cutAt(
        text,
        Array.from({ length: text.length / size }, (_, at) => at * size)
      ),
      issued,
      'text',
      stats
    )
    t.same(stats, { restoredExact: 1, restoredAltered: 0, invented: 2, unresolved: 0 })
  }
})

t.test('a restored value that itself contains a pseudonym is not expanded again', async t => {
  const table = issuedOf({ [MAX]: 'EMAIL_3N0PQRST', EMAIL_3N0PQRST: MAX })
  t.equal(restore(`${MAX} EMAIL_3N0PQRST`, table), `EMAIL_3N0PQRST ${MAX}`)
})

t.test('values constructor, __proto__, toString and replacement patterns', async t => {
  const values = ['constructor', '__proto__', 'toString', '$&', '$1', '$$', '\\1', '']
  const table = new Issued(TYPES)
  values.forEach((value, at) => table.add(`PERSON_0000000${at}`, value))
  t.equal(restore(values.map((_, at) => `PERSON_0000000${at}`).join('|'), table), values.join('|'))
  t.equal(restore('constructor __proto__ toString', table), 'constructor __proto__ toString')
})

t.test('two people, two pseudonyms; case variants are restored as each was written', async t => {
  const table = issuedOf({
    PERSON_AAAAAA1A: 'Mustermann',
    PERSON_AAAAAA1B: 'MUSTERMANN',
    PERSON_AAAAAA2A: 'Alice'
  })
  t.equal(restore('PERSON_AAAAAA1A PERSON_AAAAAA1B PERSON_AAAAAA2A', table), 'Mustermann MUSTERMANN Alice')
})

t.test('text full of brackets and Markdown never stalls the stream', async t => {
  const text =
    '[[ -f x ]] [a](b) <tag> {{x}} ${y} - * a\n  - b\n> c | `code` **bold** __init__ 1_000 %5F &amp; &#95;'
  const restorer = new Reidentifier(issued, 'text', createRestoreStats())
  for (const delta of characters(text)) deepStrictEqual(restorer.push(delta), [])
  t.equal(restorer.end(), '')
})

t.test('text leaves as soon as it is unambiguous, and comes with the next delta', async t => {
  const restorer = new Reidentifier(issued, 'text', createRestoreStats())
  t.same(restorer.push('Guten Tag PERS'), [{ start: 10, end: 14, text: '' }])
  t.same(restorer.push('ON_K7Q2'), [{ start: 0, end: 7, text: '' }])
  t.same(restorer.push('MX4A'), [{ start: 0, end: 4, text: '' }])
  t.same(restorer.push(', und'), [{ start: 0, end: 0, text: 'Max Mustermann' }])
  t.same(restorer.push(''), [])
  t.same(restorer.push(' PER'), [{ start: 1, end: 4, text: '' }])
  t.same(restorer.push('FEKT'), [{ start: 0, end: 0, text: 'PER' }])
  t.equal(restorer.end(), '')
  t.same(restorer.push(' PERSON_K7Q2MX4A'), [{ start: 1, end: 16, text: '' }], 'goes on after an end')
  t.equal(restorer.end(), 'Max Mustermann')
})

t.test('a model can not make restoring slow', async t => {
  for (const unit of [
    'PERSON ',
    'PERSON_K7Q2MX4 ',
    'P',
    'P ',
    'PERSON-\n> > > >',
    'PERSON_****',
    '`',
    '```json\n{',
    'DE_TAX_ID_0ZZ9ABC\u200b'
  ]) {
    const text = unit.repeat(20_000 / unit.length)
    t.equal(streamed(characters(text), issued), text)
  }
})

t.test('concurrent texts of one request do not share state', async t => {
  const stats = createRestoreStats()
  const first = new Reidentifier(issued, 'text', stats)
  const second = new Reidentifier(issued, 'text', stats)
  const outs = ['', '']
  for (const [at, delta] of [
    [0, 'PERSON_'],
    [1, 'PERSON_K7Q2MX4'],
    [0, 'K7Q2MX4A '],
    [1, 'B ']
  ] as const) {
    outs[at] += splice(delta, (at === 0 ? first : second).push(delta))
  }
  t.same(outs, ['Max Mustermann ', 'PERSON_K7Q2MX4B '])
})

t.test('shift maps offsets of annotations, in code points', async t => {
  const text = `😀 ${MAX} sagt 😀 EMAIL_3N0PQRST.`
  const points = Array.from(text)
  const result = 'Max Mustermann'
  for (const deltas of [[text], characters(text), cutAt(text, [1, 9, 30])]) {
    const restorer = new Reidentifier(issued, 'text', createRestoreStats())
    let out = ''
    for (const delta of deltas) out += splice(delta, restorer.push(delta))
    out += restorer.end()
    const at = points.indexOf('s', 10)
    t.equal(Array.from(out)[restorer.shift(at)], 's')
    t.equal(restorer.shift(0), 0)
    t.equal(restorer.shift(2), 2)
    t.equal(restorer.shift(5), 5, 'inside a code')
    t.equal(restorer.shift(2 + MAX.length), 2 + result.length)
    t.equal(restorer.shift(points.length), Array.from(out).length)
  }
})

const spelling = fc.constantFrom(
  (code: string) => code,
  (code: string) => code.toLowerCase(),
  (code: string) => code.replaceAll('_', '\\_'),
  (code: string) => code.replaceAll('_', '-'),
  (code: string) => code.replaceAll('_', '&#95;'),
  (code: string) => code.replace('_', '**_'),
  (code: string) => `${code.slice(0, -3)}-\n  ${code.slice(-3)}`,
  (code: string) => `${code}s`,
  (code: string) => `${code}7`,
  (code: string) => code.slice(0, -2)
)
const noise = fc.oneof(
  fc.constantFrom(
    ' ',
    '\n',
    '**',
    '`',
    '_',
    's',
    '-',
    '\\',
    '&',
    '%5F',
    '😀',
    '\ud83d',
    'PERSON',
    'P',
    '\n```json\n{"a":"',
    '"}',
    '{"b":"',
    '> '
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 })
)
const texts = fc
  .array(
    fc.oneof(
      noise,
      fc.tuple(fc.constantFrom(MAX, TAX, 'EMAIL_3N0PQRST'), spelling).map(([code, spell]) => spell(code))
    ),
    {
      maxLength: 12
    }
  )
  .map(parts => parts.join(''))

t.test('any text in any cut gives the result of the whole, with the same counts', async () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(300), { maxLength: 12 }), (text, cuts) => {
      const wholeStats = createRestoreStats()
      const expected = whole(text, issued, 'text', wholeStats)
      for (const deltas of [characters(text), cutAt(text, cuts)]) {
        const stats = createRestoreStats()
        strictEqual(streamed(deltas, issued, 'text', stats), expected)
        deepStrictEqual(stats, wholeStats)
      }
    }),
    { numRuns: 1500 }
  )
})

t.test('at most 64 characters are held', async () => {
  fc.assert(
    fc.property(texts, text => {
      for (let end = 1; end <= text.length; end++) {
        const restorer = new Reidentifier(issued, 'text', createRestoreStats())
        restorer.push(text.slice(0, end))
        if (restorer.end().length > 64) return false
      }
      return true
    }),
    { numRuns: 150 }
  )
  for (const filler of [' ', '\n', '\u200b', '*', '> ', '\n >', '`']) {
    const restorer = new Reidentifier(issued, 'text', createRestoreStats())
    restorer.push(`PERSON_${filler.repeat(100)}`)
    strictEqual(restorer.end(), '')
  }
})

t.test('nothing is restored that was not issued', async t => {
  const secret = issuedOf({ [MAX]: '\u0001secret\u0001' })
  fc.assert(
    fc.property(texts, text => {
      const canRestore = /k\W*7\W*q\W*2\W*m\W*x\W*4\W*a/is.test(text)
      return canRestore || !whole(text, secret).includes('\u0001')
    })
  )
  t.pass()
})

t.test('codes of a whole app are longer, and neither is found in the other', async t => {
  const issued = issuedOf({ PERSON_K7Q2MX4A: 'Anna', PERSON_K7Q2MX4A9B: 'Bernd', EMAIL_00000000Z1: 'b@b.de' })
  const text =
    'PERSON_K7Q2MX4A, PERSON_K7Q2MX4A9B, person k7q2mx4a9b, EMAIL\\_00000000Z1, EMAIL_00000000, PERSON_K7Q2MX4A9'
  const restored = 'Anna, Bernd, Bernd, b@b.de, EMAIL_00000000, PERSON_K7Q2MX4A9'
  t.equal(whole(text, issued), restored)
  t.equal(streamed(characters(text), issued), restored)
})
