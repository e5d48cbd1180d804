import { type Recognizer, words } from '../recognizer.ts'
import { ALNUM, is } from '../scanner/chars.ts'
import type { Cluster } from '../scanner/cluster.ts'
import type { Scan } from '../scanner/scan.ts'
import { phraseList } from './word-list.ts'

const address =
  /[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2}(?:\1[0-9A-Fa-f]{2}){4}(?![:-][0-9A-Fa-f]{2})|[0-9A-Fa-f]{2}(?:\.[0-9A-Fa-f]{4}){2})(?![0-9A-Za-z])/y

/** MAC address: six bytes with colons or dashes, or three groups with dots. */
export const mac: Recognizer = {
  id: 'mac',
  types: ['MAC'],
  number: recognize,
  anchors: words(
    ...phraseList('mac mac_address mac-adresse mac-addr hwaddr ether bssid physical_address hardware_address')
  ),
  recognize: afterWord,
  examples: {
    match: [
      { text: 'eth0 00:1A:2b:3C:4d:5E up', found: '00:1A:2b:3C:4d:5E' },
      '00-1A-2B-3C-4D-5E',
      '001a.2b3c.4d5e',
      { text: 'ab:cd:ef:12:34:56', found: 'ab:cd:ef:12:34:56' },
      { text: 'Physical address is aabb.ccdd.eeff', found: 'aabb.ccdd.eeff' }
    ],
    noMatch: ['00:1A:2b:3C:4d', '10:15:22', '00:1A-2b:3C:4d:5E', '01:02:03:04:05:06:07:08']
  },
  source: 'IEEE 802-2014 §8'
}

/** Behind its name also without a digit, or with letters of lower case first. */
function afterWord(scan: Scan, _start: number, end: number): void {
  let at = end
  while (at - end < 12 && !is(scan.text.charCodeAt(at), ALNUM)) at++
  if (scan.text.startsWith('is ', at)) at += 3
  address.lastIndex = at
  if (address.test(scan.text)) scan.report(at, address.lastIndex, 'MAC', 0.95)
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
