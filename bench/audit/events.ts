import type { EventFields } from '../../src/audit/event/schema.ts'

/** Fields of the two records of an ordinary attempt. */
export function attemptFields(requestId: string): EventFields<'ai.request.admitted'> {
  return {
    request_id: requestId,
    app_id: 'crm',
    api: 'openai.chat_completions',
    operation: 'chat',
    stream: true,
    attempt: 1,
    model: { requested: 'gpt-*' },
    provider: { id: 'openai' },
    endpoint: { host: 'api.openai.com' },
    policy: { id: 'default', version: 3, hash: `sha256:${'a'.repeat(64)}`, decision: 'allow_masked' },
    detector: { version: '1.0.0' },
    findings: [{ class: 'EMAIL', count: 2, side: 'request', action: 'pseudonymised' }],
    coverage: { request: 'full', skipped: [] },
    size_in_bucket: '1k-4k',
    location: { processing: ['US'] },
    transfer: { decision: 'allow', payload_state: 'pseudonymised' },
    pseudonym: { scheme: 'keyed_code', scope: 'conversation' }
  }
}

export function completedFields(of: EventFields<'ai.request.admitted'>): EventFields<'ai.request.completed'> {
  const { request_id, app_id, api, operation, stream, attempt, model, provider, endpoint } = of
  return {
    request_id,
    app_id,
    api,
    operation,
    stream,
    attempt,
    model,
    provider,
    endpoint,
    outcome: 'ok',
    http_status: 200,
    duration_ms: 812,
    size_out_bucket: '0-1k',
    findings: [],
    coverage: { response: 'full', skipped: [] },
    restored: { issued: 2, exact: 1, altered: 1, invented: 0, unresolved: 0 }
  }
}
