import { errors } from '../errors.ts'
import { FORBIDDEN_ADDRESS } from './guarded-lookup.ts'

/**
 * The catalogue's error for what undici reported.
 * @param started whether the request was on a connection; before that nothing of it was sent
 */
export function upstreamError(id: string, error: Error, started: boolean): Error {
  const cause = { cause: withoutText(error) }
  switch ('code' in error ? error.code : '') {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new errors.UpstreamTimeout(id, 'connect', cause)
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new errors.UpstreamTimeout(id, 'headers', cause)
    case 'UND_ERR_BODY_TIMEOUT':
      return new errors.UpstreamTimeout(id, 'idle', cause)
    case FORBIDDEN_ADDRESS:
      return new errors.UpstreamAddress(id, cause)
    case 'UND_ERR_CLOSED':
    case 'UND_ERR_DESTROYED':
      return new errors.ShuttingDown(cause)
    default:
      return started ? new errors.UpstreamBroken(id, cause) : new errors.UpstreamConnect(id, cause)
  }
}

/** A callback of the gateway threw. */
export function internalError(error: unknown): Error {
  return new errors.Internal({ cause: withoutText(error) })
}

/** Parser errors carry bytes of the answer, and messages may quote text: name, code and frames are what may be logged. */
function withoutText(error: unknown): Error {
  const known = error instanceof Error ? error : new Error()
  const bare = new Error('code' in known ? `${known.name} ${String(known.code)}` : known.name)
  bare.stack = `${bare.message}\n${(known.stack ?? '')
    .split('\n')
    .filter(line => line.startsWith('    at '))
    .join('\n')}`
  return bare
}
