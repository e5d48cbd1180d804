import { changeKeys, type KeyEntry, readKeys } from '../apps/key-store.ts'
import { newKey } from '../apps/key.ts'
import { leaveNote } from '../audit/notes.ts'
import type { Config } from '../config.ts'
import { AUDITOR, auditorTokenFile } from '../routes/audit-access.ts'
import { type KeyDeps, revokeIn, stateOf } from './apps.ts'
import type { Report } from './report.ts'
import { table } from './table.ts'
import { UsageError } from './usage-error.ts'

/** An audit takes weeks; what is forgotten should not stay open for years. */
const DEFAULT_DAYS = 90
const DAY_MS = 86_400_000

/**
 * Makes a token for an auditor and shows it, once.
 * @param expires a date such as 2027-06-30; 90 days from now when left out
 * @throws UsageError for a date that is none or over
 */
export async function createToken(
  config: Config,
  expires: string | undefined,
  { now, randomBytes }: KeyDeps
): Promise<Report> {
  const until = expires === undefined ? now + DEFAULT_DAYS * DAY_MS : Date.parse(expires)
  if (!(until > now)) throw new UsageError('--expires must be a date to come, such as 2027-06-30')
  const { id, key, hash } = newKey(randomBytes)
  const entry: KeyEntry = {
    id,
    app: AUDITOR,
    hash,
    created: new Date(now).toISOString(),
    expires: new Date(until).toISOString()
  }
  const expiresOn = new Date(until).toISOString().slice(0, 10)
  const recorded = { ...ofAuditor(id), role: 'auditor', expires_on: expiresOn } as const
  await leaveNote(config.dataDir, 'credential.created', recorded, now)
  changeKeys(auditorTokenFile(config.dataDir), keys => [...keys, entry])
  return {
    text: `${key}\n${id}, until ${entry.expires}. The token is shown this once; only its hash is stored.\n`,
    code: 0
  }
}

export function listTokens(config: Config, now: number): Report {
  const rows = readKeys(auditorTokenFile(config.dataDir)).map(entry => {
    const { id, created, expires = '-' } = entry
    return [id, created, expires, stateOf(entry, now)]
  })
  return { text: table([['token', 'created', 'expires', 'state'], ...rows]), code: 0 }
}

/** @throws UsageError for an unknown id */
export async function revokeToken(config: Config, tokenId: string, now: number): Promise<Report> {
  const what = 'token of this id; schleuse audit token list shows them'
  revokeIn(auditorTokenFile(config.dataDir), tokenId, now, what)
  await leaveNote(config.dataDir, 'credential.revoked', ofAuditor(tokenId), now)
  return { text: `${tokenId} is revoked\n`, code: 0 }
}

function ofAuditor(id: string) {
  return { by: { type: 'cli' }, credential_id: id } as const
}
