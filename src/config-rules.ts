import { LOCAL_APP_ID } from './apps/registry.ts'
import { isMap, showValue, stringsOf, type Problem } from './config-check.ts'
import { isLoopbackHost } from './core/loopback.ts'
import { isPlace, PLACE_RULE } from './core/places.ts'
import { entityTypes } from './filters/analyzer.ts'
import { type CustomDetection, DENIED } from './filters/rules/custom.ts'
import { COUNTRY_RULE, type PolicyFile } from './policy-schema.ts'

/** Rules of the gateway config that need more than one field or more than a pattern. */

type Report = (path: string, message: string) => void

/**
 * Adds a problem for each broken rule of server, limits and apps.
 * @param config the map of the file with defaults filled in; parts of a wrong shape are skipped, they are reported
 */
export function checkGatewayRules(config: Record<string, unknown>, report: Report): void {
  const { server, limits, apps, vault, quotas, admin } = config
  const host = isMap(server) ? server['host'] : undefined
  if (Array.isArray(apps) && apps.length === 0 && typeof host === 'string' && !isLoopbackHost(host)) {
    report(
      'server.host',
      `${showValue([], host)}; without apps it must be a loopback address (127.0.0.1, ::1 or localhost). ` +
        'Configure apps to serve other machines.'
    )
  }
  if (isMap(limits)) checkBudget(limits, report)
  if (Array.isArray(apps)) checkApps(apps, report)
  if (isMap(vault)) checkVault(vault, report)
  if (isMap(quotas)) checkRedis(quotas, 'quotas', false, report)
  if (isMap(admin)) checkApprover(admin, report)
}

function checkApprover({ keys, secondApprover }: Record<string, unknown>, report: Report): void {
  if (secondApprover === true && (!Array.isArray(keys) || keys.length < 2))
    report('admin.secondApprover', 'needs two keys under admin.keys: one asks, another approves.')
}

function checkVault({ store, redis }: Record<string, unknown>, report: Report): void {
  if (store === 'redis' && redis === undefined) report('vault.redis', 'is missing; store redis needs it.')
  if (isMap(redis)) checkRedis(redis, 'vault.redis', true, report)
}

/** @param needed false: without a way the Redis of this machine is meant */
function checkRedis(redis: Record<string, unknown>, path: string, needed: boolean, report: Report): void {
  const { url, sentinels, name, nodes } = redis
  const ways = [url, sentinels, nodes].filter(way => way !== undefined).length
  if (ways > 1 || (needed && ways === 0)) report(path, 'must have exactly one of url, sentinels and nodes.')
  if ((sentinels === undefined) !== (name === undefined))
    report(`${path}.name`, 'belongs to sentinels: set both or none.')
}

function checkBudget(limits: Record<string, unknown>, report: Report): void {
  const needed = Number(limits['maxBodyBytes']) + Number(limits['maxAnswerBytes'])
  if (Number.isInteger(needed) && Number(limits['maxBufferedBytes']) < needed) {
    report(
      'limits.maxBufferedBytes',
      `${showValue([], limits['maxBufferedBytes'])}; it must be at least maxBodyBytes + maxAnswerBytes (${needed}), ` +
        'or a request of the allowed size could never pass.'
    )
  }
}

function checkApps(apps: readonly unknown[], report: Report): void {
  const ids = apps.map(idOf)
  checkUnique(ids, i => `apps[${i}].id`, report)
  const local = ids.indexOf(LOCAL_APP_ID)
  if (local !== -1)
    report(`apps[${local}].id`, `is "${LOCAL_APP_ID}", which stands for callers without an app.`)
  const keys = apps.flatMap((app, a) => keysOf(app, `apps[${a}].keys`, report))
  checkUnique(
    keys.map(({ key }) => key),
    i => String(keys[i]?.path),
    report
  )
}

/** Adds a problem for a policy id that stands twice, and for an app bound to a policy that is not there. */
export function checkBindings(
  policies: readonly ({ readonly file: string; readonly policy: PolicyFile } | undefined)[],
  apps: unknown,
  configFile: string,
  problems: Problem[]
): void {
  const ids = new Map<string, string>()
  for (const loaded of policies) {
    if (loaded === undefined) return
    const { id } = loaded.policy
    const before = ids.get(id)
    if (before !== undefined)
      problems.push({
        file: loaded.file,
        path: 'id',
        message: `is "${id}", as in ${before}; each may stand once.`
      })
    ids.set(id, loaded.file)
  }
  for (const [i, app] of (Array.isArray(apps) ? (apps as readonly unknown[]) : []).entries()) {
    if (!isMap(app)) continue
    const trial = isMap(app['trial']) ? app['trial']['policy'] : undefined
    for (const [path, policy] of [
      ['policy', app['policy']],
      ['trial.policy', trial]
    ] as const) {
      if (typeof policy !== 'string' || ids.has(policy)) continue
      const message = `${showValue([], policy)}; it must be the id of one of the policies: ${[...ids.keys()].join(', ')}.`
      problems.push({ file: configFile, path: `apps[${i}].${path}`, message })
    }
  }
}

/** The hashes of an app with their places; a key whose `expires` is no date on the calendar is a problem. */
function keysOf(app: unknown, path: string, report: Report): { key: unknown; path: string }[] {
  const listed: readonly unknown[] = isMap(app) && Array.isArray(app['keys']) ? app['keys'] : []
  return listed.map((entry, k) => {
    if (!isMap(entry)) return { key: entry, path: `${path}[${k}]` }
    const { hash, expires } = entry
    if (typeof expires === 'string' && Number.isNaN(Date.parse(expires)))
      report(`${path}[${k}].expires`, `${showValue([], expires)}; there is no such day or time.`)
    return { key: hash, path: `${path}[${k}].hash` }
  })
}

export function idOf(value: unknown): unknown {
  return isMap(value) ? value['id'] : undefined
}

/** Adds a problem for each entry that is no place, and for duplicates. */
export function checkPlaces(places: unknown, path: string, report: Report): void {
  const names = stringsOf(places)
  for (const [i, place] of names.entries()) {
    if (place !== undefined && !isPlace(place)) {
      report(`${path}[${i}]`, `${showValue([], place)}; it must be ${PLACE_RULE}.`)
    }
  }
  checkUnique(names, i => `${path}[${i}]`, report)
}

/** Adds a problem for each entry that is no country or group of countries. */
export function checkCountries(countries: unknown, report: Report): void {
  for (const [i, place] of stringsOf(countries).entries()) {
    if (place !== undefined && (place === 'self' || !isPlace(place)))
      report(`countries[${i}]`, `${showValue([], place)}; it must be ${COUNTRY_RULE}.`)
  }
}

/** Adds a problem for each entity type that no recognizer and no rule reports. */
export function checkTypes(policy: PolicyFile, detection: CustomDetection, report: Report): void {
  const known = new Set([
    ...entityTypes,
    ...detection.recognizers.flatMap(({ types }) => types),
    DENIED,
    'default'
  ])
  const check = (types: object | undefined, path: string): void => {
    for (const type of Object.keys(types ?? {})) {
      if (!known.has(type))
        report(`${path}.${type}`, `is no entity type; allowed are ${[...known].sort().join(', ')}.`)
    }
  }
  check(policy.operators, 'operators')
  check(policy.thresholds, 'thresholds')
  for (const [i, rule] of policy.fields.entries()) {
    check(rule.operators, `fields[${i}].operators`)
    check(rule.thresholds, `fields[${i}].thresholds`)
  }
}

export function checkUnique(
  values: readonly unknown[],
  pathOf: (index: number) => string,
  report: Report
): void {
  const first = new Map<unknown, number>()
  for (const [i, value] of values.entries()) {
    const before = first.get(value)
    if (value === undefined) continue
    if (before === undefined) first.set(value, i)
    else report(pathOf(i), `repeats ${pathOf(before)}; each may stand once.`)
  }
}

/**
 * A base URL decides where credentials go, so it must be exact: https unless the host is this machine, no user name,
 * no query, no fragment. Its value is not printed, it may hold a password.
 */
export function checkBaseUrl(baseUrl: string, report: Report): void {
  const url = URL.parse(baseUrl)
  if (url === null) {
    report('baseUrl', 'is no absolute URL; it must be an https URL such as https://api.openai.com/v1.')
    return
  }
  const faults: string[] = []
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))) {
    faults.push('is not https (plain http only goes to a loopback address)')
  }
  if (url.username !== '' || url.password !== '') faults.push('holds a user name or password')
  if (/[?#]/.test(baseUrl)) faults.push('holds a query or fragment')
  if (faults.length > 0)
    report('baseUrl', `${faults.join(', ')}; it must be an https URL of host and path only.`)
}
