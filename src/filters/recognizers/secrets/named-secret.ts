import { anywhere, type Recognizer } from '../../recognizer.ts'
import { is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { Letters } from '../validators/letters.ts'
import { isPlaceholder } from '../validators/placeholder.ts'
import { wordList } from '../word-list.ts'
import { isUserAndPassword, MAX_BASIC } from './http-auth.ts'
import { ARGUMENT, BESIDE, KeyValue } from './key-value.ts'
import { isUpper } from './key-value-text.ts'
import { joined } from './rule.ts'

/** Longest value, in characters. */
const MAX_VALUE = 2048

/**
 * Keys, tokens and secrets told by their name: `SERVICE_API_KEY=…`, `"accessToken": "…"`, `--client-secret …`. The name
 * alone is not enough: the value must look made by a machine.
 */
export const namedSecret: Recognizer = {
  id: 'named-secret',
  types: ['API_KEY', 'TOKEN', 'PASSWORD'],
  anchors: anywhere(
    'token',
    'secret',
    'key',
    'credential',
    'schlüssel',
    'schluessel',
    'auth',
    'authorization',
    'access',
    'private',
    'signature',
    'session',
    'cookie',
    'sid',
    'verifier'
  ),
  recognize,
  labelled,
  examples: {
    match: [
      { text: 'export ACME_API_KEY=9dK2mQ7xLp40ZtR8', found: '9dK2mQ7xLp40ZtR8' },
      { text: '"access_token": "mF9kB5f41JqMzzT8"', found: 'mF9kB5f41JqMzzT8', type: 'TOKEN' },
      { text: 'clientSecret: "fda4228cbb01d9",', found: 'fda4228cbb01d9' },
      { text: 'acme SECRET 20bc9d12e4f73a5590', found: '20bc9d12e4f73a5590' },
      { text: 'if (creds.Token != "kq7Zp0Tt41xW") {', found: 'kq7Zp0Tt41xW', type: 'TOKEN' },
      { text: 'System.setProperty("ACME_TOKEN", "hx4Kq02ZpTb7")', found: 'hx4Kq02ZpTb7', type: 'TOKEN' },
      { text: '<ApiKey>c9117d87046fc242</ApiKey>', found: 'c9117d87046fc242' },
      { text: '<add key="AcmeSecret" value="7e21f09ab3dd" />', found: '7e21f09ab3dd' },
      { text: 's:10:"app_secret";s:12:"7e21f09ab3dd";', found: '7e21f09ab3dd' },
      {
        text: '{"tokens":["3f846a1a71208e35","c26bac0af89a49fd"]}',
        found: 'c26bac0af89a49fd',
        type: 'TOKEN'
      },
      {
        text: joined('//registry.example.com/:_auth=bWF4Omdl', 'aGVpbTEyMw=='),
        found: joined('bWF4Omdl', 'aGVpbTEyMw=='),
        type: 'PASSWORD'
      },
      { text: 'Unseal Key 2: hx4Kq02ZpTb7dd1+mQ', found: 'hx4Kq02ZpTb7dd1+mQ' },
      {
        text: 'variable "api_token" {\n  type = string\n  default = "hx4Kq02ZpTb7"\n}',
        found: 'hx4Kq02ZpTb7',
        type: 'TOKEN'
      },
      { text: 'Der API-Schlüssel lautet: hx4Kq02ZpTb7dd1', found: 'hx4Kq02ZpTb7dd1' },
      { text: 'aB3x9QpL77tRw2', label: 'apiKey', found: 'aB3x9QpL77tRw2' }
    ],
    noMatch: [
      'api_key = YOUR_API_KEY',
      'token = request.headers.get("Authorization")',
      'apiKey: process.env.API_KEY',
      'secret: ${SECRET}',
      'TOKEN=<your-token>',
      'const tokens = tokenize(text)',
      'Create an API key: https://example.com/d?to=%2F%5Bteam%5D%2F%7E%2Fapi-keys',
      'key: "Content-Type"',
      'const keyStr = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"',
      'tokenizer = AutoTokenizer.from_pretrained("bert2base")',
      'kms_key_id = "555ea4a3-d53a-4412-9c66-3a7cb667b0d6"',
      'public_key = "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"',
      'api_key: "xxxxxxxxxxxxxxxx"',
      'primaryKey = UserTokenPrimaryKey',
      'access_token: AccessTokenResponse2Data',
      'monkey: 9dK2mQ7xLp40ZtR8',
      'export ACME_TOKEN=ops_eyJzaWduSW5BZGRy...',
      'const validKeyChars = "9dK2mQ7xLp40ZtR8"',
      'acme_secret_key = kQ7zEXAMPLE9dK2mQ7x'
    ]
  },
  source: 'Own rule: names of credentials as found in code, configuration and logs'
}

const keyValue = new KeyValue()
const letters = new Letters()

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (start < scan.readUntil || !endsWord(text, end)) return
  if (!keyValue.read(text, start, end, MAX_VALUE)) {
    // So that a text of names without end is read once and not from each of them.
    if (keyValue.tooLongUntil > 0) scan.readUntil = keyValue.tooLongUntil
    return
  }
  let isNamed = 0
  if (!keyValue.isQuoted && leads(text, keyValue.start, keyValue.end) && !keyValue.skipWord(text)) return
  do {
    if (keyValue.isQuoted) keyValue.dropScheme(text)
    if (!isLikely(text, keyValue.start, keyValue.end)) continue
    if (isNamed === 0)
      isNamed = rateName(
        text.slice(keyValue.nameStart, keyValue.nameEnd),
        text.slice(start, end),
        start - keyValue.nameStart
      )
    if (isNamed < 0) return
    report(scan, text.slice(start, end), isNamed)
  } while (keyValue.next(text))
}

/** `keyword`, `tokenizer`, `author` are other words. */
function endsWord(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (!is(code, LETTER) || isUpper(code) !== isUpper(text.charCodeAt(end - 1))) return true
  const next = text.charCodeAt(end + 1)
  // Plural.
  return (code | 0x20) === 0x73 && !is(next, LETTER)
}

const leading = wordList('bearer basic token apikey api-key key ist is lautet war was are code value wert')

/** A word that stands between the name and its value. */
function leads(text: string, start: number, end: number): boolean {
  return end - start <= 8 && leading.has(text.slice(start, end).toLowerCase())
}

/** Cheap: only counts characters. */
function isLikely(text: string, start: number, end: number): boolean {
  if (end - start < 6 || (keyValue.join === ARGUMENT && !keyValue.isQuoted)) return false
  letters.read(text, start, end)
  return keyValue.join === BESIDE
    ? letters.isRandom(14) || letters.isPlausible
    : letters.isRandom(6) || letters.isPlausible
}

const STRONG = 3
const MEDIUM = 2
const WEAK = 1
const NO = -1

/** What follows the word in a name and makes it something else than the secret. */
const otherTails = wordList(`
id ids identifier name names type types length len size count url uri path file files dir folder expiry expires expiration expire ttl timeout
format alg algorithm version field column prefix suffix policy hint label title text message error endpoint host server user username class
state status scope scopes issuer audience usage index ref arn manager store provider service handler factory header headers param parameter env
var variable limit lifetime pair pairs bits rotation spec template pattern regex map mapping group fingerprint thumbprint checksum number
frame words word chars characters alphabet charset board code codes function method callback listener interface model schema table row cell button input
`)

const qualifiers =
  /(?:api|access|secret|private|auth|app|application|encryption|encrypt|crypt|crypto|master|licen[cs]e|sign|signing|shared|account|consumer|client|service|deploy|webhook|admin|session|storage|subscription|write|read|server|hmac|jwt|aes|rsa|ssh|pgp|gpg|token|oauth|cookie|validation|primary|secondary|sas|hub|rest|live|test|prod|production|sandbox|user|partner|merchant|developer|dev|ingest|insert|push|stream|integration|security|bot|master|root)[_\-. ]?$/i

/** How sure a name says that its value is a secret. */
function rateName(name: string, word: string, at: number): number {
  const head = name.slice(0, at)
  const tail = name.slice(at + word.length)
  if (/public|pub_?$|publishable|encrypted_?$|hashed_?$/i.test(head)) return NO
  const last = /([A-Z]?[a-z]+|[A-Z]+)\d*$/.exec(tail)?.[1] ?? ''
  if (otherTails.has(last.toLowerCase())) return NO
  switch (word.toLowerCase()) {
    case 'key':
      return rateKey(head, word)
    case 'access':
    case 'private':
      return tail === '' ? WEAK : NO
    case 'auth':
    case 'session':
    case 'cookie':
    case 'signature':
    case 'sid':
    case 'verifier':
      return startsPart(head, word) ? WEAK : NO
    default:
      return STRONG
  }
}

/** `monkey`, `hockey`: letters of the same case right before are one word with it, unless they qualify it. */
function rateKey(head: string, word: string): number {
  if (qualifiers.test(head)) return STRONG
  if (!startsPart(head, word)) return NO
  return head === '' ? WEAK : MEDIUM
}

function startsPart(head: string, word: string): boolean {
  const code = head.charCodeAt(head.length - 1)
  return !is(code, LETTER) || isUpper(code) !== isUpper(word.charCodeAt(0))
}

const code =
  /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|:\/\/|\.(?:js|ts|py|go|json|ya?ml|pem|crt|key|txt|html?|png|svg)$/

function report(scan: Scan, word: string, strength: number): void {
  const { start, end, isQuoted, join } = keyValue
  const value = scan.text.slice(start, end)
  // Cut short by whoever wrote it down.
  if (scan.text.startsWith('..', end) || scan.text.startsWith('…', end)) return
  // `_auth=…` of .npmrc, `"auth": "…"` of a Docker configuration.
  if (/^auth$/i.test(word) && end - start <= MAX_BASIC && isUserAndPassword(value)) {
    scan.report(start, end, 'PASSWORD', 0.9)
    return
  }
  // `tokenize(text)`; where to get a key.
  if ((!isQuoted && scan.text.charCodeAt(end) === 0x28) || /^https?:\/\//.test(value)) return
  if (!isSecretValue(value, strength, isQuoted)) return
  const type = /^(?:token|auth|session|cookie|sid)/i.test(word) ? 'TOKEN' : 'API_KEY'
  scan.report(start, end, type, strength > WEAK && join !== BESIDE ? 0.85 : 0.75)
}

function isSecretValue(value: string, strength: number, isQuoted: boolean): boolean {
  if (
    isPlaceholder(value) ||
    /\s|^[[({<]|\(.{0,80}\)|^0x[0-9a-fA-F]{1,16}$|^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value)
  )
    return false
  // Names in code are letters in mixed case; of random letters fewer read like words.
  if (letters.digits === 0 && letters.humps > 0 && letters.usualPairs >= letters.pairs * 0.5) return false
  if (notSecret.test(value) || (letters.isWordLike && /[./]/.test(value) && !letters.isRandom(16)))
    return false
  if (!isQuoted && code.test(value) && !letters.isRandom(24)) return false
  if (isQuoted && isPath(value)) return false
  if (strength === STRONG) return true
  if (strength === MEDIUM)
    return value.length >= 16 && letters.digits > 1 && (letters.hexOnly || letters.isRandom(16))
  return value.length >= 16 && letters.digits > 1 && letters.turns >= 3
}

/** A URL, a path, a host name; a slash may also begin base64. */
function isPath(value: string): boolean {
  return /:\/\/|^[.~]|^\/(?![A-Za-z0-9+]{27,}={0,2}$)|^[a-z-]+\.[a-z.-]+$/i.test(value)
}

/** Names of algorithms and colours. */
const notSecret =
  /(?:sha|aes|ecdsa|nistp|hmac|rsa|ed|md|curve|secp|utf|iso)[-_]?\d{1,4}(?:$|[-_/])|^#[\da-f]{3,8}$/i

const labelWord =
  /(?:token|secret|credentials?|api[_-]?key|access[_-]?key|private[_-]?key|secret[_-]?key|auth[_-]?key|master[_-]?key|client[_-]?key|signing[_-]?key)$/i

function labelled(scan: Scan): void {
  const { text, label } = scan
  if (text.length > MAX_VALUE || text.length < 8 || !labelWord.test(label) || /public/i.test(label)) return
  if (!letters.read(text, 0, text.length).isRandom(8) || !isSecretValue(text, STRONG, true)) return
  scan.report(0, text.length, /token$/i.test(label) ? 'TOKEN' : 'API_KEY', 0.9)
}
