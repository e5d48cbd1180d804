import { Type } from 'typebox'
import { ART9 } from '../../core/special-categories.ts'
import * as f from './fields.ts'
import * as v from './values.ts'

const { closed, maybe, oneOf, someOf, listOf } = f

/** Fields of the events of requests and attempts, each in one place. Absent: not known, or does not apply. */

export const finding = closed({
  action: oneOf(v.FINDING_ACTIONS),
  /** How sure, by the score: below 600 per mille, below 850, above. */
  band: maybe(oneOf(['low', 'medium', 'high'])),
  class: f.entityType,
  count: f.positive,
  side: oneOf(['request', 'response'])
})
const findings = listOf(finding, 300)
const skipped = someOf(v.SKIPPED)
/** Absent when there are none. */
const flags = maybe(
  closed({
    art10: f.flag,
    art9: someOf(ART9),
    minor: maybe(f.flag),
    secret: maybe(f.flag)
  })
)

const policy = closed({
  decision: oneOf(v.POLICY_DECISIONS),
  hash: f.sha256,
  id: f.id,
  /** Rules that fired. */
  rules: maybe(listOf(f.id, 50)),
  version: f.count
})

/** Deployments that were not taken, each with the rule or fact that ruled it out. */
const passedOver = maybe(listOf(closed({ deployment: f.id, reason: f.id, rule: maybe(f.id) }), 50))

/** What a policy that only watches would have done. */
const monitor = maybe(
  closed({
    findings: maybe(findings),
    policy: maybe(f.id),
    rules: maybe(listOf(f.id, 50)),
    would: oneOf(v.POLICY_DECISIONS)
  })
)

/** Who asked: ids and keyed references only; what names a person is in the detachable part. */
const caller = {
  actor: maybe(
    closed({
      key_epoch: maybe(f.epoch),
      org_unit: maybe(f.id),
      type: oneOf(['employee', 'service', 'agent', 'customer'])
    })
  ),
  app_id: f.id,
  auth_method: maybe(oneOf(['none', 'api_key', 'oidc', 'mtls', 'passthrough'])),
  branch_code: maybe(f.ref),
  credential_id: maybe(f.id),
  legal_entity: maybe(closed({ code: f.entityCode, code_type: oneOf(['LEI', 'EUID']) })),
  network_zone: maybe(oneOf(['office', 'vpn', 'internet']))
}

/** Why it was asked and on what ground. */
const law = {
  ai: maybe(
    closed({
      disclosure_ref: maybe(f.ref),
      human_review: maybe(oneOf(['none', 'required', 'done'])),
      risk_class: maybe(f.ref),
      role: maybe(oneOf(['provider', 'deployer', 'both', 'importer', 'distributor'])),
      use_case_id: maybe(f.id)
    })
  ),
  dpia_ref: maybe(f.ref),
  fria_ref: maybe(f.ref),
  function: maybe(closed({ critical: f.flag, id: f.ref })),
  legal_basis: maybe(oneOf(v.LEGAL_BASES)),
  purpose: maybe(closed({ id: f.id, version: maybe(f.count) })),
  /** Parts of the app's purpose record that are not there. */
  purpose_gaps: maybe(listOf(f.id, 20)),
  ropa_id: maybe(f.ref),
  special_basis: maybe(oneOf(v.SPECIAL_BASES))
}

/** What names a request in each of its records. */
export const request = {
  ...caller,
  ...law,
  api: oneOf(v.APIS),
  /** Names the decision that policy, residency and limits made together, and why it fell so. */
  decision: maybe(closed({ id: maybe(f.uuid), reasons: maybe(listOf(f.id, 50)) })),
  detachable: maybe(closed({ commitment: f.hash32 })),
  operation: oneOf(v.OPERATIONS),
  request_id: f.uuid,
  trace_id: maybe(f.traceId)
}

/** Where an attempt goes: what an auditor needs to read the record alone. */
const destination = {
  contract_ref: maybe(f.ref),
  deployment: maybe(closed({ id: f.id })),
  dpa_ref: maybe(f.ref),
  endpoint: closed({ host: f.host, region: maybe(f.region) }),
  ict_service_type: maybe(oneOf(v.ICT_SERVICES)),
  model: closed({ requested: f.model, responded: maybe(f.model) }),
  provider: closed({
    code: maybe(f.entityCode),
    code_type: maybe(oneOf(['LEI', 'EUID'])),
    entity: maybe(f.ref),
    id: f.id,
    profile_hash: maybe(f.sha256),
    profile_version: maybe(f.count),
    role: maybe(oneOf(['processor', 'controller', 'joint'])),
    trains_on_data: maybe(oneOf(['no', 'opted_out', 'yes', 'unknown']))
  }),
  storage: maybe(
    closed({ days: maybe(f.count), mode: oneOf(['zero_retention', 'limited', 'unlimited', 'unknown']) })
  ),
  subprocessor_list_version: maybe(f.version),
  tls: maybe(closed({ version: f.tlsVersion }))
}

/** What names an attempt: one hop, retry or hedge to one provider. */
export const attempt = {
  ...request,
  ...destination,
  attempt: Type.Integer({ minimum: 1, maximum: 1000 }),
  /** For all but the first: what made this one necessary. */
  attempt_cause: maybe(
    closed({
      after_attempt: maybe(f.positive),
      error_code: maybe(f.errorCode),
      fallback_from: maybe(f.id),
      reason: oneOf(v.ATTEMPT_REASONS)
    })
  ),
  stream: f.flag
}

const location = {
  evidence: maybe(oneOf(v.PLACE_EVIDENCE)),
  processing: Type.Array(f.place, { minItems: 1, maxItems: 300 }),
  provision: maybe(f.country),
  storage: maybe(listOf(f.place, 300))
}

const transfer = closed({
  checked_on: maybe(f.date),
  country: maybe(f.country),
  decision: Type.Literal('allow'),
  fallback: maybe(oneOf(v.MECHANISMS)),
  /** Papers that were missing although policy let it pass. */
  gaps: maybe(someOf(v.TRANSFER_GAPS)),
  importer: maybe(f.ref),
  key_location: maybe(f.ref),
  mechanism: maybe(oneOf(v.MECHANISMS)),
  mechanism_ref: maybe(f.ref),
  payload_state: oneOf(v.PAYLOAD_STATES),
  rule: maybe(f.id),
  third_country: maybe(f.flag),
  tia_ref: maybe(f.ref)
})

/** What is known of a request that was read, and decided about it. */
const decided = {
  coverage: closed({ request: oneOf(v.COVERAGES), skipped }),
  detector: closed({ profile: maybe(f.id), version: f.version }),
  findings,
  flags,
  modalities_in: maybe(someOf(v.MODALITIES)),
  monitor,
  override: maybe(closed({ reason_code: oneOf(v.REASONS) })),
  passed_over: passedOver,
  policy,
  sensitivity: maybe(oneOf(['low', 'medium', 'high'])),
  size_in_bucket: oneOf(v.SIZE_BUCKETS),
  tools_declared: maybe(f.count)
}

export const admitted = {
  ...attempt,
  ...decided,
  location: closed(location),
  pseudonym: maybe(
    closed({ key_epoch: maybe(f.count), scheme: oneOf(['keyed_code', 'surrogate']), scope: oneOf(v.SCOPES) })
  ),
  transfer
}

export const blocked = {
  ...request,
  ...decided,
  duration_ms: f.count,
  error_code: f.errorCode,
  http_status: Type.Integer({ minimum: 400, maximum: 599 }),
  /** Absent when no configured pattern matched. */
  model: maybe(closed({ requested: f.model })),
  outcome: oneOf(v.OUTCOMES.blocked),
  /** Absent when the body could not be read. */
  stream: maybe(f.flag)
}

export const usage = closed({
  cached_input_tokens: maybe(f.count),
  input_tokens: maybe(f.count),
  output_tokens: maybe(f.count),
  reasoning_tokens: maybe(f.count)
})

/** Pseudonyms in the answer: issued by the request, then found exactly, altered, invented by the model, left as is. */
export const restored = closed({
  altered: f.count,
  exact: f.count,
  invented: f.count,
  issued: f.count,
  unresolved: f.count
})

/** How an attempt ended. */
export const ending = {
  ...attempt,
  /** An estimate in millionths of the currency. */
  cost: maybe(closed({ currency: f.currency, micro: f.count, pricelist_version: f.version })),
  coverage: closed({ response: oneOf(v.COVERAGES), skipped }),
  duration_ms: f.count,
  error_code: maybe(f.errorCode),
  findings,
  http_status: maybe(f.httpStatus),
  /** Where the answer says it was made; absent when it does not say. */
  location_observed: maybe(closed({ evidence: oneOf(v.PLACE_EVIDENCE), places: listOf(f.place, 20) })),
  modalities_out: maybe(someOf(v.MODALITIES)),
  /** Ruled out after this attempt, when none followed. */
  passed_over: passedOver,
  restored,
  size_out_bucket: oneOf(v.SIZE_BUCKETS),
  tools_called: maybe(f.count),
  ttfb_ms: maybe(f.count),
  usage: maybe(usage)
}

/** What names a text's way to a detector outside of the gateway. */
const consultation = {
  ...request,
  detector: closed({ id: f.id, version: f.version }),
  endpoint: closed({ host: f.host })
}

/** On the disk before the first byte goes to the detector. It sees clear text but for what was found before. */
export const consulted = {
  ...consultation,
  location: closed({ processing: location.processing }),
  policy,
  size_in_bucket: oneOf(v.SIZE_BUCKETS),
  transfer: closed({ decision: Type.Literal('allow'), payload_state: oneOf(v.PAYLOAD_STATES) })
}

export const consultationEnded = {
  ...consultation,
  duration_ms: f.count,
  error_code: maybe(f.errorCode),
  outcome: oneOf(v.OUTCOMES.consulted)
}
