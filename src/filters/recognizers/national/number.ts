import { type Recognizer, words } from '../../recognizer.ts'
import type { Form } from '../../scanner/forms.ts'
import type { Check } from '../validators/check-digits.ts'
import { phraseList } from '../word-list.ts'
import { readDamaged } from './damaged.ts'

/** One national number: how it is written, what it is called, how its check digits go. */
export interface NationalNumber {
  /** Begins with the country's code: `ar-cuit`. */
  readonly id: string
  /** Default: the id in capitals, `AR_CUIT`. */
  readonly type?: string
  /**
   * Ways of writing, with `|` between: `9` a digit, `A` a letter, `X` either, other letters and digits themselves; any
   * of blank, dash, dot and slash shows where groups end, whichever of them the text has. In one piece it is always read.
   */
  readonly formats: string
  /** Names, an underscore for a blank inside one. */
  readonly words: string
  /** What else of the same kind is called, in English. */
  readonly kind?: keyof typeof kinds
  /** Check digits, built-in dates. Left out where there are none: then the name is all that tells. */
  readonly check?: Check
  /** What the layout can't say, such as letters never used; no evidence by itself. */
  readonly shape?: Check
  /** Score without context; left out where chance alone would meet the check too often. */
  readonly score?: number
  /** Default 0.95 with a check, 0.8 without. */
  readonly contextScore?: number
  /** True when it needs its separators to be told without context. */
  readonly grouped?: true
  /** As in `Form`; for digits without a check default those of the formats. */
  readonly separators?: string
  readonly match: readonly string[]
  readonly noMatch: readonly string[]
  readonly source: string
}

const kinds = {
  person:
    'national_id national_identity identity_number ID_number id_no personal_id personal_number citizen_id',
  tax: 'tax_id tax_number tax_no tax_identification taxpayer_id TIN fiscal_number tax_code',
  company:
    'company_number registration_number business_number company_registration register_number business_id',
  bank: 'bank_account account_number account_no Kontonummer',
  passport:
    'passport passport_no Reisepass Reisepassnummer Passnummer Pass-Nr Passport-Nr passeport passaporto pasaporte',
  licence: 'driving_licence driver_licence driver_license driving_license licence_number license_number',
  card: 'identity_card ID_card Ausweisnummer Ausweis-Nr Identitätskarte Personalausweis Personalausweisnummer',
  health: 'health_insurance insurance_number medical_card Versichertennummer'
}

/** Longest identifier that forms can hold. */
const MAX_MASK = 32

/** The layouts by their mask, which is the layout without its separators. */
function readFormats(formats: string): Map<string, number[][]> {
  const layouts = new Map<string, number[][]>()
  for (const format of formats.split('|')) {
    const groups = format.split(/[ ./-]/)
    const mask = groups.join('')
    if (mask.length > MAX_MASK) throw new RangeError(`longer than ${MAX_MASK}: ${format}`)
    layouts.set(mask, [...(layouts.get(mask) ?? []), groups.map(group => group.length)])
  }
  return layouts
}

/** Digits without a check digit: only the separators of the layouts, and a blank; eight digits with dots are a date. */
function separatorsOf(spec: NationalNumber, mask: string): Pick<Form, 'separators'> {
  if (spec.separators !== undefined) return { separators: spec.separators }
  if (spec.check !== undefined || /[A-Z]/.test(mask)) return {}
  return { separators: ` ${['-', '.', '/'].filter(separator => spec.formats.includes(separator)).join('')}` }
}

/** A damaged number is looked for behind the number's own names only. */
function damaged(spec: NationalNumber, forms: readonly Form[]): Pick<Recognizer, 'anchors' | 'recognize'> {
  const type = typeOf(spec)
  const maxLetters = Math.max(...forms.map(({ mask }) => mask.replaceAll('9', '').length))
  return {
    anchors: words(...phraseList(spec.words)),
    recognize: (scan, _start, end) => {
      readDamaged(scan, end, forms, maxLetters, type)
    }
  }
}

function typeOf(spec: NationalNumber): string {
  return spec.type ?? spec.id.toUpperCase().replaceAll('-', '_')
}

export function nationalNumber(spec: NationalNumber): Recognizer {
  const { shape, score = 0 } = spec
  const check = spec.check ?? shape
  const forms: Form[] = [...readFormats(spec.formats)].map(([mask, groups]) => ({
    mask,
    groups,
    score,
    contextScore: spec.contextScore ?? (spec.check === undefined ? 0.8 : 0.95),
    ...(check === undefined ? {} : { check }),
    ...separatorsOf(spec, mask),
    ...(spec.grouped === true ? { pieceScore: 0 } : {}),
    ...(score === 0 ? {} : { upperCase: mask.includes('A') })
  }))
  return {
    id: spec.id,
    types: [typeOf(spec)],
    countries: [spec.id.slice(0, 2).toUpperCase()],
    context: phraseList(spec.kind === undefined ? spec.words : `${spec.words} ${kinds[spec.kind]}`),
    forms,
    ...(spec.check === undefined ? { shapeOnly: true } : damaged(spec, forms)),
    examples: {
      match: spec.match.map(text => ({ text, found: text.slice(text.indexOf(': ') + 1).trim() })),
      noMatch: spec.noMatch
    },
    source: spec.source
  }
}
