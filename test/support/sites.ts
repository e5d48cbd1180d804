import type { Test } from 'tap'
import { type Gateway, type GatewayOptions, type ProviderSettings, startGateway } from './gateway.ts'
import { type RawServer, type Script, startRawServer } from './raw-server.ts'
import { DONE, finish, role, textDeltas } from './stream-parts.ts'

/** Three simulated providers, in the EU, in the US with a mechanism, and nobody knows where, and a gateway before them. */

export const SITES = ['us', 'nowhere', 'eu'] as const
export type Site = (typeof SITES)[number]

const known = (value: unknown) => ({ value, source: 'https://example.com/terms', checked: '2026-11-01' })

/** A profile whose answers show their region in a header and in the body. */
const profileOf = (id: Site): string =>
  JSON.stringify({
    id: `${id}-ai`,
    version: 1,
    name: id,
    adapter: 'openai-compatible',
    entity: { name: null, lei: null, euid: null, country: null },
    ictService: null,
    dpa: null,
    subprocessors: null,
    training: known('no'),
    retentionDays: known(30),
    zeroRetention: null,
    skus: [
      {
        id: 'own',
        title: 'simulated',
        placeFrom: 'config',
        processing: null,
        storage: null,
        evidence: { header: 'x-region', body: ['region'] }
      }
    ],
    regions: {
      source: 'https://example.com/regions',
      checked: '2026-11-01',
      countries: { swedencentral: 'SE', germanywest: 'DE', eastus: 'US' }
    }
  })

const PLACES: Record<Site, object> = { us: { places: ['US'] }, nowhere: {}, eu: { places: ['SE'] } }

/** The papers of the US provider; with `tia` they are whole. */
export const contractOf = (provider: string, more: object = {}) => ({
  provider,
  reference: `C-${provider}`,
  from: '2026-01-01',
  dpa: `AVV-${provider}`,
  ...more
})
export const usContract = contractOf('us-ai', {
  mechanism: { code: 'scc_m2', reference: 'SCC-1', checked: '2026-11-01' }
})

/** One record of the trail. */
export interface Entry {
  readonly event_type: string
  readonly request_id?: string
  readonly [field: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly code: string | undefined
}

export interface World {
  readonly gateway: Gateway
  readonly servers: Readonly<Record<Site, RawServer>>
  /** What was on the record when a whole request had arrived, by site. */
  readonly seen: readonly { readonly site: Site; readonly entries: readonly Entry[] }[]
  /** Sites that got bytes since the last `forget`. */
  reached(): Site[]
  forget(): void
  /** How a site answers from now on; left out: it answers well. */
  answer(site: Site, script?: Script): void
  ask(model: string, content: string, more?: object, headers?: Record<string, string>): Promise<Answer>
  /** The records of a request so far: admissions surely, ends and refusals soon. */
  entriesOf(answer: Answer): Entry[]
  /** Stops the gateway. @returns all records */
  stop(): Promise<Entry[]>
}

/** A whole answer or a whole stream, whatever was asked for. */
export const answersWell: Script = ({ text }, reply) =>
  text.includes('"stream":true')
    ? reply.stream([Buffer.from(role() + textDeltas('Hallo', 5).join('') + finish('stop') + DONE)])
    : reply.json({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hallo' } }] })

/** Model `m` is served by all, `m-eu`, `m-us` and `m-nowhere` by one each. */
export async function startWorld(t: Test, options: Partial<GatewayOptions> = {}): Promise<World> {
  const seen: { site: Site; entries: Entry[] }[] = []
  const entries = (): Entry[] => parsed(gateway.records())
  const servers = { us: await startRawServer(), nowhere: await startRawServer(), eu: await startRawServer() }
  const answer = (site: Site, script: Script = answersWell): void => {
    servers[site].script = (request, reply) => {
      seen.push({ site, entries: entries() })
      return script(request, reply)
    }
  }
  for (const site of SITES) {
    t.teardown(() => servers[site].close())
    answer(site)
  }
  const providers = SITES.map(site => providerAt(site, servers[site].port))
  const { settings = {}, files = {}, ...rest } = options
  const gateway = await startGateway({
    ...rest,
    providers: [...(options.providers ?? []), ...providers],
    files: { ...Object.fromEntries(SITES.map(site => [`${site}-ai.yaml`, profileOf(site)])), ...files },
    settings: { profiles: SITES.map(site => `${site}-ai.yaml`), contracts: [usContract], ...settings }
  })
  t.teardown(() => gateway.stop())
  return {
    gateway,
    servers,
    seen,
    reached: () => SITES.filter(site => servers[site].bytes().length > 0),
    forget() {
      for (const site of SITES) servers[site].forget()
      seen.length = 0
    },
    answer,
    ask: (model, content, more, headers) => ask(gateway.baseUrl, model, content, more, headers),
    entriesOf: answer => ofAnswer(entries(), answer),
    stop: async () => parsed(await gateway.recordsAtStop())
  }
}

/** Of these records those of one request. */
export function ofAnswer(entries: readonly Entry[], { headers }: Answer): Entry[] {
  const id = headers.get('x-schleuse-request-id')
  return entries.filter(entry => entry.request_id === id)
}

const parsed = (records: Buffer): Entry[] =>
  records
    .toString('latin1')
    .split('\n')
    .filter(line => line.startsWith('{"'))
    .map(line => JSON.parse(line) as Entry)

const providerAt = (site: Site, port: number): ProviderSettings => ({
  id: site,
  provider: `${site}-ai`,
  baseUrl: `http://127.0.0.1:${port}/v1`,
  credential: 'none',
  models: ['m', `m-${site}`],
  ...PLACES[site]
})

async function ask(
  baseUrl: string,
  model: string,
  content: string,
  more: object = {},
  headers: Record<string, string> = {}
): Promise<Answer> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }], ...more })
  })
  const text = await response.text().catch(() => '')
  const code = /"code":"(SCHLEUSE_[A-Z_]+)"/.exec(text)?.[1]
  return { status: response.status, headers: response.headers, text, code }
}
