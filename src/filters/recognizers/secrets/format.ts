/**
 * The shape of a key or token, written as `ghp_{w36}`: literal text, runs of a class of characters `{class length}` or
 * `{class min-max}`, and literal alternatives `(live|test)`. It is matched by char codes, without backtracking, in time
 * linear in its longest match.
 *
 * A run is greedy, but before a literal whose first character it could swallow it ends at the first place where that
 * literal stands. A format may begin with a run, `{d8-10}:AA{b33}`: it is looked for by its first literal.
 */
export interface Format {
  /** What the scanner looks for: every text the first literal can be. */
  readonly anchors: readonly string[]
  /** Where the match starts whose anchor is at `at`; -1 when none can. */
  start(text: string, at: number): number
  /** End of the match that starts at `at`, -1 when there is none. */
  end(text: string, at: number): number
  /** How far from `at` characters of the last run go on, at most `longest`. */
  reach(text: string, at: number): number
  /** A text of this shape; which one, `random` decides. */
  sample(random: () => number): string
  /** What documentation writes in its place, `ghp_xxxx…`. */
  readonly placeholder: string
  /** Longest run. */
  readonly longest: number
  /** True when the anchor stands at the start. */
  readonly isPrefix: boolean
  /** The same as a regular expression's source, for those who need one. */
  readonly pattern: string
}

const lower = 'abcdefghijklmnopqrstuvwxyz'
const upper = lower.toUpperCase()
const digits = '0123456789'
const alnum = digits + upper + lower

/** Classes of characters by the letter that names them. */
const classes = new Map<string, string>([
  ['d', digits],
  ['h', `${digits}abcdef`],
  ['H', `${digits}ABCDEF`],
  ['x', `${digits}abcdefABCDEF`],
  ['l', lower],
  ['L', upper],
  ['c', upper + lower],
  ['a', digits + lower],
  ['A', digits + upper],
  ['2', `${upper}234567`],
  ['w', alnum],
  ['u', `${alnum}_`],
  ['b', `${alnum}_-`],
  ['B', `${alnum}+/`],
  ['e', `${alnum}_.-`],
  ['q', `${alnum}_=-`],
  ['s', `${alnum}+/=_-`],
  ['t', `${alnum}+/=_.~-`],
  ['v', `${alnum}_.~%+-`],
  ['p', `${alnum}!#$%&*+.:;=?@^_~/-`]
])

const bitOf = new Map<string, number>([...classes.keys()].map((name, at) => [name, 1 << at]))
const bits = new Uint32Array(128)
for (const [name, chars] of classes) {
  for (const char of chars) {
    const code = char.charCodeAt(0)
    bits[code] = (bits[code] ?? 0) | (bitOf.get(name) ?? 0)
  }
}

/** True when the code unit is in the class; NaN, beyond the end of a text, is in none. */
function isIn(code: number, bit: number): boolean {
  return code < 128 && ((bits[code] ?? 0) & bit) !== 0
}

interface Run {
  readonly chars: string
  readonly bit: number
  readonly min: number
  readonly max: number
}

interface RunStep {
  readonly run: Run
  /** What the literal behind it can be. */
  readonly stops: readonly string[]
}

type Step = RunStep | { readonly texts: readonly string[] }

const part = /\{([A-Za-z0-9])(\d+)(?:-(\d+))?\}|\{U\}|\(([^()]*)\)|([^{(]+)/g
const uuid = '{x8}-{x4}-{x4}-{x4}-{x12}'

/** @throws RangeError for an unknown class or a format without literal text: a mistake in a rule */
function parse(source: string): Step[] {
  const steps: Step[] = []
  for (const [, name, min, max, choices, literal] of source.replaceAll('{U}', uuid).matchAll(part)) {
    if (name !== undefined) {
      const chars = classes.get(name)
      if (chars === undefined) throw new RangeError(`no class ${name} in ${source}`)
      const bit = bitOf.get(name) ?? 0
      steps.push({ run: { chars, bit, min: Number(min), max: Number(max ?? min) }, stops: [] })
    } else if (choices !== undefined) steps.push({ texts: choices.split('|') })
    else steps.push({ texts: [literal ?? ''] })
  }
  return steps.map((step, i) => {
    const next = steps[i + 1]
    return 'run' in step && next !== undefined && 'texts' in next ? { ...step, stops: next.texts } : step
  })
}

/** Longest anchor: enough to be rare, short enough to keep the automaton small. */
const MAX_ANCHOR = 5

/** Compiles a format; see `Format` for how it is written. */
export function compileFormat(source: string): Format {
  const steps = parse(source)
  const [first] = steps
  const head = first !== undefined && 'run' in first ? first.run : undefined
  const anchors = anchorsOf(source, head === undefined ? steps : steps.slice(1))
  const last = steps.at(-1)
  const tail = last !== undefined && 'run' in last ? last.run.bit : 0
  const longest = Math.max(0, ...steps.map(step => ('run' in step ? step.run.max : 0)))
  return {
    anchors,
    start: head === undefined ? (_text, at) => at : (text, at) => headStart(text, at, head),
    end: (text, at) => {
      const end = matchSteps(text, at, steps)
      return end > 0 && tail !== 0 && isIn(text.charCodeAt(end), tail) ? -1 : end
    },
    reach: (text, at) => {
      const stop = Math.min(text.length, at + longest)
      let end = at
      while (end < stop && isIn(text.charCodeAt(end), tail)) end++
      return end
    },
    sample: random => steps.map(step => sampleOf(step, random)).join(''),
    placeholder: steps
      .map(step => ('texts' in step ? (step.texts[0] ?? '') : 'x'.repeat(Math.max(step.run.min, 6))))
      .join(''),
    longest,
    isPrefix: head === undefined,
    pattern: steps.map(patternOf).join('')
  }
}

/**
 * A shape told by what stands around it and not by literal text: `{h32}`, `{d5-16}:{b35}`.
 * @returns where a text of the shape that starts at `at` ends, -1 when none does
 */
export function compileShape(source: string): (text: string, at: number) => number {
  const steps = parse(source)
  return (text, at) => matchSteps(text, at, steps)
}

/** Every text the first literal can be, cut to `MAX_ANCHOR`. */
function anchorsOf(source: string, steps: readonly Step[]): string[] {
  let texts = ['']
  for (const step of steps) {
    if ('run' in step || texts.every(text => text.length >= MAX_ANCHOR)) break
    texts = texts.flatMap(text => step.texts.map(choice => text + choice))
  }
  if (texts.some(text => text.length < 2)) throw new RangeError(`no literal to look for in ${source}`)
  return [...new Set(texts.map(text => folded(text.slice(0, MAX_ANCHOR))))]
}

/** As the automaton compares, so that one place is looked at once. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll('_', '-')
}

/** Goes back over the run a format begins with. */
function headStart(text: string, at: number, run: Run): number {
  let start = at
  while (at - start < run.max && isIn(text.charCodeAt(start - 1), run.bit)) start--
  return at - start < run.min ? -1 : start
}

function matchSteps(text: string, from: number, steps: readonly Step[]): number {
  let at = from
  for (const step of steps) {
    at = 'texts' in step ? literalEnd(text, at, step.texts) : runEnd(text, at, step)
    if (at < 0) return -1
  }
  return at
}

function literalEnd(text: string, at: number, texts: readonly string[]): number {
  for (const literal of texts) if (text.startsWith(literal, at)) return at + literal.length
  return -1
}

/** Where the run ends, -1 when it is too short; it ends early where one of its stops stands. */
function runEnd(text: string, from: number, { run, stops }: RunStep): number {
  const { bit, min, max } = run
  const least = from + min
  const most = Math.min(text.length, from + max)
  let at = from
  while (at < most && isIn(text.charCodeAt(at), bit)) {
    if (stops.length > 0 && at >= least && startsAny(text, at, stops)) return at
    at++
  }
  return at < least ? -1 : at
}

function startsAny(text: string, at: number, stops: readonly string[]): boolean {
  const code = text.charCodeAt(at)
  for (const stop of stops) if (stop.charCodeAt(0) === code && text.startsWith(stop, at)) return true
  return false
}

function sampleOf(step: Step, random: () => number): string {
  if ('texts' in step) return step.texts[Math.floor(random() * step.texts.length)] ?? ''
  const { chars, min, max } = step.run
  const size = Math.max(min, Math.min(max, 40))
  let text = ''
  for (let i = 0; i < size; i++) text += chars.charAt(Math.floor(random() * chars.length))
  return text
}

function patternOf(step: Step): string {
  if ('texts' in step) return `(?:${step.texts.map(escape).join('|')})`
  return `[${escape(step.run.chars)}]{${step.run.min},${step.run.max}}`
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
