import * as national from '../validators/national.ts'
import * as vat from '../validators/vat.ts'
import type { NationalNumber } from './number.ts'

/** Personal and tax numbers of Austria, Belgium, France, Ireland, Luxembourg, the Netherlands, Switzerland, the United Kingdom, the United States. */
export const west: readonly NationalNumber[] = [
  {
    id: 'at-social-security',
    formats: '9999 999999|9999 99 99 99',
    words:
      'SVNR Sozialversicherungsnummer Versicherungsnummer SV-Nummer SV-Nr VSNR E-Card Sozialversicherung svnummer',
    check: national.austrianInsurance,
    match: ['SV-Nr: 1237 010180', 'SVNR: 1237010180'],
    noMatch: ['SVNR: 1236010180', 'Artikel 1237010180'],
    source: '§ 31 ASVG; Dachverband der Sozialversicherungsträger'
  },
  {
    id: 'at-tax-number',
    formats: '99 9999999|99 999 9999',
    words: 'Steuernummer Abgabenkontonummer StNr St.-Nr Steuer-Nr Finanzamt TIN Abgabenkonto',
    check: national.austrianTax,
    match: ['Steuernummer: 46-376/5321', 'Abgabenkontonummer: 931736581'],
    noMatch: ['Steuernummer: 931736582'],
    source: 'BMF; OECD, TIN Austria'
  },
  {
    id: 'ch-social-security',
    formats: '999 9999 9999 99',
    words: 'AHV AHV-Nummer AHV-Nr AHVN13 AVS numéro_AVS AHVN Sozialversicherungsnummer',
    check: national.swissInsurance,
    score: 0.93,
    match: ['756.9217.0769.85', 'AHV: 7569217076985'],
    noMatch: ['756.9217.0769.84', '755.9217.0769.85'],
    source: 'Art. 133 AHVV; ZAS (EAN-13)'
  },
  {
    id: 'be-national-number',
    formats: '99 99 99 999 99|999999 999 99',
    words:
      'rijksregisternummer rijksregister INSZ numéro_national NISS registre_national BIS-nummer numéro_de_registre_national nationaal_nummer rrn',
    check: national.belgian,
    score: 0.85,
    match: ['85.07.30-033.28', 'rijksregisternummer: 17073003384'],
    noMatch: ['85.07.30-033.29'],
    source: 'Koninklijk besluit 3 april 1984; Rijksregister'
  },
  {
    id: 'fr-social-security',
    formats: '9 99 99 99 999 999 99|9999999999999 99|9 99 99 9A 999 999 99|999999A999999 99',
    words: 'numéro_de_sécurité_sociale sécurité_sociale NIR INSEE numéro_INSEE n°_sécu carte_vitale',
    check: national.french,
    score: 0.93,
    match: ['2 95 10 99 126 111 93', '295109912611193'],
    noMatch: ['295109912611194', '395109912611193'],
    source: 'Décret n° 82-103; INSEE'
  },
  {
    id: 'fr-tax-number',
    formats: '99 99 999 999 999',
    words: 'numéro_fiscal SPI numéro_fiscal_de_référence NIF identifiant_fiscal',
    check: national.frenchTax,
    match: ['numéro fiscal: 30 23 217 600 053'],
    noMatch: ['numéro fiscal: 3023217600054'],
    source: 'DGFiP; OECD, TIN France'
  },
  {
    id: 'ie-vat-number',
    formats: '9X99999A|9999999 A|9999999 AA',
    words: 'VAT VAT_number VAT_no VAT_reg',
    check: vat.withoutCode('IE', vat.ie),
    match: ['VAT: 8D79739I', 'VAT no: 6433435F'],
    noMatch: ['VAT: 8D79739J', '8D79739I'],
    source: 'Revenue; VIES'
  },
  {
    id: 'gb-vat-number',
    formats: '999 9999 99|999999999|HA999|GD999',
    words: 'VAT VAT_number VAT_no VAT_reg VAT_registration',
    check: vat.withoutCode('GB', vat.gb),
    match: ['VAT: 980780684', 'VAT no: 980 7806 84'],
    noMatch: ['VAT: 980780685', '980780684'],
    source: 'HMRC, VAT registration manual; VIES'
  },
  {
    id: 'ie-pps',
    formats: '9999999 A|9999999 AA',
    words: 'PPS PPSN PPS_number PPS_no personal_public_service',
    check: national.irishPerson,
    score: 0.8,
    match: ['6433435F', 'PPSN: 6433435FT'],
    noMatch: ['6433435E'],
    source: 'Social Welfare Consolidation Act 2005; Department of Social Protection'
  },
  {
    id: 'lu-matricule',
    formats: '9999 99 99 99999|9999 9999 99999',
    words: 'matricule identification_national Matrikel sozialversicherungsnummer',
    check: national.luxembourgish,
    score: 0.7,
    match: ['matricule: 1893120105732'],
    noMatch: ['matricule: 1893120105832'],
    source: 'Loi du 19 juin 2013'
  },
  {
    id: 'nl-bsn',
    formats: '9999 99 999|999 999 999',
    words: 'BSN burgerservicenummer sofinummer sofi-nummer citizen_service_number',
    check: national.dutch,
    match: ['BSN: 111222333', 'burgerservicenummer: 1112.22.333'],
    noMatch: ['BSN: 111222334', 'bestelling 111222333'],
    source: 'Wet algemene bepalingen burgerservicenummer'
  },
  {
    id: 'gb-nhs',
    formats: '999 999 9999',
    words: 'NHS NHS_number NHS_no patient',
    check: national.britishHealth,
    match: ['NHS number: 943-476-5919'],
    noMatch: ['NHS number: 943-476-5918'],
    source: 'NHS Data Dictionary'
  },
  {
    id: 'gb-nino',
    formats: 'AA 99 99 99 A|AA 999999 A',
    words: 'national_insurance NINO NI_number national_insurance_number',
    check: national.britishInsurance,
    score: 0.85,
    match: ['AB 12 34 56 C', 'NINO: AA123456A'],
    noMatch: ['BG123456A', 'DA123456A'],
    source: 'HMRC, NIM39110'
  },
  {
    id: 'gb-utr',
    formats: '99999 99999',
    words: 'UTR unique_taxpayer_reference self_assessment tax_reference',
    check: national.britishTax,
    match: ['UTR: 1955839661'],
    noMatch: ['UTR: 2955839661'],
    source: 'HMRC; OECD, TIN United Kingdom'
  },
  {
    id: 'us-ssn',
    formats: '999 99 9999',
    words: 'SSN social_security social_security_number soc_sec TIN',
    kind: 'person',
    check: national.americanInsurance,
    score: 0.7,
    grouped: true,
    separators: ' -.',
    match: ['536-90-4399', 'SSN: 536904399'],
    noMatch: ['666-12-3456', '000-12-3456', '123-45-6789', '078-05-1120'],
    source: 'Social Security Administration, RM 10201'
  },
  {
    id: 'us-itin',
    formats: '999 99 9999',
    words: 'ITIN taxpayer_identification TIN',
    check: national.americanTaxpayer,
    score: 0.8,
    grouped: true,
    match: ['912-90-3456'],
    noMatch: ['912-10-3456'],
    source: 'IRS, ITIN'
  },
  {
    id: 'us-routing-number',
    formats: '9999 9999 9',
    words: 'routing_number ABA routing RTN transit_number bank',
    check: national.americanRouting,
    match: ['routing number: 111000025'],
    noMatch: ['routing number: 111000026'],
    source: 'American Bankers Association, routing number policy'
  }
]
