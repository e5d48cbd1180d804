/**
 * Where the cells of each record come from in the sample quarter, written down by hand. Columns that are not named are
 * observed. `d`: declared; `a`: derived; `o`: observed. A second letter says what an empty cell is: `-` missing, somebody
 * has to say it; `a` it does not apply; without one it is as the others.
 */

type Row = Readonly<Record<string, string | number>>
type Rule = string | ((row: Row) => string)

/** Named by profiles, but for the one that has none. */
const named: Rule = row =>
  /tryout/.test(String(row['recipients'])) && !/;/.test(String(row['recipients'])) ? 'o' : 'd'
const abroad =
  (rule: string): Rule =>
  row =>
    row['third_country'] === 'true' ? rule : 'aa'
const isTaken = (row: Row) => row['kind'] === 'taken'
const isTraffic = (row: Row) => row['what'] === 'ai.request.admitted'

const parties = { controller: 'd-', controller_contact: 'd-', dpo: 'd-', legal_basis: 'd-' } as const

export const PROVENANCE: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  processing: {
    ...parties,
    record_id: 'd-',
    version: 'd',
    valid_from: 'd-',
    released: 'd-',
    purpose: 'd',
    purpose_title: 'd-',
    data_subjects: 'd-',
    data_categories: 'd-',
    recipients: named,
    third_countries: 'da',
    mechanisms: 'da',
    retention: 'd-',
    measures: 'd-',
    dpia: 'd-'
  },
  processor: {
    processor: 'd',
    dpo: 'd-',
    client: 'd',
    client_contact: 'd-',
    // only where the client has one
    client_representative: 'da',
    client_dpo: 'd-',
    purpose: 'd',
    categories: 'd-',
    subprocessors: 'd',
    third_countries: 'da',
    mechanisms: 'da',
    measures: 'd-'
  },
  transfers: {
    country: 'd-',
    third_country: 'd',
    importer: 'd-',
    mechanism: abroad('d-'),
    mechanism_ref: abroad('d-'),
    mechanism_checked: abroad('d-'),
    // a decision on adequacy needs none
    tia: row => (row['mechanism'] === 'unknown' ? 'd-' : 'da'),
    purpose: 'd',
    dpa: 'd-',
    dpa_from: 'da',
    dpa_to: 'da'
  },
  recipients: { provider_entity: 'd-', country: 'd-', third_country: 'd', mechanism: abroad('d-') },
  'notice-facts': {
    ...parties,
    purpose: 'd',
    purpose_title: 'd-',
    // to be told where the basis is a balance of interests
    interest: row => (row['legal_basis'] === '6_1_f' ? 'd-' : 'da'),
    recipients: named,
    third_countries: 'da',
    mechanisms: 'da',
    retention: 'd-',
    logic: 'd-',
    notice: 'd-'
  },
  'breach-timeline': {
    detail: 'oa',
    recipients: row => (!isTraffic(row) ? 'aa' : String(row['recipients']).includes('tryout') ? 'o' : 'd'),
    event_id: 'oa',
    ...Object.fromEntries(
      ['payload_state', 'requests', 'data_classes', 'special_categories'].map(name => [
        name,
        (row: Row) => (isTraffic(row) ? 'o' : 'oa')
      ])
    ),
    purposes: 'da',
    findings: 'oa'
  },
  'use-cases': {
    use_case: 'd',
    purpose: 'd',
    role: 'd',
    risk_class: 'd',
    // what nobody asked for is none
    human_review: row => (row['human_review'] === 'none' ? 'a' : 'd'),
    log_days: 'a',
    log_six_months: 'a',
    incidents: 'da',
    disclosure: row => (row['risk_class'] === 'transparency_art50' ? 'd-' : 'da'),
    // creditworthiness and insurance: Art. 27
    fria: row => (/high_annexIII_5[bc]/.test(String(row['risk_class'])) ? 'd-' : 'da'),
    ...Object.fromEntries(
      [
        'title',
        'function',
        'provider_entity',
        'why',
        'reasons',
        'author',
        'date',
        'review_due',
        'screened',
        'customer_data',
        'effect',
        'oversight',
        'training',
        'dpia',
        'provider_evidence'
      ].map(name => [name, 'd-'])
    )
  },
  'ai-publication': Object.fromEntries(
    ['title', 'effect', 'customer_data', 'providers', 'places', 'oversight', 'disclosure', 'contact'].map(
      name => [name, 'd-']
    )
  ),
  'deployer-log': {
    use_case: 'd',
    purpose: 'd',
    risk_class: 'd',
    human_review: 'd',
    ...Object.fromEntries(
      ['provider', 'model', 'decision_id', 'policy', 'policy_version', 'detector', 'outcome'].map(name => [
        name,
        'oa'
      ])
    )
  },
  'dora-evidence': {
    c0010: 'd-',
    c0020: 'd-',
    c0030: 'd-',
    c0050: 'd-',
    c0060: 'd-',
    c0130: 'd-',
    c0150: 'd-',
    c0160: 'd-',
    cost: 'a'
  },
  'dora-contradictions': { kind: 'a', said: 'a', seen: 'a', first_seen: 'oa', last_seen: 'oa' },
  concentration: {
    view: 'a',
    whom: row => (row['view'] === 'parent' ? 'd-' : row['view'] === 'country' ? 'aa' : 'o'),
    country: row => (row['view'] === 'country' ? 'd' : 'aa'),
    share_percent: 'a'
  },
  'service-levels': {
    availability_percent: 'a',
    agreed_percent: 'd-',
    availability_met: 'a',
    mean_ms: 'a',
    p50_ms: 'a',
    p95_ms: 'a',
    p99_ms: 'a',
    agreed_times: 'd-',
    time_met: 'a'
  },
  fallbacks: {
    kind: 'a',
    result: 'da',
    reference: 'da',
    attempts: 'oa',
    succeeded: 'oa',
    ...Object.fromEntries(
      ['from', 'to', 'first_seen', 'last_seen'].map(name => [name, (row: Row) => (isTaken(row) ? 'o' : 'd')])
    )
  },
  'exit-readiness': {
    provider_entity: 'd-',
    contract: 'd-',
    contract_to: 'da',
    notice_days: 'd-',
    critical_functions: 'da',
    share_percent: 'a',
    plan: 'd-',
    tested: 'd-',
    alternatives: 'd-',
    configured: 'a'
  }
}

/** The letters of a row. */
export function lettersOf(record: string, row: Row): string[] {
  const rules = PROVENANCE[record] ?? {}
  return Object.entries(row).map(([name, value]) => {
    const rule = rules[name] ?? 'o'
    const [filled = '', empty = filled] = typeof rule === 'string' ? rule : rule(row)
    return `${name}=${value === '' ? empty : filled}`
  })
}
