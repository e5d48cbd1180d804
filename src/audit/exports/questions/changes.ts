import * as columns from '../columns.ts'
import { listed } from './question.ts'

/** What was done: policies changed, requests refused, data deleted. */

const head = [
  columns.text('at', { en: 'Time (UTC)', de: 'Zeit (UTC)' }, 'trail: occurred_at'),
  columns.text('what', { en: 'What', de: 'Was' }, 'trail: event_type'),
  columns.text('event_id', { en: 'Record', de: 'Nachweis' }, 'trail: event_id')
]
const by = columns.text('by', { en: 'Through', de: 'Durch' }, 'trail: by.type')
const who = columns.text(
  'credential',
  { en: 'With the credential', de: 'Mit dem Zugang' },
  'trail: by.credential_id'
)
const reason = columns.text('reason', { en: 'Ground', de: 'Grund' }, 'trail: reason')
const policy = columns.text('policy', { en: 'Policy', de: 'Richtlinie' }, 'trail: policy.id')

export const policyChanges = listed({
  name: 'policy-changes',
  title: { en: 'Changes of policies and config', de: 'Änderungen an Richtlinien und Konfiguration' },
  question: { en: 'Who changed policy, and when?', de: 'Wer hat wann Richtlinien geändert?' },
  law: 'Art. 24, 25, 32(1)(d) GDPR; (EU) 2024/1774, Art. 12',
  types: [
    'config.changed',
    'config.refused',
    'gateway.started',
    'policy.changed',
    'provider_profile.changed'
  ],
  head,
  fields: [
    [policy, 'policy.id', 'profile.id'],
    [
      columns.integer('version', { en: 'Version', de: 'Fassung' }, 'trail: policy.version'),
      'policy.version',
      'profile.version'
    ],
    [
      columns.integer('previous_version', { en: 'Before', de: 'Zuvor' }, 'trail: previous.version'),
      'previous.version'
    ],
    [columns.text('hash', { en: 'Hash', de: 'Prüfsumme' }, 'trail: policy.hash'), 'policy.hash', 'hash'],
    [columns.text('direction', { en: 'Direction', de: 'Richtung' }, 'trail: direction'), 'direction'],
    [columns.text('fields', { en: 'What changed', de: 'Was sich änderte' }, 'trail: fields'), 'fields'],
    [by, 'by.type'],
    [who, 'by.credential_id'],
    [
      columns.text('approved_by', { en: 'Approved by', de: 'Freigegeben durch' }, 'trail: approved_by'),
      'approved_by.credential_id'
    ]
  ]
})

export const blocked = listed({
  name: 'blocked',
  title: { en: 'Refused requests', de: 'Abgelehnte Anfragen' },
  question: {
    en: 'Which requests were blocked, and why?',
    de: 'Welche Anfragen wurden abgelehnt, und warum?'
  },
  law: 'Art. 25, 32, 44 GDPR',
  types: ['ai.request.blocked'],
  head,
  fields: [
    [columns.text('request_id', { en: 'Request', de: 'Anfrage' }, 'trail: request_id'), 'request_id'],
    [columns.app, 'app_id'],
    [columns.text('purpose', { en: 'Purpose', de: 'Zweck' }, 'trail: purpose.id'), 'purpose.id'],
    [columns.text('outcome', { en: 'Outcome', de: 'Ausgang' }, 'trail: outcome'), 'outcome'],
    [columns.text('error', { en: 'Code', de: 'Code' }, 'trail: error_code'), 'error_code'],
    [policy, 'policy.id'],
    [columns.integer('version', { en: 'Version', de: 'Fassung' }, 'trail: policy.version'), 'policy.version'],
    [columns.text('rules', { en: 'Rules', de: 'Regeln' }, 'trail: policy.rules'), 'policy.rules'],
    [
      columns.text('classes', { en: 'Classes found', de: 'Gefundene Datenarten' }, 'trail: findings.class'),
      'findings'
    ],
    [
      columns.text(
        'special_categories',
        { en: 'Special categories', de: 'Besondere Kategorien' },
        'trail: flags.art9'
      ),
      'flags.art9'
    ]
  ]
})

export const deletions = listed({
  name: 'deletions',
  title: { en: 'Deletions and erasures', de: 'Löschungen' },
  question: {
    en: 'What was deleted, when, and on what ground?',
    de: 'Was wurde wann aus welchem Grund gelöscht?'
  },
  law: 'Art. 5(1)(e), 17 GDPR',
  types: [
    'actor.erased',
    'erasure',
    'key.destroyed',
    'legal_hold.released',
    'legal_hold.set',
    'retention.segment_deleted'
  ],
  head,
  fields: [
    [
      columns.text('subject', { en: 'What of', de: 'Wovon' }, 'trail: store, log, key.id or hold_id'),
      'store',
      'log',
      'key.id',
      'hold_id'
    ],
    [columns.text('part', { en: 'Part', de: 'Teil' }, 'trail: part'), 'part'],
    [columns.integer('from', { en: 'From entry', de: 'Ab Eintrag' }, 'trail: from'), 'from'],
    [columns.integer('to', { en: 'Up to entry, not included', de: 'Bis vor Eintrag' }, 'trail: to'), 'to'],
    [columns.integer('count', { en: 'Values erased', de: 'Gelöschte Werte' }, 'trail: count'), 'count'],
    [reason, 'reason'],
    [columns.text('case', { en: 'Case', de: 'Vorgang' }, 'trail: case_ref'), 'case_ref'],
    [by, 'by.type'],
    [who, 'by.credential_id']
  ]
})
