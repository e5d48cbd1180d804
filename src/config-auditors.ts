import { resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import type { EngineOptions } from './audit/index/engine.ts'
import type { SinkKind } from './audit/ship/sink.ts'
import { SINKS } from './audit/ship/sinks/index.ts'
import { VIEWS } from './audit/ship/views/index.ts'
import { baseUrlProblem } from './providers/base-url.ts'
import { isMap, type Problem, ShapeCheck, showValue } from './config-check.ts'

/** `auditors` of the gateway config: where the index is, who may ask it, and where events are sent besides. */

const closed = { additionalProperties: false } as const
const path = Type.String({ minLength: 1, maxLength: 4096, description: 'the path of a file' })
const name = Type.String({
  pattern: '^[A-Za-z0-9_.-]{1,63}$',
  description: '1 to 63 of A-Z, a-z, 0-9 and _ . -'
})

const postgres = Type.Object(
  {
    host: Type.String({ pattern: '^[A-Za-z0-9.:-]{1,253}$', description: 'an IP address or host name' }),
    port: Type.Integer({
      minimum: 1,
      maximum: 65_535,
      default: 5432,
      description: 'an integer from 1 to 65535'
    }),
    database: name,
    user: name,
    passwordFile: Type.Optional(path),
    tls: Type.Optional(
      Type.Object({ caFile: Type.Optional(path) }, { ...closed, description: 'a map with the key caFile' })
    )
  },
  { ...closed, description: 'a map with the keys host, port, database, user, passwordFile, tls' }
)

/** Signatures with a public key only: with a shared secret whoever can check could also issue. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA'
] as const

const oidcSchema = Type.Object(
  {
    issuer: Type.String({ minLength: 1, maxLength: 2048, description: 'the iss of the tokens' }),
    audience: Type.String({ minLength: 1, maxLength: 2048, description: 'the aud of the tokens' }),
    jwksFile: Type.Optional(path),
    jwksUrl: Type.Optional(Type.String({ maxLength: 2048, description: 'an https URL' })),
    caFile: Type.Optional(path),
    privateNetwork: Type.Boolean({ default: false, description: 'true or false' }),
    algorithms: Type.Array(Type.Enum([...ALGORITHMS], { description: ALGORITHMS.join(', ') }), {
      minItems: 1,
      maxItems: ALGORITHMS.length,
      default: ['RS256', 'ES256', 'EdDSA'],
      description: `a list of ${ALGORITHMS.join(', ')}`
    }),
    roleClaim: Type.String({
      minLength: 1,
      maxLength: 200,
      default: 'roles',
      description: 'the name of a claim'
    }),
    role: Type.String({ minLength: 1, maxLength: 200, default: 'auditor', description: 'a role' })
  },
  {
    ...closed,
    description:
      'a map with the keys issuer, audience, jwksFile or jwksUrl, caFile, privateNetwork, algorithms, roleClaim, role'
  }
)

/** How many places events are sent to; each reads the log for itself. */
const MAX_SHIPMENTS = 16

export const AuditorsSchema = Type.Object(
  {
    index: Type.Object(
      {
        store: Type.Enum(['sqlite', 'postgres'], { default: 'sqlite', description: 'sqlite or postgres' }),
        postgres: Type.Optional(postgres)
      },
      { ...closed, default: {}, description: 'a map with the keys store, postgres' }
    ),
    oidc: Type.Optional(oidcSchema),
    ship: Type.Array(Type.Unknown(), {
      default: [],
      maxItems: MAX_SHIPMENTS,
      description: `a list of up to ${MAX_SHIPMENTS} places to send events to`
    })
  },
  { ...closed, default: {}, description: 'a map with the keys index, oidc, ship' }
)

/** One place that events are sent to. */
export interface Shipment {
  readonly id: string
  /** Name of a view. */
  readonly view: string
  /** Kind of a sink. */
  readonly sink: string
  /** What the kind of sink asks for; checked against its schema. */
  readonly options: Readonly<Record<string, unknown>>
}

export interface AuditorsConfig {
  readonly engine: EngineOptions
  readonly oidc: Static<typeof oidcSchema> | undefined
  readonly ship: readonly Shipment[]
}

type Report = (path: string, message: string) => void

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and -, the first a letter or digit'
})
const shapes = new Map(SINKS.map(kind => [kind.kind, { kind, shape: new ShapeCheck(shipmentSchema(kind)) }]))

function shipmentSchema({ kind, schema, views }: SinkKind) {
  const names = views ?? VIEWS.map(({ name }) => name)
  const keys = ['id', 'view', 'sink', ...Object.keys(schema.properties)].join(', ')
  return Type.Object(
    {
      id,
      view: Type.Enum([...names], { description: names.join(', ') }),
      sink: Type.Literal(kind),
      ...schema.properties
    },
    { ...closed, description: `a map with the keys ${keys}` }
  )
}

/**
 * Checks what needs more than one field, and each shipment against the schema of its sink.
 * @param shaped of the right shape; undefined when it was not, and that is reported
 * @param base folder that paths are relative to
 */
export function checkAuditors(
  shaped: Static<typeof AuditorsSchema> | undefined,
  file: string,
  base: string,
  problems: Problem[]
): AuditorsConfig {
  const report: Report = (path, message) => problems.push({ file, path: `auditors.${path}`, message })
  const { index, oidc, ship } = shaped ?? { index: { store: 'sqlite' as const }, oidc: undefined, ship: [] }
  if (oidc !== undefined && (oidc.jwksFile === undefined) === (oidc.jwksUrl === undefined))
    report('oidc', 'must have exactly one of jwksFile and jwksUrl.')
  const problem = oidc?.jwksUrl === undefined ? null : baseUrlProblem(oidc.jwksUrl, oidc.privateNetwork)
  if (problem !== null) report('oidc.jwksUrl', `${problem}.`)
  return {
    engine: engineOf(index, base, report),
    oidc: oidc && withPaths(oidc, base),
    ship: checkShipments(ship, file, problems, report)
  }
}

function withPaths({ jwksFile, caFile, ...oidc }: Static<typeof oidcSchema>, base: string) {
  return {
    ...oidc,
    ...(jwksFile === undefined ? {} : { jwksFile: resolve(base, jwksFile) }),
    ...(caFile === undefined ? {} : { caFile: resolve(base, caFile) })
  }
}

function engineOf(
  index: Static<typeof AuditorsSchema>['index'],
  base: string,
  report: Report
): EngineOptions {
  const { store, postgres } = index
  if (store === 'sqlite') return { store }
  if (postgres === undefined) {
    report('index.postgres', 'is missing; store postgres needs it.')
    return { store: 'sqlite' }
  }
  const { passwordFile, tls, ...where } = postgres
  const caFile = tls?.caFile === undefined ? {} : { caFile: resolve(base, tls.caFile) }
  return {
    store,
    ...where,
    ...(passwordFile === undefined ? {} : { passwordFile: resolve(base, passwordFile) }),
    ...(tls === undefined ? {} : { tls: caFile })
  }
}

function checkShipments(
  list: readonly unknown[],
  file: string,
  problems: Problem[],
  report: Report
): Shipment[] {
  const ids = new Set<string>()
  return list.flatMap((entry, at) => {
    const kind = isMap(entry) ? entry['sink'] : undefined
    const known = shapes.get(typeof kind === 'string' ? kind : '')
    if (known === undefined) {
      const what = kind === undefined ? 'is missing' : showValue([], kind)
      report(`ship[${at}].sink`, `${what}; it must be ${[...shapes.keys()].join(', ')}.`)
      return []
    }
    const checked = known.shape.check(entry, file, `auditors.ship[${at}]`, problems)
    if (checked === undefined) return []
    const { id, view, sink, ...options } = checked
    if (ids.has(id)) report(`ship[${at}].id`, 'is there twice.')
    ids.add(id)
    return [{ id, view, sink, options }]
  })
}
