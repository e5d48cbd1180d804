import t from 'tap'
import { readModel } from '../../../src/filters/tagger/model.ts'
import { Tagger } from '../../../src/filters/tagger/tagger.ts'

const model = readModel()
const tagger = new Tagger(model)

function persons(text: string, with_ = tagger): string[] {
  const found: string[] = []
  with_.tag(text, (start, end, type) => {
    if (type === 'PERSON') found.push(text.slice(start, end))
  })
  return found
}

t.test('names in real kinds of text', async t => {
  for (const [text, ...names] of [
    ['Gestern hat Aylin Yıldırım mit Kwabena Owusu telefoniert.', 'Aylin Yıldırım', 'Kwabena Owusu'],
    ['hallo ich bin thomas weber und brauche hilfe', 'thomas weber'],
    ['ANSPRECHPARTNERIN: SABINE HOFFMANN', 'SABINE HOFFMANN'],
    ['Herr Juergen Mueller hat die Unterlagen geschickt.', 'Juergen Mueller'],
    ['{"kunde": "Jelena Petrović", "betrag": 12}', 'Jelena Petrović'],
    ['// ask Nguyen Thi Lan before changing this', 'Nguyen Thi Lan'],
    ['The report was written by Fatima Al-Masri and John F. Miller.', 'Fatima Al-Masri', 'John F. Miller']
  ] as const)
    t.same(persons(text), names, text)
})

t.test('a long text is read in chunks, and a name on the seam is whole', async t => {
  const name = 'Katarzyna Wiśniewska'
  for (let words = 4050; words < 4110; words += 7) {
    const text = `${'wort '.repeat(words)} und dann rief ${name} aus Hannover an. ${'Satz ohne. '.repeat(200)}`
    t.same(persons(text), [name], `${words} words before it`)
  }
})

t.test('what was read before changes nothing', async t => {
  const text = 'Anna Schneider sprach mit Herrn Özdemir über Max Brauns Vertrag.'
  const fresh = persons(text, new Tagger(model))
  persons('Ein anderer Text von Paul Braun. '.repeat(3000))
  t.same(persons(text), fresh)
})

t.test('offsets are in range and in order, whatever the text', async t => {
  for (const text of [
    '',
    ' ',
    '\n\n',
    '.',
    "'",
    '-',
    'A',
    '\ud800',
    'x'.repeat(100_000),
    'Anna '.repeat(20_000)
  ]) {
    let last = 0
    tagger.tag(text, (start, end, _, score) => {
      t.ok(start >= last && end > start && end <= text.length && score >= 0.5 && score <= 1)
      last = end
    })
  }
  t.end()
})

t.test('a file that is no model is refused', async t => {
  t.throws(() => readModel(import.meta.filename), { name: 'TypeError' })
})
