import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { findProgram, REDIS_SERVER } from './programs.ts'

/** A private redis-server on loopback. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  /** Ends it as a crash would: SIGKILL. */
  kill(): Promise<void>
  /** Starts it again on the same port, with what it had written to disk. */
  restart(): Promise<void>
  /** Ends it and removes its files. May be called again. */
  stop(): Promise<void>
}

/** @throws when redis-server is not installed or does not start */
export async function startRedis(): Promise<RedisServer> {
  const binary = findProgram(REDIS_SERVER)
  if (!binary) throw new Error('redis-server is missing: npm test installs it or says how')
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-redis-'))
  const port = await freePort()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes']

  const launch = async (): Promise<() => Promise<void>> => {
    const child = spawn(binary, [...args, '--appendfsync', 'always', '--save', ''], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const orphaned = (): unknown => child.kill('SIGKILL')
    process.once('exit', orphaned)
    const exited = once(child, 'exit')
    let output = ''
    for await (const chunk of child.stdout) {
      output += String(chunk)
      if (output.includes('Ready to accept connections')) break
    }
    if (child.exitCode !== null) throw new Error(`redis-server did not start: ${output}`)
    return async () => {
      child.kill('SIGKILL')
      await exited
      process.removeListener('exit', orphaned)
    }
  }

  let kill = await launch()
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill: () => kill(),
    restart: async () => {
      kill = await launch()
    },
    stop: async () => {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
