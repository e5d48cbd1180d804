/**
 * Words shaped like the gateway's pseudonyms: a type in capitals, an underscore, eight to ten capitals and digits with at least
 * one digit. The demo knows them by their look only, as any model would. Linear: each word is entered once.
 */
const CODE = /\b([A-Z]{1,24}(?:_[A-Z]{1,24}){0,4})_(?=[A-Z]{0,9}[0-9])([0-9A-Z]{8,10})\b/g

/** Distinct codes in order of appearance, at most 32. */
export function codesIn(text: string): string[] {
  const codes = new Set<string>()
  for (const match of text.matchAll(CODE)) {
    codes.add(match[0])
    if (codes.size === 32) break
  }
  return [...codes]
}

/** Writes each code with a middle dot before its last part, so that no gateway takes it for a pseudonym. */
export function dotted(text: string): string {
  return text.replace(CODE, '$1·$2')
}

const GERMAN_WORDS = new Set(
  'aber als an auch auf aus bei bitte das dass dem den der des die ein eine einen einer er es für gibt guten habe hallo hat heißt ich ihr im ist kann können mit mein meine nach nicht oder schreibe sehr sich sie sind und uns unser vom von war was wer wie wir zum zur'.split(
    ' '
  )
)

/** True when at least two common German words are among the first 2,000 characters, or one and an umlaut. */
export function looksGerman(text: string): boolean {
  const words = text
    .slice(0, 2000)
    .toLowerCase()
    .split(/[^a-zäöüß]+/)
  const known = words.filter(word => GERMAN_WORDS.has(word)).length
  return known >= 2 || (known === 1 && words.some(word => /[äöüß]/.test(word)))
}

/** At most `length` characters from the start, cut at white space so that no word or code is halved. */
export function excerpt(text: string, length: number): string {
  const trimmed = text.trim()
  if (trimmed.length <= length) return trimmed
  const cut = trimmed.lastIndexOf(' ', length)
  return `${trimmed.slice(0, cut > 0 ? cut : 0).trimEnd()} …`
}
