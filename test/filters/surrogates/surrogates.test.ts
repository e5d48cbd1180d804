import t from 'tap'
import { HmacKey } from '../../../src/core/hmac.ts'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'
import { Draw } from '../../../src/filters/surrogates/draw.ts'
import { makers } from '../../../src/filters/surrogates/index.ts'
import {
  finnishDigit,
  norwegianDigit,
  polishDigit,
  spanishDigit
} from '../../../src/filters/surrogates/iban.ts'
import { sameShape } from '../../../src/filters/surrogates/shape.ts'
import { FAIL, MORE, ValueTable } from '../../../src/filters/value-table.ts'

const key = new HmacKey(Buffer.alloc(32, 5))

function make(type: string, surface: string, message = surface): string | null {
  const draw = new Draw(key, message)
  const maker = makers.find(({ types }) => types.includes(type))
  return maker === undefined ? sameShape(surface, draw) : maker.make(surface, draw)
}

t.test('each form keeps its form, and is nobody’s', async t => {
  const forms: readonly [type: string, surface: string, form: RegExp][] = [
    ['EMAIL', 'anna.weber@kanzlei-weber.de', /^[a-z]+\.[a-z]+\d{3}@example\.(?:com|net|org)$/],
    ['IBAN', 'DE89 3704 0044 0532 0130 00', /^DE\d\d 9\d{3} \d{4} \d{4} \d{4} \d\d$/],
    ['IBAN', 'AT611904300234573201', /^AT\d\d99\d{14}$/],
    ['IBAN', 'CH93 0076 2011 6238 5295 7', /^CH\d\d 000\d \d{4} \d{4} \d{4} \d$/],
    ['IBAN', 'FR76 3000 6000 0112 3456 7890 189', /^FR\d\d(?: \d{4}){5} \d{3}$/],
    ['IBAN', 'BE68539007547034', /^BE\d{12}99$/],
    ['ADDRESS', 'Lindenstraße 12 a', /^[A-Z][a-z]+ \d{1,2} a$/],
    ['ADDRESS', 'Am Alten Markt 7,\n10115 Berlin', /^[A-Z][a-z]+ \d,\n05\d{3} [A-Z][a-z]+$/],
    ['ADDRESS', 'CH-8001 Zürich', /^CH-0\d{3} [A-Z][a-z]+$/],
    ['PHONE', '+43 1 5128765', /^\+43 1 0\d{6}$/],
    ['PHONE', '0041 44 668 18 00', /^0041 23 \d{3} \d\d \d\d$/],
    ['CARD', '4111-1111-1111-1111', /^80\d\d-\d{4}-\d{4}-\d{4}$/],
    ['PHONE', '+49 (0)30 123456', /^\+49 (?:30 23125|40 66969|69 90009|89 99998|221 4710) \d{3}$/],
    ['PHONE', '0171/1234567', /^0(?:30 23125|40 66969|69 90009|89 99998|221 4710) \d{3}$/],
    ['PHONE', '0044 20 1234 5678', /^0044 20 7946 0\d{3}$/],
    ['PHONE', '+1 415 555 2671', /^\+1 \d{3}-555-01\d\d$/],
    ['IP', '10.1.2.3', /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/],
    ['IP', '2a02:8070::1', /^2001:db8:[0-9a-f]+:[0-9a-f]+::[0-9a-f]+$/],
    ['MAC', '3C:22:FB:01:02:03', /^00:00:5e:00:53:[0-9a-f]{2}$/],
    ['DATE_OF_BIRTH', '12.03.1985', /^(?:0[1-9]|1[0-2])\.(?:0[1-9]|1[0-2])\.198[3-7]$/],
    ['DATE_OF_BIRTH', '1985-03-24', /^198[3-7]-(?:0[1-9]|1[0-2])-(?:1[3-9]|2[0-8])$/],
    ['DATE_OF_BIRTH', '19850324', /^198[3-7](?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])$/],
    ['DE_TAX_ID', '86095742719', /^[1-8]\d{10}$/],
    ['VAT_ID', 'DE 123456788', /^DE \d{9}$/]
  ]
  for (const [type, surface, form] of forms)
    for (let round = 0; round < 50; round++) t.match(make(type, surface, `${surface} ${round}`), form, type)
})

t.test('IBANs and cards pass the checks of those who validate them', async t => {
  const analyzer = buildAnalyzer()
  for (let round = 0; round < 100; round++) {
    const iban = make('IBAN', 'DE89 3704 0044 0532 0130 00', `i${round}`) ?? ''
    const text = `IBAN ${iban}`
    const found = analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? []
    t.ok(
      found.some(({ type, start }) => type === 'IBAN' && text.slice(start) === iban),
      iban
    )
  }
  const digits = (make('CARD', '4111111111111111') ?? '').split('').map(Number)
  const sum = digits.reverse().reduce((sum, digit, at) => {
    const value = at % 2 === 1 ? digit * 2 : digit
    return sum + (value > 9 ? value - 9 : value)
  }, 0)
  t.equal(sum % 10, 0)
})

t.test('national check digits: right for published examples, wrong in what is made', async t => {
  const examples: readonly [iban: string, at: number, digitOf: (bban: string) => number][] = [
    ['ES9121000418450200051332', 8, spanishDigit],
    ['PL61109010140000071219812874', 7, polishDigit],
    ['NO9386011117947', 10, norwegianDigit],
    ['FI2112345600000785', 13, finnishDigit]
  ]
  const analyzer = buildAnalyzer()
  for (const [example, at, digitOf] of examples) {
    t.equal(digitOf(example.slice(4)), Number(example.charAt(4 + at)), example)
    for (let round = 0; round < 30; round++) {
      const made = make('IBAN', example, `${example} ${round}`) ?? ''
      t.equal(made.length, example.length)
      t.not(digitOf(made.slice(4)), Number(made.charAt(4 + at)), made)
      const [found] = analyzer.analyze([{ kind: 'text', text: `IBAN ${made}`, label: '' }])
      t.ok(
        found?.some(({ type }) => type === 'IBAN'),
        made
      )
    }
  }
})

t.test('what has no form gets none', async t => {
  for (const [type, surface] of [
    ['IBAN', 'NL91 ABNA 0417 1643 00'],
    ['IBAN', 'DE8937O4OO44O532O13OOO'],
    ['PHONE', '+33 1 23 45 67 89'],
    ['PHONE', '110'],
    ['IP', 'host'],
    ['MAC', '3C22FB01'],
    ['CARD', '1234'],
    ['EMAIL', 'anna at weber punkt de'],
    ['DATE_OF_BIRTH', 'März 1985'],
    ['AGE', '34'],
    ['ADDRESS', 'Weg 3, Köln']
  ] as const)
    t.equal(make(type, surface), null, surface)
})

t.test('the table finds whole words only, the longest first, and waits while more may come', async t => {
  const table = new ValueTable()
  for (const text of ['Julia', 'Julia Hoffmann', 'a.b1@example.org', '+49 30 23125 123']) table.add(text)
  const found = (text: string) => table.scan(text).map(({ start, end }) => text.slice(start, end))
  t.same(found('Julia Hoffmann, Julias Haus, JULIA, Juliane, xJulia, Öjulia und Julia'), [
    'Julia Hoffmann',
    'Julia',
    'Julia'
  ])
  t.same(found('x.a.b1@example.org a.b1@example.org. mailto:a.b1@example.org'), [
    'a.b1@example.org',
    'a.b1@example.org'
  ])
  t.same(found('+49 30 23125 123, +49 30 23125 1234'), ['+49 30 23125 123'])
  t.equal(table.match('Jul', 0, 0, false), MORE)
  t.equal(table.match('Julia', 0, 0, false), MORE)
  t.equal(table.match('Julia', 0, 0, true), 5)
  t.equal(table.match('Julia ', 0, 0, false), MORE, 'a surname may follow')
  t.equal(table.match('Julia X', 0, 0, false), 5)
  t.equal(table.match('Julias', 0, 0, false), MORE)
  t.equal(table.match('Jux', 0, 0, false), FAIL)
})
