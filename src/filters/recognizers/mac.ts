import type { Recognizer } from '../recognizer.ts'
import { ALNUM, is } from '../scanner/chars.ts'
import type { Cluster } from '../scanner/cluster.ts'
import type { Scan } from '../scanner/scan.ts'

const address =
  /[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![:-][0-9A-Fa-f]{2})|[0-9A-Fa-f]{2}(?:\.[0-9A-Fa-f]{4}){2})(?![0-9A-Za-z])/y

/** MAC address: six bytes with colons or dashes, or three groups with dots. */
export const mac: Recognizer = {
  id: 'mac',
  types: ['MAC'],
  number: recognize,
  examples: {
    match: [
      { text: 'eth0 00:1A:2b:3C:4d:5E up', found: '00:1A:2b:3C:4d:5E' },
      '00-1A-2B-3C-4D-5E',
      '001a.2b3c.4d5e',
      { text: 'ab:cd:ef:12:34:56', found: 'ab:cd:ef:12:34:56' }
    ],
    noMatch: ['00:1A:2b:3C:4d', '10:15:22', '00:1A-2b:3C:4d:5E', '01:02:03:04:05:06:07:08']
  },
  source: 'IEEE 802-2014 §8'
}

/** Tried where its first group with a digit stands, from the start of the row. */
function recognize(scan: Scan, cluster: Cluster): void {
  const { text } = scan
  let start = cluster.start
  while (
    cluster.start - start < 15 &&
    (text.charCodeAt(start - 1) === 0x3a || text.charCodeAt(start - 1) === 0x2d) &&
    is(text.charCodeAt(start - 2), ALNUM) &&
    is(text.charCodeAt(start - 3), ALNUM)
  )
    start -= 3
  if (is(text.charCodeAt(start - 1), ALNUM) || text.charCodeAt(start - 1) === 0x3a) return
  address.lastIndex = start
  // Three groups with dots and no letter are some other number.
  if (!address.test(text)) return
  if (text.charCodeAt(start + 4) === 0x2e && !/[a-fA-F]/.test(text.slice(start, address.lastIndex))) return
  scan.report(start, address.lastIndex, 'MAC', 0.95)
}
