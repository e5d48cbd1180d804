import { resolve, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AppConfig } from './apps/schema.ts'
import { checkAudit } from './config-audit.ts'
import { type AuditorsConfig, checkAuditors } from './config-auditors.ts'
import { ConfigError, isMap, readYaml, ShapeCheck, type Problem, stringsOf } from './config-check.ts'
import { checkRouting, readDeployments, readProfiles } from './config-deployments.ts'
import type { ContractFile } from './config-deployment-schema.ts'
import { checkDetectors, type DetectorConfig } from './config-detectors.ts'
import { readRecords } from './config-records.ts'
import { checkBindings, checkGatewayRules } from './config-rules.ts'
import { deepFreeze, type LoadedPolicy, readPolicy } from './config-policy.ts'
import { ConfigFileSchema, type AliasFile, type ConfigFile, type RoutingConfig } from './config-schema.ts'
import { canonicalHash } from './core/canonical-json.ts'
import type { PriceConfig } from './limits/schema.ts'
import type { RecordsFile } from './audit/exports/declared/schema.ts'
import type { DeploymentConfig } from './providers/kind.ts'
import type { Profile } from './providers/profile.ts'
import { type CountriesFile, CountriesSchema } from './residency/countries.ts'

/** Everything the gateway is told from outside, checked, defaults filled in, frozen. */
export interface Config {
  /** Absolute path of the config file. */
  readonly file: string
  /** `sha256:…` of the checked config without the policy, for the record of each start. */
  readonly hash: string
  readonly server: Readonly<ConfigFile['server']>
  /** Absolute path of the folder for the audit log and the pseudonym secret. */
  readonly dataDir: string
  readonly limits: Readonly<ConfigFile['limits']>
  readonly timeouts: Readonly<ConfigFile['timeouts']>
  readonly vault: Readonly<ConfigFile['vault']>
  /** Where the audit index is, who may ask it, where events are sent; files are absolute. */
  readonly auditors: AuditorsConfig
  /** Models and services that look at requests beside the built-in pass; folders are absolute. */
  readonly detectors: readonly DetectorConfig[]
  readonly audit: Readonly<ConfigFile['audit']>
  /** Secrets of the environment; in no hash and no record. */
  readonly secrets: Secrets
  /** Where limits are counted. */
  readonly quotas: Readonly<ConfigFile['quotas']>
  readonly prices: readonly PriceConfig[]
  /** Keys of operators. */
  readonly admin: Readonly<ConfigFile['admin']>
  /** Empty: only callers of this machine are served. */
  readonly apps: readonly AppConfig[]
  readonly deployments: readonly DeploymentConfig[]
  /** Of all providers that are known, used or not. */
  readonly profiles: readonly Profile[]
  readonly contracts: readonly ContractFile[]
  /** What records of auditors need and no request shows. */
  readonly records: RecordsFile
  /** Absolute path of the register of information that the company keeps. */
  readonly register: string | undefined
  readonly aliases: readonly AliasFile[]
  readonly routing: RoutingConfig
  /** All policies; the first is that of apps that name none. */
  readonly policies: readonly [LoadedPolicy, ...LoadedPolicy[]]
  /** Who belongs to the EEA and which adequacy decisions hold, by day. */
  readonly countries: CountriesFile
}

export interface Secrets {
  /** 64 hex digits: what pseudonyms are derived from, instead of the file in the data folder. */
  readonly pseudonymKey: string | undefined
  /** 64 hex digits each, the one that seals first, instead of `vault.keyFiles`. */
  readonly vaultKeys: readonly string[]
  readonly redisPassword: string | undefined
  /** With which the command line asks a running gateway. */
  readonly adminKey: string | undefined
  /** For the command line: the token of an auditor. */
  readonly auditToken: string | undefined
}

/** The config that is shipped and used when SCHLEUSE_CONFIG is not set. */
const SHIPPED = fileURLToPath(new URL('../config/gateway.yaml', import.meta.url))

/** The table of countries that is shipped and used when the config names none. */
const SHIPPED_COUNTRIES = fileURLToPath(new URL('../config/countries.yaml', import.meta.url))

/** Profiles of providers that are shipped; `profiles` of the config adds more and takes the place of these. */
const SHIPPED_PROFILES = fileURLToPath(new URL('../config/providers/', import.meta.url))

const countriesShape = new ShapeCheck(CountriesSchema)
const configShape = new ShapeCheck(ConfigFileSchema)

/**
 * Reads SCHLEUSE_CONFIG (or the shipped file) and the policy it names, then applies SCHLEUSE_HOST, SCHLEUSE_PORT and
 * SCHLEUSE_DATA_DIR, and takes keys and passwords from the environment. An empty variable counts as not set.
 * @param env the environment; the only place it is read
 * @param cwd folder that SCHLEUSE_CONFIG and dataDir are relative to
 * @throws ConfigError with all problems of both files and the environment at once
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Config {
  const problems: Problem[] = []
  const file = env['SCHLEUSE_CONFIG'] ? resolve(cwd, env['SCHLEUSE_CONFIG']) : SHIPPED
  const raw = readYaml(file, problems)
  applyEnvironment(raw, env, problems)
  const secrets = readSecrets(env, problems)
  const shaped = raw === undefined ? undefined : configShape.check(raw, file, '', problems)
  // what can be read in a broken file is checked too, so that one start shows every problem
  const { deployments, profiles } = readAllDeployments(raw, shaped, file, env, problems)
  const { records, register } = readRecords(shaped?.records, dirname(file), problems)
  const detectors = checkDetectors(isMap(raw) ? raw['detectors'] : undefined, file, problems).map(detector =>
    detector.kind === 'onnx'
      ? { ...detector, directory: resolve(dirname(file), detector.directory) }
      : detector
  )
  const auditors = checkAuditors(shaped?.auditors, file, dirname(file), problems)
  if (shaped) checkAudit(shaped.audit, (path, message) => problems.push({ file, path, message }))
  if (isMap(raw)) checkGatewayRules(raw, (path, message) => problems.push({ file, path, message }))
  const [first, ...more] = policyPaths(raw).map(path => readPolicy(resolve(dirname(file), path), problems))
  const policies = [first, ...more]
  checkBindings(policies, isMap(raw) ? raw['apps'] : undefined, file, problems)
  const countries = readCountries(raw, file, problems)
  if (problems.length > 0 || shaped === undefined || !isWhole(policies) || countries === undefined)
    throw new ConfigError(problems)
  const { server, limits, timeouts, audit, quotas, prices, admin, apps, contracts, aliases, routing } = shaped
  const vault = { ...shaped.vault, keyFiles: shaped.vault.keyFiles.map(key => resolve(cwd, key)) }
  const dataDir = resolve(cwd, shaped.dataDir)
  const hash = canonicalHash({
    ...shaped,
    profiles: deployments.map(({ profile }) => profile.hash),
    countries,
    records
  })
  return deepFreeze({
    file,
    hash,
    server,
    dataDir,
    limits,
    timeouts,
    vault,
    auditors,
    detectors,
    audit,
    secrets,
    quotas,
    prices,
    admin,
    apps,
    deployments,
    profiles,
    contracts,
    records,
    register,
    aliases,
    routing,
    countries,
    policies
  })
}

/** `policy` first, then `policies`; what has a wrong shape is left out, it is reported. */
function policyPaths(raw: unknown): string[] {
  if (!isMap(raw)) return []
  return stringsOf([raw['policy']].concat(raw['policies'] ?? [])).filter(path => path !== undefined)
}

function isWhole(
  policies: readonly (LoadedPolicy | undefined)[]
): policies is readonly [LoadedPolicy, ...LoadedPolicy[]] {
  return policies.length > 0 && !policies.includes(undefined)
}

/** Deployments with their profiles and contracts; contracts count only when the file has its shape. */
function readAllDeployments(
  raw: unknown,
  shaped: ConfigFile | undefined,
  file: string,
  env: NodeJS.ProcessEnv,
  problems: Problem[]
): { readonly deployments: DeploymentConfig[]; readonly profiles: readonly Profile[] } {
  const listed = isMap(raw) && Array.isArray(raw['deployments']) ? raw['deployments'] : []
  const own = (shaped?.profiles ?? []).map(path => resolve(dirname(file), path))
  const profiles = readProfiles(SHIPPED_PROFILES, own, problems)
  const context = { profiles, contracts: shaped?.contracts ?? [], file, env }
  const deployments = readDeployments(listed, context, problems)
  if (shaped)
    checkRouting(shaped, profiles, listed, (path, message) => problems.push({ file, path, message }))
  return { deployments, profiles: [...profiles.values()] }
}

function readCountries(config: unknown, configFile: string, problems: Problem[]): CountriesFile | undefined {
  const path = isMap(config) ? config['countries'] : undefined
  const file = typeof path === 'string' ? resolve(dirname(configFile), path) : SHIPPED_COUNTRIES
  const raw = readYaml(file, problems)
  return raw === undefined ? undefined : countriesShape.check(raw, file, '', problems)
}

/** Puts the variables in place of the values of the file, so that the same rules check them. */
function applyEnvironment(raw: unknown, env: NodeJS.ProcessEnv, problems: Problem[]): void {
  const host = env['SCHLEUSE_HOST']
  const port = env['SCHLEUSE_PORT']
  const dataDir = env['SCHLEUSE_DATA_DIR']
  const portIsNumber = port !== undefined && /^\d{1,5}$/.test(port)
  if (port && !portIsNumber) {
    problems.push({ file: 'SCHLEUSE_PORT', path: '', message: 'must be an integer from 0 to 65535.' })
  }
  if (!isMap(raw)) return
  if (dataDir) raw['dataDir'] = dataDir
  if (!host && !portIsNumber) return
  const server = (raw['server'] ??= {})
  if (!isMap(server)) return
  if (host) server['host'] = host
  if (portIsNumber) server['port'] = Number(port)
}

function readSecrets(env: NodeJS.ProcessEnv, problems: Problem[]): Secrets {
  const keys = (name: string, most: number): string[] => {
    const values = (env[name] ?? '').split(',').filter(value => value !== '')
    if (values.length > most || values.some(value => !/^[0-9a-f]{64}$/.test(value)))
      problems.push({
        file: name,
        path: '',
        message: `must be ${most > 1 ? 'up to 8 keys of ' : ''}64 hex digits.`
      })
    return values
  }
  return {
    pseudonymKey: keys('SCHLEUSE_PSEUDONYM_KEY', 1)[0],
    vaultKeys: keys('SCHLEUSE_VAULT_KEYS', 8),
    redisPassword: env['SCHLEUSE_REDIS_PASSWORD'] || undefined,
    adminKey: env['SCHLEUSE_ADMIN_KEY'] || undefined,
    auditToken: env['SCHLEUSE_AUDIT_TOKEN'] || undefined
  }
}
