import t from 'tap'
import type { Finding } from '../../src/core/finding.ts'
import { splice } from '../../src/core/json/splice.ts'
import type { Segment } from '../../src/core/leaf.ts'
import type { IssuedCode } from '../../src/filters/issued.ts'
import { Followed } from '../../src/filters/followed.ts'
import { pseudonymizeSegments } from '../../src/filters/pseudonymizer.ts'
import { segment, TYPES, whole } from './support.ts'

/** Only the first segment's value is found, as if by the words around it. */
function run(
  value: string,
  type: string,
  segments: readonly Segment[],
  operator = 'pseudonymize',
  known?: IssuedCode[]
) {
  const at = known === undefined ? (segments[0]?.text.indexOf(value) ?? -1) : -1
  const found: Finding[] =
    at < 0 ? [] : [{ start: at, end: at + value.length, type, score: 1, recognizer: 'test' }]
  const result = pseudonymizeSegments({
    scopeKey: () => Buffer.alloc(32, 4),
    knownTypes: TYPES,
    ...(known === undefined ? {} : { known }),
    segments,
    findings: segments.map((_, index) => (index === 0 ? found : [])),
    operatorFor: () => operator
  })
  return { ...result, texts: segments.map(({ text }, index) => splice(text, result.edits[index] ?? [])) }
}

t.test('what its words told once is found again without them, in the same text and later', async t => {
  for (const [type, value] of [
    ['CUSTOMER_NUMBER', 'KD-4711-88'],
    ['CUSTOMER_NUMBER', '471188'],
    ['PASSWORD', 'Sommer#Regen'],
    ['USERNAME', 'aweber77'],
    ['PASSWORD', 'uLVjQfjxx']
  ] as const) {
    const texts = [
      `Nummer ${value}, also ${value}.`,
      `(${value}) ist richtig`,
      `x${value} ${value}9 ${value}s`
    ]
    const { texts: sent, issued } = run(
      value,
      type,
      texts.map(text => segment(text))
    )
    const [code = ''] = [...issued.entries()][0] ?? []
    t.same(
      sent,
      [`Nummer ${code}, also ${code}.`, `(${code}) ist richtig`, `x${value} ${value}9 ${code}s`],
      value
    )
    t.equal(whole(sent[1] ?? '', issued), texts[1])
  }
})

t.test('also what an earlier request of the conversation issued', async t => {
  const known = [{ code: 'CUSTOMER_NUMBER_K7Q2MX4A', surface: 'KD-4711-88' }]
  const { texts } = run('', '', [segment('und KD-4711-88?')], 'pseudonymize', known)
  t.equal(texts[0], 'und CUSTOMER_NUMBER_K7Q2MX4A?')
})

t.test('ordinary words, short values and what is not put back are not followed', async t => {
  for (const [type, value] of [
    ['PASSWORD', 'Sommer'],
    ['PASSWORD', 'geheim'],
    ['AGE', '34567'],
    ['CODE', '4711'],
    ['ORGANIZATION', 'Area51 GmbH'],
    ['PERSON', 'Max4711']
  ] as const)
    t.equal(
      run(value, type, [segment(`ist ${value}`), segment(`der ${value} kam`)]).texts[1],
      `der ${value} kam`,
      value
    )
  const masked = run('KD-4711-88', 'CODE', [segment('KD-4711-88'), segment('KD-4711-88')], 'mask')
  t.equal(masked.texts[1], 'KD-4711-88')
})

t.test('what must arrive as written refuses nothing because of a repetition', async t => {
  const { refusal } = run('gpt-5x', 'USERNAME', [segment('gpt-5x'), segment('gpt-5x', 'fixed')])
  t.equal(refusal, undefined)
})

t.test('what follows changes nothing before it', async t => {
  const one = run('KD-4711-88', 'CODE', [segment('KD-4711-88')])
  const two = run('KD-4711-88', 'CODE', [segment('KD-4711-88'), segment('KD-4711-88 und mehr')])
  t.equal(two.texts[0], one.texts[0])
})

t.test(
  'what an earlier turn did not find is not looked for again, unless there is more to look for',
  async t => {
    const secret = () => Buffer.alloc(32, 6)
    const lacks = {}
    const text = segment('Ohne und mit KD-4711-89')
    const first = new Followed(secret)
    first.add('CODE', 'KD-4711-88')
    t.same(
      first.addTo([], text, () => true, lacks),
      []
    )
    const again = new Followed(secret)
    again.add('CODE', 'KD-4711-88')
    t.same(
      again.addTo([], segment('KD-4711-88'), () => true, lacks),
      [],
      'the note is believed'
    )
    again.add('CODE', 'KD-4711-89')
    t.match(
      again.addTo([], text, () => true, lacks),
      [{ start: 13, end: 23, type: 'CODE' }]
    )
    const other = new Followed(() => Buffer.alloc(32, 7))
    other.add('CODE', 'KD-4711-88')
    t.match(
      other.addTo([], segment('KD-4711-88'), () => true, lacks),
      [{ start: 0 }],
      'another scope has its own'
    )
  }
)
