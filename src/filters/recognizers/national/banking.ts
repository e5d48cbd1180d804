import * as bank from '../validators/bank.ts'
import * as checks from '../validators/check-digits.ts'
import type { NationalNumber } from './number.ts'

/** Account and payment numbers older than the IBAN, and of supply points, that lead to a household. */
export const banking: readonly NationalNumber[] = [
  {
    id: 'be-structured-reference',
    type: 'PAYMENT_REFERENCE',
    formats: '999/9999/99999',
    words: 'gestructureerde_mededeling OGM VCS communication_structurée mededeling',
    check: bank.belgianReference,
    score: 0.9,
    grouped: true,
    separators: '/',
    match: ['010/8068/17183'],
    noMatch: ['010/8068/17180'],
    source: 'Febelfin, gestructureerde mededeling'
  },
  {
    id: 'ch-payment-reference',
    type: 'PAYMENT_REFERENCE',
    formats:
      '99 99999 99999 99999 99999 99999|99999999999 99999 99999|9999 99999 99999 99999 99999|9 99999 99999 99999|99999 99999 99999|999999999999999999999999999|999999999999999999999999|9999999999999999999999|9999999999999999',
    words:
      'ESR Referenznummer QR-Referenz Referenz-Nr numéro_de_référence BVR numero_di_riferimento ESR-Referenz',
    check: bank.swissReference,
    match: ['Referenznummer: 21 00000 00003 13947 14300 09017'],
    noMatch: ['Referenznummer: 21 00000 00003 13947 14300 09018'],
    source: 'SIX, Swiss Implementation Guidelines QR-bill (modulo 10, recursive)'
  },
  {
    id: 'cz-bank-account',
    formats:
      '999999-9999999999/9999|99-9999999999/9999|99-99999999/9999|9999999999/9999|999999-9999/9999|999999999/9999|99999999/9999|9999-9999999999/9999|99999-9999999999/9999|999-9999999999/9999|99-999999999/9999',
    words: 'účet číslo_účtu č._účtu bankovní_účet č.ú. bankovní_spojení',
    check: bank.czechAccount,
    match: ['účet: 19-2000145399/0800'],
    noMatch: ['účet: 19-2000145398/0800', '2000145399/0800'],
    source: 'Vyhláška ČNB č. 169/2011 Sb.'
  },
  {
    id: 'es-bank-account',
    formats: '9999 9999 99 9999999999',
    words: 'CCC cuenta código_cuenta_cliente número_de_cuenta cuenta_bancaria cuenta_corriente',
    check: bank.spanishAccount,
    score: 0.6,
    grouped: true,
    match: ['1234-1234-16 1234567890'],
    noMatch: ['1234-1234-17 1234567890'],
    source: 'Banco de España, Código Cuenta Cliente'
  },
  {
    id: 'pl-bank-account',
    formats: '99 9999 9999 9999 9999 9999 9999',
    words: 'konto konta rachunek rachunku nr_rachunku nr_konta numer_konta NRB',
    check: bank.polishAccount,
    score: 0.9,
    grouped: true,
    match: ['61 1090 1014 0000 0712 1981 2874'],
    noMatch: ['61 1090 1014 0000 0712 1981 2875'],
    source: 'Zarządzenie Prezesa NBP nr 15/2010 (NRB: the IBAN without its country)'
  },
  {
    id: 'no-bank-account',
    formats: '9999.99.99999|9999 9999999',
    words: 'kontonummer konto kontonr bankkonto',
    check: checks.divisible([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11),
    score: 0.5,
    grouped: true,
    separators: '. ',
    match: ['kontonummer: 8601.11.17947'],
    noMatch: ['kontonummer: 8601.11.17949'],
    source: 'Bits, Kontonummer'
  },
  {
    id: 'es-supply-point',
    formats:
      'ES 9999 9999 9999 9999 AA|ES 9999 999999999999 AA|ES9999999999999999AA9A|ES 9999 999999999999 AA 9A|ES 9999 9999 9999 9999 AA 9A',
    words: 'CUPS punto_de_suministro código_CUPS',
    check: bank.spanishSupply,
    score: 0.9,
    match: ['ES 1234-123456789012-JY', 'ES1234123456789012JY1F'],
    noMatch: ['ES 1234-123456789012-XY'],
    source: 'Real Decreto 1435/2002; CNMC'
  },
  {
    id: 'es-cadastral',
    formats:
      '9999999XX9999X9999XX|9999999 XX9999X 9999 XX|999999999XX99X9999XX|9999999XX9999X 9999 XX|99999A999999999999AA|99999A99999999 9999 AA',
    words: 'referencia_catastral catastro catastral ref._catastral',
    check: bank.spanishParcel,
    score: 0.6,
    match: ['referencia catastral: 7837301 VG8173B 0001 TT'],
    noMatch: ['7837301 VG8173B 0001 TA'],
    source: 'Real Decreto Legislativo 1/2004; Catastro'
  }
]
