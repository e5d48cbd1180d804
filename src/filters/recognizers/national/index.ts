import type { Recognizer } from '../../recognizer.ts'
import { africaNumbers } from './africa.ts'
import { northAmerica } from './america-north.ts'
import { southAmerica } from './america-south.ts'
import { asiaPacific } from './asia.ts'
import { asiaMore } from './asia-more.ts'
import { banking } from './banking.ts'
import { companiesSouthEast } from './companies-south-east.ts'
import { companiesWest } from './companies.ts'
import { documents } from './documents.ts'
import { documentsMore } from './documents-more.ts'
import { europeOther } from './europe-other.ts'
import { nationalNumber } from './number.ts'
import { north } from './north.ts'
import { southEast } from './south-east.ts'
import { west } from './west.ts'

/** National numbers of persons, companies, documents and accounts, by tables; each counts for its country only. */
export const nationalNumbers: readonly Recognizer[] = [
  ...north,
  ...southEast,
  ...west,
  ...companiesWest,
  ...companiesSouthEast,
  ...documents,
  ...documentsMore,
  ...banking,
  ...europeOther,
  ...northAmerica,
  ...southAmerica,
  ...asiaPacific,
  ...asiaMore,
  ...africaNumbers
].map(nationalNumber)
