import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { REASONS } from '../audit/event/values.ts'
import type { Config } from '../config.ts'
import type { KeyDeps } from './apps.ts'
import { askAboutActor } from './audit-actor.ts'
import { demoRecord } from './audit-demo.ts'
import { listHolds, type Reason, releaseHold, setHold } from './audit-hold.ts'
import { exportRecord, listExports, listQuestions } from './audit-export.ts'
import { rebuildIndex } from './audit-index.ts'
import { checkRoi } from './audit-roi.ts'
import { originOf } from './origin.ts'
import { showRoster } from './audit-roster.ts'
import { stateForRecord } from './audit-state.ts'
import { createToken, listTokens, revokeToken } from './audit-token.ts'
import { checkProofBundle, checkProofFile, keyOf, proveEvent, showVkey, verifyAudit } from './audit-verify.ts'
import type { Report } from './report.ts'
import { UsageError } from './usage-error.ts'

export interface AuditDeps extends KeyDeps {
  readonly loadConfig: () => Config
  /** Where long commands say how far they are. */
  readonly progress: NodeJS.WritableStream
  /** What is not for the command line. */
  readonly input: NodeJS.ReadableStream
}

/**
 * `schleuse audit …`: what auditors ask on the command line.
 * @returns undefined when the words make no command
 */
export async function runAudit(args: readonly string[], deps: AuditDeps): Promise<Report | undefined> {
  const [verb, ...rest] = args
  if (verb === 'check-roi') return checkRoiOf(rest, deps.now)
  if (verb === 'export') return exportOf('exports', rest, deps)
  if (verb === 'ask') return exportOf('questions', rest, deps)
  if (verb === 'token') return token(rest, deps)
  if (verb === 'hold') return hold(rest, deps)
  if (verb === 'find' || verb === 'erase' || verb === 'recipients') {
    const { server, secrets } = deps.loadConfig()
    const { input } = deps
    return askAboutActor(verb, rest, { input, origin: originOf(server), adminKey: secrets.adminKey })
  }
  if (verb === 'review' || verb === 'breach') {
    const { server, secrets } = deps.loadConfig()
    return stateForRecord(verb, rest, { origin: originOf(server), adminKey: secrets.adminKey })
  }
  if (verb === 'index' && rest.join() === 'rebuild')
    return rebuildIndex(deps.loadConfig(), deps.progress, deps.now)
  return verification(verb, rest, deps)
}

async function hold(args: readonly string[], deps: AuditDeps): Promise<Report | undefined> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { log: { type: 'string' }, reason: { type: 'string' }, case: { type: 'string' } },
    allowPositionals: true
  })
  const [verb, id, ...rest] = positionals
  if (rest.length > 0) return undefined
  const { dataDir } = deps.loadConfig()
  const options = { dataDir, now: deps.now, reason: reasonOf(values.reason), caseRef: caseOf(values.case) }
  if (verb === 'list' && id === undefined) return listHolds(dataDir)
  if (verb === 'set' && id !== undefined) return setHold(options, id, values.log)
  if (verb === 'release' && id !== undefined) return releaseHold(options, id)
  return undefined
}

/** @throws UsageError */
function reasonOf(text: string | undefined): Reason {
  const reason = REASONS.find(known => known === text)
  if (text !== undefined && reason === undefined)
    throw new UsageError(`--reason must be one of ${REASONS.join(', ')}`)
  return reason
}

/** @throws UsageError */
function caseOf(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/.test(text))
    throw new UsageError('--case has 1 to 64 characters of A-Z, a-z, 0-9 and . _ : / -')
  return text
}

/** What can be asked of a copy, without a config. */
async function verification(
  verb: string | undefined,
  args: readonly string[],
  deps: AuditDeps
): Promise<Report | undefined> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: {
      vkey: { type: 'string' },
      witness: { type: 'string', multiple: true },
      quorum: { type: 'string' },
      tsa: { type: 'string', multiple: true },
      'actor-keys': { type: 'string' },
      old: { type: 'string', multiple: true },
      'expect-size': { type: 'string' },
      'max-age': { type: 'string' },
      dir: { type: 'string' },
      out: { type: 'string' }
    },
    allowPositionals: true
  })
  const [subject, ...more] = positionals
  if (more.length > 0) return undefined
  const dir = () => values.dir ?? join(deps.loadConfig().dataDir, 'audit')
  if (verb === 'vkey' && subject === undefined) return showVkey(dir())
  if (verb === 'roster' && subject === undefined)
    return showRoster(dir(), values.vkey === undefined ? undefined : keyOf(values.vkey))
  if (subject === undefined) return undefined
  if (verb === 'verify') return verifyAudit(subject, values, deps.now, text => deps.progress.write(text))
  if (verb === 'prove') return proveEvent(dir(), subject, values.out)
  if (verb === 'check-proof' && values.vkey !== undefined && subject.toLowerCase().endsWith('.zip'))
    return checkProofBundle(subject, values.vkey)
  if (verb === 'check-proof' && values.vkey !== undefined)
    return checkProofFile(subject, values.vkey, values.witness ?? [])
  return undefined
}

/** `audit export NAME` and `audit ask NAME`: from the running gateway, or from the sample that is shipped. */
async function exportOf(
  kind: 'exports' | 'questions',
  args: readonly string[],
  deps: AuditDeps
): Promise<Report | undefined> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: '' },
      to: { type: 'string', default: '' },
      format: { type: 'string', default: 'csv' },
      lang: { type: 'string', default: 'de' },
      out: { type: 'string' },
      url: { type: 'string' },
      demo: { type: 'boolean', default: false }
    },
    allowPositionals: true
  })
  const [name, ...more] = positionals
  if (name === undefined) return kind === 'exports' ? listExports() : listQuestions()
  if (more.length > 0) return undefined
  const { lang: language, url, out, demo, ...period } = values
  const asked = { ...period, kind, name, language, out }
  if (demo) return demoRecord(asked)
  const { server, secrets } = deps.loadConfig()
  const origin = url ?? originOf(server)
  return exportRecord({ ...asked, token: secrets.auditToken, origin, progress: deps.progress })
}

async function token(args: readonly string[], deps: AuditDeps): Promise<Report | undefined> {
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
