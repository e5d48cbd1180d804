import * as national from '../validators/national.ts'
import type { NationalNumber } from './number.ts'

/** Personal and tax numbers of southern, central and eastern Europe. */
export const southEast: readonly NationalNumber[] = [
  {
    id: 'bg-egn',
    formats: '9999999999',
    words: 'ЕГН EGN единен_граждански_номер personal_number ЛНЧ',
    check: national.bulgarian,
    match: ['ЕГН: 7523169263', 'EGN: 8032056031'],
    noMatch: ['EGN: 7523169264'],
    source: 'Закон за гражданската регистрация; ГРАО'
  },
  {
    id: 'cz-birth-number',
    formats: '999999 9999|999999 999',
    words: 'rodné_číslo rodne_cislo RČ r.č. birth_number',
    check: national.birthNumber,
    match: ['rodné číslo: 710319/2745', 'RČ: 7103192745'],
    noMatch: ['rodné číslo: 710319/2746'],
    source: 'Zákon č. 133/2000 Sb.'
  },
  {
    id: 'sk-birth-number',
    formats: '999999 9999|999999 999',
    words: 'rodné_číslo_SK rodné_čísla rodného_čísla rč_sk',
    check: national.birthNumber,
    match: ['rodného čísla: 710319/2745'],
    noMatch: ['rodného čísla: 710319/2746'],
    source: 'Zákon č. 301/1995 Z. z.'
  },
  {
    id: 'es-dni',
    formats: '99999999 A|99 999 999 A|9 9999999 A|A9999999 A|A9 999 999 A|A 9999999 A',
    words: 'DNI NIF NIE N.I.F. N.I.E. D.N.I. documento_nacional_de_identidad número_de_identidad CIF',
    check: national.spanishPerson,
    score: 0.85,
    match: ['54362315K', 'X-5253868-R', 'NIE: X2482300W'],
    noMatch: ['54362315Z', 'X-2482300-A'],
    source: 'Real Decreto 1553/2005; Orden INT/2058/2008'
  },
  {
    id: 'es-dni-short',
    type: 'ES_DNI',
    formats: '9999999A|999 999 9A|9 999 999 A|999999A|99999A',
    words: 'DNI NIF NIE N.I.F. N.I.E. D.N.I. documento_nacional_de_identidad',
    check: national.spanishShort,
    match: ['NIF: 1111111G', 'DNI: 54237A'],
    noMatch: ['1111111G', 'NIF: 1111111I'],
    source: 'Real Decreto 1553/2005 (written without leading noughts)'
  },
  {
    id: 'gr-amka',
    formats: '99999999999',
    words: 'ΑΜΚΑ AMKA',
    check: national.greekInsurance,
    match: ['ΑΜΚΑ: 01037200308', 'AMKA: 01086104112'],
    noMatch: ['AMKA: 01037200309'],
    source: 'ΗΔΙΚΑ; Ν. 3655/2008'
  },
  {
    id: 'gr-tax-number',
    formats: '999999999',
    words: 'ΑΦΜ AFM Α.Φ.Μ. TIN',
    check: national.greekTax,
    match: ['ΑΦΜ: 094259216'],
    noMatch: ['ΑΦΜ: 094259217'],
    source: 'ΑΑΔΕ; OECD, TIN Greece'
  },
  {
    id: 'hr-oib',
    formats: '99999999999',
    words: 'OIB osobni_identifikacijski_broj',
    check: national.croatian,
    match: ['OIB: 71481280786'],
    noMatch: ['OIB: 71481280787'],
    source: 'Zakon o osobnom identifikacijskom broju'
  },
  {
    id: 'hu-tax-number',
    formats: '9999999999',
    words: 'adóazonosító adóazonosító_jel adójel',
    check: national.hungarianTax,
    match: ['adóazonosító jel: 8071592153'],
    noMatch: ['adóazonosító jel: 8071592154'],
    source: '1996. évi XX. törvény'
  },
  {
    id: 'it-fiscal-code',
    formats: 'AAAAAA XXAXX AXXXA|AAA AAA XXAXX AXXXA|AAAAAA XX AXX AXXX A',
    words: 'codice_fiscale C.F. cod._fisc. CF',
    check: national.italian,
    score: 0.95,
    match: ['RCCMNL83S18D969H', 'codice fiscale: MRTNTN23M02D969P'],
    noMatch: ['RCCMNL83S18D969I'],
    source: 'D.M. 23 dicembre 1976 n. 13813'
  },
  {
    id: 'pl-pesel',
    formats: '99999999999',
    words: 'PESEL numer_PESEL numerem_PESEL nr_PESEL',
    check: national.polishPerson,
    score: 0.6,
    match: ['PESEL: 44051401359', '02070803628', 'PESEL: 44O5l4Ol359', 'PESEL: 440514\n01359'],
    noMatch: ['PESEL: 44051401358'],
    source: 'Ustawa o ewidencji ludności'
  },
  {
    id: 'pl-nip',
    formats: '999 999 99 99|999 99 99 999',
    words: 'NIP numer_NIP nr_NIP',
    check: national.polishTax,
    match: ['NIP: 856-734-62-15'],
    noMatch: ['NIP: 856-734-62-16'],
    source: 'Ustawa o zasadach ewidencji i identyfikacji podatników'
  },
  {
    id: 'pt-nif',
    formats: '999 999 999',
    words: 'NIF contribuinte número_de_contribuinte NIPC',
    check: national.portuguese,
    match: ['NIF: 501 964 843'],
    noMatch: ['NIF: 501 964 842'],
    source: 'Decreto-Lei n.º 14/2013'
  },
  {
    id: 'ro-cnp',
    formats: '9999999999999',
    words: 'CNP cod_numeric_personal',
    check: national.romanian,
    score: 0.85,
    match: ['CNP: 1630615123457', '1630615123457'],
    noMatch: ['1630615123458'],
    source: 'Legea nr. 105/1996'
  },
  {
    id: 'si-emso',
    formats: '9999999999999',
    words: 'EMŠO EMSO JMBG',
    check: national.slovenian,
    score: 0.85,
    match: ['EMŠO: 0101006500006', '1211981500126'],
    noMatch: ['0101006500007'],
    source: 'Zakon o centralnem registru prebivalstva'
  },
  {
    id: 'si-tax-number',
    formats: '99999999',
    words: 'davčna_številka davčna DŠ',
    check: national.slovenianTax,
    match: ['davčna številka: 50223054'],
    noMatch: ['davčna številka: 50223055'],
    source: 'Zakon o davčnem postopku'
  }
]
