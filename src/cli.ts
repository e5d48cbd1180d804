#!/usr/bin/env node
import { commandOf, usageOf } from './cli/usage.ts'

const args = process.argv.slice(2)

// Whoever reads may have seen enough: `schleuse scan … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
})

async function main(): Promise<number> {
  if (args.includes('--help') || args.includes('-h') || args[0] === 'help') {
    process.stdout.write(usageOf(args[0] === 'help' ? args.slice(1) : commandOf(args)))
    return 0
  }
  // Help need not wait for the recognizers to load.
  const { runCommand } = await import('./cli/commands.ts')
  return runCommand(args)
}

main().then(
  code => {
    process.exitCode = code
  },
  (error: unknown) => {
    const isKnown =
      error instanceof Error && (['ConfigError', 'UsageError'].includes(error.name) || isOfOptions(error))
    process.stderr.write(`${isKnown ? error.message : String(error)}\n`)
    if (isOfOptions(error)) process.stderr.write(usageOf(commandOf(args)))
    process.exitCode = 2
  }
)

/** An option that the command does not know, or without its value. */
function isOfOptions(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
