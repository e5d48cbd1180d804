import { Type, type Static } from 'typebox'
import { ANCHOR_NAME } from './audit/event/fields.ts'
import { COSIGNATURE_V1, parseVkey } from './audit/tlog/keys.ts'
import { baseUrlProblem } from './providers/base-url.ts'

/** `audit` of the gateway config: the log, and what anchors it outside. */

const closed = { additionalProperties: false } as const

/** Records name the witness. */
const NAME = new RegExp(ANCHOR_NAME)
/** As many as a log of this kind ever has; each is asked for itself. */
const MAX_WITNESSES = 16

const url = Type.String({ minLength: 1, maxLength: 2048, description: 'an https URL' })
/** How an anchor is reached that stands in the company's own network. */
const network = {
  privateNetwork: Type.Boolean({ default: false, description: 'true or false' }),
  caFile: Type.Optional(
    Type.String({ minLength: 1, maxLength: 4096, description: 'a file with the certificate of an authority' })
  )
}

const witness = Type.Object(
  {
    vkey: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'name+id+key, as the witness publishes it'
    }),
    url,
    ...network
  },
  { ...closed, description: 'a map with the keys vkey, url, privateNetwork, caFile' }
)

const timestamps = Type.Object(
  {
    url,
    everyHours: Type.Integer({
      minimum: 1,
      maximum: 8760,
      default: 24,
      description: 'an integer from 1 to 8760'
    }),
    ...network
  },
  { ...closed, description: 'a map with the keys url, everyHours, privateNetwork, caFile' }
)

export const AuditSchema = Type.Object(
  {
    origin: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9._/-]{0,159}$',
        description: 'a URL without scheme: a-z, 0-9 and . _ / -, up to 160 characters'
      })
    ),
    instance: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
      default: 'gw-1',
      description: '1 to 64 characters of a-z, 0-9 and . _ -, the first a letter or digit'
    }),
    checkpointMs: Type.Integer({
      minimum: 100,
      maximum: 60_000,
      default: 1000,
      description: 'an integer from 100 to 60000'
    }),
    witnesses: Type.Array(witness, {
      default: [],
      maxItems: MAX_WITNESSES,
      description: `a list of up to ${MAX_WITNESSES} witnesses`
    }),
    quorum: Type.Integer({
      minimum: 1,
      maximum: MAX_WITNESSES,
      default: 1,
      description: `an integer from 1 to ${MAX_WITNESSES}`
    }),
    timestamps: Type.Optional(timestamps)
  },
  {
    ...closed,
    default: {},
    description: 'a map with the keys origin, instance, checkpointMs, witnesses, quorum, timestamps'
  }
)

export type AuditConfig = Static<typeof AuditSchema>

/** Checks what needs more than the shape: keys and URLs of anchors, and whether the quorum can be reached. */
export function checkAudit(
  { witnesses, quorum, timestamps }: AuditConfig,
  report: (path: string, message: string) => void
): void {
  const names = new Set<string>()
  for (const [at, { vkey, url, privateNetwork }] of witnesses.entries()) {
    const path = `audit.witnesses[${at}]`
    const name = witnessName(vkey)
    if (name === undefined)
      report(`${path}.vkey`, 'is no key of a witness: name+id+key, cosignature/v1 with Ed25519.')
    else if (names.has(name)) report(`${path}.vkey`, 'names a witness that is there already.')
    else names.add(name)
    const problem = baseUrlProblem(url, privateNetwork)
    if (problem !== null) report(`${path}.url`, `${problem}.`)
  }
  if (witnesses.length > 0 && quorum > witnesses.length)
    report('audit.quorum', `is ${quorum}; there are ${witnesses.length} witnesses.`)
  const problem = timestamps && baseUrlProblem(timestamps.url, timestamps.privateNetwork)
  if (typeof problem === 'string') report('audit.timestamps.url', `${problem}.`)
}

function witnessName(vkey: string): string | undefined {
  try {
    const { name, type } = parseVkey(vkey)
    return type === COSIGNATURE_V1 && NAME.test(name) ? name : undefined
  } catch {
    return undefined
  }
}
