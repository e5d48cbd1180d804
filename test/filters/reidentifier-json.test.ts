import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { Issued } from '../../src/filters/issued.ts'
import { createRestoreStats, Reidentifier } from '../../src/filters/reidentifier.ts'
import { characters, cutAt, issuedOf, streamed, TYPES, whole } from './support.ts'

const CODES = ['PERSON_K7Q2MX4A', 'DE_TAX_ID_0ZZ9ABCD', 'PASSWORD_3N0PQRST']
const PEM = `-----BEGIN PRIVATE KEY-----\nMIIE+/=\n-----END PRIVATE KEY-----\n`
const NASTY = [
  'Max "Maxi" O\'Neill',
  'back\\slash \\n \\u0041 \\',
  'line\nbreak\r\n\ttab',
  '$& $1 $$ $`',
  PEM,
  '😀 é \u2028 \u2029',
  '\ud83d lone',
  'lone \udc00',
  '\u0000\u0007',
  '{"a":"PERSON_K7Q2MX4A"}',
  ''
]

function table(values: readonly string[]): Issued {
  const issued = new Issued(TYPES)
  CODES.forEach((code, at) => issued.add(code, values[at] ?? ''))
  return issued
}

/** Puts values in the place of codes in every string and key of a JSON value; strings that are JSON are looked into. */
function expected(value: unknown, issued: Issued): unknown {
  if (typeof value === 'string') {
    if (/^\s*[{[]/.test(value)) {
      const inner: unknown = JSON.parse(value)
      return JSON.stringify(expected(inner, issued))
    }
    return value.replace(/(?:PERSON|DE_TAX_ID|PASSWORD)_[0-9A-Z]{8}/g, code => issued.surfaceOf(code) ?? code)
  }
  if (Array.isArray(value)) return value.map(item => expected(item, issued))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [expected(key, issued) as string, expected(item, issued)])
  )
}

function check(source: string, issued: Issued, cuts: readonly number[] = []): unknown {
  const result = whole(source, issued, 'json')
  strictEqual(streamed(characters(source), issued, 'json'), result)
  strictEqual(streamed(cutAt(source, cuts), issued, 'json'), result)
  return JSON.parse(result)
}

t.test(
  'a restored value with quotes, backslash, newline, a PEM key, emoji, U+2028: arguments stay valid',
  async t => {
    for (const value of NASTY) {
      const issued = table([value])
      const source = '{"a": "PERSON_K7Q2MX4A", "b":["x\\nPERSON_K7Q2MX4A\\t"], "c": 1e400}'
      t.same(check(source, issued), { a: value, b: [`x\n${value}\t`], c: Infinity })
    }
  }
)

t.test('JSON inside a JSON string inside the arguments', async t => {
  for (const value of NASTY) {
    const issued = table([value])
    const inner = JSON.stringify({ deep: JSON.stringify([`\nPERSON_K7Q2MX4A`]) })
    const result = check(JSON.stringify({ body: inner }), issued) as { body: string }
    const middle = JSON.parse(result.body) as { deep: string }
    t.same(JSON.parse(middle.deep), [`\n${value}`])
  }
})

t.test('a string that only looks like JSON is escaped once', async t => {
  const issued = table(['"Max"'])
  t.same(check(JSON.stringify({ a: '[siehe PERSON_K7Q2MX4A]', b: '{PERSON_K7Q2MX4A' }), issued), {
    a: '[siehe "Max"]',
    b: '{"Max"'
  })
})

t.test('codes as keys, behind escapes, and written with escapes', async t => {
  const issued = table(['a"b'])
  t.same(check('{"PERSON_K7Q2MX4A":1}', issued), { 'a"b': 1 })
  t.same(check('{"x":"\\u0050ERSON_K7Q2MX4A"}', issued), { x: 'a"b' })
  t.same(check('{"x":"PERSON\\u005fK7Q2MX4A"}', issued), { x: 'a"b' })
  t.same(check('{"x":"PERSON\\\\_K7Q2MX4A"}', issued), { x: 'a"b' })
  t.same(check('{"x":"PERSON_\\nK7Q2MX4A"}', issued), { x: 'a"b' })
  t.same(check('{"x":"\\u00e4PERSON_K7Q2MX4A\\u00e4\\\\PERSON_K7Q2MX4A"}', issued), { x: 'äa"bä\\a"b' })
  t.same(check('{"x":"\\u0078PERSON_K7Q2MX4A PERSON_K7Q2MX4A\\u0078"}', issued), {
    x: 'xPERSON_K7Q2MX4A PERSON_K7Q2MX4Ax'
  })
})

t.test('an escape no reader knows goes with the code it stands in', async t => {
  t.same(check('{"x":"PERSON\\_K7Q2MX4A"}', table(['a"b'])), { x: 'a"b' })
})

t.test('an escape cut between two deltas and then found invalid', async t => {
  const text = '  Wort davor\n```json\n{"a":"\\PERSON_K7Q2MX4A'
  for (let at = 0; at <= text.length; at++) {
    t.equal(streamed(cutAt(text, [at]), table(['Max'])), text.replace('PERSON_K7Q2MX4A', 'Max'))
  }
})

t.test('a code over the end of a string is none', async t => {
  t.same(check('["PERSON_","K7Q2MX4A"]', table(['x'])), ['PERSON_', 'K7Q2MX4A'])
  t.same(check('["PERSON_K7Q2","MX4A"]', table(['x'])), ['PERSON_K7Q2', 'MX4A'])
})

t.test('arguments that break off keep what is decided', async t => {
  const issued = table(['a"b'])
  t.equal(whole('{"x":"PERSON_K7Q2MX4A', issued, 'json'), '{"x":"a\\"b')
  t.equal(whole('{"x":"PERSON_K7Q2MX4A\\u00', issued, 'json'), '{"x":"a\\"b\\u00')
  t.equal(whole('{"x":"PERSON_K7Q2', issued, 'json'), '{"x":"PERSON_K7Q2')
  t.equal(whole('PERSON_K7Q2MX4A', issued, 'json'), 'a\\"b')
})

t.test('structured output: text that is JSON from its first character', async t => {
  const issued = table(['a"b'])
  t.equal(whole('{"x":"PERSON_K7Q2MX4A"}', issued), '{"x":"a\\"b"}')
  t.equal(whole('[PERSON_K7Q2MX4A] und "PERSON_K7Q2MX4A"', issued), '[a"b] und "a"b"')
  t.equal(
    whole('PERSON_K7Q2MX4A:\n```json\n{"x":"PERSON_K7Q2MX4A"}\n```\n"PERSON_K7Q2MX4A"', issued),
    'a"b:\n```json\n{"x":"a\\"b"}\n```\n"a"b"'
  )
})

t.test('interleaved arguments of two tool calls', async t => {
  const issued = table(['a"b', 'c\nd'])
  const texts = ['{"x":"PERSON_K7Q2MX4A"}', '{"y":"DE_TAX_ID_0ZZ9ABCD"}']
  const calls = texts.map(() => new Reidentifier(issued, 'json', createRestoreStats()))
  const outs = ['', '']
  for (let at = 0; at < 30; at++) {
    calls.forEach((call, index) => {
      const delta = texts[index]?.charAt(at) ?? ''
      for (const edit of [...call.push(delta)].reverse()) outs[index] += edit.text
      if (call.push('').length > 0) t.fail('an empty delta changes nothing')
    })
  }
  t.ok(outs.every(out => out.length > 0))
  t.same(
    texts.map(text => JSON.parse(streamed(characters(text), issued, 'json')) as unknown),
    [{ x: 'a"b' }, { y: 'c\nd' }]
  )
})

t.test('lone surrogates split over deltas survive', async t => {
  const issued = table(['\ud83d'])
  t.equal(streamed(['\ud83d', '\ude00 PERSON_K7Q2', 'MX4A \ud83d'], issued), '\ud83d\ude00 \ud83d \ud83d')
  t.equal(
    streamed(['{"a":"\ud83d', '\ude00 PERSON_K7Q2MX4A"}'], issued, 'json'),
    '{"a":"\ud83d\ude00 \\ud83d"}'
  )
})

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5 }).filter(text => !/^\s*[{[]/.test(text)),
  fc
    .tuple(
      fc.constantFrom('', ' ', 'an ', '\n', '"', '\\', 'ä'),
      fc.constantFrom(...CODES),
      fc.constantFrom('', '.', '\n', '"', '\\')
    )
    .map(parts => parts.join('')),
  fc.integer(),
  fc.constantFrom(null, true)
)
const { value: jsonValue } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('k', 'ä', '"', 'PERSON_K7Q2MX4A'), tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 2 }).map(value => JSON.stringify(value)),
    fc.record({ v: tie('value') }).map(value => JSON.stringify(value))
  )
}))
const value = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 8 }))

/** Escapes some characters that need no escape, as models do. */
function overEscape(source: string, every: number): string {
  if (every === 0) return source
  return source.replace(/(?<!\\(?:u[0-9a-f]{0,3})?)[A-Z_](?=[^"]*")/g, (char, at: number) =>
    at % every === 0 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char
  )
}

t.test('any JSON with codes, in any cut, parses to what it means', async () => {
  fc.assert(
    fc.property(
      jsonValue,
      fc.array(value, { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat(200), { maxLength: 6 }),
      (json, values, cuts) => {
        const issued = table(values)
        const source = JSON.stringify({ args: json })
        deepStrictEqual(check(source, issued, cuts), expected({ args: json }, issued))
      }
    ),
    { numRuns: 1000 }
  )
})

t.test('escapes that need not be there change nothing', async () => {
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 5 }), fc.constantFrom(0, 5, 7, 9), (json, every) => {
      const issued = table(['a"b', 'c\\d', 'e\nf'])
      const source = overEscape(JSON.stringify({ args: json }), every)
      deepStrictEqual(check(source, issued), expected({ args: json }, issued))
    }),
    { numRuns: 300 }
  )
})

t.test('at most 64 characters are held, however deep', async () => {
  const issued = issuedOf({ PERSON_K7Q2MX4A: '' })
  let source = 'PERSON_K7Q2MX4As\u0001 PERSON_\nK7Q2-\n   MX4A'
  for (let level = 0; level < 4; level++) {
    source = JSON.stringify([source])
    for (let end = 1; end < source.length; end++) {
      const restorer = new Reidentifier(issued, 'json', createRestoreStats())
      restorer.push(source.slice(0, end))
      if (restorer.end().length > 64) throw new Error(`depth ${level + 1}, end ${end}`)
    }
  }
})
