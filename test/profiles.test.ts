import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { type Config, loadConfig } from '../src/config.ts'
import { ConfigError } from '../src/config-check.ts'
import { isPlace } from '../src/core/places.ts'
import { createDeployments } from '../src/deployments.ts'
import { reportDeployment } from '../src/deployment-report.ts'
import { createPolicy } from '../src/policy.ts'
import { type Profile, ProfileSchema } from '../src/providers/profile.ts'

/** Every shipped profile of a provider: of the right shape, each value with source and day, hosts pinned, reviews due. */

const folder = join(import.meta.dirname, '..', 'config', 'providers')
const shape = Compile(ProfileSchema)
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'))
const names = readdirSync(folder).sort()
/** The day these facts were last looked at; nothing can have been checked later. */
const LAST_CHECKED = '2026-11-22'

interface Sourced {
  readonly source: string
  readonly checked: string
}

/** Every map with a `source`, wherever it stands. */
function sourced(value: unknown, path = ''): [path: string, value: Sourced][] {
  if (typeof value !== 'object' || value === null) return []
  const own: [string, Sourced][] = 'source' in value ? [[path, value as Sourced]] : []
  return [...own, ...Object.entries(value).flatMap(([key, inner]) => sourced(inner, `${path}.${key}`))]
}

/** Config of one deployment of an offer, in a region or at places where the profile leaves that open. */
function load(t: Test, profile: Profile, sku: Profile['skus'][number], over: object = {}): Config {
  const region = Object.entries(profile.regions?.countries ?? {})[0]?.[0]
  const deployment = {
    id: 'd',
    provider: profile.id,
    sku: sku.id,
    models: ['m'],
    ...(profile.adapter === 'demo' ? {} : { credential: { env: 'KEY' } }),
    ...(profile.adapter === 'azure-openai' ? { baseUrl: 'https://contoso.openai.azure.com' } : {}),
    ...(profile.id === 'openai-compatible' ? { baseUrl: 'https://llm.example.com/v1' } : {}),
    ...(sku.placeFrom === 'region' ? { region } : {}),
    ...(sku.placeFrom === 'config' ? { places: ['DE'] } : {}),
    ...over
  }
  const dir = t.testdir({
    'policy.yaml': 'id: p\nversion: 1\n',
    'gateway.yaml': JSON.stringify({ policy: 'policy.yaml', deployments: [deployment] })
  })
  return loadConfig({ SCHLEUSE_CONFIG: 'gateway.yaml', KEY: 'secret' }, dir)
}

t.test('the providers the product promises are there', async t => {
  t.same(names, [
    'azure-openai.yaml',
    'demo.yaml',
    'ionos.yaml',
    'mistral.yaml',
    'openai-compatible.yaml',
    'openai.yaml',
    'ovhcloud.yaml',
    'scaleway.yaml',
    'stackit.yaml'
  ])
})

for (const name of names) {
  t.test(name, async t => {
    const raw = read(name)
    t.ok(shape.Check(shape.Default(raw)), JSON.stringify(shape.Errors(raw).slice(0, 2)))
    const profile = shape.Default(raw) as Profile
    t.equal(`${profile.id}.yaml`, name)

    t.test('each value has a source and a day', async t => {
      const values = sourced(raw)
      for (const [path, { source, checked }] of values) {
        t.match(source, /^https:\/\/[^/]+\/\S+$/, path)
        t.equal(new Date(checked).toISOString().slice(0, 10), checked, path)
        t.ok(checked <= LAST_CHECKED, `${path} was checked on a day that has been`)
      }
      for (const { id, baseUrl, baseUrlSource } of profile.skus)
        t.equal(baseUrlSource === undefined, baseUrl === undefined, `${id}: a host has a source`)
      const last = values
        .map(([, { checked }]) => checked)
        .sort()
        .at(-1)
      if (last === undefined) t.equal(profile.reviewDue, undefined, 'nothing dated, nothing due')
      else t.ok((profile.reviewDue ?? '') > last, 'to be looked at again')
    })

    t.test('each offer says where it is, or leaves that to the operator', async t => {
      for (const { id, placeFrom, processing, storage, dependsOn } of profile.skus) {
        for (const place of [...(processing?.value ?? []), ...(storage?.value ?? [])])
          t.ok(isPlace(place) || place === 'world', `${id}: ${place}`)
        t.equal(processing === null, placeFrom !== 'profile', id)
        t.ok(
          placeFrom === 'here' || placeFrom === 'config' || dependsOn.length > 0,
          `${id}: what fixes the place`
        )
      }
      for (const [region, place] of Object.entries(profile.regions?.countries ?? {}))
        t.ok(isPlace(place) || place === 'world', region)
    })

    for (const sku of profile.skus) {
      t.test(`${sku.id}: can be deployed, on its own host only`, async t => {
        const config = load(t, profile, sku)
        const [deployment] = config.deployments
        t.match(deployment, { provider: profile.id, sku: sku.id, reviewDue: profile.reviewDue ?? null })
        t.not(deployment?.places.length, 0)
        const elsewhere = { baseUrl: 'https://api.openai.com.evil.example/v1' }
        const isOpen = profile.id === 'openai-compatible' || profile.adapter === 'demo'
        if (!isOpen) t.throws(() => createAll(load(t, profile, sku, elsewhere)), ConfigError)
        if (sku.placeFrom === 'profile' && deployment !== undefined) {
          t.same(deployment.places, sku.processing?.value)
          t.throws(
            () => load(t, profile, sku, { places: ['DE'] }),
            ConfigError,
            'no place but the one it has'
          )
        }
      })
    }
  })
}

/** As a start does. */
function createAll(config: Config) {
  return createDeployments(config, { now: Date.now, monotonic: () => 0 }, () => {})
}

t.test('a review that is due is a gap from the day after on, and shown before', async t => {
  const profile = shape.Default(read('mistral.yaml')) as Profile
  const sku = profile.skus.find(({ id }) => id === 'eu')
  if (sku === undefined) throw new Error('no such offer')
  const config = load(t, profile, sku)
  const deployments = createAll(config)
  const [provider] = deployments.providers
  if (provider === undefined) throw new Error('no deployment')
  const { residency } = createPolicy(config.policies[0].policy)
  const deps = { residency: deployments.residency, prices: [] }
  const on = (day: string) => reportDeployment(provider.deployment, residency, deps, Date.parse(day))
  t.equal(on('2026-11-22').reviewDue, profile.reviewDue)
  t.notOk(on(profile.reviewDue ?? '').gaps.includes('review_overdue'))
  t.ok(on('2099-01-01').gaps.includes('review_overdue'))
  await deployments.close()
})
