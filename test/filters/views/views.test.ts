import * as fc from 'fast-check'
import t from 'tap'
import { splice } from '../../../src/core/json/splice.ts'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'
import { mayHide } from '../../../src/filters/views/characters.ts'
import type { RawFinding } from '../../../src/filters/scanner/scan.ts'
import { finish, type Steps } from '../../../src/filters/steps.ts'
import { joinLines } from '../../../src/filters/views/wrapped.ts'
import { findInViews, readingsOf, type Seen } from '../../../src/filters/views/index.ts'
import { buildAutomaton } from '../../../src/filters/scanner/automaton.ts'
import { Events } from '../../../src/filters/scanner/events.ts'
import type { Traits } from '../../../src/filters/scanner/traits.ts'

const analyzer = buildAnalyzer()
const events = new Events(buildAutomaton([]))

function traitsOf(text: string): Traits {
  events.note(text)
  return events.traits
}
const IBAN = 'DE89370400440532013000'
const EMAIL = 'max.muster@example.com'

function found(text: string): { type: string; surface: string }[] {
  const findings = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
  return findings.map(({ type, start, end }) => ({ type, surface: text.slice(start, end) }))
}

/** The text as it leaves: each finding replaced by a code. */
function replaced(text: string): string {
  const findings = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
  return splice(
    text,
    findings.map(({ start, end, type }) => ({ start, end, text: `${type}_K7Q2MX4A` }))
  )
}

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, char => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
const arabic = (text: string) => text.replace(/\d/g, digit => String.fromCharCode(0x660 + Number(digit)))
const bold = (text: string) =>
  text
    .replace(/[A-Z]/g, char => String.fromCodePoint(0x1d400 + char.charCodeAt(0) - 65))
    .replace(/\d/g, digit => String.fromCodePoint(0x1d7ce + Number(digit)))
const between = (text: string, sign: string) => text.split('').join(sign)
const base64 = (text: string) => Buffer.from(text).toString('base64')
const lines = (text: string, width: number) => text.replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\r\n')

const disguises: Record<string, { type: string; surface: string; around?: [string, string] }> = {
  'zero-width spaces': { type: 'IBAN', surface: between(IBAN, '\u200b'), around: ['IBAN ', ' bitte'] },
  'soft hyphens': {
    type: 'IBAN',
    surface: 'DE89\u00ad3704\u00ad0044\u00ad0532\u00ad0130\u00ad00',
    around: ['', '.']
  },
  'word joiners and bidi marks': { type: 'EMAIL', surface: 'max.mus\u2060ter@exa\u200emple.\u202acom' },
  'variation selectors': { type: 'EMAIL', surface: 'max.mu\ufe0fster@example.com' },
  'full width': { type: 'EMAIL', surface: fullWidth(EMAIL), around: ['Mail: ', ' danke'] },
  'Arabic digits': { type: 'IBAN', surface: `DE${arabic(IBAN.slice(2))}`, around: ['IBAN ', ''] },
  'mathematical letters': { type: 'IBAN', surface: bold(IBAN), around: ['IBAN ', ' ok'] },
  'Cyrillic doubles': { type: 'EMAIL', surface: 'm\u0430x.must\u0435r@ex\u0430mple.com' },
  'Greek doubles': { type: 'IBAN', surface: 'D\u039589370400440532013000', around: ['IBAN ', ''] },
  'numeric entities': { type: 'EMAIL', surface: 'max.muster&#64;example&#x2e;com', around: ['<p>', '</p>'] },
  'named entities': { type: 'EMAIL', surface: 'max.muster&commat;example&period;com' },
  'percent-encoding': { type: 'EMAIL', surface: 'max.muster%40example%2Ecom', around: ['to ', ' now'] },
  'quoted-printable': { type: 'EMAIL', surface: 'max.muster=40example=2Ecom', around: ['An: ', '\n'] },
  'soft line break': { type: 'EMAIL', surface: 'max.mus=\r\nter@example.com', around: ['An: ', '\n'] },
  'backslash escapes': { type: 'EMAIL', surface: 'max.muster\\u0040example\\x2ecom', around: ['"', '"'] },
  base64: { type: 'EMAIL', surface: base64(`Bitte an ${EMAIL} schreiben`), around: ['data: ', ' Ende'] },
  'base64 for URLs': {
    type: 'EMAIL',
    surface: Buffer.from(`${EMAIL}?>~~`).toString('base64url'),
    around: ['t=', '&u=1']
  },
  'base64 over lines': {
    type: 'EMAIL',
    surface: lines(base64(`Sehr geehrte Damen und Herren, schreiben Sie bitte an ${EMAIL}, danke.`), 40),
    around: ['\n', '\n']
  },
  'base64 twice': { type: 'EMAIL', surface: base64(base64(`Bitte an ${EMAIL} schreiben`)), around: ['', ''] },
  'percent-encoding in base64': { type: 'EMAIL', surface: base64('to=max.muster%40example.com&x=1') },
  hexadecimal: { type: 'EMAIL', surface: Buffer.from(EMAIL).toString('hex'), around: ['0x ', '.'] },
  'hexadecimal as a number': {
    type: 'EMAIL',
    surface: `0x${Buffer.from(EMAIL).toString('hex')}`,
    around: ['x = ', ';']
  },
  'spaced out': { type: 'IBAN', surface: between(IBAN, ' '), around: ['IBAN: ', ' danke'] },
  'spaced out in groups': {
    type: 'IBAN',
    surface: 'D E 8 9  3 7 0 4  0 0 4 4  0 5 3 2  0 1 3 0  0 0',
    around: ['IBAN: ', '.']
  },
  'hyphens between digits': {
    type: 'CARD',
    surface: between('4111111111111111', '-'),
    around: ['Karte ', ' gut']
  },
  'IBAN over lines': { type: 'IBAN', surface: 'DE89 3704 0044\n0532 0130 00', around: ['IBAN ', ' bitte'] },
  'IBAN over quoted lines': {
    type: 'IBAN',
    surface: 'DE89 3704 0044\r\n> 0532 0130 00',
    around: ['> IBAN ', ' bitte']
  },
  'address over lines': { type: 'EMAIL', surface: 'max.muster@\nexample.com', around: ['Mail ', ' bitte'] }
}

for (const [name, { type, surface, around: [before, after] = ['', ''] }] of Object.entries(disguises)) {
  t.test(`${name}: found whole, and gone`, async t => {
    const text = before + surface + after
    t.match(found(text), [{ type, surface }])
    t.equal(replaced(text), `${before}${type}_K7Q2MX4A${after}`)
  })
}

t.test('a word in disguise names the value behind it', async t => {
  t.match(found('Pass\u00adwort: Hunter2!x'), [{ type: 'PASSWORD', surface: 'Hunter2!x' }])
})

t.test('plain text, emoji, other alphabets, hashes and pictures have nothing to show', async t => {
  for (const text of [
    'Schöne Grüße – „bis bald“ … 50 % & mehr = gut',
    'Danke 👍🏽 ❤️ 👨‍👩‍👧 1️⃣',
    'Привет, как дела в 2024 году?',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    `data:image/png;base64,${Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 73) % 256)).toString('base64')}`,
    'Donaudampfschifffahrtsgesellschaftskapitän',
    '0 1 0 1 1 0 1 0 0 1\n'.repeat(20),
    'x = y=\nz; a%b; 100%ige; "C:\\user\\x"',
    'Zeile 1234\n5678 Zeile'
  ])
    t.same(found(text), [], text)
})

t.test('characters of ordinary prose call for no view', async t => {
  for (const text of ['„Ja“ – nein… 5 €', 'naïve café Šimić', '👍🏽 ❤️', 'm²', 'Straße\u00a05'])
    t.equal(mayHide(text), false, text)
  for (const text of ['a\u200bb', '\uff11', '\u0661', 'a\ufe0fb', '\u00ad']) t.equal(mayHide(text), true)
})

t.test('escapes of a URL do not cut up what is known', async t => {
  t.same(
    found('mongodb+srv://u%40x:p%23w@cluster0.example.net').map(({ type }) => type),
    ['URL_CREDENTIALS']
  )
})

t.test('any text: offsets in range, and no more than two wrappers are taken off', async () => {
  const pieces = Object.values(disguises).map(({ surface }) => surface)
  const piece = fc.oneof(
    fc.constantFrom(...pieces, '%', '%4', '&#', '&#x110000;', '=', '=\n', '\ud835', '\\u', '&amp;#64;'),
    fc.string({ unit: 'binary', maxLength: 12 })
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), parts => {
      const text = parts.join('')
      let depth = 0
      const find = function* (seen: string): Steps<Seen> {
        depth++
        yield
        const all: RawFinding = { start: 0, end: seen.length, type: 'EMAIL', score: 0.9, recognizer: 0 }
        return { findings: seen.length > 2 ? [all] : [], traits: traitsOf(seen) }
      }
      const readings = finish(readingsOf(text, traitsOf(text)))
      const findings = readings === undefined ? [] : finish(findInViews(text, readings, [], find))
      return (
        depth <= 40 && findings.every(({ start, end }) => start >= 0 && start < end && end <= text.length)
      )
    }),
    { numRuns: 1000 }
  )
})

t.test('long hostile texts take time in proportion', async t => {
  for (const unit of [
    '%40',
    '&#64;',
    '=40',
    '\u200b',
    'а1',
    '1 ',
    'QUJD',
    '4d61',
    '1234 5678\n',
    'a@\n',
    '\ud835\udc00'
  ]) {
    const text = unit.repeat(Math.ceil(100_000 / unit.length))
    t.ok(
      (analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []).every(({ end }) => end <= text.length)
    )
  }
})

t.test('an address before the full stop of its sentence ends there', async t => {
  const text = 'Schreiben Sie an info@weber-logistik.de.\nSehr geehrte Damen und Herren,'
  const [found = []] = analyzer.analyze([{ kind: 'text', text, label: '' }])
  t.same(
    found.filter(({ type }) => type === 'EMAIL').map(({ start, end }) => text.slice(start, end)),
    ['info@weber-logistik.de']
  )
})

t.test('a key does not go on with the name of the next field', async t => {
  const key = Buffer.from(['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIEowIBAAKCAQEA'].join(' ')).toString(
    'base64'
  )
  const text = `  user:\n    client-key-data: ${key}\n    token: kq7Zp0Tt41xWmm83`
  t.same(
    found(text).map(({ surface }) => surface),
    [key, 'kq7Zp0Tt41xWmm83']
  )
})

t.test('lines that end in what could be half of an account number take no longer than others', async t => {
  // Every way of cutting the groups up was tried before the line was given up: 4^7 for each.
  const line = `DE89${'1'.repeat(29)};\n`
  const start = process.threadCpuUsage().user
  joinLines(line.repeat(2000))
  const micros = process.threadCpuUsage().user - start
  t.ok(micros < 300_000, `${micros} µs`)
  t.equal(joinLines('DE89 3704 0044 0532\n0130 00 is it').length, 1)
})
