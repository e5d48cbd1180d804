import type { FormRules } from '../core/form.ts'
import type { Shape } from '../core/json/shape.ts'
import type { Dialect, Endpoint } from './dialect.ts'

/**
 * - `scanned` read for personal data and secrets, rewritten in place
 * - `scanned, never altered` read; a finding refuses the request
 * - `opaque` can't be read as text: policy refuses (default) or allows it
 * - `scanned where it is text, else opaque` files: text, Markdown, HTML, XML, CSV, JSON, JSON lines, mails
 * - `by policy` lets the provider run tools: policy refuses (default) or allows it
 * - `restored` of an answer: pseudonyms are put back
 * - `structural` ids, numbers and words of the format; passes as it is
 */
export type Treatment =
  | 'scanned'
  | 'scanned, never altered'
  | 'opaque'
  | 'scanned where it is text, else opaque'
  | 'by policy'
  | 'restored'
  | 'structural'

export interface FieldCoverage {
  /** Path with `[]` for arrays and `*` for keys the caller chooses. */
  readonly field: string
  readonly treatment: Treatment
}

export interface EndpointCoverage {
  readonly endpoint: string
  readonly covered: boolean
  /** Of covered endpoints; a field that is not listed is scanned. */
  readonly request: readonly FieldCoverage[]
  readonly answer: readonly FieldCoverage[]
}

/** What is scanned, opaque and refused, read off the field maps themselves. */
export function coverageOf(dialects: readonly Dialect[]): EndpointCoverage[] {
  return dialects.flatMap(dialect => [
    ...dialect.endpoints.map(covered),
    ...dialect.uncovered.map(({ method, path }) => ({
      endpoint: `${method} ${path}`,
      covered: false,
      request: [],
      answer: []
    }))
  ])
}

function covered(endpoint: Endpoint): EndpointCoverage {
  return {
    endpoint: `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`,
    covered: true,
    request: requestFields(endpoint),
    answer: fieldsOf(endpoint.answer, 'answer')
  }
}

/** Of JSON bodies and of forms, each field once. */
function requestFields({ request, form, formOnly }: Endpoint): FieldCoverage[] {
  const fields = [...(formOnly === true ? [] : fieldsOf(request, 'request')), ...formFields(form)]
  return [...new Map(fields.map(one => [one.field, one])).values()]
}

/** Fields of a form that JSON bodies of the endpoint do not have. */
function formFields(form: FormRules | undefined): FieldCoverage[] {
  if (form === undefined) return []
  return [
    ...fieldsOf({ object: { fields: form.fields, rest: {} } }, 'request'),
    ...[...form.files].map(
      ([field, kind]): FieldCoverage => ({
        field,
        treatment: kind === 'document' ? 'scanned where it is text, else opaque' : 'opaque'
      })
    )
  ]
}

const opaqueNotes = new Set(['image', 'audio', 'file'])

function fieldsOf(shape: Shape, direction: 'request' | 'answer'): FieldCoverage[] {
  const fields = new Map<string, Treatment>()
  const visit = (shape: Shape, path: string): void => {
    const own = forcedBy(shape) ?? (shape.title === undefined ? null : treatmentOf(shape, direction))
    if (own !== null) {
      fields.set(path, own)
      return
    }
    if (shape.string !== undefined || shape.number !== undefined)
      fields.set(path, treatmentOf(shape, direction))
    if (shape.array !== undefined) visit(shape.array, `${path}[]`)
    for (const [key, field] of shape.object?.fields ?? []) visit(field, path === '' ? key : `${path}.${key}`)
    // Objects with a map of their own list only that; what falls outside it is unknown and scanned.
    if (shape.object?.fields.size === 0) visit(shape.object.rest, `${path}.*`)
  }
  visit(shape, '')
  return [...fields].map(([field, treatment]) => ({ field, treatment }))
}

function forcedBy(shape: Shape): Treatment | null {
  if (shape.note === 'providerTools') return 'by policy'
  return shape.note !== undefined && opaqueNotes.has(shape.note) ? 'opaque' : null
}

function treatmentOf(shape: Shape, direction: 'request' | 'answer'): Treatment {
  const rule = shape.string ?? shape.number
  if (rule === 'skip' || rule === 'enum' || rule === 'index') return 'structural'
  if (direction === 'answer') return 'restored'
  return rule === 'fixed' || rule === 'fixed-number' ? 'scanned, never altered' : 'scanned'
}
