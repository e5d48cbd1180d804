import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import t from 'tap'
import { EXPORTS } from '../../src/audit/exports/index.ts'
import { QUESTIONS } from '../../src/audit/exports/questions/index.ts'
import { runAudit } from '../../src/cli/audit.ts'
import { demoRecord } from '../../src/cli/audit-demo.ts'
import { loadConfig } from '../../src/config.ts'
import { folderOf } from '../support/audit-index.ts'
import { startGateway } from '../support/gateway.ts'

const deps = {
  now: Date.UTC(2026, 10, 22),
  randomBytes: (size: number) => Buffer.alloc(size, 1),
  loadConfig: () => loadConfig({}),
  progress: new PassThrough(),
  input: new PassThrough()
}
const run = async (...args: string[]) => (await runAudit(args, deps)) ?? { text: 'usage', code: 2 }

t.test('every record and question on the sample, without gateway or config', async t => {
  for (const [verb, list] of [
    ['export', EXPORTS],
    ['ask', QUESTIONS]
  ] as const)
    for (const { name } of list) {
      const { text, code } = await run(verb, name, '--demo', '--lang', 'en')
      t.equal(code, 0)
      t.ok(text.split('\r\n').length > 2, `${name} has rows`)
    }
})

t.test(
  'files: a workbook, a package under its own name that passes check-roi, a bundle that holds',
  async t => {
    const folder = folderOf(t)
    const xlsx = join(folder, 'transfers.xlsx')
    t.match(await run('export', 'transfers', '--demo', '--format', 'xlsx', '--out', xlsx), {
      text: /11 rows/
    })
    t.equal(readFileSync(xlsx).subarray(0, 2).toString(), 'PK')
    const { text } = await run('export', 'dora-register', '--demo', '--format', 'package', '--out', folder)
    const [file = ''] = text.split(': ')
    t.ok(existsSync(file))
    t.match(await run('check-roi', file, '--lang', 'en'), { code: 0 })
    const bundle = join(folder, 'vendors.zip')
    await run('ask', 'vendors', '--demo', '--format', 'bundle', '--out', bundle)
    const key =
      /vkey (\S+)/.exec(readFileSync('README.md', 'utf8').replaceAll('--vkey demo', 'vkey demo'))?.[1] ?? ''
    t.match(await run('check-proof', bundle, '--vkey', key), {
      code: 0,
      text: /10 of 10 events proven\nThe bundle holds/
    })
    const broken = readFileSync(bundle)
    writeFileSync(join(folder, 'broken.zip'), broken.subarray(0, broken.length - 30))
    t.match(await run('check-proof', join(folder, 'broken.zip'), '--vkey', key), {
      code: 1,
      text: /no proof bundle/
    })
  }
)

t.test('lists, and what is asked wrongly', async t => {
  t.match((await run('export')).text, /dora-register .*also --format package/)
  t.match((await run('ask')).text, /Which AI vendors received data/)
  const sample = {
    kind: 'exports',
    name: 'transfers',
    from: '',
    to: '',
    format: 'csv',
    language: 'de',
    out: undefined
  } as const
  for (const wrong of [{ name: 'none' }, { format: 'pdf' }, { language: 'fr' }, { from: '2026-02-30' }])
    await t.rejects(demoRecord({ ...sample, ...wrong }), { name: 'UsageError' })
})

t.test('of a running gateway, with what its config declares', async t => {
  const records = { organisation: { name: 'Prüf GmbH', contact: 'Hafen 1' } }
  const purpose = { id: 'p-1', title: 'Antworten', controller: { name: 'Prüf GmbH' }, legalBasis: '6_1_b' }
  const key = 'sk-schleuse-test'
  const { createHash } = await import('node:crypto')
  const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`
  const gateway = await startGateway({
    providers: [{ id: 'demo', provider: 'demo', models: ['demo/echo'] } as never],
    files: { 'records.yaml': JSON.stringify(records) },
    settings: { records: 'records.yaml', apps: [{ id: 'crm', keys: [hash], purpose }] }
  })
  t.teardown(() => gateway.stop())
  const config = loadConfig({ SCHLEUSE_CONFIG: join(gateway.folder, 'gateway.yaml') })
  const { createToken } = await import('../../src/cli/audit-token.ts')
  const created = await createToken(config, undefined, { now: Date.now(), randomBytes: deps.randomBytes })
  const token = created.text.split('\n')[0] ?? ''
  await fetch(`${gateway.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'Hallo' }] })
  })
  const today = new Date().toISOString().slice(0, 10)
  const live = {
    ...deps,
    loadConfig: () => ({ ...config, secrets: { ...config.secrets, auditToken: token } })
  }
  const ask = (verb: string, name: string, ...more: string[]) =>
    runAudit([verb, name, '--from', today, '--to', today, '--url', gateway.origin, ...more], live)
  // the index follows within a second; the test's time limit bounds it
  let text = ''
  while (!text.includes('p-1')) text = (await ask('export', 'processing', '--format', 'json'))?.text ?? ''
  const [row] = (JSON.parse(text) as { rows: Record<string, { value: unknown }>[] }).rows
  t.match(row, {
    controller: { value: 'Prüf GmbH' },
    controller_contact: { value: 'Hafen 1', source: 'records: organisation.contact' }
  })
  const bundle = join(gateway.folder, 'vendors.zip')
  await ask('ask', 'vendors', '--format', 'bundle', '--out', bundle)
  const vkey = readFileSync(join(gateway.folder, 'data', 'audit', 'vkey'), 'utf8').trim()
  t.match(await run('check-proof', bundle, '--vkey', vkey), { code: 0 })
  await t.rejects(ask('export', 'none'), { name: 'UsageError', message: /404/ })
})
