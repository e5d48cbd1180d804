import { type Static, Type } from 'typebox'
import { isMap, ShapeCheck, showValue, type Problem } from './config-check.ts'
import { checkBaseUrl, checkPlaces } from './config-rules.ts'
import { PLACE_RULE } from './core/places.ts'

/** `detectors` of the gateway config: models and services that look at requests beside the built-in pass. */

const closed = { additionalProperties: false } as const

const id = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: '1 to 64 characters of a-z, 0-9 and -, the first a letter or digit'
})
const minScore = Type.Number({ minimum: 0, maximum: 1, default: 0.5, description: 'a number from 0 to 1' })
const budgetMs = Type.Integer({
  minimum: 10,
  maximum: 600_000,
  default: 5000,
  description: 'an integer from 10 to 600000'
})
const labels = Type.Record(
  Type.String({ pattern: '^[^\\s].{0,63}$' }),
  Type.String({
    pattern: '^(?=.{1,24}$)[A-Z]+(_[A-Z]+)*$',
    description: 'an entity type such as PERSON: capitals and _, up to 24 characters'
  }),
  { default: {}, description: 'labels of the detector, each with an entity type' }
)

const onnx = Type.Object(
  {
    id,
    kind: Type.Literal('onnx'),
    directory: Type.String({ minLength: 1, maxLength: 4096, description: 'a folder with model.onnx' }),
    labels,
    minScore,
    budgetMs,
    threads: Type.Integer({ minimum: 1, maximum: 64, default: 1, description: 'an integer from 1 to 64' })
  },
  { ...closed, description: 'a map with the keys id, kind, directory, labels, minScore, budgetMs, threads' }
)

const presidio = Type.Object(
  {
    id,
    kind: Type.Literal('presidio'),
    baseUrl: Type.String({ maxLength: 2048, description: 'an https URL' }),
    places: Type.Array(Type.String({ description: PLACE_RULE }), {
      minItems: 1,
      maxItems: 300,
      description: 'a list of at least one place'
    }),
    language: Type.String({ pattern: '^[a-z]{2}$', default: 'de', description: 'a language such as de' }),
    labels,
    minScore,
    budgetMs
  },
  {
    ...closed,
    description: 'a map with the keys id, kind, baseUrl, places, language, labels, minScore, budgetMs'
  }
)

const DETECTOR_SCHEMAS = { onnx, presidio } as const

export type DetectorConfig = Static<typeof onnx> | Static<typeof presidio>

type Shape = ShapeCheck<(typeof DETECTOR_SCHEMAS)[keyof typeof DETECTOR_SCHEMAS]>

const shapes: ReadonlyMap<unknown, Shape> = new Map(
  Object.entries(DETECTOR_SCHEMAS).map(([kind, schema]) => [kind, new ShapeCheck(schema)])
)

/** More would each add their own time to every request. */
const MAX_DETECTORS = 16

/** Checks each detector against the schema of its kind; returns those of the right shape. */
export function checkDetectors(value: unknown, file: string, problems: Problem[]): DetectorConfig[] {
  const report = (path: string, message: string): unknown => problems.push({ file, path, message })
  if (value === undefined) return []
  if (!Array.isArray(value) || value.length > MAX_DETECTORS) {
    report('detectors', `must be a list of up to ${MAX_DETECTORS} detectors.`)
    return []
  }
  const passed: DetectorConfig[] = []
  const ids = new Set<unknown>()
  for (const [i, entry] of (value as readonly unknown[]).entries()) {
    const at = `detectors[${i}]`
    const { kind, id } = isMap(entry) ? entry : {}
    const shape = shapes.get(kind)
    if (shape === undefined) {
      const what = kind === undefined ? 'is missing' : showValue([], kind)
      report(`${at}.kind`, `${what}; it must be ${[...shapes.keys()].join(', ')}.`)
      continue
    }
    if (ids.has(id)) report(`${at}.id`, 'repeats the id of one before it; each may stand once.')
    ids.add(id)
    const detector = shape.check(entry, file, at, problems)
    if (isMap(entry) && kind === 'presidio') {
      const inside = (path: string, message: string): unknown => report(`${at}.${path}`, message)
      checkPlaces(entry['places'], 'places', inside)
      if (typeof entry['baseUrl'] === 'string') checkBaseUrl(entry['baseUrl'], inside)
    }
    if (detector !== undefined) passed.push(detector)
  }
  return passed
}
