import t from 'tap'
import * as values from '../../../src/audit/event/values.ts'
import { LISTS } from '../../../src/audit/exports/dora/lists.ts'
import { meaningOf } from '../../../src/audit/exports/dora/meanings.ts'
import { FIELD_NAMES, fieldOf } from '../../../src/audit/exports/dora/names.ts'
import { TEMPLATES } from '../../../src/audit/exports/dora/templates.ts'
import { EXPORTS } from '../../../src/audit/exports/index.ts'
import { lawOf } from '../../../src/audit/exports/formats/format.ts'
import { hyphenated } from '../../../src/audit/exports/formats/html-style.ts'
import { sourceOf } from '../../../src/audit/exports/formats/sources.ts'
import { inWords } from '../../../src/audit/exports/formats/words.ts'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'
import { ART9 } from '../../../src/core/special-categories.ts'

t.test('every code of the records has words in both languages', async t => {
  const codes: Readonly<Record<string, readonly string[]>> = {
    legal_basis: values.LEGAL_BASES,
    mechanism: values.MECHANISMS,
    payload_state: values.PAYLOAD_STATES,
    outcome: Object.values(values.OUTCOMES).flat(),
    action: values.FINDING_ACTIONS,
    detail: [...values.BREACH_KINDS, ...values.REASONS],
    by: values.ACTORS,
    subject: ['vault', 'answer_memory', 'findings_cache', 'actor_keys'],
    special_categories: [...ART9, 'art10']
  }
  for (const [column, list] of Object.entries(codes))
    for (const code of list) {
      t.match(inWords(column, code, 'de'), /[a-zäöü]/)
      t.notMatch(inWords(column, code, 'de'), /_/, `${column} ${code}`)
      t.notMatch(inWords(column, code, 'en'), /_/, `${column} ${code}`)
    }
})

t.test('every class that is found without a policy of one’s own has a name in both languages', async t => {
  const types = buildAnalyzer({}).recognizers.flatMap(one => one.types)
  t.ok(types.length > 100)
  for (const code of types)
    for (const language of ['de', 'en'] as const) t.notMatch(inWords('class', code, language), /_/, code)
  t.equal(
    inWords('classes', 'AT_PASSPORT EMAIL GR_AMKA', 'en'),
    'passport (AT); e-mail address; social insurance number (AMKA, GR)'
  )
  t.equal(inWords('data_classes', 'PROJECT_X', 'de'), 'PROJECT_X', 'a class of one’s own')
})

t.test('several values, places, and what is no code', async t => {
  t.equal(inWords('payload_states', 'clear nothing_found', 'de'), 'im Klartext; nichts gefunden')
  t.equal(inWords('country', 'DE US world', 'de'), 'Deutschland; Vereinigte Staaten; world')
  t.equal(inWords('risk_class', 'high_annexIII_5b', 'de'), 'hoch (Anhang III Nr. 5 b)')
  t.equal(inWords('title', 'no', 'de'), 'no', 'texts of people stay')
  t.equal(inWords('mechanism', 'new_code', 'de'), 'new_code')
  t.equal(inWords('value', 'eba_GA:DE', 'de'), 'Deutschland (eba_GA:DE)')
  t.equal(inWords('value', 'eba_CU:EUR', 'en'), 'Euro (eba_CU:EUR)')
  t.equal(inWords('value', 'Prüfbank AG', 'de'), 'Prüfbank AG')
  t.equal(inWords('agreed_times', 'mean ≤ 900 ms', 'de'), 'Mittel ≤ 900 ms')
})

t.test('the register: each column has a name, each code a meaning', async t => {
  for (const { code, columns } of TEMPLATES)
    for (const column of columns) {
      const name = FIELD_NAMES.get(fieldOf(code, column.code))
      t.ok(name !== undefined && name.en !== '' && name.de !== '', `${code} ${column.code}`)
    }
  t.equal(FIELD_NAMES.size, TEMPLATES.flatMap(({ columns }) => columns).length)
  for (const code of Object.values(LISTS).flatMap(list => Object.keys(list)))
    for (const language of ['de', 'en'] as const) t.type(meaningOf(code, language), 'string', code)
  for (const none of ['eba_GA:zz', 'eba_ZZ:x1', 'F1', '']) t.equal(meaningOf(none, 'de'), undefined)
})

t.test('laws and sources as Germans write them', async t => {
  const law = (text: string) => lawOf({ ...EXPORTS[0], law: text } as (typeof EXPORTS)[0], 'de')
  t.equal(law('Art. 30(1)(e), 44–49 GDPR'), 'Art. 30 Abs. 1 lit. e, 44–49 DSGVO')
  t.equal(law('Art. 15(1)(a)–(d), 15(2) GDPR'), 'Art. 15 Abs. 1 lit. a–d, 15 Abs. 2 DSGVO')
  t.equal(law('Art. 28(4)–(8), 29 DORA'), 'Art. 28 Abs. 4–8, 29 DORA')
  t.equal(law('(EU) 2024/1774, Art. 12'), '(EU) 2024/1774, Art. 12')
  t.equal(sourceOf('trail: first record', 'de'), 'Protokoll: erster Eintrag')
  t.equal(
    sourceOf('config: contracts; register: B_02.02', 'de'),
    'Konfiguration: contracts; Register: B_02.02'
  )
  const english = EXPORTS.flatMap(({ columns }) => columns).map(({ source }) => sourceOf(source, 'de'))
  t.notMatch(english.join('\n'), / (of|the|and|which|record) /)
  t.equal(
    hyphenated('Auftragsverarbeitungsvertrag').replaceAll('\u00ad', '-'),
    'Auftrags-verarbeitungs-vertrag'
  )
})
