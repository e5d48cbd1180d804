#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { checkApps, createKey, listKeys, revokeKey } from './cli/apps.ts'
import { runAudit } from './cli/audit.ts'
import { runCoverage } from './cli/coverage.ts'
import { checkPolicy, testPolicy } from './cli/policy.ts'
import { explainPolicy } from './cli/policy-explain.ts'
import { simulatePolicy } from './cli/policy-simulate.ts'
import { diffPolicies } from './cli/policy-diff.ts'
import { originOf } from './cli/origin.ts'
import { showHealth } from './cli/providers-health.ts'
import { listProviders } from './cli/providers.ts'
import { listRecognizers } from './cli/recognizers.ts'
import type { Report } from './cli/report.ts'
import { runScan } from './cli/scan.ts'
import { configSchema, policySchema } from './cli/schema.ts'
import { UsageError } from './cli/usage-error.ts'
import { runVault } from './cli/vault.ts'
import { loadConfig } from './config.ts'
import { openDetectors } from './detectors.ts'
import { systemClock } from './core/clock.ts'
import { ConfigError } from './config-check.ts'
import { createPolicy } from './policy.ts'

const usage = `Usage: schleuse <command>

  serve                       start the gateway (config: SCHLEUSE_CONFIG, else the shipped one)
  scan [options]              read text on stdin, write findings on stdout, one JSON line per text
      --jsonl                 stdin is JSON lines {"id","text","lang"?}; without it, all of stdin is one text
      --redact                add the text as a provider would get it
      --explain               add why each finding is one, and the special categories of the text
  apps check                  which apps lack which parts of their purpose record
  apps key create APP [--expires DATE]
                              make a key for an app and show it once; DATE is the first day it no longer opens
  apps key list [APP]         keys with their ids and times, never the keys
  apps key revoke KEY_ID      close a key; a running gateway takes this at once
  audit verify DIR            check an audit trail offline; exit code 1 when something is wrong, 2 when it can't be checked
      --vkey KEY              the gateway's key, or a file with it, from whoever you trust with it
      --witness KEY           a witness that must have cosigned; may be repeated
      --quorum N              so many of the witnesses must have; without it, all
      --tsa FILE              certificates (PEM) of time-stamping authorities or their roots: each time-stamp must be signed by
                              one that leads to them; may be repeated
      --old CHECKPOINT        a file with an older checkpoint; may be repeated
      --expect-size N         at least so many entries
      --actor-keys FILE       tell personal parts that are whole from erased ones: actor-keys.sqlite of the data folder
      --max-age AGE           the newest record may be so old: 30m, 24h, 7d
  audit prove EVENT_ID [--dir DIR] [--out FILE]
                              write a proof that a record stands in the trail, which holds without the trail
  audit check-proof FILE --vkey KEY [--witness KEY]
                              check a proof and show its record, or a bundle (zip) with all its proofs
  audit vkey [--dir DIR]      the public key of the trail, to be handed out; under the name of each log for other software
  audit roster [--dir DIR] [--vkey KEY]
                              the signed list of all logs; exit code 1 when one of them is missing
  audit find --reason REASON [--actor ID] [--app APP] [--case REF]
                              which records a person is in; ID is what x-schleuse-actor said, on stdin when left out
  audit recipients --reason REASON [--actor ID] [--app APP] [--case REF] [--format csv|csv-de|json|html] [--lang de|en]
                              to whom the data of a person went (Art. 15), by name, with place and safeguards
  audit erase --reason REASON [--actor ID] [--app APP] [--case REF]
                              destroy the key of a person: their personal parts are gone, all records and proofs stay. Both ask
                              the running gateway, which records them (SCHLEUSE_ADMIN_KEY, --url)
  audit review REQUEST_ID --result confirmed|changed|rejected [--decision ID] [--case REF]
                              record that a person reviewed an answer (Art. 14, 26 AI Act; Art. 22 GDPR)
  audit breach KIND [--case REF] [--class TYPE] [--count N] [--deployment ID]
                              record what may be a breach: leak_found_later, restore_to_wrong_tenant, key_exposed,
                              log_inconsistent, unexpected_place; both go through the running gateway
  audit hold set ID [--log NAME], hold release ID, hold list      [--reason REASON] [--case REF]
                              keep the content of a log, or of all, beyond its time
  audit check-roi FILE [--json] [--lang de]
                              check a DORA Register of Information (zip of CSV) as the authority would
  audit export                which records there are: transfers, processing, dora-register …
  audit export NAME --from DATE --to DATE [--format csv|csv-de|json|xlsx|html] [--lang de|en] [--out FILE] [--url URL]
                              a record filled by the running gateway; the token of the auditor is in SCHLEUSE_AUDIT_TOKEN
      --demo                  from the sample records that are shipped instead: no gateway is needed
  audit ask                   the ten questions that auditors begin with
  audit ask NAME --from DATE --to DATE [--format csv|…|bundle] [--lang de|en] [--out FILE] [--url URL] [--demo]
                              the answer; as bundle, a zip with events, proofs and instructions, for audit check-proof
  audit token create [--expires DATE]
                              make a token for an auditor and show it once; without DATE it opens for 90 days
  audit token list            tokens with their ids and times, never the tokens
  audit token revoke TOKEN_ID close a token; a running gateway takes this at once
  audit index rebuild         build the audit index anew from the logs, also beside a running gateway
  policy check FILE           check a policy file as a start would, and tell everything that is wrong
  policy test FILE            run the examples of each rule in it
  policy explain FILE [--endpoint NAME]
                              read text on stdin: what the policy does with each finding, and which line says so
  policy simulate FILE [--log DIR]
                              hold the policy against recorded traffic: what it would have masked and blocked, by app
  policy diff OLD NEW         what a new file changes: tightened, loosened; exit code 1 when anything is loosened
  policy schema, config schema
                              the JSON Schema of a policy file, and of the gateway config
  providers [--json]          deployments: where they process and store, contracts, transfer grounds, prices, and what is missing
      --health [--url URL]    how they do, asked of the running gateway (SCHLEUSE_ADMIN_KEY): breaker, failures, pauses, places
  recognizers [--json]        what is looked for under the policy: ids, types, countries, sources, examples
      --policy FILE           under this policy; without it, that of the config
  vault find --reason REASON [--case ID]
                              how many stored conversations know the person or value that stands on stdin
  vault erase --reason REASON [--case ID] [--object ID --app APP]
                              erase what is known of it, or of the conversation of a stored object; both ask the running
                              gateway, which records them (SCHLEUSE_ADMIN_KEY, --url)
  coverage [--readme FILE]    which fields are scanned, opaque and refused, as a Markdown table
`

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === 'serve' && rest.length === 0) {
    await import('./server.ts')
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
  return command === undefined || command === '--help' || command === 'help' ? 0 : 2
}

async function scan(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      jsonl: { type: 'boolean', default: false },
      redact: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false }
    }
  })
  const config = loadConfig()
  const { policy, detection } = config.policies[0]
  const detectors = await openDetectors(config)
  const code = await runScan({
    ...values,
    policy: createPolicy(policy),
    detection,
    detectors,
    input: process.stdin,
    output: process.stdout,
    progress: process.stderr,
    randomBytes
  })
  await detectors.close()
  return code
}

/** Prints what a command found; without one, the usage. */
function show(report: Report | undefined): number {
  if (report === undefined) process.stderr.write(usage)
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

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const known =
      error instanceof ConfigError ||
      error instanceof UsageError ||
      (error instanceof TypeError && 'code' in error)
    process.stderr.write(`${known ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
)
