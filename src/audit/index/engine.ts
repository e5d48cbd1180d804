import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPostgresStore } from './postgres.ts'
import { openSqliteStore } from './sqlite.ts'
import type { IndexStore } from './store.ts'

/** Which engine holds the index. */
export type EngineOptions =
  | { readonly store: 'sqlite' }
  | {
      readonly store: 'postgres'
      readonly host: string
      readonly port: number
      readonly database: string
      readonly user: string
      /** Absolute path of a file that holds the password and nothing else. */
      readonly passwordFile?: string
      /** With TLS, and with this authority instead of the system's. */
      readonly tls?: { readonly caFile?: string }
    }

/** The file of the embedded index: beside the log, and removable without loss while the gateway stands still. */
export function indexFileOf(dataDir: string): string {
  return join(dataDir, 'audit-index', 'index.sqlite')
}

/** @throws Error when the engine can't be opened */
export async function openStore(options: EngineOptions, dataDir: string): Promise<IndexStore> {
  if (options.store === 'sqlite') return openSqliteStore(indexFileOf(dataDir))
  const { host, port, database, user, passwordFile, tls } = options
  const ca = tls?.caFile === undefined ? undefined : readFileSync(tls.caFile, 'utf8')
  return openPostgresStore({
    host,
    port,
    database,
    user,
    ...(passwordFile === undefined ? {} : { password: readFileSync(passwordFile, 'utf8').trim() }),
    ...(tls === undefined ? {} : { tls: ca === undefined ? {} : { ca } })
  })
}
