import { type Recognizer, words } from '../../recognizer.ts'
import { hasDigit, is, LETTER } from '../../scanner/chars.ts'
import { phraseList } from '../word-list.ts'

/** Persons of whom it is said in a word or two how old they are. */
const relatives = phraseList(`
sohn tochter kind enkel enkelin enkelkind neffe nichte bruder schwester mutter vater oma opa ehemann ehefrau partner partnerin
son daughter child kid grandson granddaughter nephew niece brother sister mother father mom mum dad wife husband grandma grandpa
fils fille hijo hija figlio figlia zoon dochter syn córka
`)

/** Longest stretch between the word and the end of the number. */
const MAX_SPAN = 64

const isSoOld =
  /^(?: \p{Lu}\p{Ll}{1,15}){0,2} (?:ist|wird|wurde|war|is|was|turned|turns|est|es|è|jest|ma)(?: (?:jetzt|nun|gerade|erst|schon|bereits|fast|now|just|already|almost|only)){0,2} (1[01]\d|[1-9]?\d)(?=[.,;!?)]?(?:$|\s*[\n\r])|[.,;!?)] | (?:geworden|und|and|but|aber|et|y|e|i) )/u
const inBrackets =
  /^(?: \p{Lu}\p{Ll}{1,15}){0,2}(?: \(|, )(1[01]\d|[1-9]?\d)(?: ?(?:J\.?|Jahre|years?|yrs?|ans|años|anni))?(?=\)|, )/u

/** Age of a relative without a word for years: `mein Sohn ist 7 und …`, `unsere Tochter Lena (12)`. */
export const relativeAge: Recognizer = {
  id: 'relative-age',
  types: ['AGE'],
  scope: 'prose',
  anchors: words(...relatives),
  recognize: (scan, _start, end) => {
    const { text } = scan
    if (is(text.charCodeAt(end), LETTER) || !hasDigit(text, end, end + MAX_SPAN)) return
    const behind = text.slice(end, end + MAX_SPAN)
    const found = isSoOld.exec(behind) ?? inBrackets.exec(behind)
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
      { text: 'Sohn Max, 9, und', found: '9' }
    ],
    noMatch: [
      'Mein Sohn ist 7 km gelaufen.',
      'Der Vater ist 2024 gekommen.',
      'Mein Sohn ist um 7 da.',
      'Das Kind ist 1,20 m groß',
      'Tochter (GmbH)',
      'Sohn 7'
    ]
  },
  source: 'GDPR recital 26: ages as indirect identifiers'
}
