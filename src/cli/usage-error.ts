/** What a user of the command line asked for can't be done; the message says why and never quotes a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
