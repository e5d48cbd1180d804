import { COMPANY } from '../../../../src/audit/exports/demo/company.ts'
import { type Event, groups, set, span, sum } from './traffic.ts'

/** What each GDPR record of the sample quarter must hold, counted plainly. */

type Expected = Readonly<Record<string, string | number>>
const { purposes, providers, contracts, records } = COMPANY
const contact = 'Am Hafen 1, 20457 Hamburg'
const dpo = 'Datenschutz der Prüfgruppe, datenschutz@pruefbank.example'
const nameOf = (id: string): string => providers.get(id)?.name ?? ''
const namesOf = (events: readonly Event[]): string =>
  set(
    events.map(({ provider }) => nameOf(provider.id) || provider.id),
    '; '
  )
const said = (id: string) => records.purposes.find(one => one.id === id)
const abroad = (events: readonly Event[]): Event[] => events.filter(({ transfer }) => transfer.third_country)
const classes = (events: readonly Event[]): string =>
  set(events.flatMap(({ findings }) => findings.map(one => one.class)))
const places = (events: readonly Event[]): string =>
  set(events.flatMap(({ location }) => location.processing))
const flags = (events: readonly Event[]): string => set(events.flatMap(one => one.flags?.art9 ?? []))

export function processing(admitted: readonly Event[]): Expected[] {
  return groups(admitted, ({ purpose }) => [purpose.id]).map(events => {
    const [{ purpose, legal_basis: basis = '' } = events[0] as Event] = events
    const declared = purposes.get(purpose.id)
    return {
      record_id: declared?.ropa ?? '',
      version: 1,
      valid_from: said(purpose.id)?.validFrom ?? '',
      released: said(purpose.id)?.released ?? '',
      purpose: purpose.id,
      purpose_title: declared?.title ?? '',
      controller: declared?.controller?.name ?? '',
      controller_contact: contact,
      dpo,
      legal_basis: basis,
      data_subjects: declared?.dataSubjects.join(' ') ?? '',
      data_categories: said(purpose.id)?.dataCategories?.toSorted().join('; ') ?? '',
      data_classes: classes(events),
      special_categories: flags(events),
      recipients: namesOf(events),
      third_countries: places(abroad(events)),
      mechanisms: set(abroad(events).map(({ transfer }) => transfer.mechanism)),
      retention: said(purpose.id)?.retention ?? '',
      measures: said(purpose.id)?.measures ?? '',
      dpia: declared?.dpia ?? '',
      ...span(events)
    }
  })
}

export function processor(admitted: readonly Event[]): Expected[] {
  const events = admitted.filter(({ purpose }) => purpose.id === 'p-contracts')
  return [
    {
      processor: `Prüfbank AG, ${contact}`,
      dpo,
      client: 'Stiftung Musterhafen',
      client_contact: 'Kai 2, 20457 Hamburg',
      client_representative: '',
      client_dpo: '',
      purpose: 'p-contracts',
      categories: 'Auslesen von Verträgen',
      subprocessors: namesOf(events),
      third_countries: places(abroad(events)),
      mechanisms: '',
      measures: '',
      ...span(events)
    }
  ]
}

export function transfers(admitted: readonly Event[]): Expected[] {
  const key = ({ location, provider, purpose, transfer }: Event) => [
    places([{ location } as Event]),
    provider.id,
    purpose.id,
    transfer.payload_state
  ]
  return groups(admitted, key).map(events => {
    const {
      transfer,
      provider,
      purpose,
      location,
      dpa_ref: dpa = '',
      contract_ref: contract = ''
    } = events[0] as Event
    const home = !transfer.third_country
    return {
      country: location.processing.join(' '),
      third_country: String(transfer.third_country),
      importer: nameOf(provider.id),
      mechanism: home ? 'none_eea' : (transfer.mechanism ?? ''),
      mechanism_ref: transfer.mechanism_ref ?? '',
      mechanism_checked: transfer.checked_on ?? '',
      tia: '',
      purpose: purpose.id,
      payload_state: transfer.payload_state,
      dpa,
      dpa_from: contracts.get(contract)?.from ?? '',
      dpa_to: contracts.get(contract)?.to ?? '',
      ...span(events)
    }
  })
}

export function recipients(admitted: readonly Event[]): Expected[] {
  return groups(admitted, ({ app_id: app, deployment, transfer }) => [
    app,
    deployment.id,
    transfer.payload_state
  ]).map(events => {
    const { app_id: app, transfer, provider, deployment, location } = events[0] as Event
    return {
      app,
      provider_entity: nameOf(provider.id),
      deployment: deployment.id,
      country: location.processing.join(' '),
      third_country: String(transfer.third_country),
      mechanism: transfer.third_country ? (transfer.mechanism ?? '') : 'none_eea',
      payload_state: transfer.payload_state,
      ...span(events)
    }
  })
}

export function noticeFacts(admitted: readonly Event[]): Expected[] {
  return processing(admitted).map(row => {
    const id = String(row['purpose'])
    const events = admitted.filter(({ purpose }) => purpose.id === id)
    const pick = (...names: readonly string[]) =>
      Object.fromEntries(names.map(name => [name, row[name] ?? '']))
    return {
      ...pick(
        'purpose',
        'purpose_title',
        'controller',
        'controller_contact',
        'dpo',
        'legal_basis',
        'recipients',
        'third_countries',
        'mechanisms',
        'retention'
      ),
      interest: '',
      models: set(events.map(({ model }) => model.requested)),
      logic: said(id)?.logic ?? '',
      notice: said(id)?.notice ?? ''
    }
  })
}

/** Days of traffic only; incidents are named one by one in the test. */
export function timelineDays(admitted: readonly Event[]): Expected[] {
  return groups(admitted, event => [event.occurred_at.slice(0, 10), event.transfer.payload_state]).map(
    events => {
      const [first] = events as [Event]
      return {
        at: first.occurred_at.slice(0, 10),
        what: 'ai.request.admitted',
        detail: '',
        payload_state: first.transfer.payload_state,
        requests: events.length,
        recipients: namesOf(events),
        purposes: set(events.map(({ purpose }) => purpose.id)),
        data_classes: classes(events),
        findings: sum(events.flatMap(({ findings }) => findings.map(({ count }) => count))),
        special_categories: flags(events),
        event_id: ''
      }
    }
  )
}
