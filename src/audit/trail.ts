import { join } from 'node:path'
import type { Trail } from './exports/questions/bundle.ts'
import { logFolder } from './log-names.ts'
import { proveEntry } from './prove.ts'
import { CHECKPOINT_FILE, VKEY_FILE } from './publisher.ts'
import { listLogs, openAuditReader } from './reader.ts'
import { type ReadFs, readFs } from './storage/fs.ts'

/** The logs that lie in a folder, for proofs: events of other gateways that share the index have theirs elsewhere. */
export function openTrail(dir: string, fs: ReadFs = readFs): Trail {
  const reader = openAuditReader(dir, fs)
  const read = (path: string): string => fs.readFile(join(dir, path))?.toString() ?? ''
  return {
    async prove({ log, leaf, json }) {
      const found = (await reader.logs()).find(({ origin, size }) => origin === log && leaf < size)
      return found && proveEntry(dir, { log: found.name, index: leaf, json }, fs)
    },
    checkpoints: () =>
      new Map(
        listLogs(dir, fs)
          .map(name => [name, read(join(logFolder(name), CHECKPOINT_FILE))] as const)
          .filter(([, note]) => note !== '')
      ),
    vkey: () => read(VKEY_FILE).trim()
  }
}
