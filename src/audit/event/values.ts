import { MECHANISMS as TRANSFER_MECHANISMS } from '../../core/mechanisms.ts'

/** The enums of audit records. */

/**
 * How an attempt or request ended: the outcomes of audit-event.md, besides `invalid_request` for what breaks the
 * protocol, `limited` for what a limit refused and `gateway_error` for faults of our own.
 */
export const OUTCOMES = {
  /** The answer reached its end: as asked, as an error of the provider, or stopped for what the model wrote. */
  completed: ['ok', 'provider_error', 'blocked_policy'],
  /** The attempt broke off. */
  failed: ['provider_error', 'client_abort', 'timeout', 'detector_failure', 'gateway_error'],
  /** Nothing was sent. */
  blocked: [
    'blocked_policy',
    'blocked_transfer',
    'blocked_unclassified',
    'invalid_request',
    'limited',
    'client_abort',
    'detector_failure',
    'gateway_error'
  ],
  /** A detector outside of the gateway. */
  consulted: ['ok', 'detector_failure']
} as const

/** What was done about findings. */
export const FINDING_ACTIONS = [
  'pseudonymised',
  'generalised',
  'masked',
  'redacted',
  'blocked',
  'kept'
] as const
/** What state personal data left in. */
export const PAYLOAD_STATES = ['clear', 'pseudonymised', 'nothing_found'] as const
export const COVERAGES = ['full', 'partial', 'none'] as const
/** Parts that were sent or passed on without being read. */
export const SKIPPED = [
  'image',
  'audio',
  'file',
  'tokens',
  'encrypted_state',
  'provider_tool',
  'logprobs'
] as const
export const POLICY_DECISIONS = ['allow', 'allow_masked', 'block'] as const
/** Half-open ranges of bytes; coarse, so that a size is no fingerprint of a short text. */
export const SIZE_BUCKETS = [
  '0-1k',
  '1k-4k',
  '4k-16k',
  '16k-64k',
  '64k-256k',
  '256k-1m',
  '1m-4m',
  '4m-16m',
  '16m+'
] as const
export { APIS, OPERATIONS } from '../../core/apis.ts'
export const SCOPES = ['request', 'conversation', 'app'] as const
export const MODALITIES = ['text', 'image', 'audio', 'video', 'file'] as const
/** Why this attempt was made. */
export const ATTEMPT_REASONS = ['first', 'retry', 'fallback', 'hedge'] as const
export { LEGAL_BASES, SPECIAL_BASES } from '../../core/legal-bases.ts'
/** Transfer mechanisms, besides none needed within the EEA and none known (Chapter V GDPR). */
export const MECHANISMS = ['none_eea', ...TRANSFER_MECHANISMS, 'unknown'] as const
/** What may be missing in the papers of a deployment. */
export const TRANSFER_GAPS = [
  'contract_missing',
  'dpa_missing',
  'mechanism_missing',
  'tia_missing',
  'review_overdue'
] as const
/** How a place is known, from weak to strong. */
export const PLACE_EVIDENCE = [
  'declared',
  'endpoint_region',
  'response_header',
  'response_body',
  'geoip'
] as const
/** Types of ICT services, Annex III of Implementing Regulation (EU) 2024/2956. */
export const ICT_SERVICES = Array.from({ length: 19 }, (_, at) => `S${String(at + 1).padStart(2, '0')}`)
export { RETENTION_CLASSES } from '../../core/retention-classes.ts'
export { ANCHOR_FAULTS } from '../anchors/anchor.ts'
/** Who caused an administrative event. */
export const ACTORS = ['config', 'cli', 'api', 'console', 'system'] as const
export const ROLES = ['admin', 'security', 'auditor', 'dpo', 'operator'] as const
/** Why something was erased, revealed, kept or revoked; the case itself stands in the company's own files. */
export const REASONS = [
  'data_subject_request',
  'retention_expired',
  'security_incident',
  'legal_claim',
  'legal_duty',
  'authority_request',
  'audit',
  'support_case',
  'rotation',
  'compromised',
  'left_company',
  'test',
  'other'
] as const
/** What may be a personal data breach (Art. 4(12) GDPR), by what showed it. */
export const BREACH_KINDS = [
  'leak_found_later',
  'restore_to_wrong_tenant',
  'key_exposed',
  'log_inconsistent',
  /** An answer proved that data went to another place than declared. */
  'unexpected_place'
] as const
/** What a person made of an answer or decision (Art. 14, 26(2) AI Act; Art. 22 GDPR). */
export const REVIEW_RESULTS = ['confirmed', 'changed', 'rejected'] as const
