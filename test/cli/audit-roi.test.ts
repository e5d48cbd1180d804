import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { packageNameOf, writePackage } from '../../src/audit/exports/dora/package.ts'
import { checkRoi } from '../../src/cli/audit-roi.ts'
import { NAME, register } from '../audit/exports/dora/register.ts'

const folder = t.testdir()
const options = { json: false, language: 'en', today: '2026-11-22' } as const

function saved(changes: Readonly<Record<string, string>> = {}): string {
  const file = join(folder, `${packageNameOf(NAME)}.zip`)
  writeFileSync(file, writePackage(register(changes), NAME))
  return file
}

t.test('a good package, a warning, and what would be rejected', async t => {
  t.match(checkRoi(saved(), options), { code: 0, text: /: no rule is broken\nnot checked  102, 107, / })
  const warned = checkRoi(saved({ 'B_01.01/c0050': '' }), options)
  t.match(warned, { code: 0, text: /^expected warning {2}b_01.01.csv, row 1, c0050: / })
  const refused = checkRoi(saved({ 'B_02.02/c0070': '1.2.2025' }), { ...options, language: 'de' })
  t.match(refused, { code: 1, text: /^330 abgewiesen {2}b_02.02.csv, Zeile 1, c0070: Ein Datum muss/ })
})

t.test('JSON lines for machines; the cell itself is never shown', async t => {
  const { text, code } = checkRoi(saved({ 'B_03.01/c0030': 'geheim' }), { ...options, json: true })
  t.equal(code, 1)
  const [fault, ...rest] = text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, string>)
  t.strictSame(fault, {
    rule: 333,
    file: 'b_03.01.csv',
    row: 1,
    column: 'c0030',
    severity: 'reject'
  })
  t.ok(rest.every(({ severity, rules, why }) => severity === 'not_checked' && rules !== '' && why !== ''))
  t.match(rest, [{ rules: /803, 804$/ }, { rules: /^VR_/ }, { rules: /^v88xx_m/ }])
})

t.test('a file that is not there is a mistake of the caller', async t => {
  t.throws(() => checkRoi(join(folder, 'none.zip'), options), { name: 'UsageError', message: /ENOENT/ })
})
