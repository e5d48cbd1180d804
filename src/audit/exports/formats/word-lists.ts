import type { Text } from '../export.ts'

/** Words for codes, by the column they stand in. Soft hyphens say where long words may break. */

export type Words = ReadonlyMap<string, Text>

function words(...lines: readonly (readonly [code: string, en: string, de: string])[]): Words {
  return new Map(lines.map(([code, en, de]) => [code, { en, de }]))
}

const YES_NO = words(
  ['true', 'yes', 'ja'],
  ['false', 'no', 'nein'],
  ['yes', 'yes', 'ja'],
  ['no', 'no', 'nein']
)

const BASES = words(
  ['6_1_a', 'consent, Art. 6(1)(a)', 'Einwilligung, Art. 6 Abs. 1 lit. a'],
  ['6_1_b', 'contract, Art. 6(1)(b)', 'Vertrag, Art. 6 Abs. 1 lit. b'],
  ['6_1_c', 'legal duty, Art. 6(1)(c)', 'rechtliche Pflicht, Art. 6 Abs. 1 lit. c'],
  ['6_1_d', 'vital interests, Art. 6(1)(d)', 'lebenswichtige Interessen, Art. 6 Abs. 1 lit. d'],
  ['6_1_e', 'public interest, Art. 6(1)(e)', 'öffentliches Interesse, Art. 6 Abs. 1 lit. e'],
  ['6_1_f', 'legitimate interests, Art. 6(1)(f)', 'berechtigte Interessen, Art. 6 Abs. 1 lit. f'],
  ['none_pd', 'no personal data', 'keine personenbezogenen Daten']
)

const MECHANISMS = words(
  ['none_eea', 'none needed (EEA)', 'keine nötig (EWR)'],
  ['unknown', 'unknown', 'unbekannt'],
  ['adequacy', 'adequacy decision, Art. 45', 'Angemessen\u00adheits\u00adbeschluss, Art. 45'],
  ['adequacy_dpf', 'EU-US Data Privacy Framework', 'EU-US-Datenschutz\u00adrahmen (DPF)'],
  ['scc_m1', 'standard clauses, module 1', 'Standard\u00adklauseln, Modul 1'],
  ['scc_m2', 'standard clauses, module 2', 'Standard\u00adklauseln, Modul 2'],
  ['scc_m3', 'standard clauses, module 3', 'Standard\u00adklauseln, Modul 3'],
  ['scc_m4', 'standard clauses, module 4', 'Standard\u00adklauseln, Modul 4'],
  ['bcr_c', 'binding corporate rules (controllers)', 'Verbindliche interne Vorschriften (Verantwortliche)'],
  [
    'bcr_p',
    'binding corporate rules (processors)',
    'Verbindliche interne Vorschriften (Auftrags\u00adverarbeiter)'
  ],
  ['adhoc', 'clauses approved by an authority', 'genehmigte Einzel\u00adklauseln'],
  ['code_of_conduct', 'code of conduct', 'Verhaltens\u00adregeln'],
  ['certification', 'certification', 'Zertifizierung'],
  ['sa_scc', 'clauses of an authority', 'Klauseln einer Behörde'],
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
    letter =>
      [
        `derog_${letter}`,
        `derogation, Art. 49(1)(${letter})`,
        `Ausnahme, Art. 49 Abs. 1 lit. ${letter}`
      ] as const
  ),
  ['derog_compelling', 'derogation, Art. 49(1) second subparagraph', 'Ausnahme, Art. 49 Abs. 1 UAbs. 2']
)

const PAYLOADS = words(
  ['clear', 'in clear', 'im Klartext'],
  ['pseudonymised', 'pseudonymised', 'pseudo\u00adnymisiert'],
  ['nothing_found', 'nothing found', 'nichts gefunden']
)

const CATEGORIES = words(
  ['biometric', 'biometric data', 'biometrische Daten'],
  ['ethnic_origin', 'racial or ethnic origin', 'ethnische Herkunft'],
  ['genetic', 'genetic data', 'genetische Daten'],
  ['health', 'health', 'Gesundheit'],
  ['politics', 'political opinions', 'politische Meinungen'],
  ['religion', 'religion or belief', 'Religion, Welt\u00adanschauung'],
  ['sexual_life', 'sex life or orientation', 'Sexual\u00adleben, Orientierung'],
  ['union', 'trade union membership', 'Gewerk\u00adschaft'],
  ['art10', 'criminal convictions (Art. 10)', 'Straftaten (Art. 10)'],
  ['minor', 'minors', 'Minder\u00adjährige'],
  ['secret', 'trade secrets, credentials', 'Geheimnisse, Zugangs\u00addaten']
)

const EVENTS = words(
  ['ai.request.admitted', 'sent', 'gesendet'],
  ['ai.request.completed', 'answered', 'beantwortet'],
  ['ai.request.failed', 'failed', 'gescheitert'],
  ['ai.request.orphaned', 'end unknown', 'Ende unbekannt'],
  ['ai.request.blocked', 'refused', 'abgelehnt'],
  ['policy.changed', 'policy changed', 'Richtlinie geändert'],
  ['config.changed', 'configuration changed', 'Konfiguration geändert'],
  ['provider_profile.changed', 'provider profile changed', 'Anbieter\u00adprofil geändert'],
  ['detector.changed', 'detection changed', 'Erkennung geändert'],
  ['gateway.started', 'gateway started', 'Gateway gestartet'],
  ['gateway.stopped', 'gateway stopped', 'Gateway beendet'],
  ['erasure', 'erasure', 'Löschung'],
  ['actor.erased', 'person erased', 'Person gelöscht'],
  ['key.destroyed', 'key destroyed', 'Schlüssel vernichtet'],
  ['retention.segment_deleted', 'deleted at the end of its time', 'nach Ablauf der Frist gelöscht'],
  ['legal_hold.set', 'legal hold set', 'Lösch\u00adsperre gesetzt'],
  ['legal_hold.released', 'legal hold released', 'Lösch\u00adsperre aufgehoben'],
  ['deployment.contradicted', 'answered from another place', 'Antwort aus anderem Ort'],
  ['breach_candidate', 'possible breach', 'mögliche Verletzung'],
  ['contract.expired_in_use', 'contract expired in use', 'Vertrag abgelaufen und in Nutzung']
)

const OUTCOMES = words(
  ['ok', 'answered', 'beantwortet'],
  ['provider_error', 'error of the provider', 'Fehler des Anbieters'],
  ['timeout', 'timed out', 'Zeit\u00adüber\u00adschreitung'],
  ['client_abort', 'broken off by the caller', 'vom Aufrufer abgebrochen'],
  ['detector_failure', 'detection failed', 'Erkennung ausgefallen'],
  ['gateway_error', 'error of the gateway', 'Fehler des Gateways'],
  ['blocked_policy', 'refused by policy', 'von Richtlinie abgelehnt'],
  ['blocked_transfer', 'transfer refused', 'Übermittlung abgelehnt'],
  ['blocked_unclassified', 'refused: not classified', 'abgelehnt: nicht eingestuft'],
  ['invalid_request', 'invalid request', 'ungültige Anfrage'],
  ['limited', 'over a limit', 'über einer Grenze']
)

const ACTIONS = words(
  ['pseudonymised', 'pseudonymised', 'pseudo\u00adnymisiert'],
  ['generalised', 'generalised', 'vergröbert'],
  ['masked', 'masked', 'maskiert'],
  ['redacted', 'removed', 'entfernt'],
  ['blocked', 'request refused', 'Anfrage abgelehnt'],
  ['kept', 'kept in clear', 'im Klartext belassen']
)

const ROLES = words(
  ['deployer', 'deployer', 'Betreiber'],
  ['provider', 'provider', 'Anbieter'],
  ['both', 'both', 'beides']
)
const REVIEWS = words(
  ['none', 'none', 'keine'],
  ['required', 'required', 'verlangt'],
  ['done', 'done', 'erfolgt']
)
const RISKS = words(
  ['minimal', 'minimal', 'minimal'],
  ['gpai_only', 'general-purpose model only', 'nur Modell mit allgemeinem Verwendungs\u00adzweck'],
  ['transparency_art50', 'transparency (Art. 50)', 'Transparenz (Art. 50)'],
  ['high_annexI', 'high (Annex I)', 'hoch (Anhang I)'],
  ...Array.from({ length: 8 }, (_, at) => at + 1).flatMap(number =>
    ['', 'a', 'b', 'c', 'd'].map(
      letter =>
        [
          `high_annexIII_${number}${letter}`,
          `high (Annex III no. ${number}${letter === '' ? '' : ` ${letter}`})`,
          `hoch (Anhang III Nr. ${number}${letter === '' ? '' : ` ${letter}`})`
        ] as const
    )
  )
)

const REASONS = words(
  ['data_subject_request', 'request of a data subject', 'Antrag einer betroffenen Person'],
  ['retention_expired', 'retention expired', 'Frist abgelaufen'],
  ['security_incident', 'security incident', 'Sicherheits\u00advorfall'],
  ['legal_claim', 'legal claim', 'Rechts\u00adanspruch'],
  ['legal_duty', 'legal duty', 'rechtliche Pflicht'],
  ['authority_request', 'request of an authority', 'Ersuchen einer Behörde'],
  ['rotation', 'rotation', 'Wechsel'],
  ['audit', 'audit', 'Prüfung'],
  ['support_case', 'support case', 'Supportfall'],
  ['compromised', 'compromised', 'kompromittiert'],
  ['left_company', 'left the company', 'ausgeschieden'],
  ['test', 'test', 'Test'],
  ['other', 'other', 'Sonstiges']
)

const DIRECTIONS = words(
  ['tightened', 'tightened', 'verschärft'],
  ['loosened', 'loosened', 'gelockert'],
  ['mixed', 'both', 'beides'],
  ['neutral', 'neither', 'weder noch'],
  ['unknown', 'unknown', 'unbekannt']
)

const BREACHES = words(
  ['leak_found_later', 'leak found later', 'später gefundener Abfluss'],
  ['restore_to_wrong_tenant', 'restored for the wrong tenant', 'beim falschen Mandanten wiederhergestellt'],
  ['key_exposed', 'key exposed', 'Schlüssel offengelegt'],
  ['log_inconsistent', 'log inconsistent', 'Protokoll widersprüchlich'],
  ['unexpected_place', 'answered from another place', 'Antwort aus anderem Ort']
)

const STORES = words(
  ['vault', 'vault of pseudonyms', 'Speicher der Pseudonyme'],
  ['answer_memory', 'memory of answers', 'Gedächtnis der Antworten'],
  ['findings_cache', 'cache of findings', 'Zwischen\u00adspeicher der Fund\u00adstellen'],
  ['actor_keys', 'keys of persons', 'Schlüssel der Personen']
)

const KINDS = words(
  ['taken', 'taken', 'genutzt'],
  ['tested', 'tested', 'getestet'],
  ['traffic_without_contract', 'used without a contract', 'genutzt ohne Vertrag'],
  ['contract_without_traffic', 'contract without use', 'Vertrag ohne Nutzung'],
  ['other_region', 'other place than declared', 'anderer Ort als angegeben'],
  ['ended_contract', 'contract ended, still in use', 'Vertrag beendet, weiter genutzt'],
  [
    'critical_unassessed',
    'critical function without assessment (B_07.01)',
    'kritische Funktion ohne Bewertung (B_07.01)'
  ]
)

/** By the name of the column. */
export const BY_COLUMN: ReadonlyMap<string, Words> = new Map([
  ['third_country', YES_NO],
  ['critical', YES_NO],
  ['availability_met', YES_NO],
  ['time_met', YES_NO],
  ['log_six_months', YES_NO],
  ['whole', YES_NO],
  ['balanced', YES_NO],
  ['legal_basis', BASES],
  ['mechanism', MECHANISMS],
  ['mechanisms', MECHANISMS],
  ['payload_state', PAYLOADS],
  ['payload_states', PAYLOADS],
  ['protection', PAYLOADS],
  ['special_categories', CATEGORIES],
  ['special_category', CATEGORIES],
  ['what', EVENTS],
  ['outcome', OUTCOMES],
  ['action', ACTIONS],
  ['side', words(['request', 'request', 'Anfrage'], ['response', 'answer', 'Antwort'])],
  ['role', ROLES],
  ['risk_class', RISKS],
  ['human_review', REVIEWS],
  ['reason', REASONS],
  ['kind', KINDS],
  ['result', words(['passed', 'passed', 'bestanden'], ['failed', 'failed', 'nicht bestanden'])],
  [
    'view',
    words(
      ['provider', 'provider', 'Anbieter'],
      ['parent', 'parent', 'Mutter\u00adunternehmen'],
      ['country', 'country', 'Land']
    )
  ],
  [
    'by',
    words(
      ['api', 'admin interface', 'Verwaltungs\u00adschnitt\u00adstelle'],
      ['cli', 'command line', 'Befehlszeile'],
      ['config', 'configuration', 'Konfiguration'],
      ['console', 'console', 'Konsole'],
      ['system', 'gateway itself', 'Gateway selbst']
    )
  ],
  ['subject', STORES],
  ['direction', DIRECTIONS],
  ['detail', new Map([...REASONS, ...DIRECTIONS, ...BREACHES, ...STORES])],
  [
    'part',
    words(['content', 'content', 'Inhalt'], ['personal', 'personal parts', 'personen\u00adbezogene Teile'])
  ]
])
