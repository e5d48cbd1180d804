import { type Recognizer, words } from '../../recognizer.ts'
import { hasDigit, is, LETTER } from '../../scanner/chars.ts'
import { phraseList } from '../word-list.ts'

/** Persons of whom it is said in a word or two how old they are. */
const relatives = phraseList(`
sohn tochter kind enkel enkelin enkelkind neffe nichte bruder schwester mutter vater oma opa ehemann ehefrau partner partnerin
son daughter child kid grandson granddaughter nephew niece brother sister mother father mom mum dad wife husband grandma grandpa
fils fille hijo hija figlio figlia zoon dochter syn córka
`)

/** `when he was 78`, `als sie 7 war`: who was so old stands in between. */
const then = phraseList(
  'when_he_was when_she_was when_I_was when_they_were when_we_were als_er als_sie als_ich als_wir'
)

/** Longest stretch between the word and the end of the number. */
const MAX_SPAN = 64

const isSoOld =
  /^(?: \p{Lu}\p{Ll}{1,15}){0,2} (?:ist|wird|wurde|war|is|was|turned|turns|est|es|è|jest|ma)(?: (?:jetzt|nun|gerade|erst|schon|bereits|fast|now|just|already|almost|only)){0,2} (1[01]\d|[1-9]?\d)(?=[.,;!?)]?(?:$|\s*[\n\r])|[.,;!?)] | (?:geworden|und|and|but|aber|et|y|e|i) )/u
const inBrackets =
  /^(?: \p{Lu}\p{Ll}{1,15}){0,2}(?: \(|, )(1[01]\d|[1-9]?\d)(?: ?(?:J\.?|Jahre|years?|yrs?|ans|años|anni|lat|jaar))?(?=\)|, )/u

const wasSoOld =
  /^(?: (?:just|only|about|gerade|erst|noch|etwa))? (1[01]\d|[1-9]?\d)(?: war(?:en)?(?!\p{L})|(?=[.,;!?)](?:\s|$)|\s*$| (?:and|but|he|she|I|my|his|her|the)(?!\p{L})))/u

/** Age of a relative without a word for years: `mein Sohn ist 7 und …`, `unsere Tochter Lena (12)`. */
export const relativeAge: Recognizer = {
  id: 'relative-age',
  types: ['AGE'],
  scope: 'prose',
  anchors: words(...relatives, ...then),
  recognize: (scan, start, end) => {
    const { text } = scan
    if (is(text.charCodeAt(end), LETTER) || !hasDigit(text, end, end + MAX_SPAN)) return
    const behind = text.slice(end, end + MAX_SPAN)
    const isThen = /^(?:when|als) /i.test(text.slice(start, end))
    const found = isThen ? wasSoOld.exec(behind) : (isSoOld.exec(behind) ?? inBrackets.exec(behind))
    const digits = found?.[1]
    if (found === null || digits === undefined) return
    const at = end + found[0].indexOf(digits)
    scan.report(at, at + digits.length, 'AGE', 0.75)
  },
  examples: {
    match: [
      { text: 'Mein Sohn ist 7 und geht in die Schule.', found: '7' },
      { text: 'Unsere Tochter Lena (12) kommt mit.', found: '12' },
      { text: 'meine Mutter ist jetzt 81.', found: '81' },
      { text: 'My daughter just turned 16', found: '16' },
      { text: 'My wife is 43, allergic to penicillin', found: '43' },
      { text: 'Sohn Max, 9, und', found: '9' },
      { text: 'Written when he was 78.', found: '78' },
      { text: 'als sie 7 war, zog sie um', found: '7' }
    ],
    noMatch: [
      'Mein Sohn ist 7 km gelaufen.',
      'Der Vater ist 2024 gekommen.',
      'Mein Sohn ist um 7 da.',
      'Das Kind ist 1,20 m groß',
      'Tochter (GmbH)',
      'when he was 3 km away',
      'als sie 7 Tage blieb',
      'Sohn 7'
    ]
  },
  source: 'GDPR recital 26: ages as indirect identifiers'
}
