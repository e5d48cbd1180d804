import type { Endpoint, RequestTarget } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'

/** Ids as providers make them. */
const id = /^[A-Za-z0-9_-]{1,128}$/

/**
 * What the URL of a request says, by the endpoint's own list.
 * @param params ids of the path, attacker-controlled
 * @param search the query with its question mark, attacker-controlled
 * @throws errors.IdMalformed, QueryRefused
 */
export function readTarget(
  { path, method, query }: Endpoint,
  params: Readonly<Record<string, string>>,
  search: string
): RequestTarget {
  const ids = idNames(path).map(name => params[name] ?? '')
  if (!ids.every(value => id.test(value))) throw new errors.IdMalformed()
  const found = new Map<string, string>()
  // Queries of requests with a body never pass, unless the endpoint has a list.
  if (query === undefined && method === 'POST') return { ids, query: found }
  for (const [name, value] of new URLSearchParams(search)) {
    if (query?.get(name)?.test(value) !== true) throw new errors.QueryRefused()
    const before = found.get(name)
    found.set(name, before === undefined ? value : `${before},${value}`)
  }
  return { ids, query: found }
}

/**
 * The path below the provider's base URL. Where a stream is resumed it is asked for from its beginning: what the client
 * has was numbered by the gateway, and text may be held over the place where it left.
 */
export function upstreamPathOf({ upstreamPath }: Endpoint, { ids, query }: RequestTarget): string {
  let path = upstreamPath
  for (const [at, name] of idNames(upstreamPath).entries()) path = path.replace(`:${name}`, ids[at] ?? '')
  const search = new URLSearchParams()
  for (const [name, values] of query) {
    if (name !== 'starting_after') for (const value of values.split(',')) search.append(name, value)
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`
}

function idNames(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '')
}
