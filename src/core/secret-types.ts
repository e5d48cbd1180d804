/** Entity types whose values open something: recognizers report them, and policy may name them together as `secrets`. */
export const SECRET_TYPES: readonly string[] = [
  'API_KEY',
  'PASSWORD',
  'PRIVATE_KEY',
  'TOKEN',
  'URL_CREDENTIALS'
]
