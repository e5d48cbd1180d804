import * as fc from 'fast-check'
import t from 'tap'
import { Dictionary } from '../../../src/filters/rules/dictionary.ts'

function found(entries: readonly string[], text: string, ignoreCase = true): string[] {
  const surfaces: string[] = []
  new Dictionary(entries, { ignoreCase }).findAll(text, (start, end) => surfaces.push(text.slice(start, end)))
  return surfaces
}

t.test('whole words and phrases, the longest at each word', async t => {
  const entries = ['Adler', 'Projekt Adler', 'Projekt Adler II', 'Müller GmbH & Co. KG', 'Q3-Bericht']
  t.same(found(entries, 'Das projekt ADLER und der Adler.'), ['projekt ADLER', 'Adler'])
  t.same(found(entries, 'Projekt Adler II, Projekt Adler III'), ['Projekt Adler II', 'Projekt Adler'])
  t.same(found(entries, 'Adlerauge, Seeadler, Adler1, _Adler_'), ['Adler'])
  t.same(found(entries, 'An die MÜLLER GmbH & Co. KG: der Q3-Bericht, nicht Q3 Bericht'), [
    'MÜLLER GmbH & Co. KG',
    'Q3-Bericht'
  ])
  t.same(found(entries, 'Projekt\n  Adler; Projekt    Adler'), ['Projekt\n  Adler', 'Adler'])
})

t.test('case rules', async t => {
  t.same(found(['IT', 'ÄRA'], 'it IT ära ÄRA', false), ['IT', 'ÄRA'])
  t.same(found(['IT', 'ÄRA'], 'it IT ära ÄRA', true), ['it', 'IT', 'ära', 'ÄRA'])
})

t.test('marks at the ends of an entry do not count; what can not be looked for is told', async t => {
  t.same(found(['"Yahoo!"'], 'bei Yahoo.'), ['Yahoo'])
  const entries = ['ok', '!!!', `${'x '.repeat(12)}x`, 'a ---- b', 'x'.repeat(257), 'ok', '']
  const { refused, size } = new Dictionary(entries, { ignoreCase: true })
  t.equal(size, 1)
  t.same(
    refused.map(({ index, reason }) => [index, reason.slice(0, 24)]),
    [
      [1, 'holds no letter or digit'],
      [2, 'has more than 12 words'],
      [3, 'has more than 3 marks or'],
      [4, 'is longer than 256 chara'],
      [6, 'holds no letter or digit']
    ]
  )
})

t.test('agrees with a plain search', async () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '1'), minLength: 1, maxLength: 3 })
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map(words => words.join(' '))
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(' ', ', ', '-', '  ')), { maxLength: 10 })
    .map(parts => parts.flat().join(''))
  fc.assert(
    fc.property(fc.array(phrase, { maxLength: 8 }), text, (entries, value) => {
      const plain: string[] = []
      for (let at = 0; at < value.length; at++) {
        if (/[a-z0-9]/i.test(value.charAt(at - 1)) || !/[a-z0-9]/i.test(value.charAt(at))) continue
        const ends = entries.flatMap(entry => {
          const whole = new RegExp(`^${entry.replaceAll(' ', ' {1,3}')}(?![a-z0-9])`, 'i').exec(
            value.slice(at)
          )
          return whole === null ? [] : [at + whole[0].length]
        })
        if (ends.length === 0) continue
        plain.push(value.slice(at, Math.max(...ends)))
        at = Math.max(...ends) - 1
      }
      return JSON.stringify(found(entries, value)) === JSON.stringify(plain)
    }),
    { numRuns: 2000 }
  )
})

t.test('a large list: every entry found, nothing else, little memory', async t => {
  const entries = Array.from({ length: 200_000 }, (_, i) => `kunde${(i * 7919) % 1_000_003}x gmbh`)
  const before = process.memoryUsage().arrayBuffers
  const dictionary = new Dictionary(entries, { ignoreCase: true })
  t.ok(process.memoryUsage().arrayBuffers - before < 30e6)
  t.equal(dictionary.size, 200_000)
  t.ok(entries.every(entry => dictionary.matchAt(`${entry}.`, 0) === entry.length))
  t.equal(dictionary.matchAt('kunde5 gmbh', 0), -1)
  t.equal(dictionary.matchAt('kunde0x', 0), -1)
})
