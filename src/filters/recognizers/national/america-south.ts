import * as america from '../validators/america.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'

/** National numbers of South America. */
export const southAmerica: readonly NationalNumber[] = [
  {
    id: 'ar-cuit',
    formats: '99-99999999-9',
    words: 'CUIT CUIL clave_única_de_identificación',
    kind: 'tax',
    check: america.argentineTax,
    score: 0.6,
    grouped: true,
    match: ['20-05536168-2', 'CUIT: 20055361682'],
    noMatch: ['20-05536168-3'],
    source: 'AFIP, RG 10/1997'
  },
  {
    id: 'ar-dni',
    formats: '99.999.999|9.999.999|99999999',
    words: 'DNI documento_nacional_de_identidad documento',
    kind: 'person',
    match: ['DNI: 20.123.456'],
    noMatch: ['20.123.456'],
    source: 'Ley 17.671'
  },
  {
    id: 'ar-bank-account',
    type: 'AR_CBU',
    formats: '99999999 99999999999999|9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9',
    words: 'CBU CVU clave_bancaria_uniforme cuenta_bancaria',
    check: checks.both(
      checks.complement([7, 1, 3, 9, 7, 1, 3], 10),
      checks.complement([3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3], 10, 8)
    ),
    score: 0.85,
    match: ['CBU: 2850590940090418135201', '2850590940090418135201'],
    noMatch: ['2850590940090418135202'],
    source: 'BCRA, Clave Bancaria Uniforme'
  },
  {
    id: 'br-cpf',
    formats: '999.999.999-99',
    words: 'CPF cadastro_de_pessoas_físicas',
    kind: 'person',
    check: america.brazilianPerson,
    score: 0.85,
    grouped: true,
    match: ['390.533.447-05', 'CPF: 39053344705'],
    noMatch: ['390.533.447-06'],
    source: 'Receita Federal, IN RFB 1548/2015'
  },
  {
    id: 'br-cnpj',
    formats: 'XX.XXX.XXX/XXXX-99',
    words: 'CNPJ cadastro_nacional_da_pessoa_jurídica VAT',
    kind: 'company',
    check: america.brazilianCompany,
    score: 0.85,
    grouped: true,
    match: ['16.727.230/0001-97', 'CNPJ: 16727230000197'],
    noMatch: ['16.727.230/0001-98'],
    source: 'Receita Federal, IN RFB 2229/2024'
  },
  {
    id: 'cl-rut',
    formats: '99.999.999-X|99999999-X|9.999.999-X|9999999-X',
    words: 'RUT RUN rol_único_tributario CL',
    kind: 'person',
    check: america.chilean,
    score: 0.6,
    grouped: true,
    match: ['10402061-5', 'RUT: 12.531.909-2', 'RUT: 10726809K'],
    noMatch: ['10402061-6'],
    source: 'Servicio de Impuestos Internos'
  },
  {
    id: 'co-nit',
    formats: '999.999.999-9|9999999999|99.999.999-9|9999999999-9|999999999-9|9.999.999.999-9|9.999.999-9',
    words: 'NIT RUT número_de_identificación_tributaria',
    kind: 'tax',
    check: america.colombian,
    match: ['NIT: 1118534248-0', 'NIT: 213.123.435-1'],
    noMatch: ['NIT: 213.123.435-2', '2131234351'],
    source: 'DIAN, Estatuto Tributario'
  },
  {
    id: 'ec-identity',
    formats: '999999999-9',
    words: 'cédula cedula CI C.I. cédula_de_ciudadanía',
    kind: 'person',
    check: america.ecuadorian,
    match: ['cédula: 171430710-3'],
    noMatch: ['cédula: 1714307104'],
    source: 'Registro Civil del Ecuador'
  },
  {
    id: 'ec-ruc',
    formats: '9999999999-999',
    words: 'RUC registro_único_de_contribuyentes',
    kind: 'tax',
    check: america.ecuadorianTax,
    match: ['RUC: 1792060346-001'],
    noMatch: ['RUC: 1792060347-001'],
    source: 'SRI'
  },
  {
    id: 'pe-ruc',
    formats: '99999999999',
    words: 'RUC registro_único_de_contribuyentes',
    kind: 'tax',
    check: checks.both(
      checks.begins(2, [10, 10], [15, 17], [20, 20]),
      checks.mapped([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], '10987654321', 10)
    ),
    match: ['RUC: 20512333797'],
    noMatch: ['RUC: 20512333798'],
    source: 'SUNAT'
  },
  {
    id: 'pe-dni',
    formats: '99999999-X|99999999',
    words: 'DNI CUI documento_nacional_de_identidad',
    kind: 'person',
    check: america.peruvian,
    match: ['DNI: 10812543-3', 'DNI: 10117410'],
    noMatch: ['DNI: 10117410-1'],
    source: 'RENIEC'
  },
  {
    id: 'py-ruc',
    formats: '99999999-9|9999999-9|999999-9|99999-9|9999-9|999-9',
    words: 'RUC registro_único_de_contribuyentes',
    kind: 'tax',
    check: america.paraguayan,
    match: ['RUC: 80028061-0', 'RUC: 9991603'],
    noMatch: ['RUC: 80028061-1'],
    source: 'DNIT Paraguay'
  },
  {
    id: 'uy-rut',
    formats: '99-999999-999-9',
    words: 'RUT registro_único_tributario',
    kind: 'tax',
    check: checks.both(checks.begins(2, [1, 22]), checks.complement([4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 11)),
    match: ['RUT: 21-100342-001-7'],
    noMatch: ['RUT: 21-100342-001-8'],
    source: 'DGI Uruguay'
  },
  {
    id: 've-rif',
    formats: 'A-99999999-9|A-999999999',
    words: 'RIF registro_de_información_fiscal',
    kind: 'tax',
    check: america.venezuelan,
    score: 0.5,
    match: ['V-11470283-4', 'RIF: V114702834'],
    noMatch: ['V-11470283-9'],
    source: 'SENIAT'
  }
]
