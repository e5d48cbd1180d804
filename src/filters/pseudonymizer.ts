import type { Finding } from '../core/finding.ts'
import type { Edit, Segment } from '../core/leaf.ts'
import { errors } from '../errors.ts'
import { LITERAL } from './code.ts'
import { normalizeEntity } from './entity.ts'
import type { Lacks } from './findings-cache.ts'
import { Followed } from './followed.ts'
import { Issued, type IssuedCode, typeOfCode } from './issued.ts'
import { Issuer } from './issuer.ts'
import { type Lookalike, scanLookalikes } from './lookalike.ts'
import { operatorNamed } from './operators/index.ts'
import { nameKey, Persons } from './persons.ts'
import { contest, untangle } from './span-contest.ts'
import type { ResentSegments } from './resent.ts'
import { isWordCode } from './spelling.ts'
import { SurfaceReader } from './surface.ts'
import { SurrogateIssuer } from './surrogates/issuer.ts'
import { Spoken } from './surrogates/spoken.ts'
import { guessLanguage } from './tagger/language.ts'
import { type Refused, refusalOf, type Task, wholeNumber } from './task.ts'
import { isUnalterable } from './unalterable.ts'

/** What all texts of a request share. */
export interface PseudonymizeScope {
  /** Secret of the scope, 32 bytes; asked for when the first code is issued. The same key, entity and spelling give the same code. */
  readonly scopeKey: () => Buffer
  /** The scope is a whole app: ids are longer, and a mention means the same whatever stands before it. */
  readonly appWide?: boolean
  /** Codes that earlier requests of the conversation issued, in order: they are restored too, and stay the same. */
  readonly known?: readonly IssuedCode[]
  /** Every entity type a detector may report. One array per process: what is derived from it is kept with it. */
  readonly knownTypes: readonly string[]
  /** False: no operator of the request is `surrogate`. Only worth saying where texts come in parts. */
  readonly surrogates?: boolean
}

/** Texts of a request, all of them or some. */
export interface PseudonymizeTexts {
  /** Segments that leave as an earlier answer was, not as they are: the codes in them are taken over there. */
  readonly replayed?: ReadonlyMap<number, readonly IssuedCode[]>
  /** In the order of the request: how a leaf is treated depends only on itself and what stands before it. */
  readonly segments: readonly Segment[]
  /** Per segment. */
  readonly findings: readonly (readonly Finding[])[]
  /** Per segment: texts known to hold nothing like a code are passed over, others are noted. */
  readonly lacks?: readonly (Lacks | undefined)[]
  /** Which of the segments later requests will have too. */
  readonly resent?: ResentSegments | undefined
  /** The name of the operator for findings of a type. */
  operatorFor(type: string, segment: Segment): string
}

export interface PseudonymizeInput extends PseudonymizeScope, PseudonymizeTexts {}

export interface Action {
  readonly type: string
  readonly operator: string
  count: number
}

export interface Refusal extends Refused {
  readonly segmentIndex: number
}

export interface PseudonymizeResult {
  /** Per segment, in offsets of its decoded text, sorted. Empty when refused: nothing may be sent. */
  readonly edits: readonly (readonly Edit[])[]
  readonly issued: Issued
  readonly actions: readonly Action[]
  readonly refusal?: Refusal
}

const NO_EDITS: readonly Edit[] = []
const NO_LOOKALIKES: readonly Lookalike[] = []
const pseudonymize = operatorNamed('pseudonymize')

/**
 * Turns findings into edits of the request, and keeps what restoring will need. Text that looks like a code is replaced by
 * a code of type LITERAL.
 * @throws errors.PseudonymCollision, errors.ScanFailed (unknown operator)
 */
export function pseudonymizeSegments(input: PseudonymizeInput): PseudonymizeResult {
  const run = new Pseudonymizer(input)
  const { edits, refusal } = run.take(input)
  const { issued, actions } = run
  return refusal === undefined ? { edits, issued, actions } : { edits, issued, actions, refusal }
}

/** Replaces in the texts of one request, one part after the other: the same as all of them at once. */
export class Pseudonymizer {
  readonly issued: Issued
  #input: PseudonymizeTexts = { segments: [], findings: [], operatorFor: () => 'keep' }
  readonly #scope: PseudonymizeScope
  readonly #issuer: Issuer
  readonly #surrogates: SurrogateIssuer
  readonly #spoken: Spoken
  readonly #persons = new Persons()
  readonly #actions = new Map<string, Action>()
  readonly #followed: Followed

  constructor(scope: PseudonymizeScope) {
    this.#scope = scope
    this.issued = new Issued(scope.knownTypes)
    this.#issuer = new Issuer(scope.scopeKey, this.issued, scope.appWide)
    this.#surrogates = new SurrogateIssuer(scope.scopeKey, this.issued)
    this.#spoken = new Spoken(scope.surrogates)
    this.#followed = new Followed(scope.scopeKey)
    this.adopt(scope.known ?? [])
  }

  /**
   * Edits of the next texts.
   * @throws errors.PseudonymCollision, errors.ScanFailed (unknown operator)
   */
  take(input: PseudonymizeTexts): Pick<PseudonymizeResult, 'edits' | 'refusal'> {
    this.#input = input
    this.#spoken.next(input.segments)
    const { resent } = input
    const edits: (readonly Edit[])[] = []
    for (const index of input.segments.keys()) {
      if (resent !== undefined) this.#enter(resent, index)
      const replayed = input.replayed?.get(index)
      resent?.touched.push(replayed !== undefined)
      if (replayed !== undefined) {
        this.adopt(replayed)
        edits.push(NO_EDITS)
        continue
      }
      const refused = this.#edit(index, input.findings[index] ?? [], edits)
      if (refused !== null) return { edits: [], refusal: { ...refused, segmentIndex: index } }
    }
    resent?.reach(input.segments.length)
    return { edits }
  }

  #enter(resent: ResentSegments, index: number): void {
    resent.reach(index)
    this.#issuer.resent = index >= resent.from && index < resent.to ? resent : null
  }

  /** Takes over codes of earlier requests; those that are known here stay as they are. */
  adopt(known: readonly IssuedCode[]): void {
    for (const one of known) {
      if (this.issued.surfaceOf(one.code) !== undefined) continue
      const type = typeOfCode(one)
      this.#followed.add(type, one.surface)
      if (one.type !== undefined) this.#surrogates.adopt(type, one)
      else this.#issuer.adopt(type, this.#entity(type, one.surface), one)
    }
  }

  get actions(): Action[] {
    return [...this.#actions.values()]
  }

  /** Appends the segment's edits, or says why the request is refused. */
  #edit(index: number, found: readonly Finding[], edits: (readonly Edit[])[]): Refused | null {
    const segment = this.#input.segments[index]
    if (segment === undefined) return null
    const isReversible = (type: string) => operatorNamed(this.#input.operatorFor(type, segment)).reversible
    const findings = this.#followed.addTo(found, segment, isReversible, this.#input.lacks?.[index])
    const lookalikes = this.#lookalikes(segment, index)
    if (findings.length === 0 && lookalikes.length === 0) {
      edits.push(NO_EDITS)
      return null
    }
    this.#touch(index)
    const tasks = this.#tasks(segment, findings, lookalikes)
    const refusal = refusalOf(segment, tasks)
    for (const { type, operator } of tasks) this.#count(type, operator.name)
    if (refusal === null) edits.push(this.#apply(segment, tasks, index))
    return refusal
  }

  /** Something of the segment matters for what comes behind it. */
  #touch(index: number): void {
    const { resent } = this.#input
    if (resent !== undefined) resent.touched[index] = true
  }

  /** Those to be replaced; the codes of all others are never issued, so restoring can't mistake them. */
  #lookalikes(segment: Segment, index: number): readonly Lookalike[] {
    const { kind, text } = segment
    if (kind === 'number' || kind === 'fixed-number') return NO_LOOKALIKES
    const all = this.#looksIssued(text, index)
    if (all.length === 0) return all
    this.#touch(index)
    const isEditable = !isUnalterable(segment)
    const replaced: Lookalike[] = []
    for (const lookalike of all) {
      const { code, strict } = lookalike
      if (isEditable && (strict || this.issued.surfaceOf(code) !== undefined)) replaced.push(lookalike)
      else this.#issuer.reserve(code)
    }
    return replaced
  }

  /** Text like a code, and text that is a surrogate without having been one. */
  #looksIssued(text: string, index: number): readonly Lookalike[] {
    const lacks = this.#input.lacks?.[index]
    const codes = lacks?.codes === true ? NO_LOOKALIKES : scanLookalikes(text, this.#scope.knownTypes)
    if (lacks !== undefined) lacks.codes = codes.length === 0
    const surrogates = this.issued.surrogates.scan(text)
    if (surrogates.length === 0) return codes
    const typed = surrogates
      .filter(({ start, end }) => !codes.some(code => code.start < end && start < code.end))
      .map(({ start, end, text }) => ({ start, end, code: text, strict: false }))
    return [...codes, ...typed].sort((a, b) => a.start - b.start)
  }

  /** Findings and lookalikes in one sorted list without overlaps. */
  #tasks(segment: Segment, findings: readonly Finding[], lookalikes: readonly Lookalike[]): Task[] {
    const spans = untangle(findings)
    const { kept, covered } =
      lookalikes.length === 0 ? { kept: [], covered: null } : contest(spans, lookalikes)
    const tasks: Task[] = kept.map(({ start, end }) => ({
      start,
      end,
      type: LITERAL,
      operator: pseudonymize
    }))
    for (const span of spans) {
      if (covered?.has(span) === true) continue
      const operator = operatorNamed(this.#input.operatorFor(span.type, segment))
      tasks.push({ start: span.start, end: span.end, type: span.type, operator })
    }
    return kept.length === 0 ? tasks : tasks.sort((a, b) => a.start - b.start)
  }

  #count(type: string, operator: string): void {
    const key = `${type} ${operator}`
    const action = this.#actions.get(key)
    if (action === undefined) this.#actions.set(key, { type, operator, count: 1 })
    else action.count++
  }

  #apply(segment: Segment, tasks: readonly Task[], index: number): readonly Edit[] {
    const { kind, text } = segment
    const edits: Edit[] = []
    const codes: string[] = []
    const surfaces = new SurfaceReader(segment)
    for (const { start, end, type, operator } of kind === 'number' ? wholeNumber(segment, tasks) : tasks) {
      const surface = surfaces.read(start, end)
      let issuedCode = ''
      const replacement = operator.apply({
        type,
        surface,
        kind,
        pseudonym: () => {
          // a number was promised, and none could be made
          if (kind === 'fixed-number') throw new errors.PseudonymCollision()
          const entity = this.#entity(type, surface)
          return (issuedCode = this.#issuer.issue(type, entity, surface, kind === 'number'))
        },
        surrogate: () => this.#surrogate(type, surface, index)
      })
      if (replacement === null) this.issued.noteHeld(surface)
      else {
        edits.push({ start, end, text: replacement })
        codes.push(issuedCode)
        // what hides for good may be quoted: the model did not make it up
        if (!operator.reversible)
          for (const part of replacement.split(/[^\p{L}\p{N}]+/u)) this.issued.noteHeld(part)
      }
    }
    this.#noteGlue(text, edits, codes)
    return edits
  }

  #surrogate(type: string, surface: string, index: number): string | null {
    return this.#surrogates.issue(type, normalizeEntity(type, surface), surface, {
      language: () => guessLanguage(this.#input.segments[index]?.text ?? ''),
      isFree: word => !this.#spoken.has(word, index)
    })
  }

  #entity(type: string, surface: string): string {
    if (type !== 'PERSON') return normalizeEntity(type, surface)
    return this.#scope.appWide === true ? nameKey(surface) : this.#persons.entityOf(surface)
  }

  /** Remembers where a code touches a letter or digit as it leaves: restoring then accepts just that. */
  #noteGlue(text: string, edits: readonly Edit[], codes: readonly string[]): void {
    for (let index = 0; index < edits.length; index++) {
      const edit = edits[index]
      const code = codes[index] ?? ''
      if (edit === undefined || code === '') continue
      const before = edits[index - 1]
      const after = edits[index + 1]
      const left =
        before?.end === edit.start
          ? before.text.charCodeAt(before.text.length - 1)
          : text.charCodeAt(edit.start - 1)
      const right = after?.start === edit.end ? after.text.charCodeAt(0) : text.charCodeAt(edit.end)
      if (isWordCode(left) || isWordCode(right)) {
        this.issued.noteGlue(code, isWordCode(left) ? left : 0, isWordCode(right) ? right : 0)
      }
    }
  }
}
