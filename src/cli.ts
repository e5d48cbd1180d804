#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runCoverage } from './cli/coverage.ts'
import { checkPolicy, testPolicy } from './cli/policy.ts'
import { listRecognizers } from './cli/recognizers.ts'
import { runScan } from './cli/scan.ts'
import { loadConfig } from './config.ts'
import { ConfigError } from './config-check.ts'
import { createPolicy } from './policy.ts'

const usage = `Usage: schleuse <command>

  serve                       start the gateway (config: SCHLEUSE_CONFIG, else the shipped one)
  scan [options]              read text on stdin, write findings on stdout, one JSON line per text
      --jsonl                 stdin is JSON lines {"id","text","lang"?}; without it, all of stdin is one text
      --redact                add the text as a provider would get it
      --explain               add why each finding is one, and the special categories of the text
  policy check FILE           check a policy file as a start would, and tell everything that is wrong
  policy test FILE            run the examples of each rule in it
  recognizers [--json]        what is looked for under the policy: ids, types, countries, sources, examples
      --policy FILE           under this policy; without it, that of the config
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
  if (command === 'recognizers') return recognizers(rest)
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
  const { policy, detection } = loadConfig()
  return runScan({
    ...values,
    policy: createPolicy(policy),
    detection,
    input: process.stdin,
    output: process.stdout,
    progress: process.stderr,
    randomBytes
  })
}

function policy([action, file, ...rest]: readonly string[]): number {
  const run = action === 'check' ? checkPolicy : action === 'test' ? testPolicy : undefined
  if (run === undefined || file === undefined || rest.length > 0) {
    process.stderr.write(usage)
    return 2
  }
  const { text, code } = run(resolve(file))
  process.stdout.write(text)
  return code
}

function recognizers(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, policy: { type: 'string' } }
  })
  const file = values.policy === undefined ? loadConfig().policyFile : resolve(values.policy)
  process.stdout.write(listRecognizers(file, values.json))
  return 0
}

main(process.argv.slice(2)).then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const known = error instanceof ConfigError || (error instanceof TypeError && 'code' in error)
    process.stderr.write(`${known ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
)
