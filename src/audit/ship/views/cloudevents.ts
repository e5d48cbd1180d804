import { Fields, present } from '../fields.ts'
import type { View } from '../view.ts'

/**
 * CloudEvents 1.0, JSON format. Extension names have lower-case letters and digits only. The data are the event itself.
 * Data classification is the extension of that name: receivers that honour it refuse labels they don't know, so only
 * its own are used.
 */
export const cloudevents: View = {
  name: 'cloudevents',
  of: event => {
    const f = new Fields(event)
    const personal = Array.isArray(f.value('findings')) && f.value('flags') !== undefined
    return present({
      specversion: '1.0',
      id: f.text('event_id') ?? `${event.log}/${event.leaf}`,
      source: `/schleuse/${f.text('tenant_id') ?? 'default'}/${f.text('gateway.instance') ?? 'gateway'}`,
      type: `de.schleuse.${f.type}`,
      time: new Date(f.timeMs).toISOString(),
      recordedtime: new Date(f.recordedMs).toISOString(),
      datacontenttype: 'application/json',
      subject: f.text('request_id'),
      correlationid: f.text('request_id'),
      sequence: String(event.leaf).padStart(16, '0'),
      traceid: f.text('trace_id'),
      dataregulation: personal ? 'GDPR' : undefined,
      datacategory: personal ? 'special-category' : undefined,
      data: event.body
    })
  }
}
