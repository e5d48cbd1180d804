import { readFileSync } from 'node:fs'
import t from 'tap'
import { decodeModel, readModel } from '../../../src/filters/tagger/model.ts'
import { Tagger } from '../../../src/filters/tagger/tagger.ts'

const own = readModel('names')
const foreign = readModel('names-eu')
const tagger = new Tagger(own, foreign)

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

t.test('names in other languages, each text by itself', async t => {
  for (const [text, ...names] of [
    ['Bonjour, Monsieur Gauthier Lemoine a rappelé hier pour la facture de la société.', 'Gauthier Lemoine'],
    ['Ayer llamó Rocío Belmonte porque no había recibido la carta de la oficina.', 'Rocío Belmonte'],
    ['Ieri ha telefonato Ornella Fumagalli per la consegna, ma non era possibile.', 'Ornella Fumagalli'],
    ['Gisteren belde Sjoerd Wiersma omdat hij de rekening niet had ontvangen.', 'Sjoerd Wiersma'],
    ['Wczoraj zadzwonił Bartłomiej Wrona, ponieważ nie dostał przesyłki.', 'Bartłomiej Wrona'],
    ['Ontem telefonou Leonor Queiroz porque não recebeu a carta.', 'Leonor Queiroz'],
    ['I går ringde Torbjörn Ekström eftersom han inte har fått sin nyckel.', 'Torbjörn Ekström'],
    ['I går ringede Birgitte Kjeldsen, fordi hun ikke har fået sin nøgle.', 'Birgitte Kjeldsen'],
    ['I går ringte Ragnhild Solbakken fordi hun ikke har fått nøkkelen sin.', 'Ragnhild Solbakken'],
    ['Eilen soitti Päivi Korhonen, koska hän ei ollut saanut laskua.', 'Päivi Korhonen'],
    ['Ieri a sunat Mihaela Dumitrescu pentru că nu a primit factura.', 'Mihaela Dumitrescu']
  ] as const)
    t.same(persons(text), names, text)
})

t.test('a text of several languages is read paragraph by paragraph', async t => {
  const french = 'Madame Fournier a envoyé le contrat à Gauthier Lemoine, qui est au bureau avec les autres.'
  const german = 'Frau Pfannschmidt hat den Vertrag an Jörg Dobberstein geschickt, der heute nicht da ist.'
  t.same(persons(`${german}\n\n${french}\n\n${german}`), [
    ...persons(german),
    ...persons(french),
    ...persons(german)
  ])
  t.ok(persons(french).some(name => name.includes('Lemoine')))
  t.same(persons(german), persons(german, new Tagger(own)), 'German is none of the other model’s business')
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
  const fresh = persons(text, new Tagger(own, foreign))
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
  t.throws(() => decodeModel(readFileSync(import.meta.filename), 'this test'), { name: 'TypeError' })
})
