import type { Doc, Mark } from './corpus.ts'
import type { NameList } from './names.ts'
import type { People, Person } from './people.ts'
import type { Random } from './random.ts'
import { europeanLocales, europeanNouns, europeanTexts } from './templates-eu.ts'
import { englishPrompts, germanPrompts } from './templates-prompts.ts'
import { englishTexts, germanTexts, technicalTexts } from './templates.ts'

const nouns = {
  de: `Rechnung Bestellung Lieferung Vertrag Kündigung Heizung Wohnung Reklamation Unterlagen Abrechnung Präsentation
Versicherung Anmeldung Bescheinigung Termin Angebot Auftrag Bericht Schlüssel Drucker Zahlung Mahnung Genehmigung
Schulung Umsatz Kosten Reparatur Garantie Passwort Zugang Fehler Urlaub Krankmeldung Gehalt Fahrrad Auto Küche Garten
Blutdruck Schmerzen Husten Fieber Therapie Entlassung Operation Diagnose Befund Fraktur Entwurf Freigabe`,
  en: `invoice order delivery contract cancellation heating apartment complaint documents report presentation insurance
registration certificate appointment offer key printer payment reminder approval training budget repair warranty
password access error vacation salary bicycle car kitchen garden headache cough fever therapy surgery diagnosis draft`,
  ...europeanNouns
}
/** Languages that there are templates in. */
export type Language = keyof typeof nouns
const stems = `user order item cache token node task data file event list index page session config request response
handler manager service client server store queue worker parser reader writer builder factory view model state event
channel stream buffer block thread process status result value key type name path error log job batch row column table`
const suffixes = [
  'Impl',
  'Manager',
  'Handler',
  'Activity',
  'Controller',
  'Exception',
  'Factory',
  '',
  '',
  '',
  'Provider'
]
const abbreviations = `IBAN BIC PDF HTML API CSV JSON XML USB CPU GPU RAM PIN TAN AGB DSGVO GDPR VPN DNS HTTP TCP PCI SSL TLS SQL CRM ERP
KPI CEO FAQ PAM CBS CSI SAP ISO DIN EDV IT HR QA UI UX EUR USD CHF BWA UST KFZ LKW PKW TV WC OK ASAP FYI ETA TBD N/A`
const legal = ['GmbH', 'AG', 'GmbH & Co. KG', 'Ltd', 'Inc.', 'LLC', 'SE', 'e. V.', 'KG', 'plc']
const fields = `Bau Technik Consulting Logistik Software Medien Energie Pharma Systems Solutions Partners Holding Services Verlag
Versicherung Bank Klinik Group Labs Foods Motors`

/** Of the persons in a text so many bear names of its language. */
const NATIVE = 0.7

/** Null for languages whose persons are drawn from all origins. */
function localesOf(language: Language): readonly string[] | null {
  return new Map<string, readonly string[]>(Object.entries(europeanLocales)).get(language) ?? null
}

function list(text: string): string[] {
  return text.split(/\s+/)
}

/** Makes labelled texts from templates around names of many origins. */
export class Generator {
  readonly #people: People
  readonly #places: readonly string[]
  readonly #texts: ReadonlyMap<Language | 'technical', readonly string[]> = new Map(
    Object.entries({
      de: `${germanTexts}---${germanPrompts}`,
      en: `${englishTexts}---${englishPrompts}`,
      technical: technicalTexts,
      ...europeanTexts
    }).map(([kind, texts]) => [kind as Language | 'technical', texts.trim().split('\n---\n')])
  )

  constructor(people: People, places: NameList) {
    this.#people = people
    this.#places = ['de', 'de_AT', 'de_CH', 'en', 'en_GH', 'pl', 'it', 'es', 'tr'].flatMap(locale => [
      ...(places.get(locale) ?? [])
    ])
  }

  /** `count` documents, numbered from 0; as many of each language as of machine text. */
  documents(random: Random, count: number, languages: readonly Language[]): Doc[] {
    const kinds = [...languages, 'technical' as const]
    return Array.from({ length: count }, (_, i) => {
      const kind = kinds[i % kinds.length] ?? 'technical'
      const language = kind === 'technical' ? random.pick(languages) : kind
      return this.#make(random, kind, language, `generated/${i}`)
    })
  }

  #make(random: Random, kind: Language | 'technical', language: Language, id: string): Doc {
    const template = random.pick(this.#texts.get(kind) ?? [])
    const locales = localesOf(language)
    const people = [0, 1, 2].map(() =>
      this.#people.draw(random, locales !== null && random.next() < NATIVE ? locales : null)
    )
    let text = ''
    const marks: Mark[] = []
    for (const part of template.split(/(\{[123][a-z]?\}|\{[A-Z]\})/)) {
      const slot = /^\{(.)(.?)\}$/.exec(part)
      const [, which = '', form = ''] = slot ?? []
      const start = text.length
      if (slot === null) text += part
      else if (/[123]/.test(which)) {
        const person = people[Number(which) - 1] ?? { given: '', surname: '' }
        text += personAs(form === 'x' ? polishCase(person, random) : person, form)
        if (form !== 'e' && form !== 'u') marks.push({ start, end: text.length, kind: 0 })
      } else {
        text += this.#fill(random, which, language)
        if (which === 'L') marks.push({ start, end: text.length, kind: 1 })
        if (which === 'O') marks.push({ start, end: text.length, kind: 2 })
      }
    }
    return { id, set: `generated_${kind}`, text, marks, weight: 0.6 }
  }

  #fill(random: Random, slot: string, language: Language): string {
    if (slot === 'L') return random.pick(this.#places)
    if (slot === 'W') return random.pick(list(nouns[language]))
    if (slot === 'O') return this.#company(random)
    if (slot === 'I') return identifier(random)
    if (slot === 'A')
      return random.next() < 0.7
        ? random.pick(list(abbreviations))
        : random.below(46655).toString(36).toUpperCase().replace(/\d/g, 'X')
    if (slot === 'H') return random.below(2 ** 31).toString(16)
    if (slot === 'T') return `${8 + random.below(12)}:${10 + random.below(50)}`
    if (slot === 'D') return date(random, language)
    return String(1 + random.below(10 ** (1 + random.below(5))))
  }

  #company(random: Random): string {
    const { surname } = this.#people.draw(random)
    const form = random.next()
    if (form < 0.3) return `${surname} ${random.pick(legal)}`
    if (form < 0.6) return `${surname} ${random.pick(list(fields))} ${random.pick(legal)}`
    if (form < 0.8) return `${random.pick(this.#places)}er ${random.pick(list(fields))}`
    return `${random.pick(list('Nova Alpha Inter Euro Global Tele Medi Bio Uni Prima'))}${random.pick(list('tec soft med line net com trans lab'))} ${random.pick(legal)}`
  }
}

function personAs({ given, surname }: Person, form: string): string {
  if (form === 'g') return given
  if (form === 's') return surname
  if (form === 'r') return `${surname}, ${given}`
  if (form === 'i') return `${given.charAt(0)}. ${surname}`
  if (form === 'e') return `${plain(given)}.${plain(surname)}@example.com`
  if (form === 'u') return plain(given).slice(0, 1) + plain(surname)
  return `${given} ${surname}`
}

/** As Polish declines names behind prepositions, roughly. */
function polishCase({ given, surname }: Person, random: Random): Person {
  if (given.endsWith('a')) {
    const end = random.pick(['y', 'ą', 'ę', 'ie'])
    return { given: given.slice(0, -1) + end, surname: surname.replace(/a$/, random.pick(['iej', 'ą'])) }
  }
  const end = random.pick(['a', 'owi', 'em'])
  return {
    given: given + end,
    surname: /[ck]i$/.test(surname) ? surname + random.pick(['ego', 'emu', 'm']) : surname + end
  }
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöü]/g, char => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char] ?? char)
    .normalize('NFD')
    .replace(/[^a-z-]/g, '')
}

function identifier(random: Random): string {
  const words = Array.from({ length: 1 + random.below(3) }, () => random.pick(list(stems)))
  const style = random.next()
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  if (style < 0.4) return words.map(capital).join('') + random.pick(suffixes)
  if (style < 0.6) return words.map((word, i) => (i === 0 ? word : capital(word))).join('')
  if (style < 0.75) return words.join('_')
  if (style < 0.85) return words.join('-')
  return style < 0.95 ? capital(words[0] ?? '') : words.join('_').toUpperCase()
}

function date(random: Random, language: Language): string {
  const day = 1 + random.below(28)
  const month = random.below(12)
  const year = 1950 + random.below(76)
  const form = random.next()
  if (language === 'de') {
    const name = list('Januar Februar März April Mai Juni Juli August September Oktober November Dezember')[
      month
    ]
    return form < 0.6 ? `${day}.${month + 1}.${year}` : `${day}. ${name} ${year}`
  }
  if (language !== 'en') return [day, month + 1, year].join(random.pick(['/', '.', '-']))
  const name = list('January February March April May June July August September October November December')[
    month
  ]
  return form < 0.4
    ? `${month + 1}/${day}/${year}`
    : form < 0.7
      ? `${day} ${name} ${year}`
      : `${name} ${day}, ${year}`
}
