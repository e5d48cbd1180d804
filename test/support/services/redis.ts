import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { findProgram, REDIS_SERVER } from './programs.ts'

/** A private redis-server on loopback. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  /** Where its files lie. */
  readonly folder: string
  /** Ends it as a crash would: SIGKILL. */
  kill(): Promise<void>
  /** Starts it again on the same port, with what it had written to disk. */
  restart(): Promise<void>
  /** Ends it and removes its files. May be called again. */
  stop(): Promise<void>
}

/**
 * A private Sentinel that watches one server and makes its replica the leader soon after it is gone.
 * @throws when redis-server is not installed or does not start
 */
export async function startSentinel(name: string, leader: number): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-sentinel-'))
  const file = join(folder, 'sentinel.conf')
  const port = await freePort()
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `dir ${folder}`,
    `sentinel monitor ${name} 127.0.0.1 ${leader} 1`,
    `sentinel down-after-milliseconds ${name} 300`,
    `sentinel failover-timeout ${name} 3000`
  ]
  writeFileSync(file, lines.join('\n'))
  return launched(folder, port, [file, '--sentinel'], '+monitor master')
}

/**
 * @param more further arguments
 * @throws when redis-server is not installed or does not start
 */
export async function startRedis(more: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-redis-'))
  const port = await freePort()
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes']
  const durable = ['--appendfsync', 'always', '--save', '']
  return launched(folder, port, [...args, ...durable, ...more], 'Ready to accept connections')
}

/** @param ready what it writes when it serves */
async function launched(
  folder: string,
  port: number,
  args: readonly string[],
  ready: string
): Promise<RedisServer> {
  const binary = findProgram(REDIS_SERVER)
  if (!binary) throw new Error('redis-server is missing: npm test installs it or says how')
  const launch = async (): Promise<() => Promise<void>> => {
    const child = spawn(binary, [...args], {
      stdio: ['ignore', 'pipe', 'inherit']
    })
    const orphaned = (): unknown => child.kill('SIGKILL')
    process.once('exit', orphaned)
    const exited = once(child, 'exit')
    let output = ''
    for await (const chunk of child.stdout) {
      output += String(chunk)
      if (output.includes(ready)) break
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
    folder,
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
