import * as fc from 'fast-check'
import t from 'tap'
import type { Finding } from '../../../src/core/finding.ts'
import { splice } from '../../../src/core/json/splice.ts'
import type { Segment } from '../../../src/core/leaf.ts'
import type { IssuedCode } from '../../../src/filters/issued.ts'
import { pseudonymizeSegments } from '../../../src/filters/pseudonymizer.ts'
import { characters, cutAt, segment, streamed, TYPES, whole } from '../support.ts'

type Values = Readonly<Record<string, string>>

function find(text: string, values: Values): Finding[] {
  const taken: Finding[] = []
  for (const [value, type] of Object.entries(values).sort((a, b) => b[0].length - a[0].length)) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const end = at + value.length
      if (!taken.some(other => other.start < end && at < other.end))
        taken.push({ start: at, end, type, score: 1, recognizer: 'test' })
    }
  }
  return taken.sort((a, b) => a.start - b.start)
}

function run(segments: readonly Segment[], values: Values, known: readonly IssuedCode[] = [], key = 7) {
  const result = pseudonymizeSegments({
    scopeKey: () => Buffer.alloc(32, key),
    knownTypes: TYPES,
    known,
    segments,
    findings: segments.map(({ text }) => find(text, values)),
    operatorFor: () => 'surrogate'
  })
  return { ...result, texts: segments.map(({ text }, at) => splice(text, result.edits[at] ?? [])) }
}

const letterOf = (at: number): string => String.fromCharCode(97 + at)

const letter = `Sehr geehrte Frau Dr. Anna Weber,
Ihre IBAN DE89 3704 0044 0532 0130 00 und Ihre Nummer +49 30 123456 sind notiert. Herr Max Weber (MAX.WEBER) ist Ihr Mann.
Grüße, Weber; anna@weber.de`
const values: Values = {
  'Frau Dr. Anna Weber': 'PERSON',
  'DE89 3704 0044 0532 0130 00': 'IBAN',
  '+49 30 123456': 'PHONE',
  'Herr Max Weber': 'PERSON',
  'MAX.WEBER': 'PERSON',
  Weber: 'PERSON',
  'anna@weber.de': 'EMAIL'
}

t.test('values leave in their form and come back, whatever way the stream is cut', async t => {
  const { texts, issued, actions } = run([segment(letter)], values)
  const [text = ''] = texts
  for (const value of ['Anna', 'Weber', 'WEBER', 'Max', 'DE89', '123456', 'anna@']) t.notMatch(text, value)
  t.match(text, /^Sehr geehrte Frau Dr\. [A-Z][a-z]+ [A-Z][a-z]+,\nIhre IBAN DE\d\d 9/)
  t.equal(whole(text, issued), letter)
  t.equal(streamed(characters(text), issued), letter)
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), cuts => {
      return streamed(cutAt(text, cuts), issued) === letter
    })
  )
  t.ok(actions.every(({ operator }) => operator === 'surrogate'))
})

t.test('a person keeps one name: family, salutation, single words and the genitive', async t => {
  const { texts, issued } = run([segment(letter)], values)
  const [, given = '', surname = ''] = /Dr\. (\S+) (\S+),/.exec(texts[0] ?? '') ?? []
  const [, husband = ''] = /Herr (\S+) /.exec(texts[0] ?? '') ?? []
  t.match(texts[0], `Herr ${husband} ${surname} (${husband.toUpperCase()}.${surname.toUpperCase()})`)
  t.match(texts[0], `Grüße, ${surname};`)
  t.equal(
    whole(`Frau ${surname}s Akte, ${given}, ${husband} ${surname}`, issued),
    'Frau Webers Akte, Anna, Max Weber'
  )
  t.equal(whole(`${given}lein ${surname}chen`, issued), `${given}lein ${surname}chen`, 'whole words only')
})

t.test('the same on every turn, in state, and otherwise under another key', async t => {
  const first = run([segment(letter)], values)
  const later = run([segment(letter), segment('Und nun?'), segment('Frau Weber fragt.')], values)
  t.equal(later.texts[0], first.texts[0], 'what follows changes nothing')
  const { texts, issued } = run([segment('Frau Weber fragt.')], values, first.issued.all())
  t.equal(texts[0], later.texts[2], 'codes of the conversation are taken over')
  t.equal(whole(first.texts[0] ?? '', issued), letter)
  t.notMatch(run([segment(letter)], values, [], 8).texts[0], first.texts[0] ?? '')
  const types = new Set(first.issued.all().map(({ type }) => type))
  t.same(types, new Set(['PERSON', 'IBAN', 'PHONE', 'EMAIL']))
})

t.test('what the request itself says is never taken for a surrogate', async t => {
  const first = run([segment(letter)], values)
  const name = /Dr\. (\S+ \S+),/.exec(first.texts[0] ?? '')?.[1] ?? ''
  const before = run([segment(`${name} grüßt.`), segment(letter)], values)
  t.notMatch(before.texts[1], name, 'a name that stands there is not given to another')
  t.equal(whole(before.texts.join('|'), before.issued), `${name} grüßt.|${letter}`)
  const after = run([segment(letter), segment(`${name} grüßt.`)], values)
  t.match(after.texts[1], /^LITERAL_\w{8} LITERAL_\w{8} grüßt\.$/, 'typed later it leaves as a code')
  t.equal(whole(after.texts.join('|'), after.issued), `${letter}|${name} grüßt.`)
})

t.test('numbers stay numbers where a number is demanded, and secrets get codes', async t => {
  const number = '4929123412341234'
  const found = { [number]: 'CARD', 'geheim-4711-x': 'PASSWORD' }
  const { texts, issued, refusal } = run([segment(number, 'fixed-number'), segment('geheim-4711-x')], found)
  t.equal(refusal, undefined)
  t.match(texts[0], /^80\d{14}$/)
  t.equal(String(Number(texts[0])), texts[0], 'exact as a double')
  t.equal(whole(`{"card":${texts[0]}}`, issued, 'json'), `{"card":${number}}`)
  t.match(texts[1], /^PASSWORD_\w{8}$/)
  t.same(run([segment('+4930123456', 'fixed-number')], { '+4930123456': 'PHONE' }).refusal?.kind, 'fixed')
})

t.test('thousands of values stay apart; when names run out codes take over', async t => {
  const many: Record<string, string> = {}
  for (let at = 0; at < 3000; at++) many[`p${at}@firma.de`] = 'EMAIL'
  for (let at = 0; at < 400; at++)
    many[`Vor${letterOf(at % 10)} Nach${letterOf(at % 26)}${letterOf(Math.floor(at / 26))}`] = 'PERSON'
  const text = Object.keys(many).join('; ')
  const { texts, issued } = run([segment(text)], many)
  t.match(texts[0], /PERSON_\w{8}/)
  t.equal(whole(texts[0] ?? '', issued), text)
})

t.test('an address over two lines comes back, in prose and in JSON', async t => {
  const address = 'Lindenstraße 12,\n10115 Berlin'
  const prose = `Frau Weber\n${address}\nGuten Tag`
  const { texts, issued } = run([segment(prose)], { [address]: 'ADDRESS' })
  const [text = ''] = texts
  t.match(text, /^Frau Weber\n[A-Z][a-z]+ \d\d?,\n05\d{3} [A-Z][a-z]+\nGuten Tag$/)
  t.equal(whole(text, issued), prose)
  t.equal(streamed(characters(text), issued), prose)
  const json = JSON.stringify({ an: text })
  t.strictSame(JSON.parse(whole(json, issued)), { an: prose })
  t.strictSame(JSON.parse(streamed(characters(json), issued)), { an: prose })
})
