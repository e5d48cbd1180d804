import type { Recognizer } from '../../recognizer.ts'
import { addressField } from './field.ts'
import { addressPoBox } from './po-box.ts'
import { addressPostcode } from './postcode.ts'
import { addressStated } from './stated.ts'
import { addressStreetEnglish } from './street-english.ts'
import { addressStreetLead } from './street-lead.ts'
import { addressStreetSuffix } from './street-suffix.ts'
import { addressTypedEnglish, addressTypedGerman } from './typed.ts'
import { addressUnit } from './unit.ts'

/** Postal addresses: a street with what follows it, a postcode with its place, a box, a field of that name. */
export const addressRecognizers: readonly Recognizer[] = [
  addressField,
  addressPoBox,
  addressPostcode,
  addressStated,
  addressStreetEnglish,
  addressStreetLead,
  addressStreetSuffix,
  addressTypedEnglish,
  addressTypedGerman,
  addressUnit
]
