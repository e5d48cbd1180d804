import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import type { KeyDeps } from './apps.ts'
import { rebuildIndex } from './audit-index.ts'
import { checkRoi } from './audit-roi.ts'
import { createToken, listTokens, revokeToken } from './audit-token.ts'
import type { Report } from './report.ts'

export interface AuditDeps extends KeyDeps {
  readonly loadConfig: () => Config
  /** Where long commands say how far they are. */
  readonly progress: NodeJS.WritableStream
}

/**
 * `schleuse audit …`: what auditors ask on the command line.
 * @returns undefined when the words make no command
 */
export async function runAudit(args: readonly string[], deps: AuditDeps): Promise<Report | undefined> {
  const [verb, ...rest] = args
  if (verb === 'check-roi') return checkRoiOf(rest, deps.now)
  if (verb === 'token') return token(rest, deps)
  if (verb === 'index' && rest.join() === 'rebuild') return rebuildIndex(deps.loadConfig(), deps.progress)
  return undefined
}

function token(args: readonly string[], deps: AuditDeps): Report | undefined {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { expires: { type: 'string' } },
    allowPositionals: true
  })
  const [verb, id, ...rest] = positionals
  if (rest.length > 0) return undefined
  if (verb === 'create' && id === undefined) return createToken(deps.loadConfig(), values.expires, deps)
  if (verb === 'list' && id === undefined) return listTokens(deps.loadConfig(), deps.now)
  if (verb === 'revoke' && id !== undefined) return revokeToken(deps.loadConfig(), id, deps.now)
  return undefined
}

function checkRoiOf(args: readonly string[], now: number): Report | undefined {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'en' } },
    allowPositionals: true
  })
  const [file, ...more] = positionals
  const language = values.lang
  if (file === undefined || more.length > 0 || (language !== 'en' && language !== 'de')) return undefined
  return checkRoi(file, { json: values.json, language, today: new Date(now).toISOString().slice(0, 10) })
}
