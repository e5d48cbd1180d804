import type { Recognizer } from '../../recognizer.ts'
import { valueOf } from '../validators/weighted.ts'

/** First four digits of the form used nationwide: the tax offices of each Land begin with these. */
const offices = [
  10, 11, 21, 22, 23, 24, 26, 27, 28, 30, 31, 32, 40, 41, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 90, 91, 92,
  93
]

/** Steuernummer, by Land ten or eleven digits, nationwide thirteen with a zero in the fifth place. */
export const deTaxNumber: Recognizer = {
  id: 'de-tax-number',
  types: ['DE_TAX_NUMBER'],
  countries: ['DE'],
  context: [
    'Steuernummer',
    'Steuer-Nr',
    'St.-Nr',
    'StNr',
    'Steuernr',
    'Finanzamt',
    'tax number',
    'Steuer-Nummer',
    'steuerliche Nummer',
    'Umsatzsteuernummer',
    'ELSTER'
  ],
  forms: [
    // Slashes as the tax offices of the Länder print them.
    {
      mask: '9999999999',
      separators: ' /',
      groups: [[2, 3, 5]],
      check: isRegional,
      score: 0,
      contextScore: 0.9
    },
    {
      mask: '99999999999',
      separators: ' /',
      groups: [
        [3, 3, 5],
        [3, 4, 4]
      ],
      check: isRegional,
      score: 0,
      contextScore: 0.9
    },
    { mask: '999999999999', separators: ' /', check: isRegional, score: 0, contextScore: 0.85 },
    { mask: '9999999999999', separators: ' /', check: isNationwide, score: 0, contextScore: 0.95 },
    { mask: '9999999999999', separators: ' /', check: isRegional, score: 0, contextScore: 0.8 }
  ],
  numberStart: 'digit',
  number: (scan, cluster) => {
    const { lengths, groups, length } = cluster
    // Three groups with slashes: hardly anything else is written so.
    if (groups < 3 || cluster.letters !== 0 || (length !== 10 && length !== 11) || lengths[2] !== length)
      return
    const end = cluster.ends[2] ?? 0
    if (
      scan.text.charCodeAt(cluster.ends[0] ?? 0) !== 0x2f ||
      scan.text.charCodeAt(cluster.ends[1] ?? 0) !== 0x2f
    )
      return
    const first = lengths[0] ?? 0
    const second = (lengths[1] ?? 0) - first
    if (
      (first === 3 && (second === 3 || second === 4) && length === 11) ||
      (first === 2 && second === 3 && length === 10)
    ) {
      scan.report(cluster.start, end, 'DE_TAX_NUMBER', 0.75)
    }
  },
  examples: {
    match: [
      { text: 'St.-Nr. 123/456/78901 bitte angeben.', found: '123/456/78901' },
      { text: 'Steuernummer 2475081508152', found: '2475081508152' },
      { text: 'Finanzamt Köln, 214/5902/3626', found: '214/5902/3626' },
      { text: 'Steuernummer: 04 522 658 002', found: '04 522 658 002' },
      '181/815/08155'
    ],
    noMatch: ['1234567890', '01/02/2024', 'Steuernummer 12345', '10/20/30', '136695978']
  },
  source: 'AO § 139a; ELSTER, Prüfung der Steuernummern (layouts of the Länder, nationwide form)'
}

function isRegional(codes: Uint8Array, length: number): boolean {
  return valueOf(codes, 0, length) > 0
}

function isNationwide(codes: Uint8Array): boolean {
  return codes[4] === 0x30 && offices.includes(valueOf(codes, 0, 2))
}
