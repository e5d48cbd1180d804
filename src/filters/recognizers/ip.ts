import { anywhere, type Recognizer } from '../recognizer.ts'
import { ALNUM, DIGIT, is } from '../scanner/chars.ts'
import type { Cluster } from '../scanner/cluster.ts'
import type { Scan } from '../scanner/scan.ts'

const dot = 0x2e
const colon = 0x3a

/** Longest form: `0000:0000:0000:0000:0000:ffff:255.255.255.255` and a prefix length. */
const MAX_V6 = 49

/** IP addresses, version 4 and 6, with a prefix length where one is given. Not version numbers. */
export const ip: Recognizer = {
  id: 'ip',
  types: ['IP'],
  context: ['IP', 'IP-Adresse', 'IP address', 'host', 'server', 'client', 'gateway', 'subnet', 'dns', 'ping'],
  number: (scan, cluster) => {
    if (is(scan.text.charCodeAt(cluster.start), DIGIT)) versionFour(scan, cluster)
    versionSixAround(scan, cluster)
  },
  // Addresses without a digit: `::` alone with a prefix length, `fe::a`.
  anchors: anywhere('::'),
  recognize: (scan, start) => {
    let from = start
    while (start - from < 5 && isHex(scan.text.charCodeAt(from - 1))) from--
    if (!is(scan.text.charCodeAt(from), DIGIT)) versionSix(scan, from)
  },
  examples: {
    match: [
      { text: 'Zugriff von 192.168.178.21 um 10:15', found: '192.168.178.21' },
      { text: 'http://10.0.0.1:8080/x', found: '10.0.0.1' },
      '192.168.1.0/24',
      { text: 'Server IP: 2001:db8::1.', found: '2001:db8::1' },
      { text: 'Connect to [2001:db8::1]:8080', found: '2001:db8::1' },
      '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
      '::ffff:192.0.2.1',
      { text: 'Loopback ::1', found: '::1' },
      'fe80::/10'
    ],
    noMatch: [
      '192.168.1.256',
      'Version 1.2.3',
      'version 1.2.3.4',
      'text192.168.1.1',
      'std::cout',
      'Ratio 1:2:3:4',
      '10:15:22',
      'a::b',
      '2001::db8::1',
      '12345:db8::1',
      'gggg:hhhh::1234',
      'Gliederung 2.1.3.4.5',
      '684D:1111:222:3333:4444:5555:77'
    ]
  },
  source: 'RFC 791, RFC 4291 §2.2, RFC 5952'
}

function versionFour(scan: Scan, cluster: Cluster): void {
  const { text } = scan
  let end = quadEnd(text, cluster.start)
  if (end === 0 || is(text.charCodeAt(cluster.start - 1), ALNUM) || isVersion(text, cluster.start)) return
  const next = text.charCodeAt(end)
  if (is(next, ALNUM) || next === 0x5f) return
  if (next === dot && is(text.charCodeAt(end + 1), DIGIT) && !quadLooksPrivate(text, cluster.start)) return
  end = prefixEnd(text, end, 32)
  scan.report(cluster.start, end, 'IP', scan.contextBefore(cluster.start) > 0 ? 0.95 : 0.85)
}

/** End of four numbers up to 255 joined by dots; 0 when there are none. */
function quadEnd(text: string, start: number): number {
  let at = start
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(at++) !== dot) return 0
    let value = 0
    let digits = 0
    while (digits < 4 && is(text.charCodeAt(at), DIGIT)) {
      value = value * 10 + text.charCodeAt(at++) - 0x30
      digits++
    }
    if (digits === 0 || digits > 3 || value > 255 || (digits > 1 && text.charCodeAt(at - digits) === 0x30))
      return 0
  }
  return at
}

/** Private ranges are never chapters of a document. */
function quadLooksPrivate(text: string, start: number): boolean {
  return text.startsWith('192.168.', start) || text.startsWith('127.0.', start)
}

/** Preceded by a word for a version, or by `v`, `=`-joined version pins and the like. */
function isVersion(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 12), start).toLowerCase()
  return /(?:version|ver\.?|release|build|v|rev\.?|firmware|kapitel|abschnitt|==|~|\^)[\s:=]{0,2}$/.test(
    before
  )
}

/** With `/24` behind it, up to `limit`; else `end`. */
function prefixEnd(text: string, end: number, limit: number): number {
  if (text.charCodeAt(end) !== 0x2f) return end
  let at = end + 1
  let value = 0
  while (at - end <= 3 && is(text.charCodeAt(at), DIGIT)) value = value * 10 + text.charCodeAt(at++) - 0x30
  return at > end + 1 && value <= limit && !is(text.charCodeAt(at), ALNUM) ? at : end
}

/** At a token with a digit beside a colon: the address around it, if this is its first such token. */
function versionSixAround(scan: Scan, cluster: Cluster): void {
  const { text } = scan
  const tokenEnd = cluster.ends[0] ?? 0
  if (text.charCodeAt(tokenEnd) !== colon && text.charCodeAt(cluster.start - 1) !== colon) return
  let start = cluster.start
  while (cluster.start - start < MAX_V6) {
    const code = text.charCodeAt(start - 1)
    if (is(code, DIGIT)) return
    if (code !== colon && !isHex(code)) break
    start--
  }
  versionSix(scan, start)
}

function versionSix(scan: Scan, start: number): void {
  const { text } = scan
  const before = text.charCodeAt(start - 1)
  if (is(before, ALNUM) || before === 0x5f || before === colon || (before === dot && start > 1)) return
  const end = sixEnd(text, start)
  if (end > 0) scan.report(start, prefixEnd(text, end, 128), 'IP', 0.92)
}

function isHex(code: number): boolean {
  return is(code, DIGIT) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)
}

/** End of an IPv6 address that starts at `start`; 0 when it is none. */
function sixEnd(text: string, start: number): number {
  let at = start
  let groups = 0
  let gap = false
  let hexDigits = 0
  while (at - start < MAX_V6) {
    const from = at
    while (at - from < 5 && isHex(text.charCodeAt(at))) at++
    const size = at - from
    if (size > 4) return 0
    if (size > 0 && text.charCodeAt(at) === dot && is(text.charCodeAt(at + 1), DIGIT)) {
      const quad = quadEnd(text, from)
      if (quad === 0) return 0
      return isWhole(text, quad, groups + 2, gap, hexDigits + 8) ? quad : 0
    }
    if (size > 0) {
      groups++
      hexDigits += size
    }
    if (text.charCodeAt(at) !== colon || groups === 8) break
    if (text.charCodeAt(at + 1) === colon) {
      if (gap) return 0
      gap = true
      at += 2
    } else if (size > 0 && isHex(text.charCodeAt(at + 1))) at++
    else break
  }
  return isWhole(text, at, groups, gap, hexDigits) ? at : 0
}

/** Enough groups, and nothing that goes on. `a::b` and `::` alone are code, not addresses. */
function isWhole(text: string, end: number, groups: number, gap: boolean, hexDigits: number): boolean {
  const next = text.charCodeAt(end)
  if (is(next, ALNUM) || next === 0x5f || (next === colon && text.charCodeAt(end + 1) === colon)) return false
  if (!gap) return groups === 8
  if (groups > 7) return false
  if (groups === 0) return next === 0x2f && is(text.charCodeAt(end + 1), DIGIT)
  return hexDigits >= 3 || text.startsWith('::1', end - 3)
}
