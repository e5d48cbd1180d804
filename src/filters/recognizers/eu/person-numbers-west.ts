import * as national from '../validators/national.ts'
import type { PersonNumber } from './person-number.ts'

/** Personal and tax numbers of Austria, Belgium, France, Ireland, Luxembourg, the Netherlands, Switzerland, the United Kingdom, the United States. */
export const west: readonly PersonNumber[] = [
  {
    country: 'AT',
    id: 'at-social-security',
    type: 'AT_SOCIAL_SECURITY',
    masks: ['9999999999'],
    groups: [
      [4, 6],
      [4, 2, 2, 2]
    ],
    words:
      'SVNR Sozialversicherungsnummer Versicherungsnummer SV-Nummer SV-Nr VSNR E-Card Sozialversicherung svnummer',
    check: national.austrianInsurance,
    score: 0,
    match: ['SV-Nr: 1237 010180', 'SVNR: 1237010180'],
    noMatch: ['SVNR: 1236010180', 'Artikel 1237010180'],
    source: '§ 31 ASVG; Dachverband der Sozialversicherungsträger'
  },
  {
    country: 'AT',
    id: 'at-tax-number',
    type: 'AT_TAX_NUMBER',
    masks: ['999999999'],
    groups: [
      [2, 7],
      [2, 3, 4]
    ],
    words: 'Steuernummer Abgabenkontonummer StNr St.-Nr Steuer-Nr Finanzamt TIN Abgabenkonto',
    check: national.austrianTax,
    score: 0,
    match: ['Steuernummer: 46-376/5321', 'Abgabenkontonummer: 931736581'],
    noMatch: ['Steuernummer: 931736582'],
    source: 'BMF; OECD, TIN Austria'
  },
  {
    country: 'CH',
    id: 'ch-social-security',
    type: 'CH_SOCIAL_SECURITY',
    masks: ['9999999999999'],
    groups: [[3, 4, 4, 2]],
    words: 'AHV AHV-Nummer AHV-Nr AHVN13 AVS numéro_AVS AHVN Sozialversicherungsnummer',
    check: national.swissInsurance,
    score: 0.93,
    match: ['756.9217.0769.85', 'AHV: 7569217076985'],
    noMatch: ['756.9217.0769.84', '755.9217.0769.85'],
    source: 'Art. 133 AHVV; ZAS (EAN-13)'
  },
  {
    country: 'BE',
    id: 'be-national-number',
    type: 'BE_NATIONAL_NUMBER',
    masks: ['99999999999'],
    groups: [
      [2, 2, 2, 3, 2],
      [6, 3, 2]
    ],
    words:
      'rijksregisternummer rijksregister INSZ numéro_national NISS registre_national BIS-nummer numéro_de_registre_national nationaal_nummer rrn',
    check: national.belgian,
    score: 0.85,
    match: ['85.07.30-033.28', 'rijksregisternummer: 17073003384'],
    noMatch: ['85.07.30-033.29'],
    source: 'Koninklijk besluit 3 april 1984; Rijksregister'
  },
  {
    country: 'FR',
    id: 'fr-social-security',
    type: 'FR_SOCIAL_SECURITY',
    masks: ['999999999999999', '999999A99999999'],
    groups: [
      [1, 2, 2, 2, 3, 3, 2],
      [13, 2]
    ],
    words: 'numéro_de_sécurité_sociale sécurité_sociale NIR INSEE numéro_INSEE n°_sécu carte_vitale',
    check: national.french,
    score: 0.93,
    match: ['2 95 10 99 126 111 93', '295109912611193'],
    noMatch: ['295109912611194', '395109912611193'],
    source: 'Décret n° 82-103; INSEE'
  },
  {
    country: 'FR',
    id: 'fr-tax-number',
    type: 'FR_TAX_NUMBER',
    masks: ['9999999999999'],
    groups: [[2, 2, 3, 3, 3]],
    words: 'numéro_fiscal SPI numéro_fiscal_de_référence NIF identifiant_fiscal',
    check: national.frenchTax,
    score: 0,
    match: ['numéro fiscal: 30 23 217 600 053'],
    noMatch: ['numéro fiscal: 3023217600054'],
    source: 'DGFiP; OECD, TIN France'
  },
  {
    country: 'IE',
    id: 'ie-pps',
    type: 'IE_PPS',
    masks: ['9999999A', '9999999AA'],
    groups: [
      [7, 1],
      [7, 2]
    ],
    words: 'PPS PPSN PPS_number PPS_no personal_public_service',
    check: national.irishPerson,
    score: 0.8,
    match: ['6433435F', 'PPSN: 6433435FT'],
    noMatch: ['6433435E'],
    source: 'Social Welfare Consolidation Act 2005; Department of Social Protection'
  },
  {
    country: 'LU',
    id: 'lu-matricule',
    type: 'LU_MATRICULE',
    masks: ['9999999999999'],
    groups: [
      [4, 2, 2, 5],
      [4, 4, 5]
    ],
    words: 'matricule numéro_d’identification_national Matrikel sozialversicherungsnummer',
    check: national.luxembourgish,
    score: 0.7,
    match: ['matricule: 1893120105732'],
    noMatch: ['matricule: 1893120105832'],
    source: 'Loi du 19 juin 2013'
  },
  {
    country: 'NL',
    id: 'nl-bsn',
    type: 'NL_BSN',
    masks: ['999999999'],
    groups: [
      [4, 2, 3],
      [3, 3, 3]
    ],
    words: 'BSN burgerservicenummer sofinummer sofi-nummer citizen_service_number',
    check: national.dutch,
    score: 0,
    match: ['BSN: 111222333', 'burgerservicenummer: 1112.22.333'],
    noMatch: ['BSN: 111222334', 'bestelling 111222333'],
    source: 'Wet algemene bepalingen burgerservicenummer'
  },
  {
    country: 'GB',
    id: 'gb-nhs',
    type: 'GB_NHS',
    masks: ['9999999999'],
    groups: [[3, 3, 4]],
    words: 'NHS NHS_number NHS_no patient',
    check: national.britishHealth,
    score: 0,
    match: ['NHS number: 943-476-5919'],
    noMatch: ['NHS number: 943-476-5918'],
    source: 'NHS Data Dictionary'
  },
  {
    country: 'GB',
    id: 'gb-nino',
    type: 'GB_NINO',
    masks: ['AA999999A'],
    groups: [
      [2, 2, 2, 2, 1],
      [2, 6, 1]
    ],
    words: 'national_insurance NINO NI_number national_insurance_number',
    check: national.britishInsurance,
    score: 0.85,
    match: ['AB 12 34 56 C', 'NINO: AA123456A'],
    noMatch: ['BG123456A', 'DA123456A'],
    source: 'HMRC, NIM39110'
  },
  {
    country: 'GB',
    id: 'gb-utr',
    type: 'GB_UTR',
    masks: ['9999999999'],
    groups: [[5, 5]],
    words: 'UTR unique_taxpayer_reference self_assessment tax_reference',
    check: national.britishTax,
    score: 0,
    match: ['UTR: 1955839661'],
    noMatch: ['UTR: 2955839661'],
    source: 'HMRC; OECD, TIN United Kingdom'
  },
  {
    country: 'US',
    id: 'us-ssn',
    type: 'US_SSN',
    masks: ['999999999'],
    groups: [[3, 2, 4]],
    words: 'SSN social_security social_security_number soc_sec TIN',
    check: national.americanInsurance,
    score: 0.7,
    grouped: true,
    match: ['536-90-4399', 'SSN: 536904399'],
    noMatch: ['666-12-3456', '000-12-3456', '123-45-6789'],
    source: 'Social Security Administration, RM 10201'
  },
  {
    country: 'US',
    id: 'us-itin',
    type: 'US_ITIN',
    masks: ['999999999'],
    groups: [[3, 2, 4]],
    words: 'ITIN taxpayer_identification TIN',
    check: national.americanTaxpayer,
    score: 0.8,
    grouped: true,
    match: ['912-90-3456'],
    noMatch: ['912-10-3456'],
    source: 'IRS, ITIN'
  },
  {
    country: 'US',
    id: 'us-routing-number',
    type: 'US_ROUTING_NUMBER',
    masks: ['999999999'],
    groups: [[4, 4, 1]],
    words: 'routing_number ABA routing RTN transit_number bank',
    check: national.americanRouting,
    score: 0,
    match: ['routing number: 111000025'],
    noMatch: ['routing number: 111000026'],
    source: 'American Bankers Association, routing number policy'
  }
]
