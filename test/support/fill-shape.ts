import type { Shape } from '../../src/core/json/shape.ts'

/** Which form a value takes where a field map allows several. */
export type Preferred = 'string' | 'array' | 'object'

export interface Filling {
  readonly preferred: Preferred
  /** What stands in a text of a kind: `text`, `json`, `identifier`, `url`, `unknown`. */
  readonly textOf: (kind: string) => string
  /** Tags of notes whose value must be something certain. */
  readonly noted?: Readonly<Record<string, unknown>>
}

/** A value with every field that a field map names, each filled by its kind. */
export function fillShape(shape: Shape, filling: Filling, within: readonly Shape[] = []): unknown {
  if (shape.note !== undefined && filling.noted !== undefined && shape.note in filling.noted)
    return filling.noted[shape.note]
  const { string, number, array, object } = shape
  // Shapes that contain themselves are filled once in themselves.
  const isDeep = shape.title !== undefined && within.filter(({ title }) => title === shape.title).length > 1
  const inner = shape.title === undefined ? within : [...within, shape]
  const forms: Record<Preferred, (() => unknown) | null> = {
    string: string === undefined ? null : () => stringOf(string, filling),
    array: array === undefined || isDeep ? null : () => [fillShape(array, filling, inner)],
    object:
      object === undefined || isDeep
        ? null
        : () => {
            const fields = [...object.fields].map(([key, field]) => [key, fillShape(field, filling, inner)])
            const free = object.fields.size === 0 ? [['frei', fillShape(object.rest, filling, inner)]] : []
            return Object.fromEntries([...fields, ...free]) as unknown
          }
  }
  const make = forms[filling.preferred] ?? forms.object ?? forms.array ?? forms.string
  if (make !== null) return make()
  return number === undefined ? true : 1
}

function stringOf(rule: string, { textOf }: Filling): string {
  switch (rule) {
    case 'skip':
      return 'id_1'
    case 'enum':
      return 'auto'
    case 'fixed':
      return 'name-1'
    case 'media':
    case 'url':
      return `https://example.com/?q=${encodeURIComponent(textOf('url'))}`
    default:
      return textOf(rule)
  }
}
