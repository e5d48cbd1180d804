import { Fields, genAiProvider, hostOf, present } from '../fields.ts'
import type { View } from '../view.ts'

/** `gen_ai.client.inference.operation.details` of the GenAI conventions; for everything else, its own name. */
const INFERENCE = 'gen_ai.client.inference.operation.details'
/** SeverityNumber of the log data model. */
const INFO = 9
const WARN = 13

/**
 * OpenTelemetry: one OTLP/JSON message (opentelemetry-proto, JSON mapping) with one log record. Attributes of the GenAI
 * conventions where there are some; those that carry content (`gen_ai.input.messages` …) are never filled.
 */
export const otel: View = {
  name: 'otel',
  of: event => {
    const f = new Fields(event)
    const severity = f.refused || f.succeeded === false ? WARN : INFO
    const resource = present({
      'service.name': 'schleuse',
      'service.version': f.text('gateway.version'),
      'service.instance.id': f.text('gateway.instance'),
      'schleuse.tenant.id': f.text('tenant_id')
    })
    return {
      resourceLogs: [
        {
          resource: { attributes: attributesOf(resource) },
          scopeLogs: [
            {
              scope: { name: 'schleuse.audit', version: f.text('schema') ?? '' },
              logRecords: [
                present({
                  timeUnixNano: nanos(f.timeMs),
                  observedTimeUnixNano: nanos(f.recordedMs),
                  severityNumber: severity,
                  severityText: severity === WARN ? 'WARN' : 'INFO',
                  eventName: isInference(f) ? INFERENCE : f.type,
                  traceId: f.text('trace_id'),
                  attributes: attributesOf({ ...genAi(f), ...own(f, event.log, event.leaf) })
                })
              ]
            }
          ]
        }
      ]
    }
  }
}

function isInference(f: Fields): boolean {
  return f.type === 'ai.request.completed' || f.type === 'ai.request.failed'
}

function genAi(f: Fields): Record<string, unknown> {
  const ttfb = f.integer('ttfb_ms')
  return present({
    'gen_ai.operation.name': f.text('operation'),
    'gen_ai.provider.name': genAiProvider(f.text('provider.id')),
    'gen_ai.request.model': f.text('model.requested'),
    'gen_ai.response.model': f.text('model.responded'),
    'gen_ai.request.stream': f.flag('stream'),
    'gen_ai.usage.input_tokens': f.integer('usage.input_tokens'),
    'gen_ai.usage.output_tokens': f.integer('usage.output_tokens'),
    'gen_ai.usage.cache_read.input_tokens': f.integer('usage.cached_input_tokens'),
    'gen_ai.usage.reasoning.output_tokens': f.integer('usage.reasoning_tokens'),
    'gen_ai.response.time_to_first_chunk': ttfb === undefined ? undefined : ttfb / 1000,
    'server.address': hostOf(f.text('endpoint.host')),
    'cloud.region': f.text('endpoint.region'),
    'error.type': f.text('error_code')
  })
}

/** What the conventions have no name for. */
function own(f: Fields, log: string, leaf: number): Record<string, unknown> {
  return present({
    'schleuse.event.id': f.text('event_id'),
    'schleuse.event.type': f.type,
    'schleuse.log': log,
    'schleuse.leaf': leaf,
    'schleuse.request.id': f.text('request_id'),
    'schleuse.app': f.text('app_id'),
    'schleuse.outcome': f.text('outcome'),
    'schleuse.entity': f.text('legal_entity.code'),
    'schleuse.purpose': f.text('purpose.id'),
    'schleuse.contract': f.text('contract_ref'),
    'schleuse.countries': f.texts('location.processing'),
    'schleuse.transfer.mechanism': f.text('transfer.mechanism'),
    'schleuse.transfer.payload_state': f.text('transfer.payload_state'),
    'schleuse.policy.id': f.text('policy.id'),
    'schleuse.policy.decision': f.text('policy.decision'),
    'schleuse.duration_ms': f.integer('duration_ms')
  })
}

/** KeyValue list of the proto's JSON mapping: 64-bit integers are strings there. */
function attributesOf(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))
}

function anyValue(value: unknown): object {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return { stringValue: String(value) }
}

function nanos(ms: number): string {
  return `${ms}000000`
}
