import type { ExportColumn, Text } from './export.ts'

/** Columns that several records share. */

const column =
  (kind: ExportColumn['kind']) =>
  (name: string, title: Text, source: string, gap?: Text): ExportColumn => ({
    name,
    title,
    kind,
    source,
    ...(gap === undefined ? {} : { gap })
  })

/** @param gap left out where the cell can't be missing */
export const text = column('text')
export const date = column('date')
export const decimal = column('decimal')
export const integer = column('integer')

/** What is counted in the trail. */
export const count = (name: string, title: Text): ExportColumn =>
  integer(name, title, 'trail: number of records')

const purposeGap: Text = {
  en: 'Without a purpose no processing can be recorded (Art. 30(1)(b) GDPR). The owner of the app writes it under apps.purpose in the config.',
  de: 'Ohne Zweck ist keine Verarbeitung verzeichnet (Art. 30 Abs. 1 lit. b DSGVO). Wer die App verantwortet, trägt ihn unter apps.purpose in der Konfiguration ein.'
}

/** Nobody said who the recipient is in law. */
export const entityGap: Text = {
  en: 'A recipient must be named (Art. 30(1)(d), 15(1)(c) GDPR). Purchasing knows the contract partner; it belongs in the profile of the provider.',
  de: 'Ein Empfänger muss benannt sein (Art. 30 Abs. 1 lit. d, Art. 15 Abs. 1 lit. c DSGVO). Der Einkauf kennt den Vertragspartner; er gehört in das Profil des Anbieters.'
}
/** Nobody said where the recipient is. */
export const placeGap: Text = {
  en: 'Without the country nobody can say whether this is a transfer (Art. 44 GDPR). The profile of the provider declares it.',
  de: 'Ohne Land lässt sich nicht sagen, ob übermittelt wird (Art. 44 DSGVO). Das Profil des Anbieters gibt es an.'
}

/** For what stands in the file that `records` names: why it matters, and the key there. */
export const recordsGap = (en: string, de: string, key: string): Text => ({
  en: `${en} It belongs in the file of records, under ${key}.`,
  de: `${de} Es gehört in die Datei der Verzeichnisangaben, unter ${key}.`
})

export const purpose = text('purpose', { en: 'Purpose', de: 'Zweck' }, 'trail: purpose.id', purposeGap)
export const purposeTitle = text(
  'purpose_title',
  { en: 'Title', de: 'Bezeichnung' },
  'config: apps.purpose.title',
  purposeGap
)
export const app = text('app', { en: 'App', de: 'App' }, 'trail: app_id')
export const provider = text('provider', { en: 'Provider id', de: 'Anbieter-Kennung' }, 'trail: provider.id')
export const deployment = text(
  'deployment',
  { en: 'Deployment', de: 'Bereitstellung' },
  'trail: deployment.id'
)
export const providerEntity = text(
  'provider_entity',
  { en: 'Recipient (legal entity)', de: 'Empfänger (juristische Person)' },
  'config: profile of the provider, entity.name',
  entityGap
)
export const processingPlace = text(
  'country',
  { en: 'Place of processing', de: 'Ort der Verarbeitung' },
  'trail: location.processing',
  placeGap
)
export const thirdCountry = text(
  'third_country',
  { en: 'Third country', de: 'Drittland' },
  'trail: transfer.third_country'
)
export const mechanism = text(
  'mechanism',
  { en: 'Transfer mechanism', de: 'Grundlage der Übermittlung' },
  'trail: transfer.mechanism',
  {
    en: 'A transfer needs a basis of Chapter V GDPR. Data protection decides on it; contracts.mechanism in the config declares it.',
    de: 'Eine Übermittlung braucht eine Grundlage nach Kapitel V DSGVO. Der Datenschutz entscheidet darüber; contracts.mechanism in der Konfiguration gibt sie an.'
  }
)
export const payloadState = text(
  'payload_state',
  { en: 'State of the data', de: 'Zustand der Daten' },
  'trail: transfer.payload_state'
)
export const dpa = text(
  'dpa',
  { en: 'Processing agreement', de: 'Auftragsverarbeitungsvertrag' },
  'trail: dpa_ref',
  {
    en: 'Processing by others needs a contract (Art. 28(3) GDPR). Purchasing or data protection holds its reference; contracts.dpa in the config names it.',
    de: 'Auftragsverarbeitung braucht einen Vertrag (Art. 28 Abs. 3 DSGVO). Einkauf oder Datenschutz kennt sein Zeichen; contracts.dpa in der Konfiguration nennt es.'
  }
)
export const legalBasis = text(
  'legal_basis',
  { en: 'Legal basis', de: 'Rechtsgrundlage' },
  'trail: legal_basis',
  {
    en: 'Processing needs a basis of Art. 6 GDPR. Data protection decides; apps.purpose.legalBasis declares it.',
    de: 'Verarbeitung braucht eine Grundlage nach Art. 6 DSGVO. Der Datenschutz entscheidet; apps.purpose.legalBasis gibt sie an.'
  }
)
export const controller = text(
  'controller',
  { en: 'Controller', de: 'Verantwortlicher' },
  'config: apps.purpose.controller',
  {
    en: 'The record names who decides (Art. 30(1)(a) GDPR). Legal or data protection knows; it belongs in apps.purpose.controller.',
    de: 'Das Verzeichnis nennt, wer entscheidet (Art. 30 Abs. 1 lit. a DSGVO). Recht oder Datenschutz weiß es; es gehört in apps.purpose.controller.'
  }
)
export const controllerContact = text(
  'controller_contact',
  { en: 'Contact', de: 'Kontakt' },
  'records: organisation.contact',
  recordsGap(
    'The record gives the contact of the controller (Art. 30(1)(a), 13(1)(a) GDPR).',
    'Das Verzeichnis nennt die Kontaktdaten des Verantwortlichen (Art. 30 Abs. 1 lit. a, 13 Abs. 1 lit. a DSGVO).',
    'organisation.contact'
  )
)
export const dpo = text(
  'dpo',
  { en: 'Data protection officer', de: 'Datenschutzbeauftragte' },
  'records: organisation.dpo',
  recordsGap(
    'Where there is a data protection officer, the record names them (Art. 30(1)(a), 13(1)(b) GDPR).',
    'Gibt es Datenschutzbeauftragte, nennt sie das Verzeichnis (Art. 30 Abs. 1 lit. a, 13 Abs. 1 lit. b DSGVO).',
    'organisation.dpo'
  )
)
export const retention = text(
  'retention',
  { en: 'Erased after', de: 'Löschfrist' },
  'records: purposes.retention',
  recordsGap(
    'The record says when data are erased, where possible (Art. 30(1)(f), 13(2)(a) GDPR). The owner of the app knows.',
    'Das Verzeichnis nennt nach Möglichkeit die Löschfristen (Art. 30 Abs. 1 lit. f, 13 Abs. 2 lit. a DSGVO). Wer die App verantwortet, weiß es.',
    'purposes.retention'
  )
)
export const measures = text(
  'measures',
  { en: 'Measures (Art. 32)', de: 'Maßnahmen (Art. 32)' },
  'records: purposes.measures',
  recordsGap(
    'The record describes the measures of Art. 32(1), where possible (Art. 30(1)(g) GDPR). Security holds the document.',
    'Das Verzeichnis beschreibt nach Möglichkeit die Maßnahmen nach Art. 32 Abs. 1 (Art. 30 Abs. 1 lit. g DSGVO). Die IT-Sicherheit hat das Dokument.',
    'purposes.measures'
  )
)

export const dataClasses = text(
  'data_classes',
  { en: 'Classes of data found', de: 'Gefundene Datenarten' },
  'trail: findings'
)
export const eventId = text('event_id', { en: 'Record', de: 'Nachweis' }, 'trail: event_id')
/** Those of one row together, named by their profiles. */
export const recipients = text(
  'recipients',
  { en: 'Recipients', de: 'Empfänger' },
  'trail: provider.id, named by its profile',
  entityGap
)
export const thirdCountries = text(
  'third_countries',
  { en: 'Third countries', de: 'Drittländer' },
  'trail: location.processing'
)
export const mechanisms = text(
  'mechanisms',
  { en: 'Transfer mechanisms', de: 'Grundlagen der Übermittlung' },
  'trail: transfer.mechanism'
)

export const requests = count('requests', { en: 'Requests', de: 'Anfragen' })
export const firstSeen = date('first_seen', { en: 'First seen', de: 'Zuerst gesehen' }, 'trail: first record')
export const lastSeen = date('last_seen', { en: 'Last seen', de: 'Zuletzt gesehen' }, 'trail: last record')
