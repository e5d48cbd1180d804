import { wordList } from '../word-list.ts'

/** Longest text looked at; what is longer is no placeholder but for its beginning. */
const MAX = 128

const wholeWords = wordList(`
password passwort passwd pass pwd pw secret geheim token key apikey api_key api-key changeme change_me
change-me changeit example beispiel test testing dummy sample none null nil undefined true false todo tbd
n/a empty string str value your_password yourpassword mypassword my_password redacted removed hidden
masked placeholder insert required optional user username admin default foo bar foobar baz credentials
passphrase yes no int text input varchar bool object
`)

const parts =
  /your[-_ ]|[-_ ]your|[-_]here\b|^dein[-_ ]|^ihr[-_ ]|\bexample\b|example(?:key)?$|[-_.]example|example[-_.]|beispiel|placeholder|platzhalter|dummy|redacted|changeme|change[-_]me|replace[-_ ]?(?:me|with|this)|insert[-_ ]|fixme|(?:^|[^\w])<[^<>]{0,64}>|\$\{[\w .:/()'"-]{0,64}\}|\{\{[^{}]{0,64}\}\}|\$\(|%\(|^\$[A-Za-z_]|^%[A-Za-z_]{1,32}%$|^\{[A-Za-z_]{1,32}\}$|^\[[A-Za-z_ -]{1,32}\]$|\*{3}|\.{3}|…|•{2}|x{5}|X{5}|#{3}|0{8}|^process\.env|^os\.|^env[.[(]|getenv|^self\.|^this\.|^config[.[]|^args?\.|^settings\./i

/** True for what stands in docs and code in place of a secret: `YOUR_API_KEY`, `xxxx`, `${TOKEN}`, `<password>`. */
export function isPlaceholder(text: string): boolean {
  const value = text.length > MAX ? text.slice(0, MAX) : text
  return wholeWords.has(value.toLowerCase()) || parts.test(value) || isUniform(value) || isRepeated(value)
}

/**
 * AWS and others put EXAMPLE into the keys of their documentation; a few characters over and over are typed by hand,
 * but for the A's that are noughts in base64.
 */
function isRepeated(value: string): boolean {
  return /EXAMPLE|^(.{1,4})\1{4}/.test(value.slice(0, 24)) && !/^A{8}/.test(value)
}

/** One or two different characters only, or a plain run upwards: `xxxx`, `000000`, `12345678`. */
function isUniform(value: string): boolean {
  if (value.length < 4) return false
  if (isOfTwo(value)) return true
  let steps = 0
  for (let i = 1; i < value.length; i++) {
    const step = value.charCodeAt(i) - value.charCodeAt(i - 1)
    // From 9 to 0 counts as a step.
    if (step === 1 || (step === -9 && value.charCodeAt(i) === 0x30)) steps++
  }
  return steps >= value.length - 2
}

/** One or two different characters only: `xxxx`, `000000`. */
export function isOfTwo(value: string): boolean {
  const first = value.charCodeAt(0)
  let second = -1
  for (let i = 1; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code === first || code === second) continue
    if (second >= 0) return false
    second = code
  }
  return true
}

const dummyParts =
  /example|placeholder|dummy|redacted|your[-_ ]|replace[-_ ]?me|stringhere|\*{3}|\.{3}|…|•{2}|x{6}|X{6}|0{12}|_here\b|(?:^|[^\w])<[^<>]{0,64}>|\$\{[\w .:/()'"-]{0,64}\}|\{\{[^{}]{0,64}\}\}/i

/** As `isPlaceholder`, for values that already have a vendor's format: only what no random key could hold. */
export function isDummyKey(value: string): boolean {
  return dummyParts.test(value.length > MAX ? value.slice(0, MAX) : value)
}
