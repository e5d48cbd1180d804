/** Words in lower case as a set that also holds them capitalised and in capitals: no text need be folded to ask it. */
export function casedWordList(text: string): ReadonlySet<string> {
  const cased = new Set<string>()
  for (const word of words(text)) {
    cased.add(word)
    cased.add(word.charAt(0).toUpperCase() + word.slice(1))
    cased.add(word.toUpperCase())
  }
  return cased
}

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
