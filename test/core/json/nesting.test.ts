import { deepStrictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import { MAX_NESTING, STRUCTURAL } from '../../../src/core/json/nesting.ts'
import { NestingReader, type TextFormat } from '../../../src/core/json/nesting-reader.ts'

interface Spelled {
  text: string
  depths: number[]
  ends: number[]
}

function read(slices: readonly string[], format: TextFormat): Spelled {
  const reader = new NestingReader(format)
  const all: Spelled = { text: '', depths: [], ends: [] }
  let offset = 0
  const add = (slice: string, final: boolean): void => {
    const { text, depths, ends } = reader.read(slice, offset, final)
    all.text += text
    for (let at = 0; at < text.length; at++) {
      all.depths.push(depths[at] ?? -1)
      all.ends.push(ends[at] ?? -1)
    }
    offset += slice.length
  }
  for (const slice of slices) add(slice, false)
  add('', true)
  return all
}

/** The depth of the first occurrence of a letter. */
function depthOf(source: string, letter: string, format: TextFormat): number {
  const { text, depths } = read([source], format)
  return (depths[text.indexOf(letter)] ?? -1) & ~STRUCTURAL
}

t.test('depth counts the string literals around a character', async t => {
  const inner = JSON.stringify({ b: 'x' })
  const middle = JSON.stringify({ a: inner })
  t.equal(depthOf('x', 'x', 'text'), 0, 'prose')
  t.equal(depthOf(inner, 'x', 'json'), 1)
  t.equal(depthOf(middle, 'x', 'json'), 2)
  t.equal(depthOf(JSON.stringify([middle]), 'x', 'json'), 3)
  t.equal(depthOf(` \n${inner}`, 'x', 'text'), 1, 'an answer that is a JSON document')
  t.equal(depthOf(`${inner}\n${JSON.stringify({ c: 'y' })}`, 'y', 'text'), 1, 'JSON lines')
})

t.test('a fenced block marked json is JSON, others are not', async t => {
  t.equal(depthOf('Hier:\n```json\n{"a":"x"}\n```', 'x', 'text'), 1)
  t.equal(depthOf('Hier:\n````json \r\n{"a":"x"}\n````', 'x', 'text'), 1)
  t.equal(depthOf('```json\n{"a":"1"}\n```\ndann x', 'x', 'text'), 0, 'after the block')
  t.equal(depthOf('```json\n{}\n```\n```json\n["x"]', 'x', 'text'), 1, 'a second block')
  t.equal(depthOf('```js\n{"a":"x"}\n```', 'x', 'text'), 0)
  t.equal(depthOf('```jso```json\n{"a":"x"}', 'x', 'text'), 1)
  t.equal(depthOf('```jsonx\n{"a":"x"}', 'x', 'text'), 0)
  t.equal(depthOf('`json\n{"a":"x"}', 'x', 'text'), 0)
})

t.test('text that only begins like JSON is prose', async t => {
  for (const source of [
    '[Anmerkung: "x"]',
    '[1] "x"',
    '{name: "x"}',
    '{"a" "x"}',
    '{"a":"1" "x"}',
    '{"a":trve "x"}',
    '[tru, "x"]',
    '{"a":1,} "x"',
    '[1}, "x"',
    '{"a\nb":1,"c":"x"}',
    '["\\q", "x"]',
    '["\\u12g4", "x"]',
    '"x"'
  ]) {
    t.equal(depthOf(source, 'x', 'text'), 0, source)
  }
})

t.test('valid JSON of every kind is followed', async t => {
  for (const source of [
    '[true,false,null,-1.5e+3,"x"]',
    '{"a":{},"b":[],"c":[[1],{"d":0}],"e":"x"}',
    '{"x":1}'
  ]) {
    t.equal(depthOf(source, 'x', 'text'), 1, source)
  }
})

t.test('declared JSON stays JSON whatever its faults', async t => {
  const { text, depths } = read(['{"a":"\\_x", b: \ny}'], 'json')
  t.equal(text, '{"a":"\\_x", b: \ny}', 'an escape no reader knows spells itself')
  t.equal(depths[text.indexOf('x')], 1)
  t.equal(depths[text.indexOf('y')], STRUCTURAL)
})

t.test('nesting and containers are bounded', async t => {
  let source = '{"z":"x"}'
  for (let level = 0; level < 8; level++) source = JSON.stringify({ z: source })
  t.equal(depthOf(source, 'x', 'json'), MAX_NESTING)
  t.equal(depthOf(`${'['.repeat(200)}"x"`, 'x', 'text'), 0)
  t.equal(depthOf(`${'['.repeat(100)}"x"`, 'x', 'text'), 1)
})

t.test('ends point behind the spelling of each character', async t => {
  const source = '{"a":"\\u00e4\\n{\\"b\\":\\"\\\\u00fcx\\"}"}'
  const { text, ends } = read([source], 'json')
  t.equal(text, '{"a":"ä\n{"b":"\\u00fcx"}"}', 'JSON after prose is prose')
  t.equal(source.slice(ends[text.indexOf('ä') - 1], ends[text.indexOf('ä')]), '\\u00e4')
  const short = '{"a":"{\\"b\\":\\"\\\\u00fcx\\"}"}'
  const inner = read([short], 'json')
  t.equal(
    short.slice(inner.ends[inner.text.indexOf('ü') - 1], inner.ends[inner.text.indexOf('ü')]),
    '\\\\u00fc'
  )
})

t.test('an escape cut off by the end spells itself', async t => {
  t.equal(read(['{"a":"b\\u00'], 'json').text, '{"a":"b\\u00')
  t.equal(read(['{"a":"{\\"b\\":\\"c\\\\'], 'json').text, '{"a":"{"b":"c\\')
})

t.test('any cut reads the same, and covers the source without gaps', async () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '\\"',
    '\\\\',
    ':',
    ',',
    'a',
    '\n',
    '\\u00e4',
    '1',
    'true',
    ' ',
    '```json\n',
    '`'
  )
  const source = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join('')),
    fc.jsonValue().map(value => JSON.stringify({ v: JSON.stringify(value), w: value }))
  )
  fc.assert(
    fc.property(source, fc.constantFrom<TextFormat>('text', 'json'), (source, format) => {
      const whole = read([source], format)
      deepStrictEqual(read(source.split(''), format), whole)
      let last = 0
      for (const end of whole.ends) {
        if (end <= last) throw new Error('ends must ascend')
        last = end
      }
      return last === source.length
    }),
    { numRuns: 300 }
  )
})

t.test('a large slice is read like a small one', async t => {
  const source = JSON.stringify({ a: 'ä\n'.repeat(50_000) })
  t.equal(read([source], 'json').text, `{"a":"${'ä\n'.repeat(50_000)}"}`)
  t.equal(read(['{"a":"x"}'], 'json').text, '{"a":"x"}')
})
