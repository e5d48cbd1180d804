import type { Mark } from '../core/json/walk-options.ts'
import type { Leaf } from '../core/json/walker.ts'
import { LEAF_KINDS } from '../core/leaf.ts'
import { ResentSegments } from '../filters/resent.ts'
import type { Replays } from './answer-memory.ts'
import type { Histories } from './histories.ts'
import { headOf, keepHistory, replaysIn } from './keep-history.ts'
import {
  makeOutbound,
  type Outbound,
  type RequestRules,
  type RequestScope,
  type Scanned,
  scanRequest
} from './outbound.ts'
import type { ReadRequest, ResentRead } from './read-request.ts'
import type { ReplaceContext } from './replace.ts'

/** What is known of turns from earlier requests. */
export interface KnownTurns {
  readonly histories: Histories
  /** Earlier answers in a request that is read again, with all its leaves. */
  recall(whole: ReadRequest): Promise<Replays>
}

type Replaced = { readonly scanned: Scanned; readonly outbound: Outbound }

/**
 * As `replaceIn`, with what is known of the turns in the request; keeps what comes of them for the next one. What leaves and
 * what is restored is the same as without: all that replacing in a text depends on is compared, and nothing leaves before.
 * @returns null where turns are not kept, and where what is known of them does not hold here
 */
export async function replaceInTurns(
  read: ReadRequest,
  body: Buffer,
  context: ReplaceContext,
  onScanned: (scanned: Scanned) => void
): Promise<Replaced | null> {
  const { resent: place } = read
  const { turns, scope } = context
  if (place === undefined || turns === undefined || !areKept(context)) return null
  if (place.history === null) return replaced(read, place, body, context, turns.histories, onScanned)
  if (place.history.circumstances !== circumstancesOf(context, turns.histories, place, scope, endOf(place)))
    return null
  try {
    return await replaced(read, place, body, context, turns.histories, onScanned)
  } catch {
    // whatever refuses the request must come of all of its text
    return null
  }
}

async function replaced(
  read: ReadRequest,
  place: ResentRead,
  body: Buffer,
  context: ReplaceContext,
  histories: Histories,
  onScanned: (scanned: Scanned) => void
): Promise<Replaced | null> {
  const { endpoint, policy, detection, scope } = context
  const { history, from, to, index, count } = place
  const rules = policy.request(endpoint.api)
  const segments = new ResentSegments(from.leaf, to.leaf, history?.known ?? null)
  const scanned = await scanRequest(read, rules, { ...detection, resent: segments })
  if (!segments.fits) return null
  onScanned(scanned)
  const tellable = tellableIn(read, context)
  const outbound = makeOutbound(read, body, rules, scanned, scope, tellable, segments)
  const made = { read, body, place, segments, edits: outbound.edits, tellable }
  if (!segments.fits || (history !== null && headOf(histories, made) !== history.head)) return null
  if (history === null || index + history.count < count) {
    const circumstances = circumstancesOf(context, histories, place, scope, to)
    keepHistory(histories, { ...made, circumstances })
  }
  return { scanned, outbound }
}

/** Where the model may be told of codes; null where policy does not ask for it. */
export function tellableIn(read: ReadRequest, { endpoint, policy }: ReplaceContext): readonly Leaf[] | null {
  return policy.instructs ? (endpoint.tellable?.(read.walk) ?? null) : null
}

/** Only where what is done in a turn follows from the turns before it alone, and leaves nothing to ask outside. */
function areKept({ endpoint, policy, detection, scope }: ReplaceContext): boolean {
  return (
    scope.kind === 'conversation' &&
    scope.known.length === 0 &&
    detection.cache !== undefined &&
    detection.conversation.length === 0 &&
    detection.detectors.all.length === 0 &&
    dependOnTextAlone(policy.request(endpoint.api))
  )
}

/** Rules may ask for keys, which are not kept; surrogates are chosen by words of the whole request. */
function dependOnTextAlone(rules: RequestRules): boolean {
  const { asksPlaces } = rules
  return !asksPlaces && !LEAF_KINDS.some(kind => rules.operatorsIn({ kind, path: [] }).has('surrogate'))
}

/** Behind the history, where the request goes on. */
function endOf({ from, history }: ResentRead): Pick<Mark, 'at' | 'leaf'> {
  return {
    at: from.at + (history?.length ?? 0),
    leaf: from.leaf + (history?.leaves.length ?? 0)
  }
}

/** A tag of all that the turns up to an end were replaced under. */
function circumstancesOf(
  { endpoint, policy, detection }: ReplaceContext,
  histories: Histories,
  { from }: ResentRead,
  scope: RequestScope,
  end: Pick<Mark, 'at' | 'leaf'>
): string {
  const version = detection.detectors.versionWith(detection.analyzer)
  const names = [endpoint.path, policy.hash, version, scope.key().toString('hex')]
  return histories.tag(Buffer.from(names.join(' '))) + replaysIn(histories, from, end, scope.replays)
}
