import { setImmediate } from 'node:timers/promises'
import { cutOf, type DocumentPieces, type Piece, type Window } from '../core/documents/pieces.ts'
import type { Finding } from '../core/finding.ts'
import type { Form } from '../core/form.ts'
import { SourceMap } from '../core/json/source-map.ts'
import type { Leaf, Walk } from '../core/json/walker.ts'
import type { Edit } from '../core/leaf.ts'
import { SPECIAL_CATEGORIES, type SpecialCategory } from '../core/special-categories.ts'
import type { Endpoint } from '../dialects/dialect.ts'
import { errors } from '../errors.ts'
import { Pseudonymizer } from '../filters/pseudonymizer.ts'
import { Names } from '../filters/scanner/names.ts'
import type { Policy } from '../policy.ts'
import { withInstruction } from './instruction.ts'
import { LeafEdits } from './leaf-edits.ts'
import {
  type Detection,
  type Outbound,
  payloadStateOf,
  refusalOf,
  refuseCollidingStops,
  type RequestRules,
  type RequestScope,
  type Scanned,
  scanRequest
} from './outbound.ts'
import type { ReadRequest } from './read-request.ts'
import { type FileLimits, piecesOf, sectionOf } from './upload.ts'
import { type Rewritten, UploadBody, type UploadParts } from './upload-body.ts'

/** Different values that one upload may replace: as many as one scope of the vault keeps. */
const MAX_VALUES = 100_000

/** What rewriting a form needs. */
export interface UploadContext {
  readonly endpoint: Endpoint
  readonly policy: Policy
  readonly detection: Detection
  readonly scope: RequestScope
  readonly limits: FileLimits
  /** False when the client is gone: minutes of work on a long file would be for nobody. */
  readonly isWanted: () => boolean
  /** Takes what is rewritten; null: nothing is kept of it, it is only looked at. */
  readonly store: (() => Rewritten) | null
}

/**
 * Looks through a form and its documents, piece by piece, and puts pseudonyms in the place of what is found. Nothing has left
 * when this is over: what one part of a file holds decides about all of it.
 * @throws errors of `makeOutbound` and `scanRequest`, FileUnitTooLarge, FileTooManyValues, Overloaded
 */
export async function makeUpload(
  read: ReadRequest,
  form: Form,
  context: UploadContext
): Promise<{ readonly scanned: Scanned; readonly outbound: Outbound }> {
  const run = new UploadRun(context)
  const own = context.policy.request(context.endpoint.api)
  const edits = await run.replace(form.walk, form.walk.leaves, own)
  const { issued } = run
  refuseCollidingStops(read.facts.stops, form.walk.leaves, edits, run.codesIn(edits))
  const all = new LeafEdits(form.walk)
  form.walk.leaves.forEach((leaf, at) => all.add(leaf, edits[at] ?? []))
  const files: UploadParts['files'][number][] = []
  for (const file of form.files) {
    const pieces = piecesOf(form, file, context.limits)
    files.push(pieces === null ? file : await run.rewrite(pieces))
  }
  const { actions } = run
  const named = form.walk.notes.find(note => note.tag === 'model') ?? null
  const parts = { form, fields: all, named, model: read.facts.model, files }
  const outbound: Outbound = {
    bodyFor: names => new UploadBody(parts, names),
    issued,
    scope: context.scope.kind,
    actions,
    payloadState: payloadStateOf(actions)
  }
  return { scanned: run.scanned, outbound }
}

/** What all texts of one form share. */
class UploadRun {
  readonly #context: UploadContext
  readonly #names = new Names()
  readonly #run: Pseudonymizer
  readonly #flags = new Set<SpecialCategory>()
  readonly #types: readonly string[]
  #isFirst = true

  constructor(context: UploadContext) {
    const { detection, scope, policy, endpoint } = context
    this.#context = context
    this.#types = detection.detectors.typesWith(detection.analyzer)
    const apis = [endpoint, ...(endpoint.sections?.values() ?? [])].map(({ api }) => policy.request(api))
    const isText = { kind: 'text', path: [] } as const
    this.#run = new Pseudonymizer({
      knownTypes: this.#types,
      scopeKey: scope.key,
      appWide: scope.kind === 'app',
      known: scope.known,
      surrogates: apis.some(rules => rules.operatorsIn(isText).has('surrogate') || rules.asksPlaces)
    })
  }

  get issued() {
    return this.#run.issued
  }

  get actions() {
    return this.#run.actions
  }

  get scanned(): Scanned {
    const flags = SPECIAL_CATEGORIES.filter(category => this.#flags.has(category))
    return { findings: [], flags, lacks: [], types: this.#types }
  }

  /** Edits of these leaves. */
  async replace(
    walk: Walk,
    leaves: readonly Leaf[],
    rules: RequestRules
  ): Promise<readonly (readonly Edit[])[]> {
    const findings = await this.#scan({ ...walk, leaves }, rules)
    return this.#edits(leaves, findings, rules)
  }

  /** Codes that the answer to a request with these edits may hold. */
  codesIn(edits: readonly (readonly Edit[])[]): string[] {
    const own = edits.flat().map(({ text }) => text)
    const known = this.#context.scope.known.map(({ code }) => code)
    return [...own.filter(text => this.issued.surfaceOf(text) !== undefined), ...known]
  }

  async rewrite(pieces: DocumentPieces): Promise<Rewritten | null> {
    const { endpoint, policy, store } = this.#context
    const out = store === null ? null : store()
    const own = policy.request(endpoint.api)
    for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
      if (piece.window === undefined) await out?.write(await this.#units(piece, own))
      else {
        const { text, end } = await this.#text(piece, piece.window, own)
        pieces.took(end)
        await out?.write(text)
      }
      if (this.#run.issued.size > MAX_VALUES) throw new errors.FileTooManyValues(String(MAX_VALUES))
      if (!this.#context.isWanted()) throw new errors.ClientAborted()
      // other requests go on meanwhile
      await setImmediate()
    }
    return out
  }

  /** Whole units, as they leave; a NUL stands for the name of a model. */
  async #units(piece: Piece, own: RequestRules): Promise<PieceText> {
    const { walk, sections } = piece
    const { leaves } = walk
    const edits: (readonly Edit[])[] = []
    for (const { from, to, rules } of groupsOf(piece, own, this.#context))
      edits.push(...(await this.replace(walk, leaves.slice(from, to), rules)))
    const all = new LeafEdits(walk)
    const models: string[] = []
    for (const section of sections) {
      const { endpoint, walk: request } = sectionOf(piece, section, this.#context.endpoint)
      const { stops, model } = endpoint.read(request, { ids: [], query: new Map() })
      const given = edits.slice(section.from, section.to)
      refuseCollidingStops(stops, request.leaves, given, this.codesIn(given))
      const tellable = this.#context.policy.instructs ? endpoint.tellable?.(request) : undefined
      if (tellable !== undefined)
        edits.splice(
          section.from,
          given.length,
          ...withInstruction(request.leaves, given, this.issued, tellable)
        )
      const named = section.notes.find(note => note.tag === 'model')
      if (named === undefined || model === null) continue
      models.push(model)
      all.addSource({ start: named.start, end: named.end, text: '\0' })
    }
    leaves.forEach((leaf, at) => all.add(leaf, edits[at] ?? []))
    return { text: all.apply(), models }
  }

  /** What is taken of a window: up to where nothing is cut. */
  async #text(
    { walk }: Piece,
    window: Window,
    rules: RequestRules
  ): Promise<{ readonly text: PieceText; readonly end: number }> {
    const [leaf] = walk.leaves
    if (leaf === undefined) throw new errors.Internal()
    const [found = []] = await this.#scan(walk, rules)
    const end = cutOf(leaf.text, window, found)
    const source = leaf.text.slice(window.from, end)
    const findings = found.flatMap(one =>
      one.end > window.from && one.start < end
        ? [{ ...one, start: Math.max(one.start, window.from) - window.from, end: one.end - window.from }]
        : []
    )
    const taken: Leaf = { ...leaf, text: source, map: new SourceMap(0, null, null, null) }
    const [edits = []] = this.#edits([taken], [findings], rules)
    const all = new LeafEdits({ source, leaves: [taken], notes: [] })
    all.add(taken, edits)
    return { text: { text: all.apply(), models: [] }, end }
  }

  async #scan(walk: Walk, rules: RequestRules): Promise<readonly (readonly Finding[])[]> {
    const { analyzer, detectors, consult, conversation, replays } = this.#context.detection
    const { findings, flags } = await scanRequest({ walk }, rules, {
      analyzer,
      detectors,
      consult,
      conversation: this.#isFirst ? conversation : [],
      names: this.#names,
      replays
    })
    this.#isFirst = false
    for (const flag of flags) this.#flags.add(flag)
    return findings
  }

  #edits(
    leaves: readonly Leaf[],
    findings: readonly (readonly Finding[])[],
    rules: RequestRules
  ): readonly (readonly Edit[])[] {
    const { edits, refusal } = this.#run.take({
      segments: leaves,
      findings,
      // the segments are the leaves themselves
      operatorFor: (type, leaf) => rules.operatorFor(type, leaf as Leaf)
    })
    if (refusal !== undefined) throw refusalOf(refusal, leaves)
    return edits
  }
}

/** Text of a piece as it leaves, and what stands where it holds a NUL. */
export interface PieceText {
  readonly text: string
  readonly models: readonly string[]
}

interface Group {
  readonly from: number
  to: number
  readonly rules: RequestRules
}

/** Leaves in a row that are under the same rules: those of the form, or of the endpoint of their section. */
function groupsOf(
  { walk, sections }: Piece,
  own: RequestRules,
  { endpoint, policy }: UploadContext
): Group[] {
  const groups: Group[] = []
  const add = (from: number, to: number, rules: RequestRules): void => {
    const last = groups.at(-1)
    if (from === to) return
    if (last?.rules === rules) last.to = to
    else groups.push({ from, to, rules })
  }
  let at = 0
  for (const { name, from, to } of sections) {
    add(at, from, own)
    add(from, to, policy.request(endpoint.sections?.get(name)?.api ?? endpoint.api))
    at = to
  }
  add(at, walk.leaves.length, own)
  return groups
}
