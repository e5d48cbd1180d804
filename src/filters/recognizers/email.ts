import { anywhere, type Recognizer } from '../recognizer.ts'
import { ALNUM, HOST, is, LETTER, LOCAL_PART } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'

/** RFC 5321 §4.5.3.1: 64 octets before the at sign, 255 after it. */
const MAX_LOCAL = 64
const MAX_DOMAIN = 255

const dot = 0x2e

/** E-mail address: RFC 5321 dot-atom, internationalised too (RFC 6531), domain of at least two labels. */
export const email: Recognizer = {
  id: 'email',
  types: ['EMAIL'],
  anchors: anywhere('@'),
  recognize,
  examples: {
    match: [
      { text: 'Schreiben Sie an max.mustermann@beispiel.de.', found: 'max.mustermann@beispiel.de' },
      { text: '<mailto:anna+news@mail.example.co.uk>', found: 'anna+news@mail.example.co.uk' },
      { text: 'jörg@müller-bau.example, bitte', found: 'jörg@müller-bau.example' },
      { text: "{'mail':'o'neil@example.org'}", found: "o'neil@example.org" },
      { text: 'mail=anna@web.de', found: 'anna@web.de' },
      { text: "where mail='anna@web.de'", found: 'anna@web.de' },
      { text: 'https://x.de/login?user=h.meier@web.de&t=1', found: 'h.meier@web.de' },
      { text: 'bounce+42-anna=web.de@lists.example.org', found: 'bounce+42-anna=web.de@lists.example.org' },
      { text: 'MAX@EXAMPLE.COM', found: 'MAX@EXAMPLE.COM' },
      { text: 'user@xn--80ak6aa92e.com', found: 'user@xn--80ak6aa92e.com' }
    ],
    noMatch: [
      'npm i lodash@4.17.21',
      '@media screen',
      'info@presidio.',
      'a @ b.de',
      'git@github',
      'x@1.2.3',
      'redis://app:password@cache.example.org',
      'mongodb://$USER:$PASSWORD@cluster.example.net/app',
      'user@localhost'
    ]
  },
  source: 'RFC 5321 §4.1.2, RFC 6531'
}

function recognize(scan: Scan, at: number): void {
  const { text } = scan
  // `user:password@host` of a URL has been found already.
  if (scan.isCovered(at - 1)) return
  const start = localStart(text, at)
  if (start === at || isUserinfo(text, start)) return
  const end = domainEnd(text, at + 1)
  if (end > 0) scan.report(start, end, 'EMAIL', 0.98)
}

/** Start of the local part before the at sign; `at` when there is none. */
function localStart(text: string, at: number): number {
  let start = at
  const stop = Math.max(0, at - MAX_LOCAL)
  while (start > stop && is(text.charCodeAt(start - 1), LOCAL_PART)) start--
  // Quotes, equals signs and the like may belong to an address, but at its start they belong to the text around it.
  while (start < at && !isLocalStart(text.charCodeAt(start))) start++
  return behindSyntax(text, start, at)
}

/** What RFC 5322 allows and no mailbox has: parts of a URL, of a list, of a template, of a condition. */
const separators = /^.*(?:[/?&|{}]|=')/
/** The name of a parameter or variable: `mail=anna@…`. Forwarders write `bounce+42-anna=web.de@…`, which is kept whole. */
const parameter = /^[A-Za-z_][A-Za-z_.]{0,31}=(?=[\p{L}\d_])/u

/** The start of the mailbox itself, behind what stands before it without a blank. */
function behindSyntax(text: string, start: number, at: number): number {
  let from = start + (separators.exec(text.slice(start, at))?.[0].length ?? 0)
  for (let i = 0; i < 3; i++) from += parameter.exec(text.slice(from, at))?.[0].length ?? 0
  return from
}

/** The user of a URL, or what stands for his password: `redis://app:password@cache.example.org`. */
function isUserinfo(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  if (before !== 0x3a && before !== 0x24) return false
  const from = Math.max(0, start - MAX_LOCAL)
  return /:\/\/[^\s/?#@"'<>,;]{0,56}[:$]$/.test(text.slice(from, start))
}

function isLocalStart(code: number): boolean {
  return is(code, ALNUM | LETTER) || code === 0x5f
}

/** End of the domain that starts at `from`; 0 when it is none. */
function domainEnd(text: string, from: number): number {
  const stop = Math.min(text.length, from + MAX_DOMAIN)
  let end = from
  let lastDot = -1
  while (end < stop) {
    const code = text.charCodeAt(end)
    if (code === dot) {
      if (
        end === from ||
        !is(text.charCodeAt(end - 1), ALNUM | LETTER) ||
        !is(text.charCodeAt(end + 1), ALNUM | LETTER)
      )
        break
      lastDot = end
    } else if (!is(code, HOST)) break
    end++
  }
  while (end > from && text.charCodeAt(end - 1) === 0x2d) end--
  if (lastDot < 0 || lastDot >= end) return 0
  return isTopLevel(text, lastDot + 1, end) ? end : 0
}

/** Two letters or more, or a punycode label. */
function isTopLevel(text: string, from: number, end: number): boolean {
  if (end - from < 2) return false
  if (text.startsWith('xn--', from)) return true
  for (let i = from; i < end; i++) if (!is(text.charCodeAt(i), LETTER)) return false
  return true
}
