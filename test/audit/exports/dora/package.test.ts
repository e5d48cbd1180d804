import { strFromU8, unzipSync } from 'fflate'
import t from 'tap'
import { packageNameOf, writePackage } from '../../../../src/audit/exports/dora/package.ts'
import { readZip } from '../../../../src/audit/zip.ts'
import { BANK, NAME, register } from './register.ts'

const root = packageNameOf(NAME)
const zip = writePackage(register(), NAME)
const text = (file: string): string => strFromU8(unzipSync(zip)[`${root}/${file}`] ?? new Uint8Array())

t.test('layout: one root, metadata, fifteen tables, empty ones with their header', async t => {
  const files = Object.keys(unzipSync(zip))
  t.equal(files.length, 19)
  t.ok(files.every(file => file.startsWith(`${root}/`)))
  t.equal(text('reports/b_02.03.csv'), 'c0010,c0020,c0030\r\n')
  t.equal(text('reports/b_03.01.csv'), `c0010,c0020,c0030\r\nAI-1,${BANK},true\r\n`)
  t.match(text('reports/FilingIndicators.csv'), /^templateID,reported\r\nB_01.01,true\r\n/)
  t.match(text('reports/parameters.csv'), new RegExp(`entityID,rs:${BANK}.IND\r\nrefPeriod,2025-12-31\r\n`))
})

t.test('cells with commas, quotes and line ends are quoted, others are not', async t => {
  t.match(text('reports/b_06.01.csv'), /,"Kundenservice, ""Chat""",/)
  t.match(text('reports/b_99.01.csv'), /,"Öffentliche Daten;\nkeine Personen",/)
})

t.test('the same register gives the same bytes', async t => {
  t.same(writePackage(register(), NAME), zip)
})

t.test('what is no zip, or unpacks to too much, is none', async t => {
  t.equal(readZip(Buffer.from('PK')), null)
  t.equal(readZip(new Uint8Array()), null)
  t.equal(readZip(zip)?.size, 19)
})
