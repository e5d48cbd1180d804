/** A text or an integer of an event; undefined where it has none there. */
export type Plucked = string | number | undefined

/** Where a path goes on, or the number of the field that it ends at. */
interface Steps extends ReadonlyMap<string, Steps | number> {}

/**
 * Reads some fields out of the canonical JSON of an event in one pass, at a quarter of what parsing it costs: exports read
 * millions. Values that are lists, objects, true or false are left out.
 *
 * An event's strings hold nothing that needs an escape. A text with a backslash, as only a trail that was tampered with can
 * hold, is parsed.
 * @param paths keys from the outside in; none may be the beginning of another
 * @returns their values, in the order of the paths
 */
export function plucker(paths: readonly (readonly string[])[]): (json: string) => Plucked[] {
  const steps = stepsOf(paths)
  return json => {
    const found: Plucked[] = paths.map(() => undefined)
    if (json.includes('\\')) parsed(JSON.parse(json), steps, found)
    else readObject(json, 0, steps, found)
    return found
  }
}

function stepsOf(paths: readonly (readonly string[])[]): Steps {
  const root = new Map<string, Steps | number>()
  for (const [number, path] of paths.entries()) {
    let at = root
    for (const step of path.slice(0, -1)) {
      const next = (at.get(step) ?? new Map()) as Map<string, Steps | number>
      at.set(step, next)
      at = next
    }
    at.set(path.at(-1) ?? '', number)
  }
  return root
}

function parsed(value: unknown, steps: Steps, found: Plucked[]): void {
  for (const [key, step] of steps) {
    const inner =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
    if (typeof step !== 'number') parsed(inner, step, found)
    else if (typeof inner === 'string' || typeof inner === 'number') found[step] = inner
  }
}

const [QUOTE, COMMA, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [34, 44, 123, 125, 91, 93] as const

/** @param start of its opening brace @returns the place behind its closing one @throws SyntaxError */
function readObject(json: string, start: number, steps: Steps, found: Plucked[]): number {
  let at = start + 1
  while (json.charCodeAt(at) === QUOTE) {
    const step = steps.get(json.slice(at + 1, (at = closing(json, at))))
    at += 2
    const first = json.charCodeAt(at)
    const end =
      first === OPEN && typeof step === 'object' ? readObject(json, at, step, found) : behind(json, at)
    if (typeof step === 'number') {
      if (first === QUOTE) found[step] = json.slice(at + 1, end - 1)
      else if (first !== OPEN && first !== OPEN_LIST) found[step] = numberIn(json.slice(at, end))
    }
    at = json.charCodeAt(end) === COMMA ? end + 1 : end
  }
  if (json.charCodeAt(at) !== CLOSE) throw new SyntaxError('the event is no canonical JSON')
  return at + 1
}

/** true, false and null are no numbers. */
function numberIn(text: string): number | undefined {
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}

/** The place behind a value. */
function behind(json: string, start: number): number {
  const first = json.charCodeAt(start)
  if (first === QUOTE) return closing(json, start) + 1
  if (first === OPEN || first === OPEN_LIST) return behindNested(json, start)
  let at = start
  while (at < json.length && json.charCodeAt(at) !== COMMA && json.charCodeAt(at) !== CLOSE) at++
  return at
}

function behindNested(json: string, start: number): number {
  for (let at = start, depth = 0; at < json.length; at++) {
    const char = json.charCodeAt(at)
    if (char === QUOTE) at = closing(json, at)
    else if (char === OPEN || char === OPEN_LIST) depth++
    else if ((char === CLOSE || char === CLOSE_LIST) && --depth === 0) return at + 1
  }
  throw new SyntaxError('the event is no canonical JSON')
}

/** The closing quote of a string. */
function closing(json: string, start: number): number {
  const end = json.indexOf('"', start + 1)
  if (end < 0) throw new SyntaxError('the event is no canonical JSON')
  return end
}
