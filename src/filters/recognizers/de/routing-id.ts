import { type Recognizer, words } from '../../recognizer.ts'
import { mod97 } from '../validators/iso7064.ts'

const value =
  /[ \t]{0,2}[:=#]?[ \t"']{0,3}((?:0[1-9]|1[0-6]|99)\d{0,10}(?:-[A-Z\d]{1,30})?-\d{2})(?![-A-Za-z\d])/iy

/** Leitweg-ID on electronic invoices to public bodies: address, their own part, check digits MOD 97-10. */
export const deRoutingId: Recognizer = {
  id: 'de-routing-id',
  types: ['DE_ROUTING_ID'],
  countries: ['DE'],
  anchors: words('leitweg-id', 'leitweg', 'buyerreference'),
  recognize: (scan, _start, end) => {
    value.lastIndex = end
    const id = value.exec(scan.text)?.[1]
    if (id === undefined) return
    const codes = Buffer.from(id.replaceAll('-', '').toUpperCase(), 'latin1')
    if (mod97(codes, 0, codes.length))
      scan.report(value.lastIndex - id.length, value.lastIndex, 'DE_ROUTING_ID', 0.95)
  },
  validates: 'ISO 7064 check digits',
  examples: {
    match: [
      { text: 'Leitweg-ID: 991-01484-64', found: '991-01484-64' },
      { text: 'Leitweg-ID 04011000-1234512345-06', found: '04011000-1234512345-06' }
    ],
    noMatch: ['Leitweg-ID: 991-01484-65', '991-01484-64', 'Leitweg-ID folgt']
  },
  source: 'KoSIT, Formatspezifikation Leitweg-ID 2.0.2'
}
