import { words, type Recognizer } from '../../recognizer.ts'
import { is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { reportStreet } from './block.ts'

/** Numbers of post office boxes: `Postfach 12 34 56`, `P.O. Box 1234`, `BP 40`, `Apartado 12`, `skr. poczt. 8`. */
export const addressPoBox: Recognizer = {
  id: 'address-po-box',
  types: ['ADDRESS'],
  scope: 'prose',
  anchors: words(
    'Postfach',
    'Postfachnummer',
    'P.O. Box',
    'PO Box',
    'P.O.Box',
    'POB',
    'Postbus',
    'BP',
    'B.P.',
    'Boîte postale',
    'Casella postale',
    'Case postale',
    'C.P.',
    'Apartado',
    'Apdo',
    'Apartado de Correos',
    'Skrytka pocztowa',
    'skr. poczt',
    'Postboks',
    'Postbox',
    'GPO Box',
    'Private Bag'
  ),
  recognize,
  examples: {
    match: [
      { text: 'Postfach 12 34 56, 70123 Stuttgart', found: 'Postfach 12 34 56, 70123 Stuttgart' },
      { text: 'P.O. Box 1234, Anytown, NY 10010', found: 'P.O. Box 1234, Anytown, NY 10010' },
      { text: 'BP 40123, 75002 Paris', found: 'BP 40123, 75002 Paris' },
      { text: 'an skr. poczt. 8, 31-001 Kraków', found: 'skr. poczt. 8, 31-001 Kraków' },
      { text: 'Postbus 20018', found: 'Postbus 20018' }
    ],
    noMatch: ['Ihr Postfach ist voll', 'BP 120/80 mmHg', 'Postfach mit 500 MB', 'C.P. Snow 1959']
  },
  source: 'UPU, Postal addressing systems; DIN 5008'
}

/** Words that are also something else: blood pressure, initials, paragraphs. They count only before a postcode. */
const doubtful = /^(?:BP|B\.P\.|C\.P\.|POB|Apartado|Apdo)$/i

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (is(text.charCodeAt(end), LETTER)) return
  const number =
    /^\.?:? {0,2}(?:Nr\.? ?|n° ?|No\.? ?)?\d{1,3}(?: ?\d{2,3}){0,2}(?![\d\p{L}/%]| ?(?:MB|GB|KB)| ?mm)/u.exec(
      text.slice(end, end + 24)
    )
  if (number === null) return
  reportStreet(scan, start, end + number[0].length, doubtful.test(text.slice(start, end)) ? 0 : 0.85)
}
