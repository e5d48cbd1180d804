import { spawnSync } from 'node:child_process'
import { PROGRAMS, findProgram } from './programs.ts'

/**
 * Runs before the tests: installs the Debian packages they need where it may, or says in one line what to install.
 * Nothing that it installs is left running; the tests start private instances on free loopback ports.
 */
function prepare(): number {
  const missing = PROGRAMS.filter(program => findProgram(program) === undefined)
  if (missing.length === 0) return 0
  const packages = [...new Set(missing.map(program => program.debianPackage))]
  const byHand = `The tests need the Debian packages ${packages.join(' ')}: sudo apt-get install -y ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || !aptGet(['update', '-qq'])) {
    process.stderr.write(`${byHand}\n`)
    return 1
  }
  // A package's own server would take the standard port; policy-rc.d is not ours to write, so none is created.
  aptGet(['install', '-y', '-qq', '--no-install-recommends', ...packages])
  if (missing.every(program => findProgram(program) !== undefined)) return 0
  process.stderr.write(`${byHand}\n`)
  return 1
}

function aptGet(args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const lock = ['-o', 'DPkg::Lock::Timeout=120']
  const { status } = spawnSync('apt-get', [...lock, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return status === 0
}

process.exitCode = prepare()
