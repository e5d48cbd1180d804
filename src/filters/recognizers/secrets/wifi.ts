import { prefixes, type Recognizer } from '../../recognizer.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'

/** A network's name has at most 32 bytes, its key 63 characters, each of which may be escaped. */
const MAX_CODE = 256

const key = /(?:^|;)P:((?:[^;\\\r\n]|\\.){4,126});/

/** The key of a wireless network in the text of its QR code: `WIFI:T:WPA;S:…;P:…;;`. */
export const wifiCode: Recognizer = {
  id: 'wifi-code',
  types: ['PASSWORD'],
  anchors: prefixes('wifi:'),
  recognize,
  examples: {
    match: [
      { text: 'WIFI:T:WPA;S:meinnetz;P:kd83-Haus!;;', found: 'kd83-Haus!' },
      { text: 'WIFI:S:gast;P:drei\\;vier5;T:WPA;H:true;;', found: 'drei\\;vier5' }
    ],
    noMatch: ['WiFi: geht wieder', 'WIFI:T:nopass;S:gast;;', 'WIFI:T:WPA;S:x;P:password;;']
  },
  source: 'WPA3 Specification §7.1 (Wi-Fi Alliance)'
}

function recognize(scan: Scan, start: number, end: number): void {
  if (start < scan.readUntil) return
  const code = scan.text.slice(end, end + MAX_CODE)
  const stop = code.indexOf(';;')
  scan.readUntil = end + (stop < 0 ? code.length : stop)
  const found = key.exec(stop < 0 ? code : code.slice(0, stop + 1))
  const value = found?.[1]
  if (found === null || value === undefined || isPlaceholder(value)) return
  const at = end + found.index + found[0].indexOf('P:') + 2
  scan.report(at, at + value.length, 'PASSWORD', 0.95)
}
