import { Worker } from 'node:worker_threads'
import type { AuditIndex, AuditQueries } from './audit/index/audit-index.ts'
import type { Answer, Call, Fault, Note, WorkerOptions } from './audit-worker.ts'
import { errors } from './errors.ts'

export interface AuditService extends AuditQueries {
  close(): Promise<void>
}

export interface ServiceOptions extends WorkerOptions {
  /** Told when the index or a shipment does not keep up with the log, and when it does again. */
  readonly onFault: (fault: Fault) => void
  /** Given what belongs on the record. */
  readonly onNote: (note: Note) => void
}

/** Questions under way at once; auditors are few, and each waits for one answer at a time. */
const MAX_CALLS = 256
/** Room for what a batch allocates and drops; with Node's 16 MB a third of indexing is collecting garbage. */
export const YOUNG_GENERATION_MB = 192

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Starts the thread of the audit index (audit-worker.ts). Its faults never touch the gateway: the record is the log. */
export function startAuditService({ onFault, onNote, ...options }: ServiceOptions): AuditService {
  const worker = new Worker(new URL('./audit-worker.ts', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB }
  })
  const waiting = new Map<number, Waiting>()
  let calls = 0
  let ended = false
  const exited = new Promise<void>(resolve => worker.once('exit', () => resolve()))
  worker.on('message', (message: Answer | Fault | Note) => {
    if ('fault' in message) onFault(message)
    else if ('id' in message) settle(waiting, message)
    else onNote(message)
  })
  worker.on('error', error => onFault({ of: 'index', fault: error.name }))
  void exited.then(() => {
    ended = true
    for (const { reject } of waiting.values()) reject(new errors.AuditIndexUnavailable())
    waiting.clear()
  })
  const call = (method: keyof AuditQueries, args: readonly unknown[]): Promise<unknown> => {
    if (ended || waiting.size >= MAX_CALLS) return Promise.reject(new errors.AuditIndexUnavailable())
    const id = ++calls
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, method, args } satisfies Call)
    })
  }
  return {
    events: (...args) => call('events', args) as ReturnType<AuditIndex['events']>,
    event: (...args) => call('event', args) as ReturnType<AuditIndex['event']>,
    snapshot: () => call('snapshot', []) as ReturnType<AuditIndex['snapshot']>,
    count: (...args) => call('count', args) as ReturnType<AuditIndex['count']>,
    aggregate: (...args) => call('aggregate', args) as ReturnType<AuditIndex['aggregate']>,
    findings: (...args) => call('findings', args) as ReturnType<AuditIndex['findings']>,
    durations: (...args) => call('durations', args) as ReturnType<AuditIndex['durations']>,
    completeness: () => call('completeness', []) as ReturnType<AuditIndex['completeness']>,
    async close() {
      worker.postMessage({ id: 0, method: 'close', args: [] } satisfies Call)
      await exited
    }
  }
}

function settle(waiting: Map<number, Waiting>, reply: Answer): void {
  const call = waiting.get(reply.id)
  waiting.delete(reply.id)
  if (call === undefined) return
  if ('value' in reply) call.resolve(reply.value)
  else if (reply.error === null) call.reject(new errors.AuditIndexUnavailable())
  else {
    const { message, ...more } = reply.error
    call.reject(Object.assign(new Error(message), more))
  }
}
