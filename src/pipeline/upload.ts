import { textOf } from '../core/byte-source.ts'
import { DocumentPieces, type Piece } from '../core/documents/pieces.ts'
import { FILE, type Section } from '../core/documents/document.ts'
import type { Form, FormFile } from '../core/form.ts'
import type { Walk } from '../core/json/walker.ts'
import {
  type Endpoint,
  noTarget,
  type OpaquePart,
  type RequestFacts,
  type StateFacts
} from '../dialects/dialect.ts'
import { errors } from '../errors.ts'

/** A form takes files that are larger than memory: their documents are read piece by piece, as often as needed. */

export interface FileLimits {
  readonly maxJsonDepth: number
  readonly maxJsonLeaves: number
  readonly maxBodyBytes: number
}

/** Requests in one file; providers take 50,000. Of each the name of its model is kept. */
export const MAX_SECTIONS = 100_000
/** Objects that the requests of a file name or use, as one request may. */
const MAX_NAMED = 500

/** The pieces of one document. */
export function piecesOf(
  { body }: Form,
  { start, end, format }: FormFile,
  limits: FileLimits
): DocumentPieces | null {
  if (format === null) return null
  const { maxJsonDepth: maxDepth, maxJsonLeaves: maxLeaves, maxBodyBytes: maxUnit } = limits
  return new DocumentPieces(textOf(body, start, end), format.open(), { maxDepth, maxLeaves, maxUnit })
}

/** One request in a piece, as its own endpoint reads it. */
export function sectionOf(
  { walk: { source, leaves } }: Piece,
  { name, from, to, notes }: Section,
  endpoint: Endpoint
): { readonly endpoint: Endpoint; readonly walk: Walk } {
  const own = endpoint.sections?.get(name)
  if (own === undefined) throw new errors.Internal()
  return { endpoint: own, walk: { source, leaves: leaves.slice(from, to), notes } }
}

/**
 * What the documents of a form add to what is known of it.
 * @param facts of the form itself
 * @throws errors of the JSON kind, of requests in documents, FileUnitTooLarge, FileTooManyRequests
 */
export async function documentFacts(
  form: Form,
  endpoint: Endpoint,
  facts: RequestFacts,
  limits: FileLimits
): Promise<RequestFacts> {
  const told = new ToldFacts(facts)
  for (const file of form.files) {
    if (file.format?.tells !== true) continue
    const pieces = piecesOf(form, file, limits)
    for (let piece = await pieces?.next(); piece != null; piece = await pieces?.next()) {
      if (piece.isOpaque) told.opaque({ modality: 'file', slot: FILE })
      for (const section of piece.sections) {
        const { endpoint: own, walk } = sectionOf(piece, section, endpoint)
        told.request(own.read(walk, noTarget))
      }
      if (piece.window !== undefined) pieces?.took(piece.window.until)
    }
  }
  return told.all
}

/** Facts of a form, and of the requests in it. */
class ToldFacts {
  readonly #facts: RequestFacts
  readonly #models = new Set<string>()
  readonly #opaque = new Map<string, OpaquePart>()
  readonly #tools: RequestFacts['providerTools'][number][] = []
  readonly #names = new Set<string>()
  readonly #uses = new Set<string>()
  #requests = 0

  constructor(facts: RequestFacts) {
    this.#facts = facts
  }

  get all(): RequestFacts {
    const { state, opaque, providerTools } = this.#facts
    const parts = [...opaque, ...this.#opaque.values()]
    return {
      ...this.#facts,
      opaque: parts,
      providerTools: [...providerTools, ...this.#tools],
      ...(this.#models.size === 0 ? {} : { models: [...this.#models] }),
      ...(state === undefined ? {} : { state: this.#state(state, parts) })
    }
  }

  #state(state: StateFacts, parts: readonly OpaquePart[]): StateFacts {
    return {
      ...state,
      names: [...new Set([...state.names, ...this.#names])],
      uses: [...new Set([...(state.uses ?? []), ...this.#uses])],
      ...(state.isRead === undefined ? {} : { isRead: state.isRead && parts.length === 0 })
    }
  }

  /** Each kind once, and each stored object. */
  opaque(part: OpaquePart): void {
    if (this.#opaque.size < MAX_NAMED) this.#opaque.set(`${part.modality} ${part.id ?? ''}`, part)
  }

  request({ model, opaque, providerTools, state }: RequestFacts): void {
    if (++this.#requests > MAX_SECTIONS) throw new errors.FileTooManyRequests(String(MAX_SECTIONS))
    if (model !== null) this.#models.add(model)
    for (const part of opaque) this.opaque(part)
    if (this.#tools.length === 0) this.#tools.push(...providerTools)
    for (const name of state?.names ?? []) add(this.#names, name)
    for (const name of state?.uses ?? []) add(this.#uses, name)
  }
}

/** @throws errors.FileTooManyRequests */
function add(set: Set<string>, name: string): void {
  if (set.size >= MAX_NAMED && !set.has(name)) throw new errors.FileTooManyRequests(String(MAX_SECTIONS))
  set.add(name)
}
