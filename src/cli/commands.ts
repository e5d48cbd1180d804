import { randomBytes } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { checkApps, createKey, listKeys, revokeKey } from './apps.ts'
import { runAudit } from './audit.ts'
import { runCoverage } from './coverage.ts'
import { checkPolicy, testPolicy } from './policy.ts'
import { explainPolicy } from './policy-explain.ts'
import { simulatePolicy } from './policy-simulate.ts'
import { diffPolicies } from './policy-diff.ts'
import { originOf } from './origin.ts'
import { showHealth } from './providers-health.ts'
import { listProviders } from './providers.ts'
import { listRecognizers } from './recognizers.ts'
import type { Report } from './report.ts'
import { type Input, runScan } from './scan.ts'
import { configSchema, policySchema } from './schema.ts'
import { commandOf, usage, usageOf } from './usage.ts'
import { UsageError } from './usage-error.ts'
import { runVault } from './vault.ts'
import { loadConfig } from '../config.ts'
import { openDetectors } from '../detectors.ts'
import { systemClock } from '../core/clock.ts'
import { createPolicy } from '../policy.ts'

/**
 * Runs a command.
 * @returns the exit code
 * @throws UsageError, ConfigError, TypeError of node:util for options it does not know
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === 'serve' && rest.length === 0) {
    await import('../server.ts')
    return 0
  }
  if (command === 'scan') return scan(rest)
  if (command === 'policy') return policy(rest)
  if (command === 'apps') return apps(rest)
  if (command === 'audit') {
    const deps = {
      now: Date.now(),
      randomBytes,
      loadConfig: () => loadConfig(),
      progress: process.stderr,
      input: process.stdin
    }
    return show(await runAudit(rest, deps))
  }
  if (command === 'vault') {
    const { server, secrets } = loadConfig()
    return show(
      await runVault(rest, { input: process.stdin, origin: originOf(server), adminKey: secrets.adminKey })
    )
  }
  if (command === 'config' && rest.join() === 'schema') return show({ text: configSchema(), code: 0 })
  if (command === 'recognizers') return recognizers(rest)
  if (command === 'providers') {
    const { json, health, url } = parseArgs({
      args: rest,
      options: {
        json: { type: 'boolean', default: false },
        health: { type: 'boolean', default: false },
        url: { type: 'string' }
      }
    }).values
    const config = loadConfig()
    if (!health) return show(await listProviders(config, json, systemClock))
    return show(await showHealth(url ?? originOf(config.server), config.secrets.adminKey, json))
  }
  if (command === 'coverage') {
    runCoverage(parseArgs({ args: rest, options: { readme: { type: 'string' } } }).values.readme)
    return 0
  }
  process.stderr.write(usage)
  return command === undefined ? 0 : 2
}

async function scan(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      jsonl: { type: 'boolean', default: false },
      redact: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false }
    },
    allowPositionals: true
  })
  const config = loadConfig()
  const { policy, detection } = config.policies[0]
  const detectors = await openDetectors(config)
  const code = await runScan({
    ...values,
    policy: createPolicy(policy),
    detection,
    detectors,
    inputs: inputsOf(positionals),
    output: process.stdout,
    progress: process.stderr,
    randomBytes
  })
  await detectors.close()
  return code
}

/** The files, or else stdin. @throws UsageError for a file that can't be read */
function inputsOf(paths: readonly string[]): Input[] {
  if (paths.length === 0) return [{ id: 'stdin', stream: process.stdin }]
  for (const path of paths) {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
      throw new UsageError(`${path} is no file that can be read`)
  }
  return paths.map(path => ({ id: path, stream: createReadStream(path) }))
}

/** Prints what a command found; without one, its usage. */
function show(report: Report | undefined): number {
  if (report === undefined) process.stderr.write(usageOf(commandOf(process.argv.slice(2))))
  else process.stdout.write(report.text)
  return report?.code ?? 2
}

async function policy(args: readonly string[]): Promise<number> {
  const options = { endpoint: { type: 'string' }, log: { type: 'string' } } as const
  const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [action, file, other, ...more] = positionals
  if (action === 'schema' && file === undefined) return show({ text: policySchema(), code: 0 })
  if (file === undefined || more.length > 0) return show(undefined)
  const path = resolve(file)
  if (action === 'diff' && other !== undefined) return show(diffPolicies(path, resolve(other)))
  if (other !== undefined) return show(undefined)
  if (action === 'explain') {
    const text = await readAll(process.stdin)
    return show(explainPolicy(path, text, values.endpoint ?? 'openai.chat_completions'))
  }
  if (action === 'simulate') {
    const dir = values.log === undefined ? join(loadConfig().dataDir, 'audit') : resolve(values.log)
    return show(await simulatePolicy(path, dir))
  }
  const run = action === 'check' ? checkPolicy : action === 'test' ? testPolicy : undefined
  return show(run?.(path))
}

function apps(args: readonly string[]): number {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { expires: { type: 'string' } },
    allowPositionals: true
  })
  const [noun, verb, name, ...rest] = positionals
  const config = loadConfig()
  if (noun === 'check' && verb === undefined) return show(checkApps(config))
  if (noun !== 'key' || rest.length > 0) return show(undefined)
  const deps = { now: Date.now(), randomBytes }
  if (verb === 'create' && name !== undefined) return show(createKey(config, name, values.expires, deps))
  if (verb === 'list') return show(listKeys(config, name, deps.now))
  if (verb === 'revoke' && name !== undefined) return show(revokeKey(config, name, deps.now))
  return show(undefined)
}

function recognizers(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, policy: { type: 'string' } }
  })
  const file = values.policy === undefined ? loadConfig().policies[0].file : resolve(values.policy)
  process.stdout.write(listRecognizers(file, values.json))
  return 0
}
