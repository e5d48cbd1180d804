import { type Recognizer, words } from '../recognizer.ts'
import { phraseList } from './word-list.ts'

const code =
  /(?:-?(?:code|nr|number)\b\.?)?[ \t]{0,2}[:=#]?[ \t"']{0,3}(\d\d[TVWXYZA][\dA-Z-]{12}[\dA-Z])(?![\w-])/iy
const values = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-'

/** Energy Identification Code behind its name: parties, metering points and lines of the European energy market. */
export const energyCode: Recognizer = {
  id: 'energy-code',
  types: ['ENERGY_CODE'],
  anchors: words(...phraseList('EIC EIC-Code energy_identification_code')),
  recognize: (scan, _start, end) => {
    code.lastIndex = end
    const value = code.exec(scan.text)?.[1]
    if (value !== undefined && isEnergyCode(value.toUpperCase()))
      scan.report(code.lastIndex - value.length, code.lastIndex, 'ENERGY_CODE', 0.95)
  },
  validates: 'check character',
  examples: {
    match: [
      { text: 'EIC: 22XWATTPLUS----G', found: '22XWATTPLUS----G' },
      { text: 'EIC-Code 10YCH-SWISSGRIDZ', found: '10YCH-SWISSGRIDZ' }
    ],
    noMatch: ['EIC: 22XWATTPLUS----X', '22XWATTPLUS----G', 'EIC folgt']
  },
  source: 'ENTSO-E, The Energy Identification Coding Scheme (EIC), Reference Manual'
}

/** Fifteen characters weighted 16 down to 2, by 37; the hyphen is no check character. */
function isEnergyCode(value: string): boolean {
  let sum = 0
  for (let i = 0; i < 15; i++) sum += values.indexOf(value.charAt(i)) * (16 - i)
  const check = 36 - ((sum + 36) % 37)
  return check < 36 && values.charAt(check) === value.charAt(15)
}
