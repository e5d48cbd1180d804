import * as f from './fields.ts'
import * as v from './values.ts'

const { closed, maybe, oneOf, listOf } = f

/** Fields of administrative events: what was done to the gateway, its rules, its keys and its own record. */

/** Who did it. Persons are named by the credential they used, never by name. */
const by = maybe(closed({ credential_id: maybe(f.id), role: maybe(oneOf(v.ROLES)), type: oneOf(v.ACTORS) }))
/** Second pair of eyes. */
const approvedBy = maybe(closed({ credential_id: f.id, role: maybe(oneOf(v.ROLES)) }))
const reason = maybe(oneOf(v.REASONS))
/** Number of the case in the company's own files. */
const caseRef = maybe(f.ref)
const policy = closed({ hash: f.sha256, id: f.id, version: f.count })
/** Names of what changed, never values. */
const fields = maybe(listOf(f.fieldName, 200))
const changed = { by, fields, hash: f.sha256, previous_hash: maybe(f.sha256) }
/** A secret of the gateway itself: what signs the log, what pseudonyms are derived from, what seals the vault. */
const key = closed({ id: f.ref, purpose: oneOf(['log', 'scope', 'vault']) })
/** The head of a log: what a checkpoint signs. */
export const head = closed({ origin: f.origin, root: f.hash32, size: f.count })
/** What was to be anchored where: key name of a witness, or host of a time-stamping authority. */
const anchored = { anchor: f.anchor, head, kind: oneOf(['witness', 'timestamp']) }
/** A finished question to the trail, by the hash of its filter: the filter itself may name a person. */
const question = {
  by,
  credential_id: maybe(f.id),
  duration_ms: maybe(f.count),
  filter_hash: maybe(f.sha256),
  rows: f.count
}

export const adminEvents = {
  'gateway.started': { policy },
  'gateway.stopped': {},
  'config.changed': changed,
  /** A reload whose files had problems: everything stays as it was. */
  'config.refused': { by, problems: f.positive },
  /** A reload that loosens something and waits for a second operator; `change` names what would be in force. */
  'config.held': { by, change: f.sha256 },
  'policy.changed': {
    by,
    /** Unknown: it changed while the gateway stood still, and the one before is not there to compare. */
    direction: oneOf(['tightened', 'loosened', 'mixed', 'neutral', 'unknown']),
    fields,
    policy,
    previous: maybe(policy),
    approved_by: approvedBy
  },
  'provider_profile.changed': { ...changed, profile: closed({ id: f.id, version: maybe(f.count) }) },
  'detector.changed': { previous_version: maybe(f.version), version: f.version },
  'mechanism.status_changed': {
    by,
    mechanism: oneOf(v.MECHANISMS),
    mechanism_ref: maybe(f.ref),
    status: oneOf(['active', 'inactive', 'expired', 'unknown'])
  },
  new_provider_seen: { provider: closed({ id: f.id }) },
  'contract.expired_in_use': { contract_ref: maybe(f.ref), provider: closed({ id: f.id }) },
  'credential.created': {
    app_id: maybe(f.id),
    by,
    credential_id: f.id,
    expires_on: maybe(f.date),
    role: maybe(oneOf(v.ROLES))
  },
  'credential.revoked': { app_id: maybe(f.id), by, credential_id: f.id, reason },
  'key.created': {
    by,
    key
  },
  'key.rotated': {
    by,
    key,
    reason
  },
  'key.destroyed': {
    by,
    key,
    reason
  },
  erasure: {
    by,
    case_ref: caseRef,
    count: f.count,
    reason,
    store: oneOf(['vault', 'answer_memory', 'findings_cache', 'actor_keys'])
  },
  'actor.erased': { by, case_ref: caseRef, key_commitment: f.hash32, reason },
  depseudonymised: { approved_by: approvedBy, by, case_ref: caseRef, count: f.count, reason },
  'audit.queried': question,
  'audit.exported': {
    ...question,
    format: oneOf(['jsonl', 'csv', 'proof', 'ocsf', 'ecs', 'cloudevents', 'otel', 'report']),
    recipient_role: maybe(oneOf(v.ROLES))
  },
  'audit.index_rebuilt': { by, rows: f.count },
  'limit.refused': {
    app_id: f.id,
    count: f.positive,
    limit: oneOf(['requests', 'tokens', 'concurrency', 'budget', 'buffer']),
    window_ms: maybe(f.count)
  },
  'breaker.changed': {
    deployment: closed({ id: f.id }),
    reason: maybe(f.errorCode),
    state: oneOf(['open', 'half_open', 'closed'])
  },
  /** An answer proved another place than the deployment declares. */
  'deployment.contradicted': {
    declared: listOf(f.place, 300),
    deployment: closed({ id: f.id }),
    evidence: oneOf(v.PLACE_EVIDENCE),
    observed: f.place
  },
  /** The clock was set on, or back (less than 0): held against the monotonic clock, or at a start against the last record. */
  'clock.drift': { offset_ms: f.signed },
  breach_candidate: {
    by,
    case_ref: caseRef,
    classes: maybe(listOf(f.entityType, 100)),
    count: maybe(f.count),
    deployment: maybe(closed({ id: f.id })),
    kind: oneOf(v.BREACH_KINDS)
  },
  'human_review.recorded': {
    by,
    case_ref: caseRef,
    decision_id: maybe(f.uuid),
    request_id: maybe(f.uuid),
    result: oneOf(v.REVIEW_RESULTS)
  },
  /** A witness or time-stamping authority did not do its part, or does it again; it is asked until it does. */
  'anchor.failed': { ...anchored, reason: oneOf(v.ANCHOR_FAULTS) },
  'anchor.recovered': anchored,
  /** The time-stamp lies beside the log; its hash here keeps it from being lost unseen. */
  'checkpoint.timestamped': { authority: f.host, head, token_hash: f.sha256 },
  'log.opened': { head: maybe(head), log: f.origin },
  'log.heads': { heads: listOf(head, 64) },
  /** The last run did not close the log: so many entries were only in its write-ahead log (RTS (EU) 2024/1774 Art. 12(2)(e)). */
  'log.recovered': { entries: f.count },
  'retention.segment_closed': { head },
  'retention.segment_deleted': {
    by,
    from: f.count,
    log: f.origin,
    part: oneOf(['content', 'personal']),
    reason,
    to: f.count
  },
  'legal_hold.set': { by, case_ref: caseRef, hold_id: f.id, log: maybe(f.origin), reason },
  'legal_hold.released': { by, case_ref: caseRef, hold_id: f.id, reason }
} as const
