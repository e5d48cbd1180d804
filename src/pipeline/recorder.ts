import type { Clock } from '../core/clock.ts'
import type { RequestFacts } from '../dialects/dialect.ts'
import { errors, isPublicError } from '../errors.ts'
import type { AttemptFacts, DecisionFacts, EventBuilder } from '../audit/event.ts'
import type { FindingCount, Skipped } from '../audit/event-schema.ts'
import type { AuditLog } from '../audit/log.ts'
import type { RestoreStats } from '../filters/reidentifier.ts'
import type { Metrics } from '../metrics.ts'
import type { Policy } from '../policy.ts'
import type { Deployment } from '../providers/provider.ts'
import { matchedPattern } from '../providers/router.ts'
import type { Outcome } from './exchange.ts'
import type { Outbound } from './outbound.ts'

export interface RecorderDeps {
  readonly audit: AuditLog
  readonly events: EventBuilder
  readonly metrics: Metrics
  readonly clock: Clock
  readonly detectorVersion: string
  /** Told of faults of the record itself; gets no content. */
  readonly onRecordFault: (error: unknown) => void
}

/** What a request's records and counters are made of, collected on its way. Holds ids, types and counts only. */
export class Recorder {
  readonly #deps: RecorderDeps
  readonly #policy: Policy
  readonly #started: number
  readonly #facts: { requestId: string; appId: string; api: 'openai.chat_completions'; operation: 'chat' }
  readonly #bytesIn: number
  #stream: boolean | undefined
  #attempt: AttemptFacts | null = null
  #deployment: Deployment | null = null
  #outbound: Outbound | null = null
  #skipped: readonly Skipped[] = []
  #admitted = false
  #ended = false
}
