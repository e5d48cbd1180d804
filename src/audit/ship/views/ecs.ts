import { hash } from 'node:crypto'
import { Fields, genAiProvider, hostOf, present } from '../fields.ts'
import type { View } from '../view.ts'

/** Elastic Common Schema 8.x, with its gen_ai fields. Durations are nanoseconds there. */
export const ecs: View = {
  name: 'ecs',
  of: event => {
    const f = new Fields(event)
    const duration = f.integer('duration_ms')
    return present({
      '@timestamp': new Date(f.timeMs).toISOString(),
      ecs: { version: '8.17.0' },
      event: present({
        id: f.text('event_id'),
        action: f.type,
        kind: 'event',
        category: ['api'],
        type: [f.refused ? 'denied' : f.text('policy.decision') === undefined ? 'info' : 'allowed'],
        outcome: f.succeeded === undefined ? 'unknown' : f.succeeded ? 'success' : 'failure',
        created: new Date(f.recordedMs).toISOString(),
        duration: duration === undefined ? undefined : duration * 1_000_000,
        sequence: event.leaf,
        dataset: 'schleuse.audit',
        module: 'schleuse',
        hash: hash('sha256', event.json)
      }),
      observer: present({
        vendor: 'Schleuse',
        product: 'Schleuse',
        type: 'gateway',
        name: f.text('gateway.instance'),
        version: f.text('gateway.version')
      }),
      service: present({ name: 'schleuse', version: f.text('gateway.version') }),
      organization: present({ id: f.text('tenant_id') }),
      http: present({
        request: present({ id: f.text('request_id') }),
        response: present({ status_code: f.integer('http_status') })
      }),
      error: present({ code: f.text('error_code') }),
      trace: present({ id: f.text('trace_id') }),
      server: present({ address: hostOf(f.text('endpoint.host')) }),
      cloud: present({ region: f.text('endpoint.region') }),
      destination: present({ geo: present({ country_iso_code: f.text('location.provision') }) }),
      rule: present({
        id: f.text('policy.id'),
        ruleset: f.text('policy.id'),
        version: text(f.integer('policy.version'))
      }),
      gen_ai: genAi(f),
      labels: labelsOf(f, event.log)
    })
  }
}

function genAi(f: Fields): object {
  return present({
    system: genAiProvider(f.text('provider.id')),
    operation: present({ name: f.text('operation') }),
    request: present({ model: f.text('model.requested') }),
    response: present({ model: f.text('model.responded') }),
    usage: present({
      input_tokens: f.integer('usage.input_tokens'),
      output_tokens: f.integer('usage.output_tokens')
    })
  })
}

/** Labels are flat keyword fields: what ECS has no field for. */
function labelsOf(f: Fields, log: string): object {
  return present({
    log,
    app: f.text('app_id'),
    entity: f.text('legal_entity.code'),
    purpose: f.text('purpose.id'),
    legal_basis: f.text('legal_basis'),
    function: f.text('function.id'),
    risk_class: f.text('ai.risk_class'),
    contract: f.text('contract_ref'),
    transfer_mechanism: f.text('transfer.mechanism'),
    payload_state: f.text('transfer.payload_state'),
    classes: classesOf(f).join(' ') || undefined,
    flags: f.texts('flags.art9').join(' ') || undefined
  })
}

function classesOf(f: Fields): string[] {
  const findings = f.value('findings')
  if (!Array.isArray(findings)) return []
  const names = findings.map(item => new Fields({ body: item, json: '', leaf: 0, log: '' }).text('class'))
  return [...new Set(names.filter(name => name !== undefined))].sort()
}

function text(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}
