import { anywhere, type Recognizer, words } from '../recognizer.ts'
import { is, LETTER } from '../scanner/chars.ts'
import type { Scan } from '../scanner/scan.ts'

/** Longest local part and domain looked at, in characters. */
const MAX_LOCAL = 70
const MAX_DOMAIN = 120

/** E-mail address with its signs in words or brackets: `max (at) example (punkt) de`. */
export const emailSpelled: Recognizer = {
  id: 'email-spelled',
  types: ['EMAIL'],
  anchors: [
    ...anywhere('(at)', '[at]', '{at}', '<at>', '(ät)', '[ät]', '(a)', '[a]', '(@)', '[@]', '{@}', ' @ '),
    ...words('at', 'ät', 'klammeraffe', 'arroba', 'arobase', 'chiocciola')
  ],
  recognize,
  examples: {
    match: [
      {
        text: 'Schreiben Sie an max.muster (at) beispiel (punkt) de, danke',
        found: 'max.muster (at) beispiel (punkt) de'
      },
      { text: 'max[at]example[dot]com', found: 'max[at]example[dot]com' },
      { text: 'anna dot berg at example dot org', found: 'anna dot berg at example dot org' },
      { text: 'max punkt muster ät beispiel punkt de', found: 'max punkt muster ät beispiel punkt de' },
      { text: 'mail: max(at)example.com', found: 'max(at)example.com' },
      { text: 'max @ example.com', found: 'max @ example.com' },
      { text: 'MAX AT EXAMPLE DOT COM', found: 'MAX AT EXAMPLE DOT COM' }
    ],
    noMatch: [
      'We met at example.com headquarters',
      'look at the dot com bubble',
      'a @ b',
      'we do nothing else at this point in time',
      'f(a) = b.c',
      'arrived at noon. Then left',
      'list[a].de',
      'We stay at Berlin dot'
    ]
  },
  source: 'RFC 5321 §4.1.2; usual ways of hiding addresses from harvesters'
}

const sign =
  '(?: ?(?:\\(|\\[|\\{|<) ?(?:dot|punkt|point|punto|\\.) ?(?:\\)|\\]|\\}|>) ?| (?:dot|punkt|point|punto) )'
const local = new RegExp(`[\\p{L}\\d](?:[\\p{L}\\d._%+-]{0,30}${sign}){0,3}[\\p{L}\\d._%+-]{0,30}$`, 'iu')
const spelledDomain = new RegExp(
  `^[\\p{L}\\d-]{1,40}(?:(?:\\.|${sign})[\\p{L}\\d-]{1,40}){0,2}${sign}[\\p{L}]{2,12}(?![\\p{L}\\d])`,
  'iu'
)
const plainDomain = /^[\p{L}\d-]{1,40}(?:\.[\p{L}\d-]{1,40}){0,3}\.\p{L}{2,12}(?![\p{L}\d])/iu

/** Domains that people read out; other words behind `point` and `dot` are words. */
const topLevel =
  /(?:^|[^\p{L}])(?:com|org|net|info|biz|edu|gov|io|eu|app|dev|example|test|de|at|ch|li|fr|es|it|nl|be|pl|pt|dk|se|no|fi|cz|sk|hu|ro|gr|uk|us|ie|lu|ca|br|tr|ru|ua)$/iu

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  const bracketed = !is(text.charCodeAt(start), LETTER)
  const isSpace = text.charCodeAt(start) === 0x20
  const from = skip(text, end)
  const rest = text.slice(from, from + MAX_DOMAIN)
  // Between words only a domain in words will do: `at example.com` is a place to look.
  const domain = spelledDomain.exec(rest) ?? (bracketed ? plainDomain.exec(rest) : null)
  if (domain === null || (isSpace && !/^[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(domain[0]))) return
  const stop = text.charCodeAt(start - 1) === 0x20 ? start - 1 : start
  const begin = Math.max(0, stop - MAX_LOCAL)
  const found = local.exec(text.slice(begin, stop))
  if (found === null || /(?:^|[^\p{L}])(?:the|der|die|das|look|met|us|me)$/iu.test(found[0])) return
  if (!bracketed && from === end) return
  // `at this point in time`
  if (/ (?:point|punto|dot|punkt) /i.test(domain[0]) && !topLevel.test(domain[0])) return
  scan.report(begin + found.index, from + domain[0].length, 'EMAIL', isSpace ? 0.7 : bracketed ? 0.9 : 0.8)
}

function skip(text: string, at: number): number {
  return text.charCodeAt(at) === 0x20 ? at + 1 : at
}
