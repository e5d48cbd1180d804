import * as national from '../validators/national.ts'
import type { NationalNumber } from './number.ts'

/** Personal and tax numbers of the Nordic and Baltic states. */
export const north: readonly NationalNumber[] = [
  {
    id: 'dk-cpr',
    formats: '999999 9999',
    words: 'CPR CPR-nummer CPR-nr personnummer cprnr',
    check: national.danish,
    match: ['CPR: 211062-5629'],
    noMatch: ['CPR: 421362-5629', '211062-5629'],
    source: 'CPR-loven; CPR-kontoret'
  },
  {
    id: 'ee-isikukood',
    type: 'EE_PERSONAL_CODE',
    formats: '99999999999',
    words: 'isikukood isikukoodi personal_code ID-kood',
    check: national.baltic,
    score: 0.6,
    match: ['isikukood: 36703010079', '36205030034'],
    noMatch: ['isikukood: 36703010078'],
    source: 'Rahvastikuregistri seadus § 39'
  },
  {
    id: 'lt-asmens-kodas',
    type: 'LT_PERSONAL_CODE',
    formats: '99999999999',
    words: 'asmens_kodas asmens_kodo a.k. personal_code',
    check: national.baltic,
    score: 0.6,
    match: ['asmens kodas: 48504140959'],
    noMatch: ['asmens kodas: 48504140958'],
    source: 'Gyventojų registro įstatymas'
  },
  {
    id: 'lv-personas-kods',
    type: 'LV_PERSONAL_CODE',
    formats: '999999 99999',
    words: 'personas_kods personas_koda p.k. personal_code',
    check: national.latvian,
    match: ['personas kods: 161175-19997', 'personas kods: 32579461005'],
    noMatch: ['personas kods: 161175-19998'],
    source: 'Fizisko personu reģistra likums'
  },
  {
    id: 'fi-hetu',
    type: 'FI_PERSONAL_CODE',
    formats: '999999A999X|999999 999X',
    words: 'henkilötunnus hetu HETU personbeteckning sosiaaliturvatunnus personal_identity_code',
    check: national.finnishPerson,
    score: 0.85,
    grouped: true,
    separators: '-',
    match: ['131052-308T', 'hetu: 131052A308T', 'hetu: 131052B308T'],
    noMatch: ['131052-308U', '321352-308T'],
    source: 'Laki väestötietojärjestelmästä 661/2009; DVV'
  },
  {
    id: 'se-personnummer',
    type: 'SE_PERSONAL_NUMBER',
    formats: '999999 9999|99999999 9999',
    words: 'personnummer personnr samordningsnummer pnr org.nr organisationsnummer',
    check: national.swedish,
    score: 0.7,
    separators: '-+',
    grouped: true,
    match: ['880320-0016', 'personnummer: 8803200016'],
    noMatch: ['880320-0018', '881320-0016'],
    source: 'Folkbokföringslag (1991:481); Skatteverket'
  },
  {
    id: 'no-fodselsnummer',
    type: 'NO_NATIONAL_NUMBER',
    formats: '999999 99999',
    words: 'fødselsnummer personnummer D-nummer',
    check: national.norwegian,
    score: 0.85,
    match: ['100487 45526', 'fødselsnummer: 10048744732'],
    noMatch: ['100487 45527'],
    source: 'Folkeregisterloven; Skatteetaten'
  }
]
