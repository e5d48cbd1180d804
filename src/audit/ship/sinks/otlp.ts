import { Type } from 'typebox'
import { valueAt } from '../../index/dimensions.ts'
import { NotTaken, sinkKind } from '../sink.ts'
import { headersOf, post, receiver } from './http.ts'

const schema = Type.Object(receiver)

/**
 * OTLP/HTTP with JSON (opentelemetry.io, OTLP 1.x): POST to `…/v1/logs`. A collector that takes a part only says how many
 * records it rejected; then the batch comes again.
 */
export const otlp = sinkKind<typeof schema>({
  kind: 'otlp',
  schema,
  views: ['otel'],
  open: ({ tokenFile, ...receiver }, deps) => {
    const sender = deps.createSender(receiver)
    return {
      async send(batch) {
        const resourceLogs = batch.flatMap(({ view }) => view['resourceLogs'])
        const headers = headersOf('application/json', tokenFile, deps)
        const answer = await post(sender, headers, JSON.stringify({ resourceLogs }))
        const rejected = Number(valueAt(parsed(answer), 'partialSuccess', 'rejectedLogRecords') ?? 0)
        if (rejected > 0) throw new NotTaken(`the collector rejected ${rejected} records`)
      },
      close: () => sender.close()
    }
  }
})

/** @param text attacker-controlled */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
