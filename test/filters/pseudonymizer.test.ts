import { deepStrictEqual, strictEqual } from 'node:assert/strict'
import * as fc from 'fast-check'
import t from 'tap'
import type { Finding } from '../../src/core/finding.ts'
import { splice } from '../../src/core/json/splice.ts'
import type { Segment } from '../../src/core/leaf.ts'
import { type PseudonymizeResult, pseudonymizeSegments } from '../../src/filters/pseudonymizer.ts'
import { characters, segment, streamed, TYPES, whole } from './support.ts'

const scopeKey = (): Buffer => Buffer.alloc(32, 11)
const CODE = /^[A-Z]+(?:_[A-Z]+)*_(?=.{0,6}\d)[0-9A-HJKMNP-TV-Z]{8}$/

/** A finding for each occurrence of a value. */
function find(text: string, values: Readonly<Record<string, string>>): Finding[] {
  const findings: Finding[] = []
  for (const [value, type] of Object.entries(values)) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      findings.push({ start: at, end: at + value.length, type, score: 1, recognizer: 'test' })
    }
  }
  return findings.sort((a, b) => a.start - b.start)
}

function run(
  segments: readonly Segment[],
  values: Readonly<Record<string, string>>,
  operators: Readonly<Record<string, string>> = {}
): PseudonymizeResult & { texts: string[] } {
  const result = pseudonymizeSegments({
    scopeKey,
    knownTypes: TYPES,
    segments,
    findings: segments.map(({ text }) => find(text, values)),
    operatorFor: type => operators[type] ?? 'pseudonymize'
  })
  return { ...result, texts: segments.map(({ text }, at) => splice(text, result.edits[at] ?? [])) }
}

t.test('findings leave as codes and come back', async t => {
  const text = 'Max Mustermann (max@example.org) und MUSTERMANN'
  const { texts, issued, actions, refusal } = run([segment(text)], {
    'Max Mustermann': 'PERSON',
    MUSTERMANN: 'PERSON',
    'max@example.org': 'EMAIL'
  })
  t.match(texts[0], /^PERSON_\w{8} \(EMAIL_\w{8}\) und PERSON_\w{8}$/)
  const [first = '', second = ''] = texts[0]?.match(/PERSON_\w{8}/g) ?? []
  t.equal(first.slice(0, -1), second.slice(0, -1), 'one person, one stem')
  t.not(first, second, 'two spellings, two variants')
  t.match(first, CODE)
  t.equal(whole(texts[0] ?? '', issued), text)
  t.same(actions, [
    { type: 'PERSON', operator: 'pseudonymize', count: 2 },
    { type: 'EMAIL', operator: 'pseudonymize', count: 1 }
  ])
  t.equal(refusal, undefined)
})

t.test('escapes of a value next to JSON in prose are not escaped again when it comes back', async t => {
  const key = String.raw`-----BEGIN KEY-----\nMII\/E+=\n-----END KEY-----`
  const values = { [key]: 'API_KEY', [String.raw`Max \"M\" Muster`]: 'PERSON' }
  for (const text of [
    `Meine Datei:\n\`\`\`json\n{"key": "${key}", "n": 1}\n\`\`\`\nWas fehlt?`,
    `{"key": "${key}", "name": "${String.raw`Max \"M\" Muster`}", cut`,
    `key="${key}"`
  ]) {
    const { texts, issued } = run([segment(text)], values)
    t.equal(whole(texts[0] ?? '', issued).replaceAll('\\/', '/'), text.replaceAll('\\/', '/'), text)
  }
})

t.test('what is no escape comes back from broken JSON as one that spells the same', async t => {
  const { texts, issued } = run([segment(String.raw`{"a":"x EMAIL\_3N0PQRST"}`)], {})
  t.match(texts[0], /^\{"a":"x LITERAL_\w{8}"\}$/)
  t.same(JSON.parse(whole(texts[0] ?? '', issued)), { a: String.raw`x EMAIL\_3N0PQRST` })
})

t.test('what stands later changes nothing before', async t => {
  const values = { Max: 'PERSON', Anna: 'PERSON', 'a@b.de': 'EMAIL' }
  const turns = ['Max schreibt', 'an a@b.de', 'Anna und Max', 'PERSON_K7Q2MX4A'].map(text => segment(text))
  const all = run(turns, values).texts
  for (let length = 1; length < turns.length; length++) {
    t.same(run(turns.slice(0, length), values).texts, all.slice(0, length))
  }
})

t.test('text that already looks like a code leaves as another and comes back as typed', async t => {
  const typed = run([segment('Max')], { Max: 'PERSON' }).texts[0] ?? ''
  const text = `${typed}, ${typed.toLowerCase()} und Max, x${typed}`
  const { texts, issued, actions } = run([segment(text)], { Max: 'PERSON' })
  t.match(texts[0], /^LITERAL_\w{8}, LITERAL_\w{8} und PERSON_\w{8}, xLITERAL_\w{8}$/)
  t.equal(whole(texts[0] ?? '', issued), text)
  t.same(actions[0], { type: 'LITERAL', operator: 'pseudonymize', count: 3 })
})

t.test('a loosely spelled lookalike stays, unless its code has been issued', async t => {
  const code = run([segment('Max')], { Max: 'PERSON' }).texts[0] ?? ''
  const loose = code.replace('_', ' ')
  t.equal(run([segment(`an ${loose}`)], {}).texts[0], `an ${loose}`)
  const before = run([segment(`${loose} Max`)], { Max: 'PERSON' })
  t.equal(before.texts[0]?.slice(0, loose.length), loose)
  t.not(before.texts[0]?.slice(-code.length), code, 'its code is given to nobody')
  t.equal(whole(before.texts[0] ?? '', before.issued), `${loose} Max`)
  const after = run([segment('Max'), segment(loose)], { Max: 'PERSON' })
  t.equal(after.texts[0], code)
  t.match(after.texts[1], /^LITERAL_\w{8}$/)
  t.equal(whole(after.texts[1] ?? '', after.issued), loose)
})

t.test('findings and lookalikes that overlap', async t => {
  const inside = run([segment('PASSWORD_K7Q2MX4A')], { K7Q2MX4A: 'PASSWORD' })
  t.match(inside.texts[0], /^LITERAL_\w{8}$/, 'a strict lookalike covers the finding')
  const loose = run([segment('PASSWORD K7Q2MX4A')], { K7Q2MX4A: 'PASSWORD' })
  t.match(loose.texts[0], /^PASSWORD PASSWORD_\w{8}$/, 'a loose one does not')
  const across = run([segment('PERSON_K7Q2MX4A x')], { 'K7Q2MX4A x': 'PASSWORD' })
  t.match(across.texts[0], /^PERSON_PASSWORD_\w{8}$/)
  t.equal(whole(across.texts[0] ?? '', across.issued), 'PERSON_K7Q2MX4A x')
})

t.test('operators', async t => {
  const operators = { EMAIL: 'mask', PHONE: 'redact', IBAN: 'keep' }
  const values = { 'a@b.de': 'EMAIL', '0170': 'PHONE', DE89: 'IBAN', Max: 'PERSON' }
  const { texts, actions, issued } = run(
    [segment('a@b.de 0170 DE89 Max'), segment('0170', 'identifier')],
    values,
    operators
  )
  t.match(texts[0], /^\*@\*\.\*\* \[PHONE\] DE89 PERSON_\w{8}$/)
  t.equal(texts[1], 'PHONE')
  t.same(
    actions.map(({ type, operator, count }) => `${type} ${operator} ${count}`),
    ['EMAIL mask 1', 'PHONE redact 2', 'IBAN keep 1', 'PERSON pseudonymize 1']
  )
  t.ok(issued.holds('de 89'), 'a kept value is no invention of the model')
  t.throws(() => run([segment('Max')], { Max: 'PERSON' }, { PERSON: 'unknown' }), {
    code: 'SCHLEUSE_SCAN_FAILED'
  })
})

t.test('block refuses', async t => {
  const { refusal, edits, actions } = run(
    [segment('x'), segment('Max DE89')],
    { Max: 'PERSON', DE89: 'IBAN' },
    { IBAN: 'block' }
  )
  t.same(refusal, { kind: 'blocked', type: 'IBAN', segmentIndex: 1 })
  t.same(edits, [])
  t.equal(actions.length, 2)
})

t.test('leaves that can not be altered', async t => {
  for (const kind of ['fixed', 'fixed-number'] as const) {
    t.same(run([segment('a Max', kind)], { Max: 'PERSON' }).refusal, {
      kind: 'fixed',
      type: 'PERSON',
      segmentIndex: 0
    })
    t.equal(run([segment('a Max', kind)], { Max: 'PERSON' }, { PERSON: 'keep' }).refusal, undefined)
    t.equal(run([segment('a Max', kind)], { Max: 'PERSON' }, { PERSON: 'block' }).refusal?.kind, 'blocked')
  }
  const tool = run([segment('EMAIL_K7Q2MX4A', 'fixed')], {})
  t.equal(tool.refusal, undefined, 'a lookalike is no personal data')
  t.equal(tool.texts[0], 'EMAIL_K7Q2MX4A')
})

t.test('unknown leaves: text is altered, opaque text refuses', async t => {
  const opaque = `${'QUJD'.repeat(10)}Max=`
  t.equal(run([segment(opaque, 'unknown')], { Max: 'PERSON' }).refusal?.kind, 'fixed')
  t.equal(run([segment(opaque, 'unknown')], {}).texts[0], opaque)
  t.match(run([segment('QUJD Max', 'unknown')], { Max: 'PERSON' }).texts[0], /^QUJD PERSON_\w{8}$/)
  t.match(run([segment(`${'ab '.repeat(20)}Max`, 'unknown')], { Max: 'PERSON' }).texts[0], /PERSON_\w{8}$/)
})

t.test('an edit of a number covers all of it', async t => {
  const { edits, issued } = run([segment('-4111111111111111e0', 'number')], { '4111111111111111': 'IBAN' })
  t.match(edits[0], [{ start: 0, end: 19, text: CODE }])
  t.equal(issued.surfaceOf(edits[0]?.[0]?.text ?? ''), '-4111111111111111e0')
  t.same(run([segment('4111', 'number')], { '4111': 'IBAN' }, { IBAN: 'keep' }).edits, [[]])
  t.same(run([segment('12345678', 'number')], {}).edits, [[]])
})

t.test('codes that touch letters or digits come back', async t => {
  for (const text of ['IBANDE89x', 'xMaxs', 'MaxMaxMax', 'Max1', '7Max', 'aMaxDE89b', 'DE89_Max', 'äMaxö']) {
    const { texts, issued } = run([segment(text)], { Max: 'PERSON', DE89: 'IBAN' })
    t.notMatch(texts[0], /Max|DE89/)
    t.equal(whole(texts[0] ?? '', issued), text)
    t.equal(streamed(characters(texts[0] ?? ''), issued), text)
  }
})

t.test('unordered and overlapping findings do no harm', async t => {
  const finding = (start: number, end: number): Finding => ({
    start,
    end,
    type: 'PERSON',
    score: 1,
    recognizer: 'x'
  })
  const text = 'abcdefghij'
  const { edits, issued } = pseudonymizeSegments({
    scopeKey,
    knownTypes: TYPES,
    segments: [segment(text)],
    findings: [[finding(6, 9), finding(1, 4), finding(2, 3), finding(3, 6), finding(5, 5)]],
    operatorFor: () => 'pseudonymize'
  })
  t.same(
    edits[0]?.map(({ start, end }) => [start, end]),
    [
      [1, 4],
      [4, 6],
      [6, 9]
    ]
  )
  t.equal(whole(splice(text, edits[0] ?? []), issued), text)
})

t.test('pseudonymise, echo, restore is the identity, for any text and findings', async () => {
  const codes = ['Max', 'max', 'a@b.de', 'x'].map(
    value => run([segment(value)], { [value]: 'PERSON' }).texts[0] ?? ''
  )
  const part = fc.oneof(
    fc.constantFrom(
      'Max',
      'max',
      'a@b.de',
      'x',
      ' ',
      '\n',
      '_',
      '-',
      's',
      '**',
      '`',
      '\\',
      '7',
      'PERSON',
      'Person ',
      '{"a":"',
      '"}',
      '😀',
      '\ud83d'
    ),
    fc.constantFrom(...codes),
    fc.constantFrom(...codes).map(code => code.toLowerCase()),
    fc.constantFrom(...codes).map(code => code.replace('_', ' ')),
    fc.constantFrom(...codes).map(code => code.replace('_', '\\_')),
    fc.constantFrom(...codes).map(code => `**${code.replace('_', '**_')}`),
    fc.constantFrom(...codes).map(code => `${code.slice(0, -2)}-\n${code.slice(-2)}`),
    fc.string({ unit: 'binary', maxLength: 4 })
  )
  const leaf = fc.array(part, { maxLength: 10 }).map(parts => parts.join(''))
  const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(12), fc.constantFrom(...TYPES)), { maxLength: 6 })
  fc.assert(
    fc.property(fc.array(fc.tuple(leaf, spans), { maxLength: 3 }), leaves => {
      const segments = leaves.map(([text]) => segment(text))
      const findings = leaves.map(([text, list]) =>
        list
          .map(([start, length, type]) => ({
            start,
            end: Math.min(text.length, start + length),
            type,
            score: 1,
            recognizer: 'x'
          }))
          .filter(({ start, end }) => start < end)
      )
      const { edits, issued } = pseudonymizeSegments({
        scopeKey,
        knownTypes: TYPES,
        segments,
        findings,
        operatorFor: () => 'pseudonymize'
      })
      segments.forEach(({ text }, at) => {
        // prose only: JSON would be escaped for where it stands
        const sent = `. ${splice(text, edits[at] ?? [])}`
        strictEqual(whole(sent, issued), `. ${text}`)
        strictEqual(streamed(characters(sent), issued), `. ${text}`)
      })
      deepStrictEqual(edits.length, segments.length)
    }),
    { numRuns: 1500 }
  )
})
