import type { Language } from '../export.ts'
import { LISTS, NO_COUNTRY, OPEN_DATE } from './lists.ts'

/** Meanings of the register's codes in German; those in English stand in the lists. */
const GERMAN: Readonly<Record<string, string>> = {
  'eba_CT:x12': 'Kreditinstitut',
  'eba_CT:x300': 'Zahlungsinstitut',
  'eba_CT:x301': 'Kontoinformationsdienstleister',
  'eba_CT:x302': 'E-Geld-Institut',
  'eba_CT:x599': 'Wertpapierfirma',
  'eba_CT:x303': 'Anbieter von Kryptowerte-Dienstleistungen',
  'eba_CT:x310': 'Emittent wertreferenzierter Token',
  'eba_CT:x304': 'Zentralverwahrer',
  'eba_CT:x643': 'zentrale Gegenpartei',
  'eba_CT:x305': 'Handelsplatz',
  'eba_CT:x306': 'Transaktionsregister',
  'eba_CT:x307': 'Verwalter alternativer Investmentfonds',
  'eba_CT:x639': 'Verwaltungsgesellschaft',
  'eba_CT:x308': 'Datenbereitstellungsdienst',
  'eba_CT:x309': 'Versicherungs- oder Rückversicherungsunternehmen',
  'eba_CT:x320': 'Versicherungsvermittler',
  'eba_CT:x311': 'Einrichtung der betrieblichen Altersversorgung',
  'eba_CT:x312': 'Ratingagentur',
  'eba_CT:x313': 'Administrator kritischer Referenzwerte',
  'eba_CT:x314': 'Schwarmfinanzierungsdienstleister',
  'eba_CT:x315': 'Verbriefungsregister',
  'eba_CT:x316': 'anderes Finanzunternehmen',
  'eba_CT:x317': 'kein Finanzunternehmen: gruppeninterner IKT-Dienstleister',
  'eba_CT:x318': 'kein Finanzunternehmen: anderes',
  'eba_RP:x53': 'oberstes Mutterunternehmen',
  'eba_RP:x551': 'anderes Mutterunternehmen',
  'eba_RP:x56': 'Tochterunternehmen',
  'eba_RP:x21': 'nicht Teil einer Gruppe',
  'eba_RP:x210': 'Auslagerungsdienstleister',
  'eba_CO:x1': 'einzeln',
  'eba_CO:x2': 'Rahmenvertrag',
  'eba_CO:x3': 'Folgevertrag',
  'eba_CO:x4': 'abgelaufen, nicht verlängert',
  'eba_CO:x5': 'Verstoß des Dienstleisters',
  'eba_CO:x6': 'Hindernisse festgestellt',
  'eba_CO:x7': 'Schwächen im Umgang mit sensiblen Daten',
  'eba_CO:x8': 'auf Verlangen der Behörde',
  'eba_CO:x9': 'Sonstiges',
  'eba_ZZ:x791': 'niedrig',
  'eba_ZZ:x792': 'mittel',
  'eba_ZZ:x793': 'hoch',
  'eba_ZZ:x799': 'nicht bewertet',
  'eba_ZZ:x794': 'nicht erheblich',
  'eba_ZZ:x795': 'gering',
  'eba_ZZ:x796': 'wesentlich',
  'eba_ZZ:x797': 'vollständig',
  'eba_ZZ:x959': 'nicht ersetzbar',
  'eba_ZZ:x960': 'hochkomplex',
  'eba_ZZ:x961': 'mittlere Komplexität',
  'eba_ZZ:x962': 'leicht ersetzbar',
  'eba_ZZ:x963': 'keine echten Alternativen',
  'eba_ZZ:x964': 'Schwierigkeiten beim Umzug',
  'eba_ZZ:x965': 'beides',
  'eba_ZZ:x798': 'leicht',
  'eba_ZZ:x966': 'schwierig',
  'eba_ZZ:x967': 'hochkomplex',
  'eba_ZZ:x0': 'nicht anwendbar',
  'eba_BT:x28': 'ja',
  'eba_BT:x29': 'nein',
  'eba_BT:x21': 'nicht bewertet',
  'eba_ZZ:x838': 'Zweigstelle',
  'eba_ZZ:x839': 'keine Zweigstelle',
  'eba_CT:x212': 'juristische Person',
  'eba_CT:x213': 'Einzelunternehmer',
  'eba_qCO:qx2000': 'LEI',
  'eba_qCO:qx2001': 'nationale Kennung',
  'eba_qCO:qx2002': 'EUID',
  'eba_qCO:qx2003': 'Handelsregisternummer',
  'eba_qCO:qx2004': 'Umsatzsteuer-Identifikationsnummer',
  'eba_qCO:qx2005': 'Passnummer',
  'eba_TA:S01': 'IKT-Projektmanagement',
  'eba_TA:S02': 'IKT-Entwicklung',
  'eba_TA:S03': 'Helpdesk, First-Level-Support',
  'eba_TA:S04': 'Management der IKT-Sicherheit',
  'eba_TA:S05': 'Bereitstellung von Daten',
  'eba_TA:S06': 'Datenanalyse',
  'eba_TA:S07': 'IKT-Einrichtungen und Hosting ohne Cloud',
  'eba_TA:S08': 'Rechenleistung ohne Cloud',
  'eba_TA:S09': 'Datenspeicherung ohne Cloud',
  'eba_TA:S10': 'Telekommunikation',
  'eba_TA:S11': 'Netzinfrastruktur',
  'eba_TA:S12': 'Hardware und Geräte',
  'eba_TA:S13': 'Softwarelizenzen ohne Cloud',
  'eba_TA:S14': 'Management des IKT-Betriebs',
  'eba_TA:S15': 'IKT-Beratung',
  'eba_TA:S16': 'IKT-Risikomanagement',
  'eba_TA:S17': 'Cloud: IaaS',
  'eba_TA:S18': 'Cloud: PaaS',
  'eba_TA:S19': 'Cloud: SaaS'
}

const ENGLISH: ReadonlyMap<string, string> = new Map(
  Object.values(LISTS).flatMap(list => Object.entries(list))
)

const OTHERS = new Map([
  [NO_COUNTRY, { en: 'not applicable', de: 'nicht anwendbar' }],
  ['eba_GA:x28', { en: 'other countries', de: 'andere Länder' }],
  ['eba_TA:x276', { en: 'supporting function', de: 'unterstützende Funktion' }],
  [OPEN_DATE, { en: 'open', de: 'offen' }]
])

/** What a cell of the register means, for people; undefined for what is no code. */
export function meaningOf(code: string, language: Language): string | undefined {
  const other = OTHERS.get(code)
  if (other !== undefined) return other[language]
  if (code.startsWith('eba_GA:')) return nameOf('region', code, language)
  if (code.startsWith('eba_CU:')) return nameOf('currency', code, language)
  return language === 'de' ? GERMAN[code] : ENGLISH.get(code)
}

function nameOf(type: 'region' | 'currency', code: string, language: Language): string | undefined {
  const bare = code.slice(code.indexOf(':') + 1)
  if (!/^[A-Z]{2,3}$/.test(bare)) return undefined
  return new Intl.DisplayNames(language, { type, fallback: 'none' }).of(bare)
}
