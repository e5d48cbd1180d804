import { allRecognizers } from '../../src/filters/recognizers/index.ts'
import { compileFormat } from '../../src/filters/recognizers/secrets/format.ts'
import { allSecretRules } from '../../src/filters/recognizers/secrets/index.ts'
import { vendorKeys } from '../../src/filters/recognizers/secrets/vendor-keys.ts'

/** Recognizers whose pattern is no list of masks, as the regular expressions others use for them. */
const personal = [
  /[\w.%+-]{1,64}@[A-Za-z0-9.-]{1,255}\.[A-Za-z]{2,}/g,
  /\b[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}\b/gi,
  /\b(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}\b/g,
  /\b(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b|\b(?:[0-9a-f]{1,4}:){1,7}:(?:[0-9a-f]{1,4})?\b/gi,
  /(?:\+|00)\d{1,3}[ ./-]?(?:\(0\))?(?:[ ./-]?\d{2,5}){2,5}\b/g,
  /\b0\d{2,5}[ ./-]{1,3}\d{3,9}(?:[ -]\d{1,6})?\b/g,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]{1,64}:[^\s@/]{1,128}@/gi,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----[\s\S]{1,8192}?-----END/g,
  /(?:password|passwort|kennwort|passwd|pwd)["']?\s{0,3}(?::|=|is|ist|lautet)\s{0,3}["']?[^\s"']{4,64}/gi,
  /\b(?:Herrn?|Frau|Dr\.|Prof\.|Mr\.?|Mrs\.?|Ms\.?) (?:(?:Dr|Prof)\. )?[A-ZÄÖÜ][\p{L}-]{1,30}(?: [A-ZÄÖÜ][\p{L}-]{1,30}){0,3}/gu,
  /\b(?:Hallo|Liebe[r]?|Dear|Hi) [A-ZÄÖÜ][\p{L}-]{1,30}/gu,
  /(?:Grüßen?|regards),?\s{1,4}[A-ZÄÖÜ][\p{L}-]{1,30}(?: [A-ZÄÖÜ][\p{L}-]{1,30}){0,3}/gu,
  /\b(?:Name|Ansprechpartner|Kontakt|Patient): {0,3}[A-ZÄÖÜ][\p{L}-]{1,30}(?: [A-ZÄÖÜ][\p{L}-]{1,30}){0,3}/gu
]

/** All rules as plain regular expressions, to be run one after the other over the whole text. */
export function plainRules(): RegExp[] {
  const masks = allRecognizers.flatMap(recognizer =>
    (recognizer.forms ?? []).map(form => maskRegExp(form.mask))
  )
  const secrets = allSecretRules.map(rule => new RegExp(compileFormat(rule.format).pattern, 'g'))
  const vendors = vendorKeys.map(({ names, shapes }) => named(names, shapes.map(shapePattern).join('|')))
  return [
    ...personal,
    ...masks,
    ...secrets,
    ...vendors,
    ...keys.map(words => named(words, '[\\w.=/+~-]{8,150}'))
  ]
}

/** Names of secrets, each with the qualifiers before it, as public rule files have them. */
const keys = [
  ['api', 'access', 'auth', 'client', 'private', 'secret', 'signing', 'encryption', 'master'].map(
    word => `${word}[_.-]?key`
  ),
  ['token', 'secret', 'credential', 'schlüssel'],
  ['session', 'cookie', 'sid', 'signature', 'verifier']
]

/** A name in an identifier, an operator, a value: the form in which public rule files write it. */
function named(names: readonly string[], value: string): RegExp {
  const name = names.map(word => (word.includes('[') ? word : word.replaceAll('.', '\\.'))).join('|')
  return new RegExp(
    `[\\w.-]{0,50}?(?:${name})(?:[ \\t\\w.-]{0,20})[\\s'"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)[\\x60'"\\s=]{0,5}(${value})(?:[\\x60'"\\s;]|\\\\[nr]|$)`,
    'gi'
  )
}

function shapePattern(shape: string): string {
  // A literal in front, which formats must have; it is cut off again.
  return compileFormat(`zz${shape}`).pattern.replace('(?:zz)', '')
}

function maskRegExp(mask: string): RegExp {
  let source = ''
  for (const char of mask)
    source += `${source === '' ? '' : '[ ./-]?'}${char === '9' ? '\\d' : char === 'A' ? '[A-Za-z]' : char === 'X' ? '[A-Za-z0-9]' : char}`
  return new RegExp(`\\b${source}\\b`, 'g')
}
