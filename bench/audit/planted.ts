/**
 * Planted values in generated requests: none may be in a log line, a record, the index, the vault, a shipment, a metric or an
 * export. No measurement of time.
 *
 *   node bench/audit/planted.ts [--requests 10000] [--seed 1] [--record]
 */
import { parseArgs } from 'node:util'
import { runPlanted } from '../../test/support/planted-run.ts'
import { saveRecord, toFigure } from '../support/figures.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false }
  }
})
const run = await runPlanted(Number(values.requests), Number(values.seed))
console.log(JSON.stringify({ ...run, leaks: run.leaks.slice(0, 20), found: run.leaks.length }, null, 1))
const figures = [
  toFigure('audit.planted_requests', 'requests', [run.requests]),
  toFigure('audit.planted_found', 'leaks', [run.leaks.length])
]
const { statuses, searched } = run
if (values.record)
  console.log(saveRecord('audit-planted', figures, { seed: Number(values.seed), statuses, searched }))
process.exitCode = run.leaks.length === 0 ? 0 : 1
