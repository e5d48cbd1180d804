import { type Recognizer, words } from '../recognizer.ts'
import { ALNUM, is } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'

/** Longest block looked at; a 16,384-bit RSA key in PEM has 12,800 characters. */
const MAX_BLOCK = 16_384

const header = /BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y
const footer = /-{4,5} ?END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y
/** One line of a block cut off before its end: base64, a header field of RFC 1421 or RFC 4880, or nothing. */
const line =
  /[ \t]{0,32}(?:[A-Za-z0-9+/=]{1,120}|[A-Z][A-Za-z0-9-]{1,20}: [^\r\n\\]{0,120}|=[A-Za-z0-9+/]{4})?[ \t]{0,8}(?:\r?\n|(?:\\r)?\\n)/y

/** Fewer characters of base64 than this are a placeholder, not a key: an Ed25519 key has 64. */
const MIN_BODY = 40

/** Private keys as text: PEM (PKCS #1, #8, SEC 1), OpenSSH, SSH2, PGP; whole blocks, also with `\n` written out. */
export const privateKey: Recognizer = {
  id: 'private-key',
  types: ['PRIVATE_KEY'],
  anchors: words('begin', 'private-lines'),
  recognize,
  examples: {
    match: [
      {
        text: 'Private-Lines: 1\nAAABAQCO+eW40w29wGn9lPaqHpkrTQW6qiHuTNOYlGiZqhhCmIwYVJsX4QX3NwgC',
        found: 'AAABAQCO+eW40w29wGn9lPaqHpkrTQW6qiHuTNOYlGiZqhhCmIwYVJsX4QX3NwgC'
      },
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v1n0PqYl7SxK2bVQ9uS0kG5c8w7b2m1T3R4pX\n-----END PRIVATE KEY-----',
      {
        text: 'key: "-----BEGIN RSA PRIVATE KEY-----\\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\\n-----END RSA PRIVATE KEY-----"',
        found:
          '-----BEGIN RSA PRIVATE KEY-----\\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\\n-----END RSA PRIVATE KEY-----'
      },
      {
        text: '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\nc2gtZWQyNTUxOQAAACD2\n\nDas war der Schlüssel.',
        found:
          '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\nc2gtZWQyNTUxOQAAACD2'
      },
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQOYBFhdyScBCADxk0J7Yy1y6n6d3bB0a2c1k9J4f5M8h7s6Q2w1E3r4T5y6U7i8\n=mQ9x\n-----END PGP PRIVATE KEY BLOCK-----'
    ],
    noMatch: [
      'Private-Lines: none',
      '-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3Df\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----',
      '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
      'Begin private key handling here'
    ]
  },
  source: 'RFC 7468, RFC 1421, RFC 4716, RFC 9580 §6.2, OpenSSH PROTOCOL.key'
}

function recognize(scan: Scan, start: number, word: number): void {
  const { text } = scan
  if (scan.isCovered(start)) return
  if ((text.charCodeAt(start) | 0x20) === 0x70) {
    recognizePutty(scan, word)
    return
  }
  let from = start
  if (text.charCodeAt(from - 1) === 0x20) from--
  let dashes = 0
  while (dashes < 5 && text.charCodeAt(from - 1) === 0x2d) {
    from--
    dashes++
  }
  if (dashes < 4) return
  header.lastIndex = start
  if (!header.test(text)) return
  const body = header.lastIndex
  const end = blockEnd(text, body)
  if (hasBody(text, body, end)) scan.report(from, end, 'PRIVATE_KEY', 0.99)
}

const puttyCount = /: \d{1,3}\r?\n/y

/** `Private-Lines: 14` and that many lines of base64, in PuTTY's key files. */
function recognizePutty(scan: Scan, from: number): void {
  const { text } = scan
  puttyCount.lastIndex = from
  if (!puttyCount.test(text)) return
  const body = puttyCount.lastIndex
  const end = truncatedEnd(text, body, Math.min(text.length, body + MAX_BLOCK))
  if (hasBody(text, body, end)) scan.report(body, end, 'PRIVATE_KEY', 0.97)
}

/** End of the block: behind its END line, or where lines stop looking like one. */
function blockEnd(text: string, body: number): number {
  const stop = Math.min(text.length, body + MAX_BLOCK)
  let at = body
  while (at < stop && !text.startsWith('----', at)) at++
  footer.lastIndex = at
  if (footer.test(text)) return footer.lastIndex
  return truncatedEnd(text, body, stop)
}

function truncatedEnd(text: string, body: number, stop: number): number {
  let at = body
  let end = body
  let empty = 0
  while (at < stop && empty < 3) {
    line.lastIndex = at
    if (!line.test(text)) return Math.max(end, base64End(text, at, stop))
    const isEmpty =
      text
        .slice(at, line.lastIndex)
        .trim()
        .replace(/\\[rn]/g, '') === ''
    empty = isEmpty ? empty + 1 : 0
    if (!isEmpty) end = trimEnd(text, line.lastIndex)
    at = line.lastIndex
  }
  return end
}

/** The last line may be cut off anywhere. A word of prose is not taken for one. */
function base64End(text: string, from: number, stop: number): number {
  let at = from
  while (at < stop && (is(text.charCodeAt(at), ALNUM) || '+/='.includes(text.charAt(at)))) at++
  return at - from >= 24 ? at : 0
}

/** Without the line end, also where it is written `\n`. */
function trimEnd(text: string, end: number): number {
  let at = end
  for (;;) {
    const code = text.charCodeAt(at - 1)
    if (code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09) at--
    else if ((code === 0x6e || code === 0x72) && text.charCodeAt(at - 2) === 0x5c) at -= 2
    else return at
  }
}

function hasBody(text: string, from: number, end: number): boolean {
  let count = 0
  for (let i = from; i < end && count < MIN_BODY; i++) if (is(text.charCodeAt(i), ALNUM)) count++
  return count >= MIN_BODY
}
