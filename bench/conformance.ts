import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { type Gateway, localProvider, startGateway } from '../test/support/gateway.ts'
import { findLeaks } from '../test/support/leaks.ts'
import { startWiretap, type Wiretap } from '../test/support/wiretap.ts'
import { planted } from './conformance/planted.ts'
import { conformanceRequests } from './conformance/requests.ts'

/**
 * `npm run conformance`: what Schleuse makes of requests must still be valid by OpenAI's published specification.
 * steady serves the specification and judges every request it gets. Needs the shared folder, so it is no part of
 * `npm test`.
 */
const ROOT = join(import.meta.dirname, '..')
const SHARED = process.env['SCHLEUSE_SHARED'] ?? join(ROOT, '..', 'shared')
const SPEC = join(SHARED, 'data', 'specs', 'openai.yml.gz')
const STEADY = join(ROOT, 'node_modules', '@stdy', 'cli', 'steady.js')

/** Everything the default policy refuses to send is sent. */
const ALLOWING = {
  id: 'allowing',
  version: 1,
  operators: { default: 'pseudonymize' },
  opaque: { image: 'allow', audio: 'allow', file: 'allow', tokens: 'allow' },
  providerTools: 'allow',
  places: { allowed: ['self'] }
}

interface Verdict {
  readonly valid: boolean
  readonly complaints: readonly string[]
}

/** What steady said of the requests it answered in `bytes`. */
function verdicts(bytes: Buffer): Verdict[] {
  const heads = bytes
    .toString('latin1')
    .split(/(?=HTTP\/1\.1 \d)/)
    .filter(head => head.startsWith('HTTP'))
  return heads.map(head => ({
    valid: /x-steady-request-valid: true/i.test(head),
    complaints: [...head.matchAll(/x-steady-error-\d+-(?:message|path): ([^\r]*)/gi)].map(
      found => found[1] ?? ''
    )
  }))
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as net.AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answers(port: number): Promise<boolean> {
  try {
    await (await fetch(`http://127.0.0.1:${port}/models`)).arrayBuffer()
    return true
  } catch {
    return false
  }
}

/** Starts steady on the unpacked specification; ready when it answers. */
async function startSteady(folder: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const spec = join(folder, 'openai.yml')
  writeFileSync(spec, gunzipSync(readFileSync(SPEC)))
  const port = await freePort()
  const child = spawn(process.execPath, [STEADY, '--no-color', '--log=false', '-p', String(port), spec], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  const exited = once(child, 'exit')
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString('utf8')))
  // What it prints depends on its environment; that it answers does not.
  for (let tries = 0; !(await answers(port)); tries++) {
    if (child.exitCode !== null || tries === 300) throw new Error(`steady did not start:\n${output}`)
    await sleep(100)
  }
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      await exited
    }
  }
}

/** Request schemas of the specification, by path. Every parameter of each must stand in some request. */
const SCHEMAS = new Map([
  ['/chat/completions', 'CreateChatCompletionRequest'],
  ['/completions', 'CreateCompletionRequest'],
  ['/embeddings', 'CreateEmbeddingRequest'],
  ['/moderations', 'CreateModerationRequest'],
  ['/responses', 'CreateResponse'],
  ['/conversations', 'CreateConversationBody']
])

/** They name objects the gateway must know; the end-to-end tests have them. */
const NAMES_STATE = new Set(['previous_response_id', 'conversation'])

/** Parameters of a request schema of the specification, through all `allOf` and `$ref`. */
function specParameters(schemaName: string): Set<string> {
  const spec = parse(gunzipSync(readFileSync(SPEC)).toString('utf8')) as Spec
  const names = new Set<string>()
  const visit = (schema: Schema | undefined): void => {
    if (!schema) return
    for (const name of Object.keys(schema.properties ?? {})) names.add(name)
    for (const part of schema.allOf ?? []) visit(part)
    if (schema.$ref) visit(spec.components.schemas[schema.$ref.split('/').at(-1) ?? ''])
  }
  visit(spec.components.schemas[schemaName])
  return names
}

interface Schema {
  readonly $ref?: string
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
}

interface Spec {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

async function send(gateway: Gateway, path: string, body: object): Promise<string> {
  const answer = await fetch(`${gateway.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  const text = await answer.text()
  return answer.ok ? '' : `status ${answer.status}: ${text.slice(0, 500)}`
}

/** Sends every request through a gateway and says what is wrong. */
async function judge(tap: Wiretap, gateways: Readonly<Record<string, Gateway>>): Promise<string[]> {
  const faults: string[] = []
  for (const { name, path, needsAllowing, body } of conformanceRequests) {
    for (const [policy, gateway] of Object.entries(gateways)) {
      if (needsAllowing && policy !== 'allowing') continue
      const [sent, answered] = [tap.bytes().length, tap.answers().length]
      const refused = await send(gateway, path, body)
      const [verdict] = verdicts(tap.answers().subarray(answered))
      const request = tap.bytes().subarray(sent)
      const complaints: string[] = []
      if (refused) complaints.push(refused)
      if (!verdict) complaints.push('nothing reached the provider')
      if (verdict && !verdict.valid) complaints.push(...verdict.complaints)
      if (verdict && !/[A-Z]_[0-9A-Z]{8,10}/.test(request.toString('latin1')))
        complaints.push('nothing was rewritten')
      const leaked = new Set(findLeaks(planted, { provider: request }).map(leak => leak.kind))
      if (leaked.size > 0) complaints.push(`leaked: ${[...leaked].join(', ')}`)
      console.log(`${complaints.length === 0 ? 'ok' : 'NOT OK'}  ${name} (${policy} policy)`)
      faults.push(...complaints.map(complaint => `${name} (${policy} policy): ${complaint}`))
    }
  }
  return faults
}

async function run(folder: string, closing: (() => Promise<unknown>)[]): Promise<string[]> {
  const steady = await startSteady(folder)
  closing.push(() => steady.stop())
  const tap = await startWiretap(steady.port)
  closing.push(() => tap.close())
  // steady serves the paths of the specification, which its server URL would prefix with /v1
  const provider = {
    ...localProvider(tap.port, ['gpt-*', 'text-*', 'omni-*']),
    baseUrl: `http://127.0.0.1:${tap.port}`
  }
  const standard = await startGateway({ providers: [provider] })
  closing.push(() => standard.stop())
  const allowing = await startGateway({ providers: [provider], policy: ALLOWING })
  closing.push(() => allowing.stop())

  const faults = [...SCHEMAS].flatMap(([path, schema]) => {
    const requests = conformanceRequests.filter(request => request.path === path)
    const covered = new Set(requests.flatMap(({ body }) => Object.keys(body)))
    const missing = [...specParameters(schema)].filter(name => !covered.has(name) && !NAMES_STATE.has(name))
    return missing.map(name => `no request to ${path} has the parameter ${name}`)
  })
  return [...faults, ...(await judge(tap, { default: standard, allowing }))]
}

if (!existsSync(SPEC)) {
  console.error('The specification openai.yml.gz is not there. Set SCHLEUSE_SHARED to the shared folder.')
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'schleuse-conformance-'))
const closing: (() => Promise<unknown>)[] = []
try {
  const faults = await run(folder, closing)
  for (const fault of faults) console.log(fault)
  console.log(`${conformanceRequests.length} requests, ${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  for (const close of closing.reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
}
