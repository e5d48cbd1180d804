import { joinKeyOf } from '../../core/json/pointer.ts'
import type { Leaf, Note, Walk } from '../../core/json/walker.ts'
import { errors } from '../../errors.ts'
import type { OpaquePart, RequestFacts, Usage } from '../dialect.ts'

/** What the endpoints of this dialect have in common: reading the notes of a walk. */

/** Names that can be logged and matched: no spaces, no `@` addresses, bounded. */
export const modelName = /^[A-Za-z0-9._:/@-]{1,128}$/

/**
 * @param byDefault what the provider takes when the field is missing; undefined where it must be there
 * @throws errors.FieldMissing, ModelMalformed
 */
export function modelOf(walk: Walk, byDefault?: string): string {
  const model = valueOf(walk, 'model') ?? byDefault
  if (typeof model !== 'string') throw new errors.FieldMissing('model', 'a string')
  if (!modelName.test(model)) throw new errors.ModelMalformed()
  return model
}

/** Facts of any request: parts that can't be read, provider-side tools, stop strings, the person who asks. */
export function factsOf(walk: Walk): Omit<RequestFacts, 'model' | 'beginning'> {
  const person = personOf(walk)
  return {
    ...(person === undefined ? {} : { person }),
    stream: valueOf(walk, 'stream') === (walk.form === true ? 'true' : true),
    stops: walk.leaves.filter(leaf => leaf.slot.label === 'stop' && joinKeyOf(leaf.slot).startsWith('/stop')),
    opaque: (['image', 'audio', 'file'] as const).flatMap(modality =>
      notesOf(walk, modality).map((note): OpaquePart => {
        const id = note.slot.key === 'file_id' ? idIn(sourceOf(walk, note)) : undefined
        return { modality, slot: note.slot, ...(id === undefined ? {} : { id }) }
      })
    ),
    providerTools: notesOf(walk, 'providerTools').map(note => note.slot)
  }
}

/** `safety_identifier`, and `user`, which it took the place of. Whatever is longer or has lines is no id. */
function personOf(walk: Walk): string | undefined {
  const texts = PERSON_FIELDS.map(
    field => walk.leaves.find(({ slot }) => slot.key === field && slot.frame?.slot.frame === null)?.text
  )
  return texts.find(text => text !== undefined && /^[^\p{Cc}]{1,256}$/u.test(text))
}

const PERSON_FIELDS = ['safety_identifier', 'user']

/** Token ids in the place of text: numbers where the field map expects a text with this label. */
export function tokensOf(walk: Walk, label: string): OpaquePart[] {
  const isToken = (leaf: Leaf): boolean => leaf.kind === 'fixed-number' && leaf.slot.label === label
  const first = walk.leaves.find(isToken)
  return first === undefined ? [] : [{ modality: 'tokens', slot: first.slot }]
}

export function usageOf(walk: Walk): Usage {
  const found: Record<string, number> = {}
  for (const tag of ['inputTokens', 'outputTokens', 'cachedInputTokens', 'reasoningTokens']) {
    const value = valueOf(walk, tag)
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) found[tag] = value
  }
  return found
}

export function notesOf(walk: Walk, tag: string): Note[] {
  return walk.notes.filter(note => note.tag === tag)
}

export function sourceOf(walk: Pick<Walk, 'source'>, note: Note): string {
  return walk.source.slice(note.start, note.end)
}

/** Ids as providers make them. */
export const objectId = /^[A-Za-z0-9_-]{1,128}$/

function idIn(source: string): string | undefined {
  const value: unknown = source.startsWith('"') ? JSON.parse(source) : undefined
  return typeof value === 'string' && objectId.test(value) ? value : undefined
}

/** Ids of stored objects that a request uses: files, vector stores, assistants. What is no id names none. */
export function usesOf(walk: Walk): string[] {
  const files = notesOf(walk, 'file').filter(note => note.slot.key === 'file_id')
  const ids = [...notesOf(walk, 'uses'), ...files].map(note => idIn(sourceOf(walk, note)))
  return [...new Set(ids.filter(id => id !== undefined))].slice(0, MAX_USES)
}

/** Files that one request may name, as vector stores take them in one batch. */
const MAX_USES = 500

/** The first value with this tag, parsed (of a form: its text); undefined when there is none or it is an object or array. */
export function valueOf(walk: Walk, tag: string): unknown {
  const note = walk.notes.find(note => note.tag === tag)
  if (note === undefined) return undefined
  const source = sourceOf(walk, note)
  if (walk.form === true) return source
  return /^[[{]/.test(source) ? undefined : (JSON.parse(source) as unknown)
}
