import * as africa from '../validators/africa.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'

/** National numbers of Africa. */
export const africaNumbers: readonly NationalNumber[] = [
  {
    id: 'dz-nif',
    formats:
      '999999999999999|999 999 999 999 999|99999999999999999999|999 999 999 999 999 99999|9999 9999 99 99 999',
    words: 'NIF numéro_d_identification_fiscale',
    kind: 'tax',
    match: ['NIF: 408 020 000 150 039'],
    noMatch: ['408020000150039'],
    source: 'Direction générale des impôts, Algérie'
  },
  {
    id: 'eg-tax-number',
    formats: '999-999-999',
    words: 'tax_registration TN tax_registration_number',
    kind: 'tax',
    match: ['TN: 100-531-385'],
    noMatch: ['100-531-385'],
    source: 'Egyptian Tax Authority'
  },
  {
    id: 'gh-tin',
    formats: 'A999999999X|A00XXXXXXXX',
    words: 'TIN Ghana_TIN',
    kind: 'tax',
    check: africa.ghanaian,
    score: 0.6,
    match: ['C0000803561', 'TIN: C000261992X'],
    noMatch: ['C0000803562'],
    source: 'Ghana Revenue Authority'
  },
  {
    id: 'gn-nifp',
    formats: '999-999-999',
    words: 'NIFP NIF numéro_d_identification_fiscale_permanent',
    kind: 'tax',
    check: checks.luhnDigit(),
    match: ['NIFP: 693-770-885'],
    noMatch: ['NIFP: 693-770-880'],
    source: 'Direction nationale des impôts, Guinée'
  },
  {
    id: 'ke-pin',
    formats: 'A999999999A',
    words: 'PIN KRA_PIN KRA',
    kind: 'tax',
    shape: checks.oneOf('AP'),
    score: 0.6,
    match: ['P051365947M', 'KRA: A004416331M'],
    noMatch: ['X1234567897', 'B004416331M'],
    source: 'Kenya Revenue Authority'
  },
  {
    id: 'ma-ice',
    formats: '999999999999999',
    words: 'ICE identifiant_commun identifiant_commun_de_l_entreprise',
    kind: 'company',
    check: africa.moroccan,
    match: ['ICE: 001561191000066'],
    noMatch: ['ICE: 001561191000065'],
    source: 'OMPIC'
  },
  {
    id: 'mu-nid',
    formats: 'A9999999999999|A999999999999X',
    words: 'NID national_identity_card ID_card',
    kind: 'person',
    check: africa.mauritian,
    score: 0.6,
    match: ['A0503022303817'],
    noMatch: ['A0503022303818'],
    source: 'National Identity Card Act 1985'
  },
  {
    id: 'mz-nuit',
    formats: '999 999 999',
    words: 'NUIT número_único_de_identificação_tributária',
    kind: 'tax',
    check: checks.mapped([8, 9, 4, 5, 6, 7, 8, 9], '01234567891', 8),
    match: ['NUIT: 400339910'],
    noMatch: ['NUIT: 400339911'],
    source: 'Autoridade Tributária de Moçambique'
  },
  {
    id: 'ng-nin',
    formats: '99999999999',
    words: 'NIN national_identification_number NIMC BVN bank_verification',
    kind: 'person',
    match: ['NIN: 12345678901'],
    noMatch: ['12345678901', 'NIN: 1234567890'],
    source: 'NIMC Act 2007'
  },
  {
    id: 'ng-plate',
    type: 'NG_LICENCE_PLATE',
    formats: 'AAA-999AA|AAA999AA',
    words: 'plate number_plate plates vehicle registration',
    score: 0.5,
    match: ['ABJ-001AA', 'plate: APP-456CV'],
    noMatch: ['ABCD-123EF'],
    source: 'Federal Road Safety Corps'
  },
  {
    id: 'sn-ninea',
    formats:
      '999 9999|9999999 9A9|999 999 999|9999999/9/A/9|9999999 9/A/9|999 9999 9A9|999999999 9A9|9 999 999 9A9',
    words: 'NINEA',
    kind: 'tax',
    check: africa.senegalese,
    match: ['NINEA: 306 7221', 'NINEA: 30672212G2'],
    noMatch: ['NINEA: 3067222'],
    source: 'ANSD, répertoire national des entreprises'
  },
  {
    id: 'tn-mf',
    formats:
      '9999999A|9999999/A/A/A/999|999999A|9999999/A/AAA999|9999999AAA999|999 999A/A/A/999|9999999 A|999999/A/A/A/999|999 999 AAA 999|999999AAA999|99999A|9999A|99999A/A/A/999|9999A/A/A/999',
    words: 'MF matricule_fiscal matricule_fiscale',
    kind: 'tax',
    shape: africa.tunisian,
    match: ['MF: 1234567/M/A/E/001', 'matricule fiscal: 1182431M/A/M/000', 'MF: 32962V/A/M/000'],
    noMatch: ['1234567M', 'MF: 1234567/O', '8403B'],
    source: 'Code de la TVA, Tunisie'
  },
  {
    id: 'za-id-number',
    formats: '999999 9999 999|9999999999999',
    words: 'ID_number identity_number SA_ID South_African_ID RSA_ID refugee_ID',
    kind: 'person',
    check: checks.both(checks.luhnDigit(), checks.dated(2, 4)),
    score: 0.7,
    match: ['7503305044089', 'SA ID: 800101 5009 087'],
    noMatch: ['7503305044088', '8013015009087'],
    source: 'Identification Act 68 of 1997'
  },
  {
    id: 'za-tax-number',
    formats: '9999999999',
    words: 'tax_reference income_tax TIN tax_reference_number',
    kind: 'tax',
    check: checks.both(checks.luhnDigit(), checks.begins(1, [0, 3], [9, 9])),
    match: ['TIN: 0001339050'],
    noMatch: ['TIN: 0001339051'],
    source: 'SARS'
  }
]
