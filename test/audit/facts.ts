import { EventBuilder } from '../../src/audit/event.ts'
import type { AdmissionFacts, AttemptFacts, BlockFacts, EndingFacts } from '../../src/audit/event-facts.ts'
import { createUuidV7 } from '../../src/core/ids.ts'

/** Facts for records in tests, and a builder on a clock that stands still. */

export const clock = { now: () => Date.UTC(2026, 10, 21, 9, 14, 3, 120), monotonic: () => 0 }
export const newId = createUuidV7(clock)
export const builder = new EventBuilder(clock, newId)

export function attemptFacts(change: Partial<AttemptFacts> = {}): AttemptFacts {
  return {
    requestId: newId(),
    appId: 'crm',
    api: 'openai.chat_completions',
    operation: 'chat',
    stream: true,
    attempt: 1,
    model: 'gpt-*',
    providerId: 'openai',
    host: 'api.openai.com',
    ...change
  }
}

export const policy = { id: 'default', version: 3, hash: `sha256:${'a'.repeat(64)}` }

export const admission: AdmissionFacts = {
  policy,
  decision: 'allow_masked',
  detectorVersion: '1.0.0',
  findings: [{ class: 'EMAIL', count: 2, side: 'request', action: 'pseudonymised' }],
  coverage: 'full',
  skipped: [],
  bytesIn: 2000,
  places: ['US'],
  payloadState: 'pseudonymised',
  pseudonymScope: 'conversation'
}

export const ending: EndingFacts<'completed'> & EndingFacts<'failed'> = {
  outcome: 'provider_error',
  durationMs: 812.4,
  bytesOut: 700,
  findings: [],
  coverage: 'full',
  skipped: [],
  restored: { issued: 2, exact: 1, altered: 1, invented: 0, unresolved: 0 }
}

export const block: BlockFacts = {
  policy,
  detectorVersion: '1.0.0',
  findings: [{ class: 'API_KEY', count: 1, side: 'request', action: 'blocked' }],
  coverage: 'partial',
  skipped: ['image'],
  bytesIn: 20_000,
  outcome: 'blocked_policy',
  errorCode: 'SCHLEUSE_POLICY_BLOCKED',
  httpStatus: 403,
  durationMs: 1
}
