import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { OpenAI as OpenAI7 } from 'openai'
import { OpenAI as OpenAI6 } from 'openai6'
import { parse } from 'yaml'
import { type Gateway, localProvider, startGateway } from '../test/support/gateway.ts'
import { findLeaks } from '../test/support/leaks.ts'
import { startWiretap, type Wiretap } from '../test/support/wiretap.ts'
import { unreadFields } from './conformance/field-lists.ts'
import { planted } from './conformance/planted.ts'
import { conformanceRequests } from './conformance/requests.ts'
import { conformanceSteps, type Ids } from './conformance/stored.ts'
import { SHARED } from './support/shared.ts'

/**
 * `npm run conformance`: what Schleuse makes of requests must still be valid by OpenAI's published specification.
 * steady serves the specification and judges every request it gets. Needs the shared folder, so it is no part of
 * `npm test`.
 */
const ROOT = join(import.meta.dirname, '..')
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
  // Forms are written as the SDKs write them: `include[]`, `expires_after[seconds]`.
  const forms = ['--validator-form-array-format=brackets', '--validator-form-object-format=brackets']
  const child = spawn(
    process.execPath,
    [STEADY, '--no-color', '--log=false', ...forms, '-p', String(port), spec],
    {
      stdio: ['ignore', 'pipe', 'pipe']
    }
  )
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
      const complaints = faultsOf(tap, sent, answered, true)
      if (refused) complaints.push(refused)
      console.log(`${complaints.length === 0 ? 'ok' : 'NOT OK'}  ${name} (${policy} policy)`)
      faults.push(...complaints.map(complaint => `${name} (${policy} policy): ${complaint}`))
    }
  }
  return faults
}

/** What is wrong with what one call sent, from where the wiretap stood before it. */
function faultsOf(tap: Wiretap, sent: number, answered: number, rewrites: boolean): string[] {
  const [verdict] = verdicts(tap.answers().subarray(answered))
  const request = tap.bytes().subarray(sent)
  const faults: string[] = []
  if (!verdict) faults.push('nothing reached the provider')
  if (verdict && !verdict.valid) faults.push('not valid', ...verdict.complaints)
  if (verdict && rewrites && !/[A-Z]_[0-9A-Z]{8,10}/.test(request.toString('latin1')))
    faults.push('nothing was rewritten')
  const leaked = new Set(findLeaks(planted, { provider: request }).map(leak => leak.kind))
  if (leaked.size > 0) faults.push(`leaked: ${[...leaked].join(', ')}`)
  return faults
}

/** Stored objects, files, pictures and sound by both generations of the SDK. */
async function judgeSteps(tap: Wiretap, gateways: Readonly<Record<string, Gateway>>): Promise<string[]> {
  const faults: string[] = []
  const clients = { openai6: OpenAI6 as unknown as typeof OpenAI7, openai7: OpenAI7 }
  for (const [sdk, Client] of Object.entries(clients))
    for (const [policy, gateway] of Object.entries(gateways)) {
      const client = new Client({ baseURL: gateway.baseUrl, apiKey: 'none', maxRetries: 0 })
      const ids: Ids = new Map()
      for (const step of conformanceSteps) {
        if (step.needsAllowing && policy !== 'allowing') continue
        const [sent, answered] = [tap.bytes().length, tap.answers().length]
        const complaints: string[] = []
        try {
          const made = (await step.call(client, (await step.body(ids)) as never, ids)) as { id?: string }
          if (step.makes !== undefined) ids.set(step.makes, made.id ?? '')
        } catch (error) {
          complaints.push(String(error).slice(0, 300))
        }
        complaints.push(...faultsOf(tap, sent, answered, step.rewrites))
        console.log(`${complaints.length === 0 ? 'ok' : 'NOT OK'}  ${step.name} (${sdk}, ${policy} policy)`)
        faults.push(...complaints.map(complaint => `${step.name} (${sdk}, ${policy} policy): ${complaint}`))
      }
    }
  return faults
}

/** Parameters of the specification that no step fills. */
async function unfilled(): Promise<string[]> {
  const missing: string[] = []
  for (const { name, schema, body } of conformanceSteps) {
    if (schema === undefined) continue
    const filled = new Set(Object.keys(await body(new Map())))
    for (const parameter of specParameters(schema))
      if (!filled.has(parameter)) missing.push(`${name}: ${parameter} is not filled`)
  }
  return missing
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
  const gateways = { default: standard, allowing }
  faults.push(...unreadFields(SHARED).map(path => `no map reads ${path}`))
  return [
    ...faults,
    ...(await unfilled()),
    ...(await judge(tap, gateways)),
    ...(await judgeSteps(tap, gateways))
  ]
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
  console.log(
    `${conformanceRequests.length} requests, ${conformanceSteps.length} calls of two SDKs, ${faults.length} faults`
  )
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  for (const close of closing.reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
}
