import { Fields, hostOf, present } from '../fields.ts'
import type { ShipEvent, View } from '../view.ts'

/** Class API Activity of category Application Activity (schema.ocsf.io, 1.8.0). */
const CATEGORY = 6
const CLASS = 6003
/** Activity Other: its name is the event type. */
const OTHER = 99
const VERSION = '1.8.0'

/** OCSF: API Activity with the profiles ai_operation, cloud and security_control. Text of prompts is never filled. */
export const ocsf: View = {
  name: 'ocsf',
  of: event => {
    const f = new Fields(event)
    const blocked = f.refused
    const masked = f.text('transfer.payload_state') === 'pseudonymised'
    const { status, statusId } = statusOf(f.succeeded)
    return present({
      activity_id: OTHER,
      activity_name: f.type,
      category_uid: CATEGORY,
      class_uid: CLASS,
      type_uid: CLASS * 100 + OTHER,
      time: f.timeMs,
      timezone_offset: 0,
      severity_id: blocked || f.succeeded === false ? 3 : 1,
      status,
      status_id: statusId,
      status_code: f.text('error_code') ?? f.text('outcome'),
      ...(f.text('policy.decision') === undefined
        ? {}
        : { action_id: blocked ? 2 : 1, disposition_id: blocked ? 2 : masked ? 11 : 1 }),
      metadata: metadataOf(event, f),
      actor: present({
        app_uid: f.text('app_id'),
        user: present({
          type: f.text('actor.type'),
          credential_uid: f.text('credential_id') ?? f.text('by.credential_id')
        })
      }),
      api: present({
        operation: f.text('operation') ?? f.type,
        request: present({ uid: f.text('request_id') }),
        response: present({ code: f.integer('http_status'), error: f.text('error_code') }),
        service: present({ name: f.text('provider.id') })
      }),
      ai_model: present({
        ai_provider: f.text('provider.id'),
        name: f.text('model.requested'),
        version: f.text('model.responded')
      }),
      message_context: present({
        prompt_tokens: f.integer('usage.input_tokens'),
        completion_tokens: f.integer('usage.output_tokens')
      }),
      src_endpoint: { name: f.text('gateway.instance') ?? 'schleuse' },
      dst_endpoint: present({
        hostname: hostOf(f.text('endpoint.host')),
        location: present({ country: f.text('location.provision') ?? f.texts('location.processing')[0] })
      }),
      cloud: present({ region: f.text('endpoint.region') }),
      policy: present({ uid: f.text('policy.id'), version: versionOf(f) }),
      data_classifications: classificationsOf(f),
      unmapped: event.body
    })
  }
}

function metadataOf(event: ShipEvent, f: Fields): object {
  return present({
    version: VERSION,
    uid: f.text('event_id'),
    product: present({ name: 'Schleuse', vendor_name: 'Schleuse', version: f.text('gateway.version') }),
    profiles: ['ai_operation', 'cloud', 'security_control'],
    logged_time: f.recordedMs,
    sequence: event.leaf,
    log_name: event.log,
    correlation_uid: f.text('request_id'),
    tenant_uid: f.text('tenant_id')
  })
}

function statusOf(succeeded: boolean | undefined) {
  if (succeeded === undefined) return { status: 'Unknown', statusId: 0 }
  return succeeded ? { status: 'Success', statusId: 1 } : { status: 'Failure', statusId: 2 }
}

function versionOf(f: Fields): string | undefined {
  const version = f.integer('policy.version')
  return version === undefined ? undefined : String(version)
}

/** Category 1 is Personal. Classes and counts only. */
function classificationsOf(f: Fields): object[] {
  const findings = f.value('findings')
  if (!Array.isArray(findings) || findings.length === 0) return []
  return [{ category_id: 1, category: 'Personal', total: findings.length }]
}
