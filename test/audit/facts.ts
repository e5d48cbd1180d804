import { EventBuilder } from '../../src/audit/event/builder.ts'
import type { EventFields } from '../../src/audit/event/schema.ts'
import { createUuidV7 } from '../../src/core/ids.ts'

/** Fields for records in tests, and a builder on a clock that stands still. */

export const clock = { now: () => Date.UTC(2026, 10, 21, 9, 14, 3, 120), monotonic: () => 0 }
export const newId = createUuidV7(clock)
export const gateway = { config_hash: `sha256:${'b'.repeat(64)}`, instance: 'gw-1', version: '0.1.0' }
export const builder = new EventBuilder(clock, newId, { gateway })

/** What names an attempt in its records. */
export type Attempt = Pick<
  EventFields<'ai.request.admitted'>,
  'request_id' | 'app_id' | 'api' | 'operation' | 'stream' | 'attempt' | 'model' | 'provider' | 'endpoint'
>

export function attempt(change: Partial<Attempt> = {}): Attempt {
  return {
    request_id: newId(),
    app_id: 'crm',
    api: 'openai.chat_completions',
    operation: 'chat',
    stream: true,
    attempt: 1,
    model: { requested: 'gpt-*' },
    provider: { id: 'openai' },
    endpoint: { host: 'api.openai.com' },
    ...change
  }
}

export const policy = { id: 'default', version: 3, hash: `sha256:${'a'.repeat(64)}` }

export const admission = {
  policy: { ...policy, decision: 'allow_masked' },
  detector: { version: '1.0.0' },
  findings: [{ class: 'EMAIL', count: 2, side: 'request', action: 'pseudonymised' }],
  coverage: { request: 'full', skipped: [] },
  size_in_bucket: '1k-4k',
  location: { processing: ['US'] },
  transfer: { decision: 'allow', payload_state: 'pseudonymised' },
  pseudonym: { scheme: 'keyed_code', scope: 'conversation' }
} as const

export const ending = {
  duration_ms: 812,
  size_out_bucket: '0-1k',
  findings: [],
  coverage: { response: 'full', skipped: [] },
  restored: { issued: 2, exact: 1, altered: 1, invented: 0, unresolved: 0 }
} as const

export const block = {
  policy: { ...policy, decision: 'block' },
  detector: { version: '1.0.0' },
  findings: [{ class: 'API_KEY', count: 1, side: 'request', action: 'blocked' }],
  coverage: { request: 'partial', skipped: ['image'] },
  size_in_bucket: '16k-64k',
  outcome: 'blocked_policy',
  error_code: 'SCHLEUSE_POLICY_BLOCKED',
  http_status: 403,
  duration_ms: 1
} as const

/** An attempt's first record. */
export const admitted = (on = attempt()) => builder.create('ai.request.admitted', { ...on, ...admission })

/** An attempt's last record. */
export const completed = (on = attempt()) =>
  builder.create('ai.request.completed', { ...on, ...ending, outcome: 'ok' })

export const failed = (on = attempt()) =>
  builder.create('ai.request.failed', { ...on, ...ending, outcome: 'timeout' })
