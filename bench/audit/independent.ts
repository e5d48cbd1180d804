/**
 * A log that a gateway writes under load is read by an independent implementation: the notes and trees of Go's checksum
 * database (tlog-reader/). No measurement of time. Needs Go.
 *
 *   node bench/audit/independent.ts [--requests 35000] [--record]
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { showVkey, verifyAudit } from '../../src/cli/audit-verify.ts'
import { startGateway } from '../../test/support/gateway.ts'
import { saveRecord, toFigure } from '../support/figures.ts'

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '35000' }, record: { type: 'boolean', default: false } }
})
const requests = Number(values.requests)
const LANES = 64
const folder = mkdtempSync(join(tmpdir(), 'schleuse-independent-'))
const copy = join(folder, 'audit')

const gateway = await startGateway({
  providers: [{ id: 'demo', provider: 'demo', models: ['demo/echo'] } as never],
  settings: { audit: { checkpointMs: 100 } }
})
let sent = 0
const lane = async (): Promise<void> => {
  while (sent++ < requests) {
    const content = `Frau Weber ${sent} schreibt an weber.${sent}@example.org`
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content }] })
    })
    await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`the gateway answered ${response.status}`)
  }
}
await Promise.all(Array.from({ length: LANES }, lane))
// until a checkpoint covers the last of them
await new Promise(resolve => setTimeout(resolve, 2_000))
cpSync(join(gateway.folder, 'data', 'audit'), copy, { recursive: true })
await gateway.stop()

const vkeys = showVkey(copy).text.trim().split('\n').slice(1)
let entries = 0
for (const retentionClass of readdirSync(join(copy, 'logs')))
  for (const month of readdirSync(join(copy, 'logs', retentionClass))) {
    const vkey = vkeys.find(key => key.includes(`/${retentionClass}/${month}+`)) ?? ''
    const log = join(copy, 'logs', retentionClass, month)
    const cwd = join(import.meta.dirname, 'tlog-reader')
    const said = execFileSync('go', ['run', '.', log, vkey], { cwd, encoding: 'utf8' })
    entries += (JSON.parse(said) as { entries: number }).entries
  }
const verified = verifyAudit(copy, { vkey: join(copy, 'vkey') }, Date.now(), () => undefined)
rmSync(folder, { recursive: true })
const figures = [
  toFigure('audit.independent_entries', 'entries', [entries]),
  toFigure('audit.independent_expected', 'entries', [2 * requests])
]
for (const figure of figures) console.log(JSON.stringify(figure))
console.log(verified.text)
if (values.record) console.log(saveRecord('audit-independent', figures, { requests, lanes: LANES }))
process.exitCode = entries >= 2 * requests && verified.code === 0 ? 0 : 1
