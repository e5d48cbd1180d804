import type { View } from '../view.ts'

/** The event in its own schema, with its place in the log. */
export const own: View = {
  name: 'own',
  of: ({ log, leaf, body }) => ({ event: body, leaf, log })
}
