import { type Recognizer, words } from '../../recognizer.ts'
import { BLANK, is, LETTER, UPPER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { phraseList } from '../word-list.ts'
import { readName, reportName } from './name.ts'

/** Persons by what they are to somebody: `ihres Sohnes Malte`, `mein Chef Torben Harms`, `my sister Priya`. */
export const personRelative: Recognizer = {
  id: 'person-relative',
  types: ['PERSON'],
  scope: 'prose',
  anchors: words(
    ...phraseList(`
sohn sohnes söhne tochter töchter bruder bruders schwester schwestern mutter vater vaters mann mannes frau ehemann ehemanns ehefrau
partner partnerin freund freundes freundin verlobter verlobte opa oma großvater großmutter onkel tante neffe neffen nichte cousin
cousine enkel enkelin schwager schwägerin schwiegermutter schwiegervater baby chef chefin nachbar nachbarn nachbarin betreuer betreuerin
kellner kellnerin mitarbeiter mitarbeiterin azubi praktikant praktikantin assistent assistentin
exmann exfrau ex-mann ex-frau exfreund exfreundin exchef kind zwillinge stiefvater stiefmutter pflegekind erzieher erzieherin lehrer lehrerin
trainer trainerin zeugen geschädigte geschädigter mandant mandantin patient patientin bewohner bewohnerin klient klientin mieter mieterin
vermieter vermieterin sachbearbeiter sachbearbeiterin bewerber bewerberin kunde kundin kinderarzt kinderärztin hausarzt hausärztin
son daughter brother sister mother father wife husband partner boyfriend girlfriend uncle aunt nephew niece cousin grandson granddaughter
boss neighbour neighbor colleague assistant roommate fiancé fiancée
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'den Befund Ihres Sohnes Malte vom Montag', found: 'Malte' },
      { text: 'Meine Schwester Anna Vogt holt ihn ab.', found: 'Anna Vogt' },
      { text: 'Die Kellnerin Theresa HUBER sagte aus', found: 'Theresa HUBER' },
      { text: 'Bewerberin Zeynep Kaya sagte ab', found: 'Zeynep Kaya' },
      { text: 'my husband Tom called', found: 'Tom' }
    ],
    noMatch: [
      'Meine Schwester Montag',
      'der Sohn Gottes',
      'Mutter Erde',
      'my brother Printer',
      'die Tochter Beteiligungs GmbH',
      'Die Mutter und Anna',
      'der Kunde Bosch',
      'Patient Montag einbestellt'
    ]
  },
  source: 'Own rule'
}

/** Only a given name that is known: anything may stand behind these words. */
function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const at = end + 1
  if (!is(text.charCodeAt(end), BLANK) || !is(text.charCodeAt(at), UPPER) || scan.isPerson(start)) return
  if (is(text.charCodeAt(start - 1), LETTER)) return
  const name = readName(text, at, 3)
  if (name?.given === true) reportName(scan, name.start, name.end, 0.85)
}
