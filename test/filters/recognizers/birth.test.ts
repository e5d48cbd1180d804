import t from 'tap'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()

function surfaces(type: string, text: string, label = ''): string[] {
  return (analyzer.analyze([{ kind: 'text', text, label }])[0] ?? [])
    .filter(finding => finding.type === type)
    .map(({ start, end }) => text.slice(start, end))
}

t.test('dates of birth, not other dates', async t => {
  const letter = `Patient: Ida Berg, * 3.2.1959, wohnhaft in Graz, aufgenommen am 12.03.2026
Geburtsdatum | 03.02.1959 | Aufnahme | 12.03.2026
Er wurde am 7. Mai 1961 in Bad Ischl geboren und heiratete am 1. Juni 1990.
Mutter: geb. Huber, geb. 12. Jänner 1935`
  t.same(surfaces('DATE_OF_BIRTH', letter), ['3.2.1959', '03.02.1959', '7. Mai 1961', '12. Jänner 1935'])
  t.same(surfaces('DATE_OF_BIRTH', 'DOB 03/12/1980, seen 04/05/2026'), ['03/12/1980'])
  t.same(surfaces('DATE_OF_BIRTH', '{"birthDate": "1980-03-12", "createdAt": "2026-01-01"}'), ['1980-03-12'])
  t.same(surfaces('DATE_OF_BIRTH', '19800312', 'date_of_birth'), ['19800312'])
  t.same(surfaces('DATE_OF_BIRTH', '2026-01-01', 'created'), [])
})

t.test('ages of persons, not of things', async t => {
  t.same(surfaces('AGE', 'Die 67-jährige Patientin und ihr 4-jähriger Enkel, nach 10-jähriger Ehe'), [
    '67',
    '4'
  ])
  t.same(surfaces('AGE', 'He is 45 years old, she was aged 39; the server is 3 years old.'), ['45', '39'])
  t.same(surfaces('AGE', 'Alter: 52, Größe: 180'), ['52'])
  t.same(surfaces('AGE', 'Cache-Control: max-age=3600; page 12; stage 3'), [])
  t.same(surfaces('AGE', '52', 'age'), ['52'])
})
