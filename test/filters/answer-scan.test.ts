import { strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import type { Finding } from '../../src/core/finding.ts'
import type { TextFormat } from '../../src/core/json/nesting-reader.ts'
import { splice } from '../../src/core/json/splice.ts'
import { type AnswerMode, AnswerScanner } from '../../src/filters/answer-scan.ts'
import { Issued } from '../../src/filters/issued.ts'
import { characters, cutAt, issuedOf, TYPES } from './support.ts'

/** E-mail addresses, card numbers, and whatever follows "Herr ". */
function find(text: string): Finding[] {
  const findings: Finding[] = []
  for (const [type, pattern] of [
    ['EMAIL', /[\w.]+@[\w.]+\w/g],
    ['CARD', /(?<!\d)\d{16}(?!\d)/g],
    ['PERSON', /(?<=Herr )\w+/g],
    ['KEY', /-----BEGIN KEY-----[^-]*-----END KEY-----/g],
    ['QUOTED', /(?<=key)":"v/g]
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      findings.push({
        start: match.index,
        end: match.index + match[0].length,
        type,
        score: 1,
        recognizer: 'test'
      })
    }
  }
  return findings.sort((a, b) => a.start - b.start)
}

interface Result {
  out: string
  counts: Record<string, number>
  blocked: string | null
  /** Most characters held at any time. */
  held: number
}

function scan(
  deltas: readonly string[],
  mode: AnswerMode,
  format: TextFormat = 'text',
  issued = new Issued(TYPES)
): Result {
  const counts = new Map<string, number>()
  const scanner = new AnswerScanner({ mode, format, find, issued, counts })
  let out = ''
  let taken = 0
  let held = 0
  for (const delta of deltas) {
    out += splice(delta, scanner.push(delta))
    taken += delta.length
    held = Math.max(held, taken - out.length)
  }
  out += scanner.end()
  return { out, counts: Object.fromEntries(counts), blocked: scanner.blockedType, held }
}

const LONG = 'Das ist ein ganz normaler Satz mit einigen Worten und 12 Zahlen ohne Ende '

t.test('keep counts and never delays or alters', async t => {
  const text = `${LONG.repeat(12)} a.b@example.org ${LONG.repeat(30)} Herr Klein, x@y.de`
  for (const size of [1, 5, 64, 700, 10_000]) {
    const deltas = cutAt(
      text,
      Array.from({ length: text.length / size }, (_, at) => at * size)
    )
    const result = scan(deltas, 'keep')
    t.equal(result.out, text)
    t.equal(result.held, 0)
    t.same(result.counts, { EMAIL: 2, PERSON: 1 }, `slices of ${size}`)
  }
})

t.test('keep counts each value once, wherever it lies in the windows', async t => {
  for (let at = 440; at < 700; at += 3) {
    const text = `${'x '.repeat(at / 2)}abc.def@example.org ${LONG.repeat(20)}`
    t.same(scan(characters(text), 'keep').counts, { EMAIL: 1 }, `at ${at}`)
  }
  t.same(scan(characters('x'.repeat(3000)), 'keep').counts, {})
  t.same(scan(characters(`${'x'.repeat(620)} ${'y'.repeat(60)}@${'z'.repeat(60)}.de`), 'keep').counts, {
    EMAIL: 1
  })
})

t.test('a whole text is scanned like a stream', async t => {
  const counts = new Map<string, number>()
  const scanner = new AnswerScanner({ mode: 'keep', format: 'text', find, issued: new Issued(TYPES), counts })
  t.same(scanner.whole(`a@b.de ${LONG.repeat(20)} Herr Klein`), [])
  t.same(Object.fromEntries(counts), { EMAIL: 1, PERSON: 1 })
})

t.test('a value that goes over a break is waited for', async t => {
  const scanner = new AnswerScanner({
    mode: 'mask',
    format: 'text',
    find,
    issued: new Issued(TYPES),
    counts: new Map()
  })
  t.equal(
    splice('Gut.\n-----BEGIN KEY-----\nab', scanner.push('Gut.\n-----BEGIN KEY-----\nab')),
    'Gut.\n-----BEGIN KEY-----\n'
  )
  const open = new AnswerScanner({
    mode: 'mask',
    format: 'text',
    find: () => [{ start: 3, end: 9, type: 'X', score: 1, recognizer: 'x' }],
    issued: new Issued(TYPES),
    counts: new Map()
  })
  t.equal(splice('ab cd\nefg', open.push('ab cd\nefg')), 'ab ', 'it may go on')
  t.equal(open.end(), '** ***'.replace(' ', '\n'))
})

t.test('keep waits for the end of a key block, within bounds', async t => {
  const key = `-----BEGIN KEY-----\n${'MIIE\n'.repeat(400)}-----END KEY-----`
  for (const size of [1, 50, 5000]) {
    const text = `a@b.de ${LONG.repeat(9)}\n${key}\n${LONG.repeat(20)} c@d.de`
    const deltas = cutAt(
      text,
      Array.from({ length: text.length / size }, (_, at) => at * size)
    )
    t.same(scan(deltas, 'keep').counts, { EMAIL: 2, KEY: 1 })
  }
  const open = `-----BEGIN KEY-----\n${'MIIE\n'.repeat(4000)}`
  t.same(scan(cutAt(`${open} a@b.de`, [9000, 10_000]), 'keep').counts, { EMAIL: 1 })
})

t.test('in JSON an escaped line break is no letter n', async t => {
  const issued = issuedOf({ EMAIL_3N0PQRST: 'a@b.de' })
  t.same(scan(['{"x":"an\\na@b.de und c@d.de"}'], 'keep', 'json', issued).counts, { EMAIL: 1 })
  t.equal(scan(['{"x":"an\\nc@d.de"}'], 'mask', 'json', issued).out, '{"x":"an\\n*@*.**"}')
})

t.test("codes of the request and values it held are not the model's own", async t => {
  const issued = issuedOf({ PERSON_K7Q2MX4A: 'Max', EMAIL_3N0PQRST: 'max@example.org' })
  const text = 'Herr PERSON_K7Q2MX4A, MAX@example.org, Herr Max, Herr person_k7q2mx4a, Herr Moritz'
  const masked = text.replace('Moritz', '******')
  t.same(scan([text], 'keep', 'text', issued).counts, { PERSON: 1 })
  t.same(scan([text], 'mask', 'text', issued).out, masked)
  t.same(scan(characters(text), 'mask', 'text', issued).out, masked)
})

t.test('mask and redact replace, whatever the cut', async t => {
  const text = `Hallo Herr Klein.\nIhre Karte 4111111111111111, mail an a.b@c.de! ${LONG.repeat(8)} Herr Groß d@e.de`
  for (const [mode, out] of [
    [
      'mask',
      text
        .replace('Klein', '*****')
        .replace('411111111111', '************')
        .replace('a.b@c.de', '*.*@*.**')
        .replace('Gro', '***')
        .replace('d@e.de', '*@*.**')
    ],
    [
      'redact',
      text
        .replace('Klein', '[PERSON]')
        .replace('4111111111111111', '[CARD]')
        .replace('a.b@c.de', '[EMAIL]')
        .replace('Gro', '[PERSON]')
        .replace('d@e.de', '[EMAIL]')
    ]
  ] as const) {
    for (const size of [1, 3, 17, 80, 5000]) {
      const deltas = cutAt(
        text,
        Array.from({ length: text.length / size }, (_, at) => at * size)
      )
      const result = scan(deltas, mode)
      t.equal(result.out, out, `${mode}, slices of ${size}`)
      t.same(result.counts, { PERSON: 2, CARD: 1, EMAIL: 2 })
    }
    t.equal(
      splice(
        text,
        new AnswerScanner({ mode, format: 'text', find, issued: new Issued(), counts: new Map() }).whole(text)
      ),
      out
    )
  }
})

t.test('the look-back is bounded, and released at line breaks and sentences', async t => {
  t.ok(scan(characters('wort '.repeat(500)), 'mask').held <= 256)
  t.ok(scan(characters('x'.repeat(2000)), 'mask').held <= 256)
  const lines = scan(characters('kurze Zeile\n'.repeat(50)), 'mask')
  t.ok(lines.held <= 12, String(lines.held))
  const scanner = new AnswerScanner({
    mode: 'mask',
    format: 'text',
    find,
    issued: new Issued(),
    counts: new Map()
  })
  t.equal(splice('Ein Satz endet. Ob Dr. ', scanner.push('Ein Satz endet. Ob Dr. ')), 'Ein Satz endet. ')
  t.equal(splice('wer? Ja! ', scanner.push('wer? Ja! ')), 'Ob Dr. wer? Ja! ')
  t.equal(scanner.end(), '')
  const huge = scan(characters(`${'x'.repeat(600)}@y.de`), 'mask')
  t.ok(huge.held <= 257, 'a value longer than the look-back is seen in part')
})

t.test('block ends the text before the value', async t => {
  for (const deltas of [
    ['Gut. Hallo\nHerr Klein ist da.\nMehr'],
    characters('Gut. Hallo\nHerr Klein ist da.\nMehr')
  ]) {
    const result = scan(deltas, 'block')
    t.equal(result.blocked, 'PERSON')
    t.notMatch(result.out, /Klein|Mehr/)
    t.same(result.counts, { PERSON: 1 })
  }
  t.equal(scan(['alles gut'], 'block').blocked, null)
  t.equal(scan(['alles gut'], 'block').out, 'alles gut')
  t.equal(scan(['alles gut'], 'keep').blocked, null)
})

t.test('JSON stays JSON: strings inside their quotes, numbers as strings', async t => {
  const source =
    '{"n": 4111111111111111, "s":"\\u0061@b.de \\"x\\"", "k":"{\\"n\\":4111111111111111,\\"m\\":\\"a@b.de\\"}"}'
  for (const deltas of [[source], characters(source)]) {
    const masked = JSON.parse(scan(deltas, 'mask', 'json').out) as { k: string }
    t.match(masked, { n: '************1111', s: '*@*.** "x"' })
    t.same(JSON.parse(masked.k), { n: '************1111', m: '*@*.**' })
    const redacted = JSON.parse(scan(deltas, 'redact', 'json').out) as { k: string }
    t.match(redacted, { n: '[CARD]', s: '[EMAIL] "x"' })
  }
  t.equal(scan(['{"n":-4111111111111111.5}'], 'redact', 'json').out, '{"n":"[CARD]"}')
  t.equal(scan(['{"key":"value"}'], 'redact', 'json').out, '{"key":"*alue"}', 'quotes stay')
  t.equal(scan(['{"a":4111111111111111}'], 'mask').out, '{"a":"************1111"}', 'an answer that is JSON')
})

t.test('arguments stay valid for any content and cut', async () => {
  const text = fc
    .array(fc.constantFrom('a@b.de', 'Herr Max', '"', '\\', '\n', ' ', 'ä', '4111111111111111', '. ', '! '), {
      maxLength: 8
    })
    .map(parts => parts.join(' '))
  const value = fc.oneof(
    text,
    fc.constantFrom(4111111111111111, 1, null),
    fc.array(text, { maxLength: 2 }).map(list => JSON.stringify(list))
  )
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 4 }),
      fc.array(fc.nat(200), { maxLength: 5 }),
      fc.constantFrom<AnswerMode>('mask', 'redact'),
      (values, cuts, mode) => {
        const source = JSON.stringify({ values })
        const { out } = scan([source], mode, 'json')
        const parsed = JSON.parse(out) as { values: unknown[] }
        strictEqual(parsed.values.length, values.length)
        JSON.parse(scan(cutAt(source, cuts), mode, 'json').out)
        return !/@b\.de|4111111111111111/.test(out)
      }
    ),
    { numRuns: 400 }
  )
})
