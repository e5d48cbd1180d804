import * as checks from '../validators/check-digits.ts'
import * as company from '../validators/company.ts'
import * as vat from '../validators/vat.ts'
import type { NationalNumber } from './number.ts'

/** Register and tax numbers of companies and of people in business, western and northern Europe and the United States. */
export const companiesWest: readonly NationalNumber[] = [
  {
    id: 'at-register-number',
    formats: '999999A|99999A|9999A|FN999999A|FN 999999A|FN99999A|FN 99999A|FN 999999 A|FN 99999 A',
    words: 'Firmenbuchnummer Firmenbuch FN FB-Nr Firmenbuch-Nr',
    contextScore: 0.75,
    match: ['Firmenbuchnummer: 122119m', 'Firmenbuch: FN 56247t'],
    noMatch: ['122119m', 'Firmenbuch: m12123'],
    source: '§ 30 FBG; Justiz Österreich, Firmenbuch'
  },
  {
    id: 'be-enterprise-number',
    formats: '9999.999.999|999.999.999',
    words: 'ondernemingsnummer KBO BCE entreprise BTW btw-nummer TVA KBO-nummer Unternehmensnummer',
    check: company.belgian,
    match: ['ondernemingsnummer: 0411.905.847', 'BTW: 428759497'],
    noMatch: ['ondernemingsnummer: 0411.905.848'],
    source: 'Wetboek van economisch recht III.17; FOD Economie'
  },
  {
    id: 'dk-cvr',
    formats: '99 99 99 99',
    words: 'CVR CVR-nummer CVR-nr cvrnr SE-nr momsnummer',
    kind: 'company',
    check: checks.divisible([2, 7, 6, 5, 4, 3, 2, 1], 11),
    match: ['CVR-nr: 13 58 56 28', 'CVR: 13585628'],
    noMatch: ['CVR: 13585627', '13585628'],
    source: 'CVR-loven; Erhvervsstyrelsen'
  },
  {
    id: 'ee-register-code',
    formats: '99999999',
    words: 'registrikood registrikoodi äriregister reg.kood',
    kind: 'company',
    check: checks.either(company.estonian, checks.begins(1, [1, 9])),
    match: ['registrikood: 12345678'],
    noMatch: ['12345678', 'registrikood: 1234567'],
    source: 'Äriregistri seadus'
  },
  {
    id: 'fi-business-id',
    formats: '9999999-9',
    words: 'Y-tunnus Ytunnus FO-nummer LY-tunnus',
    kind: 'company',
    check: checks.divisible([7, 9, 10, 5, 8, 4, 2, 1], 11),
    score: 0.5,
    separators: '-',
    grouped: true,
    match: ['Y-tunnus: 2077474-0'],
    noMatch: ['Y-tunnus: 2077474-1', '20774740'],
    source: 'Yritys- ja yhteisötietolaki 244/2001; PRH'
  },
  {
    id: 'fr-siren',
    formats: '999 999 999',
    words: 'SIREN numéro_SIREN n°_SIREN RCS',
    kind: 'company',
    check: checks.luhnDigit(),
    match: ['SIREN: 552 008 443', 'RCS: 552008443'],
    noMatch: ['SIREN: 552 008 444', '552 008 443'],
    source: 'Code de commerce R123-221; INSEE'
  },
  {
    id: 'fr-siret',
    formats: '999 999 999 99999|9 999 999 99 99 999|9 99 99 99 99 999 99',
    words: 'SIRET numéro_SIRET n°_SIRET établissement',
    kind: 'company',
    check: company.siret,
    separators: ' .',
    score: 0.6,
    grouped: true,
    match: ['SIRET: 73282932000074', '732 829 320 00074'],
    noMatch: ['SIRET: 73282932000079', '73282932000074'],
    source: 'Code de commerce R123-221; INSEE'
  },
  {
    id: 'fr-vat-number',
    formats: 'XX 999 999 999|XX999999999',
    words: 'TVA numéro_de_TVA TVA_intracommunautaire n°_TVA',
    check: vat.withoutCode('FR', vat.fr),
    match: ['TVA: 23 334 175 221', 'TVA: K7399859412'],
    noMatch: ['TVA: 84 323 140 391', '23334175221'],
    source: 'Code général des impôts art. 286 ter; VIES'
  },
  {
    id: 'ie-company-number',
    formats: '99999|999999',
    words: 'CRO_number CRO_no company_registration_number registered_in_Ireland',
    match: ['CRO number: 412345'],
    noMatch: ['412345'],
    source: 'Companies Registration Office'
  },
  {
    id: 'nl-kvk',
    formats: '99999999|9999 9999',
    words: 'KvK KvK-nummer KvKnr Kamer_van_Koophandel kvknummer handelsregister',
    kind: 'company',
    contextScore: 0.85,
    match: ['KvK-nummer: 12345678'],
    noMatch: ['12345678', 'KvK: 1234567'],
    source: 'Handelsregisterwet 2007; KVK'
  },
  {
    id: 'se-organisation-number',
    formats: '999999-9999',
    words: 'organisationsnummer org.nr orgnr orgnummer org-nummer momsregistreringsnummer',
    kind: 'company',
    check: checks.both(checks.luhnDigit(), company.swedish),
    separators: '-',
    match: ['orgnr: 556703-7485', 'organisationsnummer: 5567037485'],
    noMatch: ['orgnr: 556703-7486', '556703-7485'],
    source: 'Lag (1974:174); Bolagsverket'
  },
  {
    id: 'no-organisation-number',
    formats: '999 999 999|999 999 999 MVA',
    words: 'organisasjonsnummer orgnr org.nr org.nummer foretaksregisteret MVA',
    kind: 'company',
    check: checks.divisible([3, 2, 7, 6, 5, 4, 3, 2, 1], 11),
    match: ['organisasjonsnummer: 988 077 917', 'MVA: 980 430 596 MVA'],
    noMatch: ['org.nr: 988077918', '988077917'],
    source: 'Enhetsregisterloven; Brønnøysundregistrene'
  },
  {
    id: 'is-kennitala',
    formats: '999999-9999',
    words: 'kennitala kt kt. ID_number',
    check: company.icelandic,
    score: 0.6,
    separators: '-',
    grouped: true,
    match: ['450401-3150', 'kennitala: 2607565169'],
    noMatch: ['kennitala: 530575-0299'],
    source: 'Lög um skráningu einstaklinga nr. 140/2019; Þjóðskrá'
  },
  {
    id: 'is-vat-number',
    formats: '99999|999999|IS99999|IS999999|IS 99999|IS 999999',
    words: 'VSK VSK-númer VSK-nr virðisaukaskattur',
    match: ['VSK-nr: 00621'],
    noMatch: ['621 00', 'VSK: 0062199'],
    source: 'Ríkisskattstjóri'
  },
  {
    id: 'gb-company-number',
    formats: '99999999|AA999999|A9999999',
    words:
      'company_number company_no companies_house registered_number CRN registered_in_England company_registration',
    match: ['company number: 01234567', 'Companies House: SC123456'],
    noMatch: ['01234567'],
    source: 'Companies Act 2006 s. 1066; Companies House'
  },
  {
    id: 'es-excise',
    formats: 'ES99999XX999A',
    words: 'CAE código_de_actividad_y_establecimiento codigo_CAE',
    shape: company.spanishExcise,
    match: ['CAE: ES00008V1567A'],
    noMatch: ['CAE: ES10008V1567A', 'CAE: ES00000V1567A', 'ES00008V1567A'],
    source: 'Real Decreto 1165/1995, art. 41; Agencia Tributaria, SEED'
  },
  {
    id: 'us-ein',
    formats: '99-9999999',
    words: 'EIN employer_identification FEIN employer_ID federal_tax tax_id_number',
    kind: 'tax',
    shape: company.employer,
    match: ['EIN: 91-1144442', 'employer identification number: 911144442'],
    noMatch: ['EIN: 07-3456789', '91-1144442'],
    source: 'IRS, Publication 1635; valid EIN prefixes'
  },
  {
    id: 'ch-uid',
    type: 'CH_COMPANY_NUMBER',
    formats: '999.999.999',
    words: 'UID UID-Nummer UID-Nr IDE numéro_IDE IDI Unternehmens-Identifikationsnummer MWST-Nummer',
    check: company.swiss,
    // Below that of an IP address, whose digits fit as often as not: `uid=0 rhost=103.99.0.122`.
    contextScore: 0.8,
    match: ['UID: 100.155.212'],
    noMatch: ['UID: 100.155.213', '100.155.212'],
    source: 'UIDG Art. 6; Bundesamt für Statistik, eCH-0097'
  },
  {
    id: 'li-peid',
    formats: '9999999|99999999|999999|99999|9999|00009999999|99999999999',
    words: 'PEID PID-Nr Personenidentifikationsnummer Steuernummer_Liechtenstein',
    contextScore: 0.85,
    match: ['PEID: 1339050'],
    noMatch: ['1339050'],
    source: 'OECD, TIN Liechtenstein'
  }
]
