import { PatternError } from './pattern-syntax.ts'

/**
 * A pattern from examples of a value: `KD-4711-AB`.
 *
 * Digits stand for any digit, letters for any letter of the same case, everything else for itself. With several
 * examples of one layout, letters that are alike in all of them stand for themselves: `KD-4711-AB` and `KD-0815-XY`
 * give `KD-\d{4}-[A-Z]{2}`. Examples of another layout are an alternative.
 * @throws PatternError for an example without a digit or letter
 */
export function patternOfExamples(examples: readonly string[]): string {
  const layouts = new Map<string, string[]>()
  for (const example of examples) {
    if (!/[\p{L}\d]/u.test(example)) throw new PatternError('has an example without a letter or digit')
    const key = example
      .replace(/\d/g, '9')
      .replace(/\p{Lu}/gu, 'A')
      .replace(/\p{Ll}/gu, 'a')
    layouts.set(key, [...(layouts.get(key) ?? []), example])
  }
  return [...layouts.values()].map(patternOfLayout).join('|')
}

function patternOfLayout(examples: readonly string[]): string {
  const [first = ''] = examples
  const parts = first.split('').map((char, at) => {
    if (/\d/.test(char)) return '\\d'
    const isFixed = examples.length > 1 && examples.every(example => example.charAt(at) === char)
    if (!isFixed && /\p{Lu}/u.test(char)) return '\\p{Lu}'
    if (!isFixed && /\p{Ll}/u.test(char)) return '\\p{Ll}'
    return /[A-Za-z0-9]/.test(char) ? char : char.replace(/[^\p{L}\s]/u, '\\$&')
  })
  return parts
    .join('')
    .replace(/(\\d|\\p\{L[ul]\})\1+/g, (run, unit: string) => `${unit}{${run.length / unit.length}}`)
}
