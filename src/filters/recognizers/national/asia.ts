import * as asia from '../validators/asia.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'
import { verhoeff } from '../validators/verhoeff.ts'

/** National numbers of Asia, with Turkey and Israel, Australia and New Zealand. */
export const asiaPacific: readonly NationalNumber[] = [
  {
    id: 'au-abn',
    formats: '99 999 999 999',
    words: 'ABN Australian_Business_Number',
    kind: 'company',
    check: asia.australianBusiness,
    score: 0.6,
    grouped: true,
    match: ['83 914 571 673', 'ABN: 51824753556'],
    noMatch: ['83 914 571 674'],
    source: 'A New Tax System (Australian Business Number) Act 1999; ABR'
  },
  {
    id: 'au-acn',
    formats: '999 999 999',
    words: 'ACN Australian_Company_Number',
    kind: 'company',
    check: checks.complement([8, 7, 6, 5, 4, 3, 2, 1], 10),
    match: ['ACN: 004 085 616'],
    noMatch: ['ACN: 004 085 617'],
    source: 'Corporations Act 2001; ASIC'
  },
  {
    id: 'au-tfn',
    formats: '999 999 999|99 999 999',
    words: 'TFN tax_file tax_file_number',
    kind: 'tax',
    check: checks.byLength(
      new Map([
        [9, checks.divisible([1, 4, 3, 7, 5, 8, 6, 9, 10], 11)],
        [8, checks.divisible([10, 7, 8, 4, 6, 3, 5, 1], 11)]
      ])
    ),
    match: ['TFN: 876 543 210', 'TFN: 112474082'],
    noMatch: ['TFN: 876 543 211'],
    source: 'ATO, tax file number'
  },
  {
    id: 'au-medicare',
    formats: '9999 99999 9|9999 99999 9 9|9999999999-9',
    words: 'Medicare Medicare_card Medicare_number',
    check: checks.both(checks.begins(1, [2, 6]), checks.remainder([1, 3, 7, 9, 1, 3, 7, 9], 10)),
    match: ['Medicare: 2123 45670 1'],
    noMatch: ['Medicare: 2123 25870 1'],
    source: 'Services Australia, Medicare card number'
  },
  {
    id: 'nz-ird',
    formats: '999-999-999|99-999-999',
    words: 'IRD IRD_number inland_revenue',
    kind: 'tax',
    check: asia.newZealandTax,
    match: ['IRD: 49-091-850', 'IRD: 136410132'],
    noMatch: ['IRD: 136410133'],
    source: 'Inland Revenue, RWT and NRWT specification'
  },
  {
    id: 'nz-bank-account',
    formats: '99-9999-9999999-99|99-9999-9999999-999|99 9999 9999999 999',
    words: 'bank_account account account_number',
    kind: 'bank',
    score: 0.5,
    check: checks.begins(2, [1, 6], [8, 38]),
    grouped: true,
    match: ['01-0902-0068389-00', 'account: 01 0137 0026279 00'],
    noMatch: ['99-0902-0068389-00'],
    source: 'Payments NZ, account number format'
  },
  {
    id: 'cn-resident',
    formats: '99999999999999999X',
    words: 'RIC resident_identity ID_card sfz',
    kind: 'person',
    check: asia.chineseResident,
    score: 0.85,
    match: ['360426199101010071'],
    noMatch: ['360426199101010072', '360426199113010079'],
    source: 'GB 11643-1999'
  },
  {
    id: 'cn-company',
    type: 'CN_CREDIT_CODE',
    formats: '99999999XXXXXXXXXX',
    words: 'USCC unified_social_credit credit_code',
    kind: 'company',
    check: asia.chineseCompany,
    score: 0.6,
    match: ['USCC: 91110000600037341L'],
    noMatch: ['USCC: 91110000600037342L'],
    source: 'GB 32100-2015'
  },
  {
    id: 'id-nik',
    formats: '9999999999999999',
    words: 'NIK KTP nomor_induk_kependudukan',
    kind: 'person',
    check: asia.indonesianPerson,
    match: ['NIK: 3171011708450001'],
    noMatch: ['NIK: 9971011708450001'],
    source: 'UU 23/2006 Administrasi Kependudukan'
  },
  {
    id: 'id-npwp',
    formats: '99.999.999.9-999.999|999.999.999.9-999.999|9999999999999999',
    words: 'NPWP nomor_pokok_wajib_pajak',
    kind: 'tax',
    check: asia.indonesianTax,
    score: 0.5,
    grouped: true,
    match: ['01.312.166.0-091.000', 'NPWP: 013121660091000'],
    noMatch: ['01.312.166.1-091.000'],
    source: 'PMK 112/PMK.03/2022'
  },
  {
    id: 'il-id-number',
    formats: '99999999-9|9999999-9|999999-9',
    words: 'teudat_zehut ID_number company_number HP H.P.',
    kind: 'person',
    check: checks.luhnDigit(),
    match: ['teudat zehut: 3933742-3', 'H.P.: 500107420'],
    noMatch: ['teudat zehut: 3933742-2'],
    source: 'Population Registry Law; Companies Registrar'
  },
  {
    id: 'in-aadhaar',
    formats: '9999 9999 9999',
    words: 'Aadhaar UID UIDAI Aadhar',
    kind: 'person',
    check: asia.aadhaar,
    score: 0.6,
    match: ['2341 2341 2346', 'Aadhaar: 312345678909'],
    noMatch: ['2341 2341 2347'],
    source: 'UIDAI (Verhoeff digit)'
  },
  {
    id: 'in-virtual-id',
    formats: '9999 9999 9999 9999',
    words: 'VID virtual_ID Aadhaar',
    check: verhoeff,
    match: ['VID: 2341 2341 2341 2341'],
    noMatch: ['VID: 2341 2341 2341 2342'],
    source: 'UIDAI, Circular 1/2018'
  },
  {
    id: 'in-pan',
    formats: 'AAAAA9999A',
    words: 'PAN permanent_account PAN_card',
    kind: 'tax',
    shape: asia.indianAccount,
    score: 0.6,
    match: ['ACUPA7085R', 'PAN: AAPPV8261K'],
    noMatch: ['ABMXA3211G', 'ACUPA0000R'],
    source: 'Income Tax Act s. 139A'
  },
  {
    id: 'in-gstin',
    formats: '99AAAAA9999A9Z9|99AAAAA9999AXZX',
    words: 'GSTIN GST GST_number',
    kind: 'tax',
    shape: asia.indianState,
    score: 0.7,
    match: ['27AAPFU0939F1ZV', '07PQRST6789K1Z2'],
    noMatch: ['00ABCDE1234F1Z5', '27ABCDE1234F1Y5'],
    source: 'CGST Rules 2017, rule 10'
  },
  {
    id: 'in-voter',
    formats: 'AAA9999999',
    words: 'voter EPIC voter_ID vote elector',
    match: ['voter ID: UZB2345117'],
    noMatch: ['UZB2345117'],
    source: 'Election Commission of India, EPIC'
  },
  {
    id: 'in-passport',
    formats: 'A9999999|A9 99999 9',
    words: 'passport passport_number Indian_passport',
    kind: 'passport',
    match: ['passport: J6932157'],
    noMatch: ['J6932157', 'passport: T356907'],
    source: 'Passports Act 1967; ICAO Doc 9303-4'
  },
  {
    id: 'in-vehicle',
    type: 'IN_LICENCE_PLATE',
    formats: 'AA99AA9999|AA 99 AA 9999|AA9AAA9999|AA-99-AA-9999|AA99A9999',
    words: 'registration vehicle number_plate registration_number licence_plate',
    shape: asia.indianVehicle,
    score: 0.5,
    match: ['OD02BA2341', 'registration number: DL3CJI0001'],
    noMatch: ['XX02BA2341'],
    source: 'Central Motor Vehicles Rules 1989'
  },
  {
    id: 'jp-corporate-number',
    formats: '9-9999-9999-9999',
    words: 'corporate_number houjin_bangou',
    kind: 'company',
    check: asia.japaneseCompany,
    match: ['corporate number: 5-8356-7825-6246'],
    noMatch: ['corporate number: 2-8356-7825-6246'],
    source: '国税庁, 法人番号'
  },
  {
    id: 'jp-individual-number',
    formats: '9999 9999 9999',
    words: 'My_Number individual_number kojin_bango',
    kind: 'person',
    check: asia.japanesePerson,
    match: ['My Number: 6214 9832 0257'],
    noMatch: ['My Number: 6214 9832 0258'],
    source: '行政手続における特定の個人を識別するための番号の利用等に関する法律'
  },
  {
    id: 'kr-resident',
    type: 'KR_RRN',
    formats: '999999-9999999',
    words: 'RRN resident_registration FRN foreigner_registration',
    kind: 'person',
    shape: asia.korean,
    score: 0.7,
    match: ['960121-1021413', 'RRN: 9601211234567'],
    noMatch: ['001332-1234567'],
    source: '주민등록법; since October 2020 the check digit is random'
  },
  {
    id: 'kr-business-number',
    type: 'KR_BRN',
    formats: '999-99-99999',
    words: 'BRN business_registration',
    kind: 'company',
    check: asia.koreanBusiness,
    score: 0.6,
    grouped: true,
    match: ['101-82-13065', 'BRN: 1048656659'],
    noMatch: ['100-86-08983'],
    source: '국세청, 사업자등록번호'
  }
]
