import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Records that laws ask for, taken from a running gateway as an auditor would. */

const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
const gateway = await startGateway({ providers: [localProvider(provider.port, ['m'])] })
const folder = mkdtempSync(join(tmpdir(), 'schleuse-test-'))
t.teardown(async () => {
  await gateway.stop()
  await provider.close()
  rmSync(folder, { recursive: true })
})

const today = new Date().toISOString().slice(0, 10)

await fetch(`${gateway.origin}/v1/chat/completions`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    model: 'm',
    messages: [{ role: 'user', content: 'Mail an anna.weber@beispielfirma.de' }]
  })
})

/** Asks until the index has caught up with the log; each answer is one more record of its own kind only. */
async function recipients(): Promise<string> {
  for (;;) {
    const response = await fetch(`${gateway.origin}/audit/exports/recipients?from=${today}&to=${today}`)
    if (response.status !== 200) return `${response.status} ${await response.text()}`
    const text = await response.text()
    if (text.trim().split('\r\n').length > 1) return text
  }
}

t.test('the list, a record, and what it says of the request', async t => {
  const list = (await (await fetch(`${gateway.origin}/audit/exports`)).json()) as {
    exports: { name: string }[]
  }
  t.ok(list.exports.some(({ name }) => name === 'transfers'))
  const csv = await recipients()
  t.match(csv, /^app,provider_entity,deployment,country,third_country,mechanism,payload_state,requests,/)
  t.match(csv, /\r\nlocal,,sim,self,false,none_eea,pseudonymised,1,/)
  t.notMatch(csv, /anna|beispielfirma/)
})

t.test('every path of the document is one of the gateway', async t => {
  const document = (await (await fetch(`${gateway.origin}/audit/openapi.json`)).json()) as { paths: object }
  const paths = Object.keys(document.paths)
  t.ok(paths.includes('/audit/exports/transfers') && paths.includes('/audit/progress/{id}'))
  for (const path of paths) {
    const answer = await fetch(`${gateway.origin}${path.replace('{id}', 'x')}?from=${today}&to=${today}`)
    t.notMatch(await answer.text(), 'SCHLEUSE_ENDPOINT_NOT_COVERED', path)
  }
  const none = await fetch(`${gateway.origin}/audit/moon`)
  t.match(await none.text(), 'SCHLEUSE_ENDPOINT_NOT_COVERED')
})

t.test('questions that make no sense say which parameter to change', async t => {
  for (const query of [
    '',
    `?from=${today}`,
    `?from=${today}&to=${today}&format=pdf`,
    `?from=${today}&to=${today}&x=1`
  ]) {
    const response = await fetch(`${gateway.origin}/audit/exports/transfers${query}`)
    t.equal(response.status, 400, query)
    t.match(await response.json(), { error: { code: 'SCHLEUSE_AUDIT_QUERY_INVALID' } })
  }
  t.equal((await fetch(`${gateway.origin}/audit/exports/nothing`)).status, 404)
})

t.test('the command line writes it to a file, and says what is wrong', async t => {
  const out = join(folder, 'recipients.html')
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/cli.ts', 'audit', 'export', ...args, '--url', gateway.origin], {
      encoding: 'utf8',
      timeout: 60_000
    })
  const period = ['--from', today, '--to', today]
  const written = run('recipients', ...period, '--format', 'html', '--out', out)
  t.match(written, { status: 0, stdout: /recipients\.html: 1 rows/ })
  t.match(
    readFileSync(out, 'utf8'),
    /<html lang="de">[^]*Empfänger je App[^]*<td class="observed">local<\/td>/
  )
  t.match(run(), { status: 0, stdout: /transfers/ })
  t.match(run('transfers', ...period, '--format', 'pdf'), { status: 2, stderr: /refused with 400/ })
})

t.test('each export stands on the record', async t => {
  const records = (await gateway.recordsAtStop()).toString('utf8')
  t.match(records, /"event_type":"audit.exported"/)
  t.match(records, /"format":"report"/)
})
