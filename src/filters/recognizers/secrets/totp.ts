import { type Recognizer, words } from '../../recognizer.ts'
import { ALNUM, BLANK, is, NEWLINE } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { phraseList } from '../word-list.ts'

/** How far behind its name a seed may start: `Einrichtungsschlüssel für die Zwei-Faktor-Anmeldung lautet …`. */
const MAX_GAP = 64
/** 80 bits, the least that is issued; 64 characters are 320 bits. */
const MIN_SEED = 16
const MAX_SEED = 64

/** Seeds of one-time passwords in base32, as shown when an authenticator is set up; also in groups of four, lower case too. */
export const totp: Recognizer = {
  id: 'totp-seed',
  types: ['API_KEY'],
  anchors: words(
    ...phraseList(`
totp hotp totp_seed otp_seed otp_secret otp_key authenticator authentikator 2fa mfa zwei-faktor two-factor einrichtungsschlüssel setup_key
einrichtungscode google_authenticator otpauth
`)
  ),
  recognize,
  examples: {
    match: [
      { text: 'TOTP-Seed: KRSX G5CT MVRX EZLU', found: 'KRSX G5CT MVRX EZLU' },
      { text: 'Einrichtungsschlüssel für die Anmeldung lautet KRSXG5CTMVRXEZLU.', found: 'KRSXG5CTMVRXEZLU' },
      { text: 'authenticator setup key: krsx g5ct mvrx ezlu', found: 'krsx g5ct mvrx ezlu' },
      { text: 'otpauth://totp/ACME:max?secret=KRSXG5CTMVRXEZLU&issuer=ACME', found: 'KRSXG5CTMVRXEZLU' }
    ],
    noMatch: [
      'Die 2FA ist jetzt eingerichtet und funktioniert',
      'TOTP code 123456',
      'Zwei-Faktor: ANMELDUNGSVERFAHREN',
      'two-factor authentication with your phone from home',
      '2FA: AAAAAAAAAAAAAAAA'
    ]
  },
  source: 'RFC 6238 §5.1, RFC 4226 §4, https://github.com/google/google-authenticator/wiki/Key-Uri-Format'
}

function recognize(scan: Scan, _start: number, end: number): void {
  const { text } = scan
  const stop = Math.min(text.length, end + MAX_GAP)
  for (let at = Math.max(end, scan.readUntil); at < stop; at++) {
    if (!is(text.charCodeAt(at), ALNUM) || is(text.charCodeAt(at - 1), ALNUM)) continue
    const seedStop = seedEnd(text, at)
    if (seedStop > 0 && isSeed(text.slice(at, seedStop))) {
      scan.report(at, seedStop, 'API_KEY', 0.9)
      scan.readUntil = seedStop
      return
    }
  }
  scan.readUntil = stop
}

/** End of base32 in one piece or in groups of four; -1 when it is too short or too long. */
function seedEnd(text: string, from: number): number {
  let size = 0
  let at = from
  for (;;) {
    const group = at
    while (size <= MAX_SEED && isBase32(text.charCodeAt(at))) {
      at++
      size++
    }
    if (is(text.charCodeAt(at), ALNUM))
      return group > from && size - (at - group) >= MIN_SEED ? group - 1 : -1
    const next = text.charCodeAt(at)
    if (at - group !== 4 || !(is(next, BLANK) || next === 0x2d) || !isBase32(text.charCodeAt(at + 1))) break
    at++
  }
  if (is(text.charCodeAt(at - 1), BLANK | NEWLINE)) at--
  return size >= MIN_SEED && size <= MAX_SEED ? at : -1
}

function isBase32(code: number): boolean {
  const folded = code | 0x20
  return (folded >= 0x61 && folded <= 0x7a) || (code >= 0x32 && code <= 0x37)
}

/** In one case, and with a digit: eight of a hundred seeds have none, but all words. */
function isSeed(value: string): boolean {
  if (value !== value.toUpperCase() && value !== value.toLowerCase()) return false
  return /[2-7]/.test(value) && !isPlaceholder(value.replace(/[ -]/g, ''))
}
