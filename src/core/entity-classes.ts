/** Entity types whose values open something: recognizers report them, and policy may name them together as `secrets`. */
export const SECRET_TYPES: readonly string[] = [
  'API_KEY',
  'PASSWORD',
  'PRIVATE_KEY',
  'TOKEN',
  'URL_CREDENTIALS'
]

/**
 * Entity types that are no personal data by themselves: names of organisations (recital 14 GDPR) and of places. Where
 * policy keeps them, that alone does not make a request one with personal data in clear.
 */
export const IMPERSONAL_TYPES: ReadonlySet<string> = new Set(['LOCATION', 'ORGANIZATION'])
