import * as national from '../validators/national.ts'
import type { PersonNumber } from './person-number.ts'

/** Personal and tax numbers of southern, central and eastern Europe. */
export const southEast: readonly PersonNumber[] = [
  {
    country: 'BG',
    id: 'bg-egn',
    type: 'BG_EGN',
    masks: ['9999999999'],
    groups: [],
    words: 'ЕГН EGN единен_граждански_номер personal_number ЛНЧ',
    check: national.bulgarian,
    score: 0,
    match: ['ЕГН: 7523169263', 'EGN: 8032056031'],
    noMatch: ['EGN: 7523169264'],
    source: 'Закон за гражданската регистрация; ГРАО'
  },
  {
    country: 'CZ',
    id: 'cz-birth-number',
    type: 'CZ_BIRTH_NUMBER',
    masks: ['9999999999', '999999999'],
    groups: [
      [6, 4],
      [6, 3]
    ],
    words: 'rodné_číslo rodne_cislo RČ r.č. birth_number',
    check: national.birthNumber,
    score: 0,
    match: ['rodné číslo: 710319/2745', 'RČ: 7103192745'],
    noMatch: ['rodné číslo: 710319/2746'],
    source: 'Zákon č. 133/2000 Sb.'
  },
  {
    country: 'SK',
    id: 'sk-birth-number',
    type: 'SK_BIRTH_NUMBER',
    masks: ['9999999999', '999999999'],
    groups: [
      [6, 4],
      [6, 3]
    ],
    words: 'rodné_číslo_SK rodné_čísla rodného_čísla rč_sk',
    check: national.birthNumber,
    score: 0,
    match: ['rodného čísla: 710319/2745'],
    noMatch: ['rodného čísla: 710319/2746'],
    source: 'Zákon č. 301/1995 Z. z.'
  },
  {
    country: 'ES',
    id: 'es-dni',
    type: 'ES_DNI',
    masks: ['99999999A', 'A9999999A'],
    groups: [
      [8, 1],
      [2, 3, 3, 1],
      [1, 7, 1]
    ],
    words: 'DNI NIF NIE N.I.F. N.I.E. D.N.I. documento_nacional_de_identidad número_de_identidad CIF',
    check: national.spanishPerson,
    score: 0.85,
    match: ['54362315K', 'X-5253868-R', 'NIE: X2482300W'],
    noMatch: ['54362315Z', 'X-2482300-A'],
    source: 'Real Decreto 1553/2005; Orden INT/2058/2008'
  },
  {
    country: 'GR',
    id: 'gr-amka',
    type: 'GR_AMKA',
    masks: ['99999999999'],
    groups: [],
    words: 'ΑΜΚΑ AMKA',
    check: national.greekInsurance,
    score: 0,
    match: ['ΑΜΚΑ: 01037200308', 'AMKA: 01086104112'],
    noMatch: ['AMKA: 01037200309'],
    source: 'ΗΔΙΚΑ; Ν. 3655/2008'
  },
  {
    country: 'GR',
    id: 'gr-tax-number',
    type: 'GR_TAX_NUMBER',
    masks: ['999999999'],
    groups: [],
    words: 'ΑΦΜ AFM Α.Φ.Μ. TIN',
    check: national.greekTax,
    score: 0,
    match: ['ΑΦΜ: 094259216'],
    noMatch: ['ΑΦΜ: 094259217'],
    source: 'ΑΑΔΕ; OECD, TIN Greece'
  },
  {
    country: 'HR',
    id: 'hr-oib',
    type: 'HR_OIB',
    masks: ['99999999999'],
    groups: [],
    words: 'OIB osobni_identifikacijski_broj',
    check: national.croatian,
    score: 0,
    match: ['OIB: 71481280786'],
    noMatch: ['OIB: 71481280787'],
    source: 'Zakon o osobnom identifikacijskom broju'
  },
  {
    country: 'HU',
    id: 'hu-tax-number',
    type: 'HU_TAX_NUMBER',
    masks: ['9999999999'],
    groups: [],
    words: 'adóazonosító adóazonosító_jel adójel',
    check: national.hungarianTax,
    score: 0,
    match: ['adóazonosító jel: 8071592153'],
    noMatch: ['adóazonosító jel: 8071592154'],
    source: '1996. évi XX. törvény'
  },
  {
    country: 'IT',
    id: 'it-fiscal-code',
    type: 'IT_FISCAL_CODE',
    masks: ['AAAAAAXXAXXAXXXA'],
    groups: [
      [6, 5, 5],
      [3, 3, 5, 5],
      [6, 2, 3, 4, 1]
    ],
    words: 'codice_fiscale C.F. cod._fisc. CF',
    check: national.italian,
    score: 0.95,
    match: ['RCCMNL83S18D969H', 'codice fiscale: MRTNTN23M02D969P'],
    noMatch: ['RCCMNL83S18D969I'],
    source: 'D.M. 23 dicembre 1976 n. 13813'
  },
  {
    country: 'PL',
    id: 'pl-pesel',
    type: 'PL_PESEL',
    masks: ['99999999999'],
    groups: [],
    words: 'PESEL numer_PESEL',
    check: national.polishPerson,
    score: 0.6,
    match: ['PESEL: 44051401359', '02070803628'],
    noMatch: ['PESEL: 44051401358'],
    source: 'Ustawa o ewidencji ludności'
  },
  {
    country: 'PL',
    id: 'pl-nip',
    type: 'PL_NIP',
    masks: ['9999999999'],
    groups: [
      [3, 3, 2, 2],
      [3, 2, 2, 3]
    ],
    words: 'NIP numer_NIP',
    check: national.polishTax,
    score: 0,
    match: ['NIP: 856-734-62-15'],
    noMatch: ['NIP: 856-734-62-16'],
    source: 'Ustawa o zasadach ewidencji i identyfikacji podatników'
  },
  {
    country: 'PT',
    id: 'pt-nif',
    type: 'PT_NIF',
    masks: ['999999999'],
    groups: [[3, 3, 3]],
    words: 'NIF contribuinte número_de_contribuinte NIPC',
    check: national.portuguese,
    score: 0,
    match: ['NIF: 501 964 843'],
    noMatch: ['NIF: 501 964 842'],
    source: 'Decreto-Lei n.º 14/2013'
  },
  {
    country: 'RO',
    id: 'ro-cnp',
    type: 'RO_CNP',
    masks: ['9999999999999'],
    groups: [],
    words: 'CNP cod_numeric_personal',
    check: national.romanian,
    score: 0.85,
    match: ['CNP: 1630615123457', '1630615123457'],
    noMatch: ['1630615123458'],
    source: 'Legea nr. 105/1996'
  },
  {
    country: 'SI',
    id: 'si-emso',
    type: 'SI_EMSO',
    masks: ['9999999999999'],
    groups: [],
    words: 'EMŠO EMSO JMBG',
    check: national.slovenian,
    score: 0.85,
    match: ['EMŠO: 0101006500006', '1211981500126'],
    noMatch: ['0101006500007'],
    source: 'Zakon o centralnem registru prebivalstva'
  },
  {
    country: 'SI',
    id: 'si-tax-number',
    type: 'SI_TAX_NUMBER',
    masks: ['99999999'],
    groups: [],
    words: 'davčna_številka davčna DŠ',
    check: national.slovenianTax,
    score: 0,
    match: ['davčna številka: 50223054'],
    noMatch: ['davčna številka: 50223055'],
    source: 'Zakon o davčnem postopku'
  }
]
