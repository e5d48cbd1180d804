import * as asia from '../validators/asia.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'

/** National numbers of Asia, continued: documents of Korea, South-East Asia, Central Asia, Turkey, the Gulf. */
export const asiaMore: readonly NationalNumber[] = [
  {
    id: 'kr-passport',
    formats: 'A999A9999|A99999999',
    separators: '',
    words: 'passport passport_number',
    kind: 'passport',
    shape: checks.oneOf('MSRODGPTmsrodg'),
    match: ['passport: M123A4567'],
    noMatch: ['M123A4567', 'passport: A123B4567', 'passport: M123 A4567'],
    source: '여권법 시행령; ICAO Doc 9303-4'
  },
  {
    id: 'kr-driving-licence',
    formats: '99-99-999999-99',
    words: 'license driver_license driving_licence',
    kind: 'licence',
    shape: checks.begins(2, [11, 28]),
    score: 0.6,
    grouped: true,
    match: ['license: 13-22-123456-12', '28 22 123456 12'],
    noMatch: ['41-22-123456-12'],
    source: '도로교통법 시행규칙'
  },
  {
    id: 'my-nric',
    formats: '999999-99-9999',
    words: 'NRIC MyKad kad_pengenalan IC_number',
    kind: 'person',
    shape: asia.malaysian,
    score: 0.6,
    grouped: true,
    match: ['770305-02-1234', 'NRIC: 890131061224'],
    noMatch: ['771305-02-1234', '770305-17-1234'],
    source: 'National Registration Act 1959; JPN'
  },
  {
    id: 'pk-cnic',
    formats: '99999-9999999-9',
    words: 'CNIC NICOP SNIC',
    kind: 'person',
    shape: checks.begins(1, [1, 7]),
    score: 0.6,
    grouped: true,
    match: ['34201-0891231-8', 'CNIC: 3420108912318'],
    noMatch: ['94201-0891231-8'],
    source: 'NADRA Ordinance 2000'
  },
  {
    id: 'ph-tin',
    formats: '999-999-999-999|999-999-999-99999|999-999-999|999999999999',
    words: 'TIN Tax_ID BIR tax_identification',
    kind: 'tax',
    check: checks.mapped([9, 8, 7, 6, 5, 4, 3, 2], '0123456789X', 8),
    contextScore: 0.85,
    match: ['TIN: 000-123-456-001'],
    noMatch: ['000-123-456-001', 'TIN: 000-123-457-000'],
    source: 'Bureau of Internal Revenue'
  },
  {
    id: 'sg-fin',
    formats: 'A9999999A',
    words: 'NRIC FIN national_registration foreign_identification',
    kind: 'person',
    check: asia.singaporean,
    score: 0.6,
    match: ['S2740116C', 'NRIC: F2346401L'],
    noMatch: ['S2740116D'],
    source: 'National Registration Act 1965; ICA'
  },
  {
    id: 'sg-uen',
    formats: '99999999A|999999999A|A99AA9999A',
    words: 'UEN unique_entity company_number',
    kind: 'company',
    shape: asia.singaporeanCompany,
    match: ['UEN: 53125226D', 'UEN: S57TU0392K', 'UEN: 201434292D'],
    noMatch: ['53125226', 'UEN: X23PQ4567H', 'UEN: T99LL6789H'],
    source: 'ACRA, Unique Entity Number'
  },
  {
    id: 'th-pin',
    formats: '9-9999-99999-99-9|9-99-9-999-99999-9|9 99 9 999 99999 9|9 9999 99999 999',
    words: 'TNIN PIN TIN MOA Thai_ID',
    kind: 'tax',
    check: asia.thai,
    score: 0.5,
    grouped: true,
    match: ['1-2345-45678-78-1', 'Thai ID: 3100600445635'],
    noMatch: ['1-2345-45678-78-9'],
    source: 'พระราชบัญญัติการทะเบียนราษฎร; Revenue Department'
  },
  {
    id: 'tr-tckn',
    type: 'TR_NATIONAL_ID',
    formats: '99999999999',
    words: 'TCKN T.C._kimlik kimlik kimlik_numarası TC_kimlik_no Turkish_ID TC',
    kind: 'person',
    check: asia.turkishPerson,
    score: 0.6,
    match: ['10000000146', 'TCKN: 17291716060'],
    noMatch: ['10000000145'],
    source: '5490 sayılı Nüfus Hizmetleri Kanunu'
  },
  {
    id: 'tr-tax-number',
    type: 'TR_VKN',
    formats: '999 999 9999',
    words: 'VKN vergi_kimlik vergi_no vergi_numarası vergi_kimlik_numarası',
    kind: 'tax',
    check: asia.turkishTax,
    match: ['VKN: 4540536920'],
    noMatch: ['VKN: 4540536921'],
    source: '213 sayılı Vergi Usul Kanunu'
  },
  {
    id: 'tr-plate',
    type: 'TR_LICENCE_PLATE',
    formats:
      '99 A 9999|99 A 99999|99 AA 999|99 AA 9999|99 AAA 99|99 AAA 999|99 AAA 9999|99 A 99|99 A 999|99 AA 99',
    words: 'plaka araç_plakası plate license_plate',
    shape: checks.begins(2, [1, 81]),
    score: 0.5,
    match: ['34 ABC 1234', 'plaka: 34ABC1234'],
    noMatch: ['99 ABC 123'],
    source: 'Karayolları Trafik Yönetmeliği'
  },
  {
    id: 'tw-ubn',
    formats: '99999999',
    words: 'UBN GUI_number business_number',
    kind: 'company',
    check: asia.taiwanese,
    match: ['UBN: 00501503'],
    noMatch: ['UBN: 00501502'],
    source: '財政部, 統一編號'
  },
  {
    id: 'vn-mst',
    formats: '9999999999|99 99 999 999|9999999999-999|99.99.999.999.999',
    words: 'MST mã_số_thuế',
    kind: 'tax',
    check: asia.vietnamese,
    match: ['MST: 0100233488', 'MST: 0314409058-002'],
    noMatch: ['MST: 0100233489'],
    source: 'Thông tư 105/2020/TT-BTC'
  },
  {
    id: 'az-voen',
    formats: '999 999 9999|999 999 999',
    words: 'VÖEN VOEN',
    kind: 'tax',
    check: asia.azerbaijani,
    match: ['VÖEN: 140 155 5071', 'VÖEN: 300725012'],
    noMatch: ['VÖEN: 140 155 5081'],
    source: 'Vergi Məcəlləsi'
  },
  {
    id: 'om-vat',
    type: 'OM_VAT_ID',
    formats: 'OM 9999 9999 9X|OM9999999999|OM999999999X',
    words: 'VAT VATIN VAT_number',
    check: asia.omani,
    score: 0.7,
    match: ['OM1100006083', 'VAT: OM110000378X'],
    noMatch: ['OM1100006084'],
    source: 'Oman Tax Authority'
  }
]
