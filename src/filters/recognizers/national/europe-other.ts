import * as checks from '../validators/check-digits.ts'
import * as national from '../validators/national.ts'
import * as other from '../validators/europe-other.ts'
import type { NationalNumber } from './number.ts'

/** National numbers of European states outside the European Economic Area, and of the small ones. */
export const europeOther: readonly NationalNumber[] = [
  {
    id: 'ad-nrt',
    formats: 'A-999999-A|A 999.999 A',
    words: 'NRT NIF número_de_registre_tributari VAT',
    kind: 'tax',
    shape: other.andorran,
    score: 0.5,
    match: ['A-700814-R', 'NRT: U 132.950 X'],
    noMatch: ['B-700814-R', 'A1234567'],
    source: 'Llei 21/2014; Departament de Tributs i de Fronteres'
  },
  {
    id: 'al-nipt',
    formats: 'A99999999A|A 99999999 A',
    words: 'NIPT NUIS VAT',
    kind: 'tax',
    shape: checks.oneOf('ABCDEFGHIJKLM'),
    score: 0.5,
    match: ['K22218003V', 'NIPT: J61827501H'],
    noMatch: ['Z22218003V', 'J91402501'],
    source: 'Ligj Nr. 9920; DPT'
  },
  {
    id: 'by-unp',
    formats: '999999999|AA9999999|МА9999999',
    words: 'УНП UNP UNN ПАН',
    kind: 'tax',
    check: other.belarusian,
    match: ['УНП: 591705582', 'UNP: 100217336'],
    noMatch: ['УНП: 200988542'],
    source: 'Налоговый кодекс; МНС'
  },
  {
    id: 'fo-vn',
    formats: '999999|999.999|999 999',
    words: 'V-number VN vinnutal V-tal',
    kind: 'tax',
    match: ['V-tal: 623857'],
    noMatch: ['623857'],
    source: 'TAKS, Færøerne'
  },
  {
    id: 'md-idno',
    formats: '9999999999999',
    words: 'IDNO IDNP cod_fiscal',
    kind: 'company',
    check: checks.remainder([7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], 10),
    match: ['IDNO: 1008600038413'],
    noMatch: ['IDNO: 1008600038412'],
    source: 'Legea 220/2007; ASP'
  },
  {
    id: 'me-pib',
    formats: '99999999',
    words: 'PIB PDV',
    kind: 'tax',
    check: checks.complement([8, 7, 6, 5, 4, 3, 2], 11),
    match: ['PIB: 02655284'],
    noMatch: ['PIB: 02655283'],
    source: 'Poreska uprava Crne Gore'
  },
  {
    id: 'mk-edb',
    formats: '9999999999999|MK9999999999999',
    words: 'ЕДБ EDB даночен_број VAT',
    kind: 'tax',
    check: other.macedonian,
    match: ['ЕДБ: 4030000375897', 'EDB: MK4057009501106'],
    noMatch: ['ЕДБ: 4030000375896'],
    source: 'Управа за јавни приходи'
  },
  {
    id: 'mc-vat-number',
    type: 'MC_VAT_ID',
    formats: 'FR 99 000 999 999|FR 99 0009 99999',
    words: 'TVA numéro_de_TVA',
    kind: 'tax',
    check: other.monegasque,
    score: 0.9,
    match: ['FR 53 0000 04605'],
    noMatch: ['FR 54 0000 04605'],
    source: 'Direction des services fiscaux, Monaco'
  },
  {
    id: 'rs-pib',
    formats: '999999999|RS999999999',
    words: 'ПИБ PIB PDV порески_број VAT',
    kind: 'tax',
    check: other.serbian,
    match: ['PIB: 101134702', 'VAT: RS100010812'],
    noMatch: ['PIB: 101134703'],
    source: 'Пореска управа'
  },
  {
    id: 'rs-jmbg',
    formats: '9999999999999',
    words: 'JMBG ЈМБГ matični_broj',
    kind: 'person',
    check: national.slovenian,
    match: ['JMBG: 0101006500006'],
    noMatch: ['JMBG: 0101006500007'],
    source: 'Закон о матичном броју грађана'
  },
  {
    id: 'ru-inn',
    formats: '9999999999|999999999999|RU9999999999',
    words: 'ИНН INN VAT',
    kind: 'tax',
    check: other.russianTax,
    match: ['ИНН: 7707083893', 'VAT: RU7707083893'],
    noMatch: ['ИНН: 7707083894'],
    source: 'Приказ ФНС ММВ-7-6/435@'
  },
  {
    id: 'ru-ogrn',
    formats: '9999999999999|999999999999999',
    words: 'ОГРН ОГРНИП OGRN',
    kind: 'company',
    check: other.russianRegister,
    match: ['ОГРН: 1022200525819'],
    noMatch: ['ОГРН: 1022500001328'],
    source: 'Приказ Минфина 165н'
  },
  {
    id: 'ru-snils',
    formats: '999-999-999 99',
    words: 'СНИЛС SNILS',
    kind: 'person',
    check: other.russianInsurance,
    score: 0.6,
    grouped: true,
    match: ['112-233-445 95', 'СНИЛС: 11223344595'],
    noMatch: ['112-233-445 96'],
    source: 'СФР, СНИЛС'
  },
  {
    id: 'sm-coe',
    formats: '99999|999999|SM99999',
    words: 'COE codice_operatore',
    kind: 'tax',
    match: ['COE: 51014'],
    noMatch: ['51014'],
    source: 'Ufficio Tributario, San Marino'
  },
  {
    id: 'ua-edrpou',
    formats: '99999999',
    words: 'ЄДРПОУ EDRPOU код_ЄДРПОУ',
    kind: 'company',
    check: other.ukrainianCompany,
    match: ['ЄДРПОУ: 32855961'],
    noMatch: ['ЄДРПОУ: 32855968'],
    source: 'Державна служба статистики'
  },
  {
    id: 'ua-rntrc',
    formats: '9999999999',
    words: 'РНОКПП ІПН RNTRC INN RNOKPP',
    kind: 'tax',
    check: other.ukrainianPerson,
    match: ['РНОКПП: 1759013776'],
    noMatch: ['РНОКПП: 1759013777'],
    source: 'Податковий кодекс України'
  }
]
