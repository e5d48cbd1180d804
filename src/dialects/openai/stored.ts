import type { Api, Operation } from '../../core/apis.ts'
import type { FormRules } from '../../core/form.ts'
import { object, type Shape } from '../../core/json/shape.ts'
import type { Walk } from '../../core/json/walker.ts'
import type { Endpoint, RequestFacts, RequestTarget, StateFacts, StreamRules } from '../dialect.ts'
import { anything } from './answer-parts.ts'
import { factsOf, objectId, usageOf, usesOf } from './facts.ts'
import { unstreamed } from './unstreamed.ts'

/** Endpoints about objects that the provider keeps: files, stores, batches, assistants, threads. */

export interface StoredKind {
  readonly request?: Shape
  readonly form?: FormRules
  readonly answer: Shape
  readonly stream?: StreamRules
  readonly content?: true
  readonly query?: ReadonlyMap<string, RegExp>
  readonly body?: 'none' | 'optional'
  /** What it does to stored state, besides naming the first id of the path. */
  readonly state?: Partial<StateFacts>
  /** Left out: a request about the object that the path names first, or that makes one. */
  readonly read?: (walk: Walk, target: RequestTarget) => RequestFacts
  readonly operation?: Operation
  /** See {@link Endpoint.sections}. */
  readonly sections?: ReadonlyMap<string, Endpoint>
}

/** Paging, as all lists have it. */
export const listQuery: ReadonlyMap<string, RegExp> = new Map([
  ['limit', /^\d{1,5}$/],
  ['order', /^(?:asc|desc)$/],
  ['after', objectId],
  ['before', objectId]
])

export const nothing: Shape = object({})

/** Pseudonyms are the same in the whole app: what is stored now is asked for later, by other conversations too. */
export function storedEndpoint(
  api: Api,
  line: `${Endpoint['method']} /${string}`,
  kind: StoredKind
): Endpoint {
  const [method, path = ''] = line.split(' ')
  const { request, form, answer, stream, content, query, body, state, read, operation, sections } = kind
  return {
    method: method as Endpoint['method'],
    path: `/v1${path}`,
    upstreamPath: path,
    api,
    operation: operation ?? 'stored_object',
    scope: 'app',
    request: request ?? nothing,
    answer,
    failure: anything,
    stream: stream ?? unstreamed,
    read: read ?? ((walk, target) => storedFacts(walk, target, state)),
    usage: usageOf,
    ...(form === undefined ? {} : { form }),
    ...(form !== undefined && request === undefined ? { formOnly: true } : {}),
    ...(content === undefined ? {} : { content }),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body }),
    ...(sections === undefined ? {} : { sections })
  }
}

/** The provider is the one that has the object which the path names first. */
export function storedFacts(
  walk: Walk,
  target: RequestTarget,
  state: Partial<StateFacts> = {}
): RequestFacts & { readonly state: StateFacts } {
  const [name] = target.ids
  return {
    ...factsOf(walk),
    model: null,
    beginning: [],
    state: { names: name === undefined ? [] : [name], uses: usesOf(walk), keeps: false, ...state }
  }
}
