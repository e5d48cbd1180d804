/** Months in the languages of the cues, as far as they are needed to tell a date: first three letters or more. */
const month =
  '(?:jan|jän|feb|feber|m(?:ä|a|å)r|maa|maer|apr|avr|abr|kwi|mai|may|maj|mei|mag|jun|jui|giu|cze|lip|jul|lug|aug|ago|aoû|aou|sie|sep|set|wrz|okt|oct|ott|out|paź|nov|nof|lis|dez|dec|déc|dic|gru|ene|gen|sty|lut|fév|fev|mrt|tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)\\p{L}{0,10}'
/** Digits, and letters that text recognition takes for them. */
const d = '[\\dlIO]'
const year = `(?:1[89]|20|l9|2O)${d}{2}`
const separators = '[./\\u2013-]'

const source = [
  `${d}{1,2}${separators} ?${d}{1,2}${separators} ?(?:${year}|\\d\\d)`,
  `${year}${separators}${d}{1,2}${separators}${d}{1,2}`,
  `${d}{1,2}(?:\\.|st|nd|rd|th|er|º|°)? ?(?:de |of |di )?${month}\\.?,? ?(?:de |del |of )?${year}`,
  `${month}\\.? ${d}{1,2}(?:st|nd|rd|th)?,? ${year}`,
  `${d}{1,2}-${month}-(?:${year}|\\d\\d)`,
  `${d}{1,2} (?:${d}{1,2}) ${year}`,
  `(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])`
].join('|')

const pattern = new RegExp(`(?:${source})(?![\\p{L}\\d])`, 'iuy')
const before = new RegExp(
  `(?<![\\p{L}\\d.])(${source})(?: (?:in|zu|a|à|en|te) \\p{Lu}[\\p{L}.-]{1,20}(?: [\\p{L}()/-]{1,20}){0,3})?,? $`,
  'iu'
)

/** End of the date in full at `at`; `at` when there is none. Looks at no more than 40 characters. */
export function dateEnd(text: string, at: number): number {
  pattern.lastIndex = at
  if (!pattern.test(text)) return at
  return isPossible(text.slice(at, pattern.lastIndex)) ? pattern.lastIndex : at
}

/** The date that ends, with a place perhaps, right before `end`: `am 12. März 1980 in Berlin geboren`. */
export function dateBefore(text: string, end: number): { start: number; end: number } | undefined {
  const from = Math.max(0, end - 90)
  const found = before.exec(text.slice(from, end))
  const date = found?.[1]
  if (found === null || date === undefined || !isPossible(date)) return undefined
  return { start: from + found.index, end: from + found.index + date.length }
}

/** No month or day beyond what a calendar has, and a year that someone alive could have. */
function isPossible(date: string): boolean {
  const numbers = date.match(/\d{1,4}/g)?.map(Number) ?? []
  if (/[lIO]/.test(date) && !/\p{L}{3}/u.test(date)) return true
  const [first = 1, second = 1] = numbers
  if (numbers.length === 3 && first <= 31)
    return first > 0 && second > 0 && second <= 31 && Math.min(first, second) <= 12
  return first > 0
}
