import * as america from '../validators/america.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'

/** National numbers of Canada, Mexico, Central America and the Caribbean. */
export const northAmerica: readonly NationalNumber[] = [
  {
    id: 'ca-sin',
    formats: '999 999 999',
    words: 'SIN social_insurance social_insurance_number NAS numéro_d_assurance_sociale',
    kind: 'person',
    check: checks.both(checks.luhnDigit(), checks.begins(1, [1, 7], [9, 9])),
    score: 0.5,
    grouped: true,
    match: ['130-692-544', 'SIN: 130692544'],
    noMatch: ['130 692 545', '046 454 286'],
    source: 'Service Canada, Social Insurance Number'
  },
  {
    id: 'ca-business-number',
    formats: '99999 9999|999999999|999999999AA9999|999999999 AA 9999',
    words: 'business_number BN GST HST numéro_d_entreprise GST/HST',
    kind: 'company',
    check: checks.both(checks.luhnDigit(0, 9), america.canadianAccount),
    match: ['BN: 12302 6635', 'GST: 100007780RC0001'],
    noMatch: ['BN: 123456783', 'BN: 123026635AA0001'],
    source: 'Canada Revenue Agency, Business Number'
  },
  {
    id: 'ca-health-number',
    formats: '9999 999 999',
    words: 'PHN health_number personal_health_number health_card CareCard',
    check: checks.both(checks.begins(1, [9, 9]), america.columbianHealth),
    match: ['PHN: 9698 658 215'],
    noMatch: ['PHN: 9698 648 215'],
    source: 'British Columbia Ministry of Health'
  },
  {
    id: 'cr-person',
    type: 'CR_CEDULA',
    formats: '9-9999-9999|99-9999-9999',
    words: 'cédula cedula cédula_de_identidad CPF',
    kind: 'person',
    match: ['cédula: 1-0316-0324'],
    noMatch: ['1-0316-0324'],
    source: 'Tribunal Supremo de Elecciones'
  },
  {
    id: 'cr-company',
    formats: '9-999-999999',
    words: 'cédula_jurídica cedula_juridica CPJ',
    kind: 'company',
    check: checks.begins(
      4,
      [2100, 2100],
      [2200, 2200],
      [2300, 2300],
      [2400, 2400],
      [3002, 3014],
      [3101, 3110],
      [4000, 4000],
      [5001, 5001]
    ),
    match: ['cédula jurídica: 3-101-999999'],
    noMatch: ['cédula jurídica: 3-534-123559'],
    source: 'Registro Nacional'
  },
  {
    id: 'cr-resident',
    formats: '999999999999|99999999999',
    words: 'DIMEX cédula_de_residencia CR residencia',
    check: checks.begins(1, [1, 1]),
    match: ['DIMEX: 155812994816'],
    noMatch: ['155812994816'],
    source: 'Dirección General de Migración'
  },
  {
    id: 'cu-identity',
    formats: '99999999999',
    words: 'carné_de_identidad número_de_identidad carnet NI',
    kind: 'person',
    check: checks.dated(2, 4),
    match: ['carné de identidad: 91021027775'],
    noMatch: ['carné de identidad: 91131027775'],
    source: 'Ley 1234/1971'
  },
  {
    id: 'do-cedula',
    formats: '999-9999999-9',
    words: 'cédula cedula cédula_de_identidad CIE',
    kind: 'person',
    contextScore: 0.85,
    match: ['cédula: 00113918205', 'cédula: 001-1391820-5'],
    noMatch: ['00113918205'],
    source: 'Junta Central Electoral'
  },
  {
    id: 'do-fiscal-receipt',
    type: 'INVOICE_NUMBER',
    formats: 'A9999999999|A999999999999|A999999999999999999',
    words: 'NCF e-NCF comprobante_fiscal número_de_comprobante',
    shape: america.dominicanReceipt,
    match: ['NCF: B0100000005', 'e-NCF: E310000000005', 'NCF: A010010011500000025'],
    noMatch: ['B0100000005', 'NCF: Z0100000005', 'NCF: B9900000005'],
    source: 'DGII, Norma General 06-2018 and 01-2020'
  },
  {
    id: 'do-rnc',
    formats: '9-99-99999-9|999-99999-9',
    words: 'RNC registro_nacional_del_contribuyente',
    kind: 'company',
    check: america.dominican,
    match: ['RNC: 101-63758-7'],
    noMatch: ['RNC: 112031226'],
    source: 'DGII'
  },
  {
    id: 'gt-nit',
    formats: '999999-X|9999999-X|99999-X|9999-X|99999999-X|999-X|99999999999-X',
    words: 'NIT número_de_identificación_tributaria',
    kind: 'tax',
    check: america.guatemalan,
    match: ['NIT: 576937-K', 'NIT: 7108-0'],
    noMatch: ['NIT: 576937-1'],
    source: 'SAT Guatemala'
  },
  {
    id: 'mx-curp',
    formats: 'AAAA999999AAAAAAX9',
    words: 'CURP clave_única_de_registro',
    kind: 'person',
    check: america.mexicanPerson,
    score: 0.95,
    match: ['BOXW310820HNERXN09', 'CURP: BOXW310820HNERXN09'],
    noMatch: ['BOXW310820HNERXN08'],
    source: 'RENAPO, Instructivo CURP'
  },
  {
    id: 'mx-rfc',
    formats: 'AAAA 999999 XXX|AAA 999999 XXX|AAAA 999999|AAA 999999',
    words: 'RFC registro_federal_de_contribuyentes',
    kind: 'tax',
    check: america.mexicanTax,
    score: 0.5,
    match: ['GODE 561231 GR8', 'RFC: COMG-600703', 'RFC: CCM 650122 I06'],
    noMatch: ['GODE 561331 GR8'],
    source: 'SAT, RFC'
  },
  {
    id: 'sv-nit',
    formats: '9999-999999-999-9',
    words: 'NIT número_de_identificación_tributaria',
    kind: 'tax',
    check: america.salvadoran,
    match: ['NIT: 0614-050707-104-8'],
    noMatch: ['NIT: 0614-050707-104-7'],
    source: 'Ministerio de Hacienda'
  }
]
