import * as fc from 'fast-check'
import t from 'tap'
import { pointerOf } from '../../../src/core/json/pointer.ts'
import {
  array,
  FREE,
  identifier,
  noted,
  object,
  skip,
  text,
  UNKNOWN,
  url,
  word
} from '../../../src/core/json/shape.ts'
import { splice, toSource } from '../../../src/core/json/splice.ts'
import { type Leaf, walkJson } from '../../../src/core/json/walker.ts'

const options = { maxDepth: 64, maxLeaves: 1000, as: 'request' } as const
const leavesOf = (source: string, shape = FREE) => walkJson(source, shape, options).leaves
const texts = (source: string, shape = FREE) =>
  leavesOf(source, shape).map(leaf => `${leaf.kind}:${leaf.text}`)

/** Replaces `what` wherever a leaf's decoded text holds it. */
function replace(source: string, what: string, by: string, shape = FREE): string {
  const edits = leavesOf(source, shape).flatMap((leaf: Leaf) => {
    const start = leaf.text.indexOf(what)
    return start < 0 ? [] : toSource(leaf, [{ start, end: start + what.length, text: by }])
  })
  return splice(source, edits)
}

t.test('leaves in order of appearance, with kinds and labels', async t => {
  const leaves = leavesOf('{"name":"Max","list":["a",12,true,null,{"k":"v"}]}')
  t.same(
    leaves.map(leaf => [leaf.kind, leaf.text, leaf.label]),
    [
      ['key', 'name', ''],
      ['text', 'Max', 'name'],
      ['key', 'list', ''],
      ['text', 'a', 'list'],
      ['number', '12', 'list'],
      ['key', 'k', ''],
      ['text', 'v', 'k']
    ]
  )
})

t.test('what is no JSON is refused', async t => {
  const bad = [
    '',
    '{',
    '{"a":1,}',
    '[1,]',
    '{a:1}',
    "{'a':1}",
    '{"a" 1}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":1.}',
    '{"a":NaN}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\u12G4"}',
    '{"a":"',
    '{"a":"\\',
    '{}x',
    '{} {}',
    '\ufeff{}',
    '[1 2]',
    'nul',
    '//c\n{}',
    '{"a":-}',
    '\u00a0{}'
  ]
  for (const source of bad) {
    t.throws(() => walkJson(source, FREE, options), { code: 'SCHLEUSE_BODY_NOT_JSON' }, source)
    t.throws(() => JSON.parse(source), 'and no other reader takes it')
  }
})

t.test('bounds', async t => {
  t.throws(() => walkJson('['.repeat(65) + ']'.repeat(65), FREE, options), { code: 'SCHLEUSE_JSON_TOO_DEEP' })
  t.ok(walkJson('['.repeat(64) + ']'.repeat(64), FREE, options))
  t.throws(() => walkJson(JSON.stringify(Array(1001).fill('x')), FREE, options), {
    code: 'SCHLEUSE_JSON_TOO_MANY_LEAVES'
  })
})

t.test('duplicate keys of the body are refused, also when escaped, also among many', async t => {
  const many = Array.from({ length: 40 }, (_, i) => `"k${i}":1`).join(',')
  for (const source of [
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '[{"a":{"b":1,"b":1}}]',
    `{${many},"k3":1}`,
    '{"__proto__":1,"__proto__":2}'
  ]) {
    t.throws(() => walkJson(source, FREE, options), { code: 'SCHLEUSE_DUPLICATE_KEY' }, source)
  }
  t.ok(walkJson(`{${many}}`, FREE, options))
  t.same(
    texts('{"args":"{\\"a\\":\\"x\\",\\"a\\":\\"y\\"}"}').slice(1),
    ['key:a', 'text:x', 'key:a', 'text:y'],
    'inside a string all are scanned'
  )
})

t.test('a message about a place shows no key of the caller', async t => {
  const shape = object({ list: array(object({ known: text })) })
  t.throws(() => walkJson('{"list":[{"Max Mustermann":{"a":1,"a":2}}]}', shape, options), {
    message: /at \/list\/0\/\* has/
  })
  t.equal(pointerOf({ frame: null, key: '', known: true, label: '' }), '/')
})

t.test('shapes say what a value is; what they do not mention is unknown', async t => {
  const shape = object({
    id: skip,
    role: word,
    content: text,
    user: identifier,
    link: url,
    items: array(object({ text }))
  })
  t.same(
    texts(
      '{"id":"x","role":"user","content":"c","user":"u","link":"https://h/a%20b","items":[{"text":"t","new":"n"}],"more":["m",5]}',
      shape
    ),
    [
      'text:c',
      'identifier:u',
      'url:https://h/a b',
      'text:t',
      'key:new',
      'unknown:n',
      'key:more',
      'unknown:m',
      'fixed-number:5'
    ]
  )
  t.same(
    texts('{"role":"Max Mustermann, Berlin","content":{"x":"y"},"id":7}', shape),
    ['unknown:Max Mustermann, Berlin', 'key:x', 'unknown:y', 'fixed-number:7'],
    'a value of another type than the map says is scanned'
  )
})

t.test('JSON inside strings is walked, four levels, and replaced so that it stays JSON', async t => {
  const by = 'A"\\\n\u2028💚$&'
  let value = JSON.stringify({ who: 'Max', n: 4111 })
  for (let level = 1; level <= 3; level++) {
    let back = JSON.parse(replace(JSON.stringify([value]), 'Max', by))[0]
    for (let i = 1; i < level; i++) back = JSON.parse(back)[0]
    t.same(JSON.parse(back), { who: by, n: 4111 }, `level ${level}`)
    value = JSON.stringify([value])
  }
  t.equal(texts(JSON.stringify([value])).length, 1, 'deeper it is one text')
})

t.test('a number in free-form JSON becomes a string at any level', async t => {
  t.equal(replace('{"n": 4111 }', '4111', 'CARD_1'), '{"n": "CARD_1" }')
  t.equal(replace('{"a":"{\\"n\\":4111}"}', '4111', 'CARD_1'), '{"a":"{\\"n\\":\\"CARD_1\\"}"}')
})

t.test('text that only looks like JSON is text', async t => {
  for (const value of ['[see note]', '{{name}}', '[[ -f x ]]', '{"a":1} and more', '[1,2', '{']) {
    t.same(texts(JSON.stringify([value])), [`text:${value}`])
  }
})

t.test('replacing in escaped text touches nothing else', async t => {
  t.equal(replace('["\\u004dax \\/ \\ud83d\\udc9a Max\\n"]', 'Max', 'P'), '["P \\/ \\ud83d\\udc9a Max\\n"]')
  t.equal(
    replace('{ "a" : "x\\tMax\\u00fcller" , "b":1.0e+2}', 'Maxüller', 'P'),
    '{ "a" : "x\\tP" , "b":1.0e+2}'
  )
})

t.test('a URL is scanned decoded and replaced in its source', async t => {
  const shape = object({ u: url })
  t.equal(
    replace('{"u":"https://h/?m=max%40example.com&x=%zz"}', 'max@example.com', 'EMAIL_1', shape),
    '{"u":"https://h/?m=EMAIL_1&x=%zz"}'
  )
  t.equal(
    replace('{"u":"https://h/M%C3%BCller/%ff"}', 'Müller', 'PERSON_1', shape),
    '{"u":"https://h/PERSON_1/%ff"}'
  )
})

t.test('notes report values with their source', async t => {
  const shape = object({ model: noted('model', text), deep: object({ n: noted('n', { number: 'skip' }) }) })
  const walk = walkJson('{"model": "m", "deep":{"n":12}}', shape, options)
  t.same(
    walk.notes.map(note => [note.tag, walk.source.slice(note.start, note.end)]),
    [
      ['model', '"m"'],
      ['n', '12']
    ]
  )
})

t.test('any JSON value: leaves decode as JSON.parse does, nothing else changes', async t => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 1, 2), (json, indent) => {
      const source = JSON.stringify(JSON.parse(json), null, indent)
      const leaves = walkJson(source, UNKNOWN, { ...options, as: 'answer' }).leaves
      const expected: string[] = []
      JSON.parse(source, function (key: string, value: unknown, context?: { source: string }) {
        if (typeof value === 'string') expected.push(value)
        if (typeof value === 'number') expected.push(context?.source ?? '')
        if (!Array.isArray(this) && key !== '') expected.push(key)
        return value
      })
      const found = leaves.map(leaf => leaf.text)
      return (
        expected
          .filter(x => x !== '')
          .sort()
          .join() ===
          found
            .filter(x => x !== '')
            .sort()
            .join() && splice(source, []) === source
      )
    })
  )
  t.pass()
})

t.test('hostile nesting of JSON in strings stays linear', async t => {
  let value = '[]'
  for (let i = 0; i < 12; i++) value = JSON.stringify([value, value.slice(0, 50)])
  t.ok(walkJson(value, FREE, options).leaves.length < 1000)
})

t.test('a source without control characters is read the same by search, cut and broken too', async t => {
  const word = fc.constantFrom(
    'a',
    'Straße ',
    '"',
    '\\',
    '\n',
    'é',
    '{"b":"c"}',
    'ein längerer Text ohne Ende. '
  )
  const long = fc.array(word, { maxLength: 60 }).map(words => words.join(''))
  const piece = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    put: fc.constantFrom('', '"', '\\', '\\u00')
  })
  const outcome = (source: string, isClean: boolean): unknown => {
    try {
      return walkJson(source, FREE, { ...options, isClean }).leaves.map(({ kind, text, map }) => [
        kind,
        text,
        map.at(text.length)
      ])
    } catch (error) {
      return String(error)
    }
  }
  fc.assert(
    fc.property(fc.array(long, { maxLength: 5 }), piece, (texts, { at, put }) => {
      const whole = JSON.stringify({ texts })
      const place = Math.floor(at * whole.length)
      for (const source of [whole, whole.slice(0, place), whole.slice(0, place) + put + whole.slice(place)])
        t.strictSame(outcome(source, true), outcome(source, false))
    }),
    { numRuns: 300 }
  )
})
