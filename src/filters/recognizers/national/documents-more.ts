import * as checks from '../validators/check-digits.ts'
import * as document from '../validators/document.ts'
import type { NationalNumber } from './number.ts'

/** Passports, cards, licences and numbers of social and health insurance: other member states, United Kingdom, United States. */
export const documentsMore: readonly NationalNumber[] = [
  {
    id: 'pl-id-card',
    formats: 'AAA999999|AAA 999999',
    words:
      'dowód_osobisty dowodem_osobistym dowodem_osobistym_nr dowodu_osobistego_nr dowód_osobisty_nr dowodu_osobistego numer_dowodu dowód dowodu seria_i_numer legitymuje_się nr_dowodu dow._os.',
    kind: 'card',
    check: document.polishCard,
    match: ['dowód osobisty: ABA300000', 'numer dowodu: ABS 123456'],
    noMatch: ['ABA300001'],
    source: 'Ustawa o dowodach osobistych; ICAO Doc 9303-5'
  },
  {
    id: 'pl-passport',
    formats: 'AA9999999|AA 9999999',
    words: 'paszport paszportu numer_paszportu nr_paszportu',
    kind: 'passport',
    match: ['paszport: AA1234567'],
    noMatch: ['AA1234567'],
    source: 'Ustawa o dokumentach paszportowych; Council of the EU, PRADO'
  },
  {
    id: 'pl-driving-licence',
    formats: '99999/99/9999',
    words: 'prawo_jazdy prawa_jazdy numer_prawa_jazdy',
    kind: 'licence',
    match: ['prawo jazdy: 12345/67/8901'],
    noMatch: ['12345/67/8901'],
    source: 'Ustawa o kierujących pojazdami'
  },
  {
    id: 'pt-citizen-card',
    formats: '99999999 9 AA9|99999999 9 A99|999999999AA9|99999999-9-AA9|99999999 9 AA 9',
    words: 'cartão_de_cidadão CC número_de_documento cartão_do_cidadão bilhete_de_identidade número_CC',
    kind: 'card',
    check: document.portugueseCard,
    score: 0.6,
    match: ['cartão de cidadão: 00000000 0 ZZ4'],
    noMatch: ['cartão de cidadão: 00000000 0 ZZ3'],
    source: 'Lei n.º 7/2007; AMA'
  },
  {
    id: 'pt-social-security',
    formats: '99999999999|999 999 999 99',
    words: 'NISS segurança_social número_de_identificação_da_segurança_social',
    check: document.portugueseInsurance,
    match: ['NISS: 11234567892'],
    noMatch: ['11234567891'],
    source: 'Segurança Social'
  },
  {
    id: 'bg-foreigner',
    formats: '9999999999',
    words: 'ЛНЧ LNCH PNF личен_номер_на_чужденец',
    check: checks.remainder([21, 19, 17, 13, 11, 9, 7, 3, 1], 10),
    match: ['ЛНЧ: 7111042925'],
    noMatch: ['ЛНЧ: 7111042922'],
    source: 'Закон за чужденците; МВР'
  },
  {
    id: 'hu-id-card',
    formats: '999999AA|AA999999|999999 AA',
    words: 'személyi_igazolvány személyazonosító_igazolvány igazolványszám szem.ig.',
    kind: 'card',
    match: ['személyi igazolvány: 123456AB'],
    noMatch: ['123456AB'],
    source: '1992. évi LXVI. törvény; Council of the EU, PRADO'
  },
  {
    id: 'gr-id-card',
    formats: 'AA999999|A999999|AA-999999|A-999999',
    words: 'αριθμός_ταυτότητας ΑΔΤ Α.Δ.Τ. δελτίο_ταυτότητας ADT ταυτότητα',
    kind: 'card',
    match: ['ΑΔΤ: AB123456'],
    noMatch: ['AB123456'],
    source: 'Υπουργείο Προστασίας του Πολίτη; Council of the EU, PRADO'
  },
  {
    id: 'mt-id-card',
    type: 'MT_ID_NUMBER',
    formats: '9999999A|999999A|99999A',
    words: 'karta_tal-identità ID_card_Malta identity_number TIN karta_ta_l-identità',
    kind: 'card',
    shape: document.endsWithOneOf('MGAPLHBZ'),
    match: ['identity number: 1234567A', 'TIN: 1234567A'],
    noMatch: ['1234567A', 'identity number: 1234567C'],
    source: 'Identity Malta; OECD, TIN Malta'
  },
  {
    id: 'ie-passport',
    formats: 'AA9999999',
    words: 'Irish_passport passport_card',
    kind: 'passport',
    match: ['passport: PT1234567'],
    noMatch: ['PT1234567'],
    source: 'Passports Act 2008; Council of the EU, PRADO'
  },
  {
    id: 'fi-tax-number',
    formats: '999999999999',
    words: 'veronumero veronro skattenummer',
    match: ['veronumero: 123456789123'],
    noMatch: ['123456789123', 'veronumero: 12345678912A'],
    source: 'Laki veronumerosta 473/2021; Verohallinto'
  },
  {
    id: 'fi-association',
    formats: '999.999|99.999|9.999',
    words: 'rekisterinumero yhdistysrekisteri yhdistyksen_rekisterinumero rek.nro',
    separators: '.',
    match: ['rekisterinumero: 123.123'],
    noMatch: ['123.123', 'rekisterinumero: 123123123'],
    source: 'Yhdistyslaki 503/1989; PRH'
  },
  {
    id: 'gb-passport',
    formats: '999999999|AA9999999|999 999 999',
    words: 'passport passport_number UK_passport British_passport',
    kind: 'passport',
    match: ['passport: 925665416', 'passport number: AB1234567'],
    noMatch: ['925665416', 'AB1234567', 'passport: ABC123456'],
    source: 'HM Passport Office; Council of the EU, PRADO'
  },
  {
    id: 'gb-driving-licence',
    formats: 'XXXXX999999XXXXX|XXXXX 999999 XXXXX|XXXXX999999XX9AA|XXXXX 999999 XX9AA',
    words: 'driving_licence driver_number licence licence_number DVLA licence_no',
    kind: 'licence',
    shape: document.britishDriver,
    score: 0.6,
    match: ['MORGA607054SM9IJ', 'driving licence: FO999512018AA1AB'],
    noMatch: ['MORGA613054SM9IJ', 'FO9995120181AA1AB'],
    source: 'DVLA, Driver number format'
  },
  {
    id: 'gb-vehicle',
    type: 'GB_LICENCE_PLATE',
    formats: 'AA99 AAA',
    words:
      'registration reg number_plate registration_number vehicle licence_plate license_plate car VRM reg_no vehicle_registration Kennzeichen plate',
    shape: document.britishPlate,
    score: 0.6,
    match: ['AB51 ABC', 'registration: LN14-HGT'],
    noMatch: ['IB51 ABC', 'AQ51 ABC', 'AB51 AIB', 'AB45 ABC'],
    source: 'DVLA, INF104: vehicle registration numbers'
  },
  {
    id: 'gb-vehicle-before',
    type: 'GB_LICENCE_PLATE',
    formats: 'A999 AAA|A99 AAA|A9 AAA|AAA 999A|AAA 99A|AAA 9A',
    words:
      'registration reg number_plate registration_number vehicle licence_plate license_plate car VRM reg_no vehicle_registration plate',
    shape: checks.both(document.noneOf('IQZ', 0), document.oldPlate),
    match: ['registration: M456 DEF', 'number plate: ABC 123D'],
    noMatch: ['M456DEF', 'registration: I123 BCD', 'registration: ABC 123Z'],
    source: 'DVLA, INF104: vehicle registration numbers'
  },
  {
    id: 'gb-pupil',
    formats: 'A999999999999',
    words: 'UPN unique_pupil_number pupil_number',
    check: document.britishPupil,
    match: ['UPN: B801200005001'],
    noMatch: ['UPN: X801200005001', 'B801200005001'],
    source: 'DfE, Unique pupil numbers'
  },
  {
    id: 'gb-health-scotland',
    formats: '999999 9999',
    words: 'CHI CHI_number community_health_index',
    check: checks.both(checks.dated(2, 0), checks.complement([10, 9, 8, 7, 6, 5, 4, 3, 2], 11)),
    match: ['CHI: 010180 1238'],
    noMatch: ['0101801238'],
    source: 'NHS Scotland, Community Health Index'
  },
  {
    id: 'gb-sort-code',
    formats: '99-99-99|999999',
    words: 'sort_code sortcode sort_code_number',
    match: ['sort code: 20-00-00'],
    noMatch: ['20-00-00'],
    source: 'Pay.UK, sorting code numbers'
  },
  {
    id: 'us-passport',
    formats: '999999999|A99999999',
    words: 'passport passport_number US_passport',
    kind: 'passport',
    match: ['passport: 912803456', 'passport number: A12803456'],
    noMatch: ['912803456', 'A12803456'],
    source: 'U.S. Department of State; ICAO Doc 9303-4'
  },
  {
    id: 'us-medicare',
    formats: '9AXX-XXX-XXXX|9AXX XXX XXXX|9AX9-AX9-AA99|9AX9AX9AA99',
    type: 'US_MBI',
    words: 'Medicare MBI beneficiary Medicare_number beneficiary_identifier HICN',
    shape: document.medicare,
    score: 0.7,
    match: ['1EG4-TE5-MK73', 'Medicare: 1EG4TE5MK73'],
    noMatch: ['1SG4-TE5-MK73', '1EG4-LE5-MK73', 'AEG4-TE5-MK73'],
    source: 'CMS, Understanding the Medicare Beneficiary Identifier format'
  },
  {
    id: 'us-npi',
    formats: '9999999999|9999-999-999|999-999-9999',
    words: 'NPI national_provider provider_identifier provider_number provider',
    check: document.provider,
    match: ['NPI: 1234567893', 'NPI: 1245319599'],
    noMatch: ['NPI: 9234567893', '1234567893'],
    source: 'CMS, 45 CFR 162.406; Luhn over 80840 and the number'
  },
  {
    id: 'us-dea',
    formats: 'AA9999999|A99999999',
    type: 'US_DEA_NUMBER',
    words: 'DEA DEA_number DEA_registration certificate_number',
    check: document.prescriber,
    score: 0.55,
    match: ['DEA: AB1234563', 'K92993548'],
    noMatch: ['DEA: AB1234564', 'BG8207031'],
    source: 'DEA, 21 CFR 1301'
  },
  {
    id: 'us-atin',
    formats: '999-99-9999',
    words: 'ATIN adoption_taxpayer PTIN TIN',
    kind: 'tax',
    match: ['ATIN: 123-45-6789'],
    noMatch: ['123-45-6789'],
    source: 'IRS, Form W-7A'
  },
  {
    id: 'us-preparer',
    formats: 'P99999999|P-99999999',
    type: 'US_PTIN',
    words: 'PTIN preparer preparer_tax',
    match: ['PTIN: P00634642'],
    noMatch: ['P00634642', 'PTIN: 00634642'],
    source: 'IRS, PTIN requirements'
  },
  {
    id: 'us-driver-license',
    formats:
      'A9999999|A99999999|99999999|999999999|A999999999999|AA999999|A9999999999|9999999|A99999999999|A99999999999999|A9999-99999-99999|A999-9999-9999|A999-9999-9999-99|9999999999|AA9999999|99A999999|AAA99AAA99|AAAAA999AA9999',
    words: "driver's_license DL# license_number DMV drivers_license license",
    kind: 'licence',
    match: ["driver's license: H12234567", 'license number: A1234567'],
    noMatch: ['H12234567', 'license: C12T345672'],
    source: 'AAMVA, DL/ID card design standard; formats of the states'
  }
]
