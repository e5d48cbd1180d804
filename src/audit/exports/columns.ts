import type { ExportColumn, Text } from './export.ts'

/** Columns that several records share. */

/** @param gap left out where the cell can't be missing */
export const text = (name: string, title: Text, gap?: Text): ExportColumn => ({
  name,
  title,
  kind: 'text',
  ...(gap === undefined ? {} : { gap })
})

export const count = (name: string, title: Text): ExportColumn => ({ name, title, kind: 'integer' })

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

export const purpose = text('purpose', { en: 'Purpose', de: 'Zweck' }, purposeGap)
export const purposeTitle = text('purpose_title', { en: 'Title', de: 'Bezeichnung' }, purposeGap)
export const app = text('app', { en: 'App', de: 'App' })
export const provider = text('provider', { en: 'Provider id', de: 'Anbieter-Kennung' })
export const deployment = text('deployment', { en: 'Deployment', de: 'Bereitstellung' })
export const providerEntity = text(
  'provider_entity',
  { en: 'Recipient (legal entity)', de: 'Empfänger (juristische Person)' },
  entityGap
)
export const country = text(
  'country',
  { en: 'Country of the recipient', de: 'Land des Empfängers' },
  placeGap
)
export const thirdCountry = text('third_country', { en: 'Third country', de: 'Drittland' })
export const mechanism = text(
  'mechanism',
  { en: 'Transfer mechanism', de: 'Grundlage der Übermittlung' },
  {
    en: 'A transfer needs a basis of Chapter V GDPR. Data protection decides on it; the profile of the provider declares it.',
    de: 'Eine Übermittlung braucht eine Grundlage nach Kapitel V DSGVO. Der Datenschutz entscheidet darüber; das Profil des Anbieters gibt sie an.'
  }
)
export const payloadState = text('payload_state', { en: 'State of the data', de: 'Zustand der Daten' })
export const dpa = text(
  'dpa',
  { en: 'Processing agreement', de: 'Auftragsverarbeitungsvertrag' },
  {
    en: 'Processing by others needs a contract (Art. 28(3) GDPR). Purchasing or data protection holds its reference.',
    de: 'Auftragsverarbeitung braucht einen Vertrag (Art. 28 Abs. 3 DSGVO). Einkauf oder Datenschutz kennt sein Zeichen.'
  }
)

export const requests = count('requests', { en: 'Requests', de: 'Anfragen' })
export const firstSeen: ExportColumn = {
  name: 'first_seen',
  title: { en: 'First seen', de: 'Zuerst gesehen' },
  kind: 'date'
}
export const lastSeen: ExportColumn = {
  name: 'last_seen',
  title: { en: 'Last seen', de: 'Zuletzt gesehen' },
  kind: 'date'
}
