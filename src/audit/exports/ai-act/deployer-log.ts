import type { AuditFilter } from '../../index/filter.ts'
import type { IndexedEvent } from '../../index/page.ts'
import * as cells from '../cells.ts'
import * as columns from '../columns.ts'
import { streamOf } from '../events.ts'
import type { AuditExport, ExportRow } from '../export.ts'
import { plucker } from '../pluck.ts'

const TYPES = ['ai.request.admitted', 'ai.request.completed', 'ai.request.failed', 'ai.request.blocked']

const seen = cells.observed
/** What the operator had said of the use when it happened. */
const said = cells.declared

/** Fields of an event, in the order of the columns, after the time. */
const FIELDS = [
  { path: ['event_type'], cell: seen },
  { path: ['ai', 'use_case_id'], cell: said },
  { path: ['purpose', 'id'], cell: said },
  { path: ['ai', 'risk_class'], cell: said },
  { path: ['provider', 'id'], cell: seen },
  { path: ['model', 'requested'], cell: seen },
  { path: ['decision', 'id'], cell: seen },
  { path: ['request_id'], cell: seen },
  { path: ['policy', 'id'], cell: seen },
  { path: ['policy', 'version'], cell: seen },
  { path: ['detector', 'version'], cell: seen },
  { path: ['outcome'], cell: seen },
  { path: ['ai', 'human_review'], cell: said },
  { path: ['event_id'], cell: seen }
]
const fieldsOf = plucker(FIELDS.map(({ path }) => path))

/**
 * What a deployer keeps of high-risk systems (Art. 26(6)): one row for each record of a request whose use case is of high
 * risk, without any content. Kept as long as the trail keeps records, 13 months unless told otherwise.
 */
export const deployerLog: AuditExport = {
  name: 'deployer-log',
  title: { en: 'Log of high-risk uses', de: 'Protokoll der Hochrisiko-Anwendungen' },
  law: 'Art. 12, 26(6), 86 Regulation (EU) 2024/1689',
  columns: [
    columns.text('at', { en: 'Time (UTC)', de: 'Zeit (UTC)' }, 'trail: occurred_at'),
    columns.text('what', { en: 'What', de: 'Was' }, 'trail: event_type'),
    columns.text('use_case', { en: 'Use case', de: 'Anwendungsfall' }, 'trail: ai.use_case_id'),
    columns.text('purpose', { en: 'Purpose', de: 'Zweck' }, 'trail: purpose.id'),
    columns.text('risk_class', { en: 'Risk class', de: 'Risikoklasse' }, 'trail: ai.risk_class'),
    columns.provider,
    columns.text('model', { en: 'Model', de: 'Modell' }, 'trail: model.requested'),
    columns.text('decision_id', { en: 'Decision', de: 'Entscheidung' }, 'trail: decision.id'),
    columns.text('request_id', { en: 'Request', de: 'Anfrage' }, 'trail: request_id'),
    columns.text('policy', { en: 'Policy', de: 'Richtlinie' }, 'trail: policy.id'),
    columns.integer('policy_version', { en: 'Its version', de: 'Ihre Fassung' }, 'trail: policy.version'),
    columns.text(
      'detector',
      { en: 'Detector version', de: 'Fassung der Erkennung' },
      'trail: detector.version'
    ),
    columns.text('outcome', { en: 'Outcome', de: 'Ausgang' }, 'trail: outcome'),
    columns.text(
      'human_review',
      { en: 'Human review', de: 'Prüfung durch Menschen' },
      'trail: ai.human_review'
    ),
    columns.eventId
  ],
  async rows({ observed }, period) {
    const classes = (await observed.aggregate(cells.admissions(period), ['risk_class'])).flatMap(
      ({ key }) => key['risk_class'] ?? []
    )
    const high = classes.filter(name => name.startsWith('high_'))
    if (high.length === 0) return []
    const values = new Map([
      ['type', TYPES],
      ['risk_class', high.toSorted()]
    ])
    const filter: AuditFilter = { ...period, values, missing: [] }
    return streamOf(observed, filter, rowOf)
  }
}

function rowOf({ json, timeMs }: IndexedEvent): ExportRow {
  const values = fieldsOf(json)
  const row = [cells.observed(new Date(timeMs).toISOString())]
  for (const [at, { cell }] of FIELDS.entries()) {
    const value = values[at]
    // an admission has no outcome yet, an ending names no policy
    row.push(value === undefined ? cells.NOT_APPLICABLE : cell(value))
  }
  return row
}
