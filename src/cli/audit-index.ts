import { join } from 'node:path'
import { AuditIndex } from '../audit/index/audit-index.ts'
import { openStore } from '../audit/index/engine.ts'
import { Indexer } from '../audit/index/indexer.ts'
import { leaveNote } from '../audit/notes.ts'
import { openAuditReader } from '../audit/reader.ts'
import type { Config } from '../config.ts'
import type { Report } from './report.ts'

/**
 * Builds the index of this machine's logs anew, also beside a running gateway. Logs of other gateways in the same
 * database stay as they are.
 */
export async function rebuildIndex(
  config: Config,
  progress: NodeJS.WritableStream,
  now: number
): Promise<Report> {
  const index = new AuditIndex(await openStore(config.auditors.engine, config.dataDir))
  try {
    const reader = openAuditReader(join(config.dataDir, 'audit'))
    await index.forget((await reader.logs()).map(({ origin }) => origin))
    const entries = await new Indexer(reader, index).catchUp(count => progress.write(`\r${count} entries`))
    progress.write('\n')
    await leaveNote(config.dataDir, 'audit.index_rebuilt', { by: { type: 'cli' }, rows: entries }, now)
    const { logs } = await index.completeness()
    const lines = logs.map(log => `${log.origin}: ${log.entries} entries${log.whole ? '' : ', NOT WHOLE'}`)
    return {
      text: `${[`${entries} entries were indexed`, ...lines].join('\n')}\n`,
      code: logs.every(({ whole }) => whole) ? 0 : 1
    }
  } finally {
    await index.close()
  }
}
