import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { contentsOf, recordLines } from './records.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SERVER = join(ROOT, 'src', 'server.ts')

/** An entry of `deployments` in the config. */
export interface ProviderSettings {
  readonly id: string
  readonly provider: string
  readonly baseUrl?: string
  readonly credential: 'none' | 'passthrough' | object
  readonly places?: readonly string[]
  readonly models: readonly string[]
  /** Further keys. */
  readonly [key: string]: unknown
}

/** A provider on this machine that needs no key. */
export const localProvider = (port: number, models: readonly string[], id = 'sim'): ProviderSettings => ({
  id,
  provider: 'openai-compatible',
  baseUrl: `http://127.0.0.1:${port}/v1`,
  credential: 'none',
  places: ['self'],
  models
})

export interface GatewayOptions {
  readonly providers: readonly ProviderSettings[]
  /** The content of a policy file; left out, the shipped default policy. */
  readonly policy?: object
  /** Further files beside the config, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** Further keys of the config: limits, timeouts, apps. */
  readonly settings?: object
}

/** A running gateway, as a process of its own. */
export interface Gateway {
  readonly origin: string
  /** Of the process. */
  readonly pid: number
  /** Holds gateway.yaml, policy.yaml when one was given, and data/. */
  readonly folder: string
  /** The text of gateway.yaml. */
  config(): string
  /** Sends a signal to the process. */
  signal(name: NodeJS.Signals): void
  /** `<origin>/v1`, what an SDK is given. */
  readonly baseUrl: string
  /** Everything it wrote to stdout and stderr. */
  output(): string
  /** The records of its audit log, as JSON lines. */
  records(): Buffer
  /** All that it shows or stores besides answers, by place, for `findLeaks`. */
  places(): Promise<Record<string, Uint8Array | string>>
  /** Ends it by SIGTERM and removes its files. Answers with the exit code. May be called again. */
  stop(): Promise<number | null>
  /** Ends it and answers with the records of its audit log then, as JSON lines. */
  recordsAtStop(): Promise<Buffer>
}

/** Writes a config into `folder`. @returns its path; SCHLEUSE_CONFIG takes it */
export function writeConfig(folder: string, options: GatewayOptions): string {
  const policy = options.policy
    ? join(folder, 'policy.yaml')
    : join(ROOT, 'config', 'policies', 'default.yaml')
  if (options.policy) writeFileSync(policy, JSON.stringify(options.policy)) // YAML 1.2 contains JSON
  for (const [name, content] of Object.entries(options.files ?? {}))
    writeFileSync(join(folder, name), content)
  const config = join(folder, 'gateway.yaml')
  const { providers, settings } = options
  const server = { host: '127.0.0.1', port: 0 }
  writeFileSync(
    config,
    JSON.stringify({ server, dataDir: join(folder, 'data'), policy, deployments: providers, ...settings })
  )
  return config
}

/**
 * Starts the real gateway on a free loopback port and waits for its start-up line.
 * @throws when it ends before, with what it wrote
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-test-'))
  const env = { ...process.env, SCHLEUSE_CONFIG: writeConfig(folder, options) }
  const child = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const orphaned = (): unknown => child.kill('SIGKILL')
  process.once('exit', orphaned)
  const exited = once(child, 'exit') as Promise<[number | null]>
  let output = ''
  const port = await new Promise<string>((resolve, reject) => {
    const read = (data: Buffer): void => {
      output += data.toString('utf8')
      const line = output.split('\n').find(one => one.includes('listening'))
      const found = line && /127\.0\.0\.1:(\d+)/.exec(line)?.[1]
      if (found) resolve(found)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', code => reject(new Error(`the gateway ended with ${code}:\n${output}`)))
  })
  const origin = `http://127.0.0.1:${port}`
  let last: Buffer = Buffer.alloc(0)
  let stopped: Promise<number | null> | null = null
  const stop = (): Promise<number | null> => (stopped ??= end())
  async function end(): Promise<number | null> {
    child.kill('SIGTERM')
    const [code] = await exited
    process.off('exit', orphaned)
    last = records()
    rmSync(folder, { recursive: true, force: true })
    return code
  }
  const records = (): Buffer => Buffer.from(recordLines(join(folder, 'data')))
  const files = (): Buffer => Buffer.concat([...contentsOf(join(folder, 'data')).values()])
  return {
    folder,
    pid: child.pid ?? 0,
    config: () => readFileSync(join(folder, 'gateway.yaml'), 'utf8'),
    signal: name => {
      child.kill(name)
    },
    origin,
    baseUrl: `${origin}/v1`,
    output: () => output,
    records,
    async places() {
      const metrics = await fetch(`${origin}/metrics`)
      return { log: output, records: records(), files: files(), metrics: await metrics.text() }
    },
    stop,
    async recordsAtStop() {
      await stop()
      return last
    }
  }
}
