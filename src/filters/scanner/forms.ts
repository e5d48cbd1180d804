import { ALNUM, DIGIT, is } from './chars.ts'
import { BLANK_BIT, type Cluster, DASH_BIT, DOT_BIT, SLASH_BIT, separatorBit } from './cluster.ts'
import { ADJACENT, BLOCKED, NEARBY } from './context-words.ts'
import type { Scan } from './scan.ts'

/** An identifier of fixed length. */
export interface Form {
  /** `9` a digit, `A` a letter, `X` either, anything else itself in upper case; up to 32 characters, no separators. */
  readonly mask: string
  /** Separators that may be written between groups, any of ` -./`; default ` -./`. */
  readonly separators?: string
  /** Group lengths in which it is commonly written, or `any`; written otherwise (not in one piece) it needs context. */
  readonly groups?: readonly (readonly number[])[] | 'any'
  /** Structure and check digits on the codes without separators, letters in upper case. */
  readonly check?: (codes: Uint8Array, length: number) => boolean
  /** Score without context words; 0 where they are required. */
  readonly score: number
  /** Score without context words when written in one piece, default `score`: digits alone are likelier something else. */
  readonly pieceScore?: number
  /** Score with a context word near, default 0.95; right before it counts a little more. */
  readonly contextScore?: number
  /** Score of a value that is the whole text, under no name; default 0. For check digits that chance alone may meet. */
  readonly loneScore?: number
  /** Entity type, default the recognizer's first. */
  readonly type?: string
  /** Written in upper case only, unless context stands near; for masks that words could fit. */
  readonly upperCase?: boolean
}

interface CompiledForm {
  readonly recognizer: number
  readonly type: string
  readonly letters: number
  readonly digits: number
  /** Pairs of position and code that must be exactly so. */
  readonly fixed: Uint8Array
  readonly separators: number
  /** Counts for nothing without a context word. */
  readonly needsContext: boolean
  readonly groups: readonly (readonly number[])[] | 'any'
  /** Bit n - 1 set: commonly written in n groups. */
  readonly groupCounts: number
  readonly form: Form
}

/** All forms by length, for the tokens of a text. */
export class FormTable {
  /** By length: forms that digits alone can fill, and those with a letter. */
  readonly #digitForms = new FormLists()
  readonly #letterForms = new FormLists()

  add(recognizer: number, type: string, form: Form): void {
    let letters = 0
    let digits = 0
    const fixed: number[] = []
    for (let i = 0; i < form.mask.length; i++) {
      const char = form.mask.charAt(i)
      if (char === 'X') continue
      if (char === '9') digits |= 1 << i
      else if (char === 'A') letters |= 1 << i
      else fixed.push(i, char.charCodeAt(0))
    }
    for (let i = 0; i < fixed.length; i += 2) {
      const bit = 1 << (fixed[i] ?? 0)
      if (is(fixed[i + 1] ?? 0, DIGIT)) digits |= bit
      else letters |= bit
    }
    const compiled = {
      recognizer,
      type: form.type ?? type,
      letters,
      digits,
      fixed: Uint8Array.from(fixed),
      separators: separatorSet(form.separators ?? ' -./'),
      groups: form.groups ?? [],
      groupCounts: groupCountsOf(form.groups ?? []),
      needsContext: form.score === 0 && form.loneScore === undefined,
      form
    }
    if (letters === 0) this.#digitForms.add(compiled)
    if (digits < bitsBelow(form.mask.length)) this.#letterForms.add(compiled)
  }

  /** Reports every form that a prefix of the cluster, up to the end of a group, satisfies. */
  match(scan: Scan, cluster: Cluster): void {
    const { text } = scan
    for (let group = 0; group < cluster.groups; group++) {
      const length = cluster.lengths[group] ?? 0
      if (length > 32) return
      const isDigits = (cluster.letters & bitsBelow(length)) === 0
      const lists = isDigits ? this.#digitForms : this.#letterForms
      const all = lists.all[length]
      if (all === undefined || all.length === 0) continue
      const end = cluster.ends[group] ?? 0
      if (!endsHere(text, end)) continue
      // Before context is looked for: a text of groups without end asks for each of their sums.
      if (!isDigits && !fitsAny(lists.layouts[length] ?? [], cluster.letters)) continue
      const hasContext = scan.hasContext(cluster.start, end)
      const candidates = hasContext ? all : (lists.alone[length] ?? all)
      for (const compiled of candidates) {
        if ((cluster.letters & compiled.digits) !== 0) continue
        if ((cluster.letters & compiled.letters) !== compiled.letters) continue
        const isUsual = !compiled.needsContext && (compiled.groupCounts & (1 << group)) !== 0
        if (!isUsual && !(hasContext && scan.isContextNear(compiled.recognizer))) continue
        matchForm(scan, cluster, compiled, group, length, end)
      }
    }
  }
}

/** One piece is always common. */
function groupCountsOf(groups: CompiledForm['groups']): number {
  return groups === 'any' ? -1 : groups.reduce((set, { length }) => set | (1 << (length - 1)), 1)
}

/** True when letters and digits stand where some layout has them. */
function fitsAny(layouts: readonly number[], letters: number): boolean {
  for (let i = 0; i < layouts.length; i += 2) {
    const required = layouts[i] ?? 0
    if ((letters & required) === required && (letters & (layouts[i + 1] ?? 0)) === 0) return true
  }
  return false
}

/** Forms by their length: all, and those that count without a context word. */
class FormLists {
  readonly all: CompiledForm[][] = Array.from({ length: 33 }, () => [])
  readonly alone: CompiledForm[][] = Array.from({ length: 33 }, () => [])

  /** Pairs, each once, of where a form has letters and digits: a third as many as forms. */
  readonly layouts: number[][] = Array.from({ length: 33 }, () => [])

  add(compiled: CompiledForm): void {
    const { form, letters, digits } = compiled
    const layouts = this.layouts[form.mask.length] ?? []
    const isKnown = layouts.some(
      (required, i) => i % 2 === 0 && required === letters && layouts[i + 1] === digits
    )
    if (!isKnown) layouts.push(letters, digits)
    this.all[form.mask.length]?.push(compiled)
    if (!compiled.needsContext) this.alone[form.mask.length]?.push(compiled)
  }
}

/** The lowest `count` bits set, for counts up to 32. */
function bitsBelow(count: number): number {
  return count === 32 ? -1 : (1 << count) - 1
}

function matchForm(
  scan: Scan,
  cluster: Cluster,
  compiled: CompiledForm,
  group: number,
  length: number,
  end: number
): void {
  const { fixed, form } = compiled
  for (let i = 0; i < fixed.length; i += 2) {
    if (cluster.codes[fixed[i] ?? 0] !== fixed[i + 1]) return
  }
  if (((cluster.separators[group] ?? 0) & ~compiled.separators) !== 0) return
  scan.use(compiled.recognizer)
  const score = rate(scan, cluster, compiled, group, end)
  if (score <= 0) return
  if (form.check !== undefined && !form.check(cluster.codes, length)) return
  scan.report(cluster.start, end, compiled.type, score)
}

/** What the form is worth where it stands, if its check digits are right; 0 when it is not to be reported. */
function rate(scan: Scan, cluster: Cluster, compiled: CompiledForm, group: number, end: number): number {
  const { form } = compiled
  const near = scan.contextAround(cluster.start, end)
  if (near >= NEARBY) return Math.min(1, (form.contextScore ?? 0.95) + (near === ADJACENT ? 0.02 : 0))
  if (compiled.needsContext) return 0
  const isUsual =
    (group === 0 || isUsualGrouping(cluster, compiled.groups, group)) &&
    !(form.upperCase === true && cluster.hasLower)
  if (!isUsual) return 0
  const score = group === 0 ? (form.pieceScore ?? form.score) : form.score
  // What is called an order number is one, unless its own check digits leave hardly any doubt.
  if (near === BLOCKED && score < 0.9) return 0
  if (score > 0 || form.loneScore === undefined) return score
  return scan.isWholeText(cluster.start, end) ? form.loneScore : 0
}

function isUsualGrouping(cluster: Cluster, usual: CompiledForm['groups'], group: number): boolean {
  if (usual === 'any') return true
  return usual.some(lengths => {
    if (lengths.length !== group + 1) return false
    let sum = 0
    return lengths.every((size, i) => {
      sum += size
      return cluster.lengths[i] === sum
    })
  })
}

/** True when an identifier may end here: no further letter, digit or decimal part. */
export function endsHere(text: string, end: number): boolean {
  const code = text.charCodeAt(end)
  if (is(code, ALNUM) || code === 0x5f) return false
  if (code === 0x25 || code === 0x20ac) return false
  const joins = (separatorBit(code) & ~BLANK_BIT) !== 0 || code === 0x2c || code === 0x3a
  return !(joins && is(text.charCodeAt(end + 1), DIGIT))
}

function separatorSet(separators: string): number {
  let set = 0
  for (const char of separators) set |= separatorBit(char.charCodeAt(0))
  return set & (BLANK_BIT | DASH_BIT | DOT_BIT | SLASH_BIT)
}
