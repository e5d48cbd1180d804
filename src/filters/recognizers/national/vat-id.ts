import type { Recognizer } from '../../recognizer.ts'
import type { Form } from '../../scanner/forms.ts'
import * as vat from '../validators/vat.ts'

const words = [
  'VAT',
  'VAT ID',
  'VAT number',
  'VAT no',
  'VAT reg',
  'UID',
  'UID-Nr',
  'UID-Nummer',
  'USt-IdNr',
  'USt-ID',
  'TVA',
  'numéro de TVA',
  'BTW',
  'BTW-nummer',
  'IVA',
  'partita IVA',
  'P.IVA',
  'NIF',
  'CIF',
  'NIP',
  'DIČ',
  'IČ DPH',
  'ДДС',
  'ΑΦΜ',
  'ALV',
  'ALV-numero',
  'MOMS',
  'CVR',
  'SE-nr',
  'KMKR',
  'PVM',
  'PVN',
  'DDV',
  'OIB',
  'PDV',
  'ÁFA',
  'adószám',
  'közösségi adószám',
  'CUI',
  'CIF',
  'MVA',
  'MWST',
  'MwSt-Nr',
  'TPV',
  'steuernummer',
  'tax id',
  'tax number',
  'org.nr'
]

/** A country's value-added tax number. @param masks behind the country code; without it they need a context word */
function vatId(
  country: string,
  code: string,
  masks: readonly string[],
  check: (codes: Uint8Array, length: number) => boolean,
  examples: { match: readonly string[]; noMatch: readonly string[] }
): Recognizer {
  const forms: Form[] = masks.flatMap(mask => [
    { mask: code + mask, groups: 'any', check, score: 0.93, contextScore: 0.97 },
    // Behind its name a mistyped or made-up number is one too.
    { mask: code + mask, groups: 'any', score: 0, contextScore: 0.7 }
  ])
  return {
    id: `${(code === 'XI' ? code : country).toLowerCase()}-vat-id`,
    types: ['VAT_ID'],
    countries: [country],
    context: words,
    forms,
    examples,
    source: 'Directive 2006/112/EC art. 215; European Commission, VIES (formats and check digits)'
  }
}

/** One-stop shop: companies outside the Union, by the member state they chose (its number in ISO 3166-1). */
const oneStopShop: Recognizer = {
  id: 'eu-vat-id',
  types: ['VAT_ID'],
  context: [...words, 'OSS', 'one stop shop'],
  forms: [{ mask: 'EU999999999', groups: 'any', check: vat.oneStopShop, score: 0, contextScore: 0.85 }],
  shapeOnly: true,
  examples: {
    match: ['VAT: EU372022452'].map(text => ({ text, found: 'EU372022452' })),
    noMatch: ['EU372022452', 'VAT: EU999022452']
  },
  source: 'Directive 2006/112/EC art. 362; Implementing Regulation (EU) 282/2011 art. 57d'
}

/** Value-added tax numbers of the member states (Germany's has its own file), Switzerland, Norway, the United Kingdom. */
export const vatIds: readonly Recognizer[] = [
  oneStopShop,
  vatId('AT', 'ATU', ['99999999'], vat.at, {
    match: ['ATU15159209', 'ATU 15159209'],
    noMatch: ['ATU15159208']
  }),
  vatId('BE', 'BE', ['9999999999', '999999999'], vat.be, {
    match: ['BE0411905847', 'BE428759497'],
    noMatch: ['BE0411905848', 'BE428759498']
  }),
  vatId('BG', 'BG', ['999999999', '9999999999'], vat.bg, {
    match: ['BG103873594'],
    noMatch: ['BG103873595']
  }),
  vatId('CY', 'CY', ['99999999A'], vat.cy, { match: ['CY00709533C'], noMatch: ['CY00709533D'] }),
  vatId('CZ', 'CZ', ['99999999', '999999999', '9999999999'], vat.cz, {
    match: ['CZ00216224'],
    noMatch: ['CZ00216225']
  }),
  vatId('DK', 'DK', ['99999999'], vat.dk, { match: ['DK10000009'], noMatch: ['DK10000008'] }),
  vatId('EE', 'EE', ['999999999'], vat.ee, { match: ['EE100007796'], noMatch: ['EE100007797'] }),
  vatId('ES', 'ES', ['X9999999X'], vat.es, { match: ['ESA0011012B'], noMatch: ['ESA0011012C'] }),
  vatId('FI', 'FI', ['99999999'], vat.fi, { match: ['FI00000035'], noMatch: ['FI00000036'] }),
  vatId('FR', 'FR', ['XX999999999'], vat.fr, {
    match: ['FR00303656847', 'FR 00 303 656 847'],
    noMatch: ['FR01303656847']
  }),
  vatId('GR', 'EL', ['999999999'], vat.gr, { match: ['EL000000024'], noMatch: ['EL000000025'] }),
  vatId('HR', 'HR', ['99999999999'], vat.hr, { match: ['HR12385860076'], noMatch: ['HR12385860077'] }),
  vatId('HU', 'HU', ['99999999'], vat.hu, { match: ['HU10724318'], noMatch: ['HU10724319'] }),
  vatId('IE', 'IE', ['9X99999A', '9999999AA'], vat.ie, { match: ['IE0000003F'], noMatch: ['IE0000003G'] }),
  vatId('IT', 'IT', ['99999999999'], vat.it, { match: ['IT00140390501'], noMatch: ['IT00140390502'] }),
  vatId('LT', 'LT', ['999999999', '999999999999'], vat.lt, {
    match: ['LT100000009017'],
    noMatch: ['LT100000009018']
  }),
  vatId('LU', 'LU', ['99999999'], vat.lu, { match: ['LU00002020'], noMatch: ['LU00002021'] }),
  vatId('LV', 'LV', ['99999999999'], vat.lv, { match: ['LV40003009497'], noMatch: ['LV40003009498'] }),
  vatId('MT', 'MT', ['99999999'], vat.mt, { match: ['MT10271622'], noMatch: ['MT10271623'] }),
  vatId('NL', 'NL', ['999999999B99'], vat.nl, { match: ['NL010000446B01'], noMatch: ['NL010000447B01'] }),
  vatId('PL', 'PL', ['9999999999'], vat.pl, { match: ['PL1181092318'], noMatch: ['PL1181092319'] }),
  vatId('PT', 'PT', ['999999999'], vat.pt, { match: ['PT100000193'], noMatch: ['PT100000194'] }),
  vatId('RO', 'RO', ['99999999', '9999999', '999999', '99999', '999999999', '9999999999'], vat.ro, {
    match: ['RO18547290', 'RO 185 472 90'],
    noMatch: ['RO18547291']
  }),
  vatId('SE', 'SE', ['999999999999'], vat.se, { match: ['SE000000002601'], noMatch: ['SE000000002701'] }),
  vatId('SI', 'SI', ['99999999'], vat.si, { match: ['SI11427205'], noMatch: ['SI11427206'] }),
  vatId('SK', 'SK', ['9999999999'], vat.sk, { match: ['SK1025529197'], noMatch: ['SK1025529198'] }),
  vatId('GB', 'GB', ['999999999', '999999999999', 'GD999', 'HA999'], vat.gb, {
    match: ['GB980780684', 'GBGD103'],
    noMatch: ['GB980780685', 'GBGD503']
  }),
  vatId('IE', 'XI', ['999999999', '999999999999'], vat.gb, {
    match: ['XI980780684'],
    noMatch: ['XI980780685']
  }),
  vatId('CH', 'CHE', ['999999999', '999999999MWST', '999999999TVA', '999999999IVA', '999999999TPV'], vat.ch, {
    match: ['CHE-100.155.212', 'CHE107787577'],
    noMatch: ['CHE-100.155.213']
  }),
  vatId('NO', 'NO', ['999999999', '999999999MVA'], vat.no, {
    match: ['NO 995 525 828'],
    noMatch: ['NO995525829']
  })
]
