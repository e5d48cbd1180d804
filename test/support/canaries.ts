import { crc32 } from 'node:zlib'
import { iban, luhnDigit, socialSecurityDigit, taxIdDigit } from './check-digits.ts'
import { ALNUM, createRandom, DIGITS, type Random } from './random.ts'

/**
 * Planted values: personal data and secrets with valid checksums, unique per seed, that must never be seen outside
 * the request that carries them. Secrets are put together at run time, so that no scanner takes this file for a leak.
 */
export interface Canary {
  /** What it is, e.g. `email`, `card`, `github token`. */
  readonly kind: string
  /** The text as planted. */
  readonly value: string
  /** The parts of which none may leak; usually the value itself. */
  readonly needles: readonly string[]
  /** A sentence of a mail that holds the value. */
  readonly sentence: string
}

export type Language = 'de' | 'en'

interface Kind {
  readonly kind: string
  readonly language: Language | 'any'
  /** True for credentials, false for personal data. */
  readonly secret: boolean
  value(random: Random): string
  /** `‹›` stands for the value. */
  readonly sentence: string
  needles?(value: string): string[]
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const GIVEN = [
  'friederike',
  'torben',
  'annegret',
  'malte',
  'philippa',
  'gwendolyn',
  'rupert',
  'imogen'
] as const
const SYLLABLES = [
  'hol',
  'brun',
  'wies',
  'kat',
  'eich',
  'stor',
  'mar',
  'lind',
  'ost',
  'grev',
  'dahl',
  'ros'
] as const
const ENDINGS = ['enkamp', 'inger', 'stedt', 'hausen', 'wald', 'mann', 'berger', 'bach'] as const

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const surname = (r: Random): string => capital(r.pick(SYLLABLES) + r.pick(SYLLABLES) + r.pick(ENDINGS))
const grouped = (text: string, size: number): string =>
  text.replace(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ')

function card(r: Random): string {
  const payload = `4${r.chars(DIGITS, 14)}`
  return grouped(payload + luhnDigit(payload), 4)
}

/** Ten digits of which exactly one occurs twice, as § 139b AO has it, and the check digit. */
function taxId(r: Random): string {
  const digits = '123456789'.split('')
  for (let i = digits.length - 1; i > 0; i--) {
    const j = r.int(i + 1)
    const swap = digits[i] ?? ''
    digits[i] = digits[j] ?? ''
    digits[j] = swap
  }
  const ten = [...digits, digits[r.int(7)]].join('')
  return ten + taxIdDigit(ten)
}

function socialSecurity(r: Random): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const birth = two(1 + r.int(28)) + two(1 + r.int(12)) + two(40 + r.int(59))
  const eleven = `65${birth}${r.chars(UPPER, 1)}${two(r.int(100))}`
  return eleven + socialSecurityDigit(eleven)
}

/** Base 62, six characters, of the CRC-32 of the token: GitHub's and npm's own check. */
function withCrc(prefix: string, r: Random): string {
  const body = r.chars(ALNUM, 30)
  const alphabet = `${DIGITS}${UPPER}${UPPER.toLowerCase()}`
  let rest = crc32(body)
  let check = ''
  for (let i = 0; i < 6; i++) {
    check = (alphabet[rest % 62] ?? '') + check
    rest = Math.floor(rest / 62)
  }
  return `${prefix}_${body}${check}`
}

function privateKey(r: Random): string {
  const body = (
    r
      .bytes(138)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')
  const line = (word: string): string => `-----${word} PRIVATE KEY-----`
  return `${line('BEGIN')}\n${body}\n${line('END')}`
}

const lines = (value: string): string[] => value.split('\n').filter(line => !line.startsWith('-----'))
const password = (value: string): string[] => [/:([^:@]+)@/.exec(value)?.[1] ?? value]

const kinds: readonly Kind[] = [
  {
    kind: 'email',
    language: 'any',
    secret: false,
    value: r =>
      `${r.pick(GIVEN)}.${surname(r).toLowerCase()}@${r.pick(SYLLABLES)}${r.pick(ENDINGS)}-logistik.de`,
    sentence: 'Bitte schreiben Sie an ‹›.'
  },
  {
    kind: 'person de',
    language: 'de',
    secret: false,
    value: surname,
    sentence: 'Sehr geehrte Frau Dr. ‹›, vielen Dank für Ihre Geduld.'
  },
  {
    kind: 'person en',
    language: 'en',
    secret: false,
    value: surname,
    sentence: 'Dear Mr ‹›, thank you for your patience.'
  },
  {
    kind: 'phone de',
    language: 'de',
    secret: false,
    value: r => `+49 30 23125 ${r.chars(DIGITS, 3)}`,
    sentence: 'Telefonisch bin ich unter ‹› zu erreichen.'
  },
  {
    kind: 'phone en',
    language: 'en',
    secret: false,
    value: r => `+44 20 7946 0${r.chars(DIGITS, 3)}`,
    sentence: 'You can call me on ‹› in the afternoon.'
  },
  {
    kind: 'iban de',
    language: 'de',
    secret: false,
    value: r => grouped(iban('DE', `37040044${r.chars(DIGITS, 10)}`), 4),
    sentence: 'Überweisen Sie den Betrag auf das Konto IBAN ‹› bis Freitag.'
  },
  {
    kind: 'iban en',
    language: 'en',
    secret: false,
    value: r => iban('GB', `NWBK601613${r.chars(DIGITS, 8)}`),
    sentence: 'Please send the deposit to ‹› by Friday.'
  },
  {
    kind: 'card',
    language: 'any',
    secret: false,
    value: card,
    sentence: 'Kreditkarte / credit card: ‹›, gültig bis 04/29.'
  },
  {
    kind: 'ip address',
    language: 'any',
    secret: false,
    value: r => `185.${17 + r.int(200)}.${17 + r.int(200)}.${17 + r.int(200)}`,
    sentence: 'The login came from the IP address ‹› at night.'
  },
  {
    kind: 'tax id',
    language: 'de',
    secret: false,
    value: taxId,
    sentence: 'Meine Steuer-Identifikationsnummer lautet ‹›.'
  },
  {
    kind: 'social security number',
    language: 'de',
    secret: false,
    value: socialSecurity,
    sentence: 'Die Sozialversicherungsnummer ist ‹›.'
  },
  {
    kind: 'url with credentials',
    language: 'any',
    secret: true,
    value: r => `https://deploy:${r.chars(ALNUM, 14)}@git.${r.pick(SYLLABLES)}${r.pick(ENDINGS)}.de/app.git`,
    sentence: 'The repository is at ‹› for now.',
    needles: password
  },
  {
    kind: 'openai key',
    language: 'any',
    secret: true,
    value: r => `${['sk', 'proj', ''].join('-')}${r.chars(ALNUM, 74)}T3BlbkFJ${r.chars(ALNUM, 74)}`,
    sentence: 'The job uses ‹› as its key.'
  },
  {
    kind: 'anthropic key',
    language: 'any',
    secret: true,
    value: r => `${['sk', 'ant', 'api03', ''].join('-')}${r.chars(`${ALNUM}_`, 93)}AA`,
    sentence: 'Fallback key: ‹› (rotate it).'
  },
  {
    kind: 'aws access key',
    language: 'any',
    secret: true,
    value: r => ['AK', 'IA', r.chars(`${UPPER}234567`, 16)].join(''),
    sentence: 'aws_access_key_id = ‹› is in the log.'
  },
  {
    kind: 'github token',
    language: 'any',
    secret: true,
    value: r => withCrc('ghp', r),
    sentence: 'The pipeline pushes with ‹› now.'
  },
  {
    kind: 'google key',
    language: 'any',
    secret: true,
    value: r => ['AI', 'zaSy', r.chars(ALNUM, 33)].join(''),
    sentence: 'Maps key ‹› still works.'
  },
  {
    kind: 'slack token',
    language: 'any',
    secret: true,
    value: r =>
      ['xoxb', r.chars(DIGITS.slice(1), 12), r.chars(DIGITS.slice(1), 12), r.chars(ALNUM, 24)].join('-'),
    sentence: 'Slack bot: ‹› posts the alarms.'
  },
  {
    kind: 'stripe key',
    language: 'any',
    secret: true,
    value: r => ['sk', 'live', `51${r.chars(ALNUM, 97)}`].join('_'),
    sentence: 'Payments run with ‹› in production.'
  },
  {
    kind: 'gitlab token',
    language: 'any',
    secret: true,
    value: r => ['gl', 'pat-', r.chars(ALNUM, 20)].join(''),
    sentence: 'The mirror uses ‹› at the moment.'
  },
  {
    kind: 'hugging face token',
    language: 'any',
    secret: true,
    value: r => ['h', 'f_', r.chars(`${UPPER}${UPPER.toLowerCase()}`, 34)].join(''),
    sentence: 'Models are pulled with ‹› every night.'
  },
  {
    kind: 'azure client secret',
    language: 'any',
    secret: true,
    value: r => `${r.chars(ALNUM, 3)}${['8', 'Q~'].join('')}${r.chars(ALNUM, 34)}`,
    sentence: 'AZURE_CLIENT_SECRET=‹› is set on the server.'
  },
  {
    kind: 'password de',
    language: 'de',
    secret: true,
    value: r => `${r.chars(ALNUM, 5)}!${r.chars(ALNUM, 5)}7x`,
    sentence: 'Das Passwort: ‹› gilt nur heute.'
  },
  {
    kind: 'password en',
    language: 'en',
    secret: true,
    value: r => `${r.chars(ALNUM, 5)}#${r.chars(ALNUM, 5)}3q`,
    sentence: 'The password is: ‹› until noon.'
  },
  {
    kind: 'private key',
    language: 'any',
    secret: true,
    value: privateKey,
    sentence: 'Hier der Schlüssel / the key:\n‹›\nDanke!',
    needles: lines
  }
]

export interface CanaryChoice {
  readonly language?: Language
  /** Only personal data, no credentials. */
  readonly personalOnly?: boolean
  /** Only these kinds. */
  readonly kinds?: readonly string[]
}

/** One planted value of every kind that fits, unique per seed. */
export function canaries(seed: number, choice: CanaryChoice = {}): Canary[] {
  const random = createRandom(seed)
  const fits = (kind: Kind): boolean =>
    (choice.language === undefined || kind.language === 'any' || kind.language === choice.language) &&
    !(choice.personalOnly && kind.secret) &&
    (choice.kinds?.includes(kind.kind) ?? true)
  return kinds.filter(fits).map(kind => {
    const value = kind.value(random)
    return {
      kind: kind.kind,
      value,
      needles: kind.needles?.(value) ?? [value],
      sentence: kind.sentence.replace('‹›', () => value)
    }
  })
}

const FILLER: Record<Language, string> = {
  de: 'Guten Tag,\n\nwie besprochen finden Sie unten die Angaben zu dem Vorgang. Die Lieferung hat sich leider verzögert, weil das Lager in der vergangenen Woche umgebaut wurde.',
  en: 'Hello,\n\nas discussed you will find the details of the case below. The delivery was late because the warehouse was being rebuilt last week, sorry about that.'
}

/** A mail that holds all the given values. */
export function mailWith(planted: readonly Canary[], language: Language = 'de'): string {
  return `${FILLER[language]}\n\n${planted.map(canary => canary.sentence).join('\n')}\n\n${language === 'de' ? 'Mit freundlichen Grüßen' : 'Kind regards'}`
}
