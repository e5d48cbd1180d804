/** Words separated by white space as a set. */
export function wordList(text: string): ReadonlySet<string> {
  return new Set(words(text))
}

/** Words separated by white space; an underscore stands for a space inside one. */
export function phraseList(text: string): string[] {
  return words(text).map(phrase => phrase.replaceAll('_', ' '))
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
