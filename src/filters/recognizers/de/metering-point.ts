import { type Recognizer, words } from '../../recognizer.ts'
import { digitAt, isUniform } from '../validators/weighted.ts'

/** Behind the name and what joins it to its number: eleven digits, or DE and 31 more characters, in groups or not. */
const joint = /(?:-?(?:ID|Nr|nummer|bezeichnung)\b\.?)?[ \t]{0,2}(?:lautet|ist)?[:=#]?[ \t"']{0,3}/iy
const market = /[1-9](?:[ ]?\d){10}(?![ -]?\d)/y
const metering = /DE(?:[ ]?[\dA-Z]){31}(?![\dA-Za-z])/y

/** Where electricity and gas are metered (33 characters) and delivered (eleven digits): stands for a household. */
export const deMeteringPoint: Recognizer = {
  id: 'de-metering-point',
  types: ['DE_METERING_POINT'],
  countries: ['DE'],
  anchors: words(
    'marktlokation',
    'marktlokations-id',
    'malo',
    'malo-id',
    'messlokation',
    'messlokations-id',
    'melo',
    'melo-id',
    'zählpunkt',
    'zählpunktbezeichnung',
    'zählpunktnummer'
  ),
  recognize: (scan, _start, end) => {
    const { text } = scan
    joint.lastIndex = end
    joint.test(text)
    const start = joint.lastIndex
    metering.lastIndex = market.lastIndex = start
    if (metering.test(text)) scan.report(start, metering.lastIndex, 'DE_METERING_POINT', 0.95)
    else if (market.test(text) && isMarketLocation(text.slice(start, market.lastIndex)))
      scan.report(start, market.lastIndex, 'DE_METERING_POINT', 0.95)
  },
  validates: 'check digit',
  examples: {
    match: [
      { text: 'MaLo-ID: 51238696781', found: '51238696781' },
      { text: 'Ihre Marktlokation 5123 8696 781 wird', found: '5123 8696 781' },
      {
        text: 'Zählpunkt DE00056266802AO6G56M11SN51G21M24S',
        found: 'DE00056266802AO6G56M11SN51G21M24S'
      },
      {
        text: 'Messlokation: DE 000562 66802 AO6G56M11SN51G21M24S',
        found: 'DE 000562 66802 AO6G56M11SN51G21M24S'
      }
    ],
    noMatch: ['MaLo-ID: 51238696782', 'MaLo folgt', 'DE00056266802AO6G56M11SN51G21M24S', 'Zählpunkt DE 2024']
  },
  source: 'BDEW, Anwendungshilfe Marktlokations-Identifikationsnummer; VDE-AR-N 4400 (MeteringCode)'
}

/** The digits at odd places and twice those at even places: the last one fills their sum up to a ten. */
function isMarketLocation(value: string): boolean {
  const codes = Buffer.from(value.replaceAll(' ', ''), 'latin1')
  let sum = 0
  for (let i = 0; i < 10; i++) sum += digitAt(codes, i) * (i % 2 === 0 ? 1 : 2)
  return (10 - (sum % 10)) % 10 === digitAt(codes, 10) && !isUniform(codes, 0, 10)
}
