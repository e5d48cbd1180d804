import t from 'tap'
import { isSpelledStrangely } from '../../../src/filters/tagger/language.ts'
import { Regimes } from '../../../src/filters/tagger/regime.ts'
import { Tokens } from '../../../src/filters/tagger/tokens.ts'

t.test('words that neither German nor English spells so', async t => {
  const strange = (word: string): boolean => isSpelledStrangely(`x${word}y`, 1, 1 + word.length)
  for (const word of [
    'pöydässä',
    'kenkiä',
    'hyvää',
    'zażółć',
    'prowadzą',
    'også',
    'sådan',
    'gæste',
    'não',
    'mañana'
  ])
    t.ok(strange(word), word)
  for (const word of ['für', 'öl', 'schön', 'straße', 'übermäßig', 'café', 'naïve', 'façade', 'bö', 'table'])
    t.notOk(strange(word), word)
})

/** Share of the tokens whose text is taken for neither German nor English. */
function foreignShare(text: string): number {
  const tokens = new Tokens()
  const regimes = new Regimes()
  tokens.read(text, 0)
  regimes.note(text, tokens)
  return regimes.foreign.subarray(0, tokens.count).reduce((a, b) => a + b, 0) / tokens.count
}

t.test('a sentence without little words is told by the spelling of the others', async t => {
  for (const text of [
    'Kyllä, hipelöin noita valkosia kenkiä Veeran pöydässä.',
    'Pielęgniarka prowadzi księgę gości.',
    'Bestyrelsen drøftede måske Jensens nåde.'
  ])
    t.equal(foreignShare(text), 1, text)
})

t.test('names of other languages leave German and English what they are', async t => {
  for (const text of [
    'Herr Wójcik und Frau Jørgensen aus Århus haben die Übergabe verschoben.',
    'hallo, łukasz und søren kommen später, bitte warten',
    'Please ask Małgorzata and Åse whether the naïve façade was approved.'
  ])
    t.equal(foreignShare(text), 0, text)
})
