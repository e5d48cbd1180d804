import * as checks from '../validators/check-digits.ts'
import * as company from '../validators/company.ts'
import * as vat from '../validators/vat.ts'
import type { NationalNumber } from './number.ts'

/** Register and tax numbers of companies and of people in business, southern and eastern member states of the Union. */
export const companiesSouthEast: readonly NationalNumber[] = [
  {
    id: 'bg-bulstat',
    formats: '999999999|9999999999',
    words: 'ЕИК БУЛСТАТ ДДС EIK BULSTAT Булстат ИН_по_ДДС',
    kind: 'company',
    check: checks.either(vat.withoutCode('BG', vat.bg)),
    match: ['ЕИК: 103873594'],
    noMatch: ['ЕИК: 103873595', '103873594'],
    source: 'Закон за търговския регистър; Агенция по вписванията'
  },
  {
    id: 'cy-tax-number',
    formats: '99999999A',
    words: 'TIN ΑΦΤ ΑΦΜ TIC VAT ΦΠΑ',
    kind: 'tax',
    check: vat.withoutCode('CY', vat.cy),
    match: ['TIN: 00123123T'],
    noMatch: ['TIN: 00123123A', '00123123T'],
    source: 'OECD, TIN Cyprus; Tax Department'
  },
  {
    id: 'cz-company-number',
    formats: '99999999|999 99 999',
    words: 'IČO IČ IČ: DIČ identifikační_číslo ICO',
    kind: 'company',
    check: company.czech,
    match: ['IČO: 25123891', 'IČO: 27082440'],
    noMatch: ['IČO: 25123892', '25123891'],
    source: 'Zákon č. 111/2009 Sb.; ČSÚ'
  },
  {
    id: 'sk-company-number',
    formats: '99999999|99 999 999',
    words: 'IČO identifikačné_číslo ICO_SK',
    kind: 'company',
    check: company.czech,
    match: ['identifikačné číslo: 31333532'],
    noMatch: ['identifikačné číslo: 31333533'],
    source: 'Zákon č. 272/2015 Z. z.; ŠÚ SR'
  },
  {
    id: 'sk-tax-number',
    formats: '9999999999|999 999 9999|999 999 99 99',
    words: 'DIČ IČ_DPH DIC IC_DPH daňové_identifikačné_číslo',
    check: vat.withoutCode('SK', vat.sk),
    match: ['DIČ: 2022749619'],
    noMatch: ['DIČ: 2022749618'],
    source: 'Zákon č. 563/2009 Z. z.'
  },
  {
    id: 'es-cif',
    formats: 'A99999999|A-99999999|A9999999A|A-9999999-A',
    words: 'CIF NIF C.I.F. código_de_identificación_fiscal número_de_identificación_fiscal',
    kind: 'company',
    check: company.spanish,
    score: 0.6,
    match: ['CIF: J99216582', 'B64717838', 'NIF: M-1234567-L'],
    noMatch: ['CIF: B64717839', 'M-1234567-K'],
    source: 'Orden EHA/451/2008'
  },
  {
    id: 'gr-vat-number',
    formats: '999999999',
    words: 'ΦΠΑ ΑΦΜ A.Φ.M.',
    check: vat.withoutCode('EL', vat.gr),
    match: ['ΦΠΑ: 094259216'],
    noMatch: ['ΦΠΑ: 094259217'],
    source: 'ΑΑΔΕ; VIES'
  },
  {
    id: 'hu-vat-number',
    formats: '99999999-9-99|99999999|HU-99999999',
    words: 'adószám adoszam ÁFA cégjegyzékszám adószáma',
    kind: 'tax',
    check: (codes, length) =>
      (codes[0] ?? 0) > 0x39
        ? company.hungarian(codes.subarray(2), length - 2)
        : company.hungarian(codes, length),
    match: ['adószám: 12892312-2-41', 'adószám: HU-12892312'],
    noMatch: ['adószám: 12892313-2-41', 'adószám: HU-12892313'],
    source: '2017. évi CL. törvény az adózás rendjéről'
  },
  {
    id: 'hu-social-security',
    formats: '999 999 999',
    words: 'TAJ TAJ-szám TAJ_szám társadalombiztosítási',
    check: checks.remainder([3, 7, 3, 7, 3, 7, 3, 7], 10),
    match: ['TAJ: 111 111 110'],
    noMatch: ['TAJ: 111 111 112', '111 111 110'],
    source: '1996. évi XX. törvény; NEAK'
  },
  {
    id: 'hu-personal-number',
    formats: '9-999999-9999',
    words: 'személyi_szám személyi_azonosító személyi_azonosító_jel',
    check: (codes, length) =>
      checks.dated(3, 5)(codes, length) &&
      (checks.divisible([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1], 11)(codes, length) ||
        checks.divisible([10, 9, 8, 7, 6, 5, 4, 3, 2, 1, -1], 11)(codes, length)),
    match: ['személyi szám: 1-850415-1218'],
    noMatch: ['személyi szám: 1-851415-1237'],
    source: '1996. évi XX. törvény'
  },
  {
    id: 'hr-jmbg',
    formats: '9999999999999',
    words: 'JMBG jedinstveni_matični_broj MBG',
    kind: 'person',
    check: checks.both(checks.dated(2, 0), checks.complement([7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)),
    match: ['JMBG: 0101006500006'],
    noMatch: ['JMBG: 0101006500007'],
    source: 'Zakon o matičnom broju'
  },
  {
    id: 'it-vat-number',
    formats: '99999999999|999 9999 9999',
    words: 'partita_IVA P.IVA P._IVA PIVA p.iva P.I. codice_fiscale C.F. IVA',
    kind: 'company',
    check: checks.luhnDigit(),
    match: ['P.IVA: 00743110157', 'Partita IVA: 01333550323'],
    noMatch: ['P.IVA: 00743110158', '00743110157'],
    source: 'D.P.R. 633/1972 art. 35; Agenzia delle Entrate'
  },
  {
    id: 'it-rea',
    formats: 'AA999999|AA-999999|AA 999999|AA9999999|AA-9999999|AA 9999999|AA99999|AA-99999|AA 99999',
    words: 'REA R.E.A. numero_REA Registro_Imprese',
    match: ['REA: MI-1234567', 'REA: MI 123456'],
    noMatch: ['MI-1234567', 'REA: 1234'],
    source: 'Legge 580/1993; Camere di commercio'
  },
  {
    id: 'lt-company-number',
    formats: '999999999|9999999',
    words: 'įmonės_kodas juridinio_asmens_kodas PVM PVM_kodas įm.k.',
    kind: 'company',
    check: (codes, length) => length === 7 || vat.withoutCode('LT', vat.lt)(codes, length),
    match: ['PVM: 119511515', 'įmonės kodas: 213179412'],
    noMatch: ['PVM: 119511516', '213179412'],
    source: 'Juridinių asmenų registras'
  },
  {
    id: 'lv-company-number',
    formats: '99999999999',
    words: 'PVN reģistrācijas_numurs reģ.nr reģ._nr vienotais_reģistrācijas_numurs',
    kind: 'company',
    check: vat.withoutCode('LV', vat.lv),
    match: ['PVN: 40003521600'],
    noMatch: ['PVN: 40003521601'],
    source: 'Uzņēmumu reģistrs'
  },
  {
    id: 'pl-regon',
    formats: '999999999|99999999999999',
    words: 'REGON numer_REGON',
    kind: 'company',
    check: company.polish,
    match: ['REGON: 192598184', 'REGON: 12345678512347'],
    noMatch: ['REGON: 192598183', '192598184'],
    source: 'Ustawa o statystyce publicznej; GUS'
  },
  {
    id: 'pl-krs',
    formats: '9999999999',
    words: 'KRS numer_KRS Krajowy_Rejestr_Sądowy',
    match: ['KRS: 0000123456'],
    noMatch: ['0000123456', 'KRS: 123456'],
    source: 'Ustawa o Krajowym Rejestrze Sądowym'
  },
  {
    id: 'ro-company-number',
    formats: '99999999|999 999 99|99 999 999|9999999|999999|99999|9999|999999999|9999999999',
    words: 'CUI CIF cod_fiscal cod_unic cod_unic_de_înregistrare C.U.I. C.I.F.',
    kind: 'company',
    check: company.romanian,
    match: ['CUI: 18547290', 'CIF: 185 472 90'],
    noMatch: ['CUI: 18547291', '18547290'],
    source: 'Ordonanța 92/2003; ANAF'
  },
  {
    id: 'ro-trade-register',
    formats:
      'A99 9 9999|A99 99 9999|A99 999 9999|A99 9999 9999|A99 99999 9999|A 99 999 9999|A 99 9999 9999|A9 9 9999|A9 99 9999|A9 999 9999|A9 9999 9999|A9999999999999|A/9/9999/9999|A/99/999/9999',
    words: 'ONRC registrul_comerțului nr._reg._com. J/ reg._com. număr_de_ordine',
    shape: company.romanianRegister,
    score: 0.5,
    grouped: true,
    match: ['registrul comerțului: J52/750/2012', 'F01 988 2003', 'ONRC: J2016012984401'],
    noMatch: ['J52/100000/2012', 'J49/750/2012'],
    source: 'Legea 26/1990; ONRC'
  },
  {
    id: 'si-company-number',
    formats: '9999999|9999999000|9999999 999|9999999A99|99999999A9',
    words: 'matična_številka matična maticna_stevilka MŠ matična_št',
    kind: 'company',
    check: company.slovenian,
    match: ['matična številka: 9331310', 'matična številka: 9331310 000'],
    noMatch: ['matična številka: 9331320', '9331310'],
    source: 'Zakon o Poslovnem registru Slovenije; AJPES'
  }
]
