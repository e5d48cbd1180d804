import type { Spools } from '../core/spool.ts'
import type { Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import type { Policy } from '../policy.ts'
import {
  type Detection,
  makeOutbound,
  type Outbound,
  type RequestScope,
  type Scanned,
  scanRequest
} from './outbound.ts'
import type { ReadRequest, RequestBody } from './read-request.ts'
import { type KnownTurns, replaceInTurns, tellableIn } from './replace-turns.ts'
import type { FileLimits } from './upload.ts'
import { Rewritten } from './upload-body.ts'
import { makeUpload } from './upload-outbound.ts'

/** What replacing in a request needs, besides the request. */
export interface ReplaceContext {
  readonly endpoint: Endpoint
  readonly body: RequestBody
  readonly policy: Policy
  readonly detection: Detection
  readonly scope: RequestScope
  readonly limits: FileLimits
  /** False when the client is gone. */
  readonly isWanted: () => boolean
  /** Take documents as they leave; null: nothing leaves. */
  readonly spools: Spools | null
  /** For turns that later requests will have too; absent where none come. */
  readonly turns?: KnownTurns
}

/**
 * Looks through a request and puts pseudonyms in the place of what is found, whatever form it has.
 * @param onScanned told what was seen before anything is replaced, of forms afterwards; may throw
 * @throws errors of `makeOutbound` and `makeUpload`
 */
export async function replaceIn(
  read: ReadRequest,
  context: ReplaceContext,
  onScanned: (scanned: Scanned) => void
): Promise<{ readonly scanned: Scanned; readonly outbound: Outbound }> {
  const { endpoint, body, policy, detection, scope, spools } = context
  if (read.form !== undefined) {
    const store = spools === null ? null : () => new Rewritten(spools.create())
    const made = await makeUpload(read, read.form, { ...context, store })
    onScanned(made.scanned)
    return made
  }
  if (!Buffer.isBuffer(body)) throw new errors.Internal()
  const made = await replaceInTurns(read, body, context, onScanned)
  if (made !== null) return made
  if (read.resent !== undefined && read.resent.history !== null && context.turns !== undefined) {
    const whole = read.resent.whole()
    const replays = await context.turns.recall(whole)
    const again = { ...context, detection: { ...detection, replays }, scope: { ...scope, replays } }
    return replaceIn(whole, again, onScanned)
  }
  const rules = policy.request(endpoint.api)
  const scanned = await scanRequest(read, rules, detection)
  onScanned(scanned)
  const outbound = makeOutbound(read, body, rules, scanned, scope, tellableIn(read, context))
  return { scanned, outbound }
}
