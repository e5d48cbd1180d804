import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, readYaml, ShapeCheck, showValue, stringsOf, type Problem } from './config-check.ts'
import { credentialOf, tlsOf } from './config-credentials.ts'
import { type ContractFile, type DeploymentFile, DeploymentSchema } from './config-deployment-schema.ts'
import { checkUnique, idOf } from './config-rules.ts'
import type { AliasFile } from './config-schema.ts'
import { canonicalHash } from './core/canonical-json.ts'
import { isPlace } from './core/places.ts'
import { baseUrlProblem } from './providers/base-url.ts'
import type { DeploymentConfig } from './providers/kind.ts'
import { DECLARED_PLACES, type Profile, ProfileSchema, type Sku, valueOf } from './providers/profile.ts'
import type { Contract } from './providers/provider.ts'

/** Reads profiles and puts each deployment together of its entry, its provider's profile and the contract. */

type Report = (path: string, message: string) => void

const profileShape = new ShapeCheck(ProfileSchema)
const deploymentShape = new ShapeCheck(DeploymentSchema)

/**
 * Profiles of a folder and of single files; of two with the same id the later counts, so that a company's own file takes
 * the place of a shipped one.
 */
export function readProfiles(
  folder: string,
  files: readonly string[],
  problems: Problem[]
): Map<string, Profile> {
  const shipped = readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => join(folder, name))
  const profiles = new Map<string, Profile>()
  for (const file of [...shipped, ...files]) {
    const raw = readYaml(file, problems)
    const profile = raw === undefined ? undefined : profileShape.check(raw, file, '', problems)
    if (profile !== undefined) profiles.set(profile.id, profile)
  }
  return profiles
}

export interface DeploymentContext {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly contracts: readonly ContractFile[]
  /** The config file: paths are relative to it. */
  readonly file: string
  readonly env: NodeJS.ProcessEnv
}

/** Checks each entry and completes those of the right shape; problems are told for all of them. */
export function readDeployments(
  values: readonly unknown[],
  context: DeploymentContext,
  problems: Problem[]
): DeploymentConfig[] {
  const { file } = context
  return values.flatMap((value, i) => {
    const at = `deployments[${i}]`
    const report: Report = (path, message) => problems.push({ file, path: `${at}${path}`, message })
    checkPlaces(value, report)
    checkUnique(
      stringsOf(isMap(value) ? value['models'] : undefined),
      m => `models[${m}]`,
      (path, message) => report(`.${path}`, message)
    )
    const named = isMap(value) ? value['provider'] : undefined
    const profile = context.profiles.get(String(named))
    if (typeof named === 'string' && profile === undefined) {
      const ids = [...context.profiles.keys()].sort().join(', ')
      report('.provider', `${showValue([], named)}; it must be a provider with a profile: ${ids}.`)
    }
    const entry = deploymentShape.check(value, file, at, problems)
    if (entry === undefined || profile === undefined) return []
    const sku = skuOf(entry, profile, report)
    const deployment = sku && complete(entry, profile, sku, i, context, report)
    return deployment ? [deployment] : []
  })
}

/** Places that repeat or are no country. */
function checkPlaces(value: unknown, report: Report): void {
  for (const key of ['places', 'storage'] as const) {
    const places = stringsOf(isMap(value) ? value[key] : undefined)
    for (const [i, place] of places.entries()) {
      if (place === undefined) continue
      if (place !== 'world' && place !== 'unknown' && !isPlace(place))
        report(`.${key}[${i}]`, `${showValue([], place)}; it must be ${DECLARED_PLACES}.`)
      const first = places.indexOf(place)
      if (first < i) report(`.${key}[${i}]`, `repeats ${key}[${first}]; each may stand once.`)
    }
  }
}

/** The only one may be left out. */
function skuOf(entry: DeploymentFile, profile: Profile, report: Report): Sku | undefined {
  const sku =
    entry.sku === undefined && profile.skus.length === 1
      ? profile.skus[0]
      : profile.skus.find(({ id }) => id === entry.sku)
  if (sku === undefined) {
    const what = entry.sku === undefined ? 'is missing' : 'is no offer of this provider'
    report('.sku', `${what}; it must be one of ${profile.skus.map(({ id }) => id).join(', ')}.`)
  }
  return sku
}

function complete(
  entry: DeploymentFile,
  profile: Profile,
  sku: Sku,
  index: number,
  context: DeploymentContext,
  report: Report
): DeploymentConfig | undefined {
  const places = placesOf(entry, profile, sku, report)
  const baseUrl = baseUrlOf(entry, sku, report)
  const problem = baseUrl === undefined ? null : baseUrlProblem(baseUrl, entry.privateNetwork)
  if (problem !== null) report('.baseUrl', `${problem}.`)
  const credential = credentialOf(entry, profile, context, report)
  const tls = tlsOf(entry, context, report)
  if (places === undefined || credential === undefined || tls === null) return undefined
  const { lei, euid } = profile.entity
  const regions = new Map(Object.entries(profile.regions?.countries ?? {}))
  return {
    id: entry.id,
    kind: profile.adapter,
    provider: profile.id,
    sku: sku.id,
    region: entry.region ?? null,
    profile: {
      version: profile.version,
      hash: canonicalHash(profile),
      code: valueOf(lei) ?? valueOf(euid),
      codeType: lei ? 'LEI' : euid ? 'EUID' : null,
      ictService: valueOf(profile.ictService)
    },
    places,
    storage: entry.storage ?? storageOf(places, sku),
    retentionDays: entry.retentionDays ?? valueOf(sku.retentionDays ?? profile.retentionDays),
    training: entry.training ?? valueOf(profile.training),
    reviewDue: profile.reviewDue ?? null,
    contract: contractOf(profile.id, context.contracts),
    models: entry.models,
    upstreamModels: new Map(Object.entries(entry.upstreamModels)),
    priority: entry.priority ?? index + 1,
    weight: entry.weight,
    maxConcurrent: entry.maxConcurrent,
    baseUrl,
    credential,
    evidence: sku.evidence === undefined ? null : { ...sku.evidence, regions },
    privateNetwork: entry.privateNetwork,
    tls,
    apiVersion: entry.apiVersion
  }
}

/** What the offer fixes may not be said otherwise: an own claim belongs in an own profile, with its source. */
function placesOf(
  entry: DeploymentFile,
  profile: Profile,
  sku: Sku,
  report: Report
): readonly string[] | undefined {
  const { region, places } = entry
  if (sku.placeFrom !== 'region' && region !== undefined)
    report('.region', 'does not decide the place of this offer. Leave it out.')
  if (sku.placeFrom !== 'config' && places !== undefined) {
    report(
      '.places',
      `follow from the offer ${sku.id} of ${profile.id}. Leave them out, or write a profile of your own.`
    )
    return undefined
  }
  if (sku.placeFrom === 'profile') return valueOf(sku.processing) ?? ['unknown']
  if (sku.placeFrom === 'here') return ['self']
  if (sku.placeFrom === 'config') return places ?? ['unknown']
  const country = profile.regions?.countries[region ?? '']
  if (country === undefined) {
    const known = Object.keys(profile.regions?.countries ?? {}).join(', ')
    report('.region', `${region === undefined ? 'is missing' : 'is not known'}; it must be one of ${known}.`)
    return undefined
  }
  return [country]
}

/** Where the place is the operator's to say, storage is where it processes unless it says otherwise. */
function storageOf(places: readonly string[], sku: Sku): readonly string[] | null {
  const known = valueOf(sku.storage)
  return known === null && sku.placeFrom !== 'profile' ? places : known
}

/** The base URL decides where text and keys go: one that the offer fixes can't be another. */
function baseUrlOf(entry: DeploymentFile, sku: Sku, report: Report): string | undefined {
  const given = entry.baseUrl === undefined ? undefined : normalBaseUrl(entry.baseUrl)
  if (sku.baseUrl === undefined) return given
  const fixed = normalBaseUrl(sku.baseUrl)
  if (given !== undefined && given !== fixed)
    report('.baseUrl', `must be ${fixed} for the offer ${sku.id}, or left out.`)
  return fixed
}

/** Without the slash at the end, as paths are appended to it. Not a URL: unchanged, the adapter reports it. */
function normalBaseUrl(baseUrl: string): string {
  const url = URL.parse(baseUrl)
  if (url === null || url.username !== '' || url.search !== '' || url.hash !== '') return baseUrl
  return url.origin + url.pathname.replace(/\/+$/, '')
}

function contractOf(provider: string, contracts: readonly ContractFile[]): Contract | null {
  const contract = contracts.find(contract => contract.provider === provider)
  if (contract === undefined) return null
  const { reference, from, to = null, dpa = null, tia = null, mechanism = null, reviewDue = null } = contract
  return { reference, from, to, dpa, tia, mechanism, reviewDue }
}

/** Adds a problem for ids and aliases that repeat, and for contracts and targets that name nothing there is. */
export function checkRouting(
  config: { readonly aliases: readonly AliasFile[]; readonly contracts: readonly ContractFile[] },
  profiles: ReadonlyMap<string, Profile>,
  deployments: readonly unknown[],
  report: Report
): void {
  const ids = deployments.map(idOf)
  checkUnique(ids, i => `deployments[${i}].id`, report)
  checkUnique(
    config.aliases.map(({ name }) => name),
    i => `aliases[${i}].name`,
    report
  )
  checkUnique(
    config.contracts.map(({ provider }) => provider),
    i => `contracts[${i}].provider`,
    report
  )
  for (const [i, { provider }] of config.contracts.entries()) {
    if (!profiles.has(provider)) report(`contracts[${i}].provider`, 'is no provider with a profile.')
  }
  for (const [i, { targets }] of config.aliases.entries()) {
    for (const [k, { deployment }] of targets.entries()) {
      if (!ids.includes(deployment))
        report(`aliases[${i}].targets[${k}].deployment`, 'is no id of a deployment.')
    }
  }
}
