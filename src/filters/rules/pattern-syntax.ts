/**
 * The patterns of custom rules: the part of regular expressions that one automaton can run in one pass.
 *
 * Allowed are characters, `.`, classes (`[A-Z0-9]`, `[^,]`, `\d \w \s` and their capitals, `\p{L}` and other Unicode
 * properties), groups, alternatives and bounded repetition (`?`, `{3}`, `{2,8}`). `*`, `+` and `{2,}` are not: a rule
 * names its longest value, so that no text makes it slow. Back references, lookaround, `^`, `$` and `\b` are not.
 */
export type Node =
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number }

/** By UTF-16 code unit: 1 when it is in the set. */
export type CharSet = Uint8Array

/** Says what is wrong with a pattern and what is allowed, for the author of the policy. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}

const MAX_PATTERN = 2000
const MAX_REPEAT = 256
const MAX_DEPTH = 50

/** @throws PatternError */
export function parsePattern(source: string): Node {
  if (source.length > MAX_PATTERN) throw new PatternError(`is longer than ${MAX_PATTERN} characters`)
  const parser = new Parser(source)
  return parser.whole()
}

class Parser {
  readonly #source: string
  #at = 0
  #depth = 0
  /** Sets by what they were written as: a long pattern repeats few of them, and each takes 64 KB. */
  readonly #sets = new Map<string, CharSet>()

  constructor(source: string) {
    this.#source = source
  }

  whole(): Node {
    const node = this.#choice()
    if (this.#at < this.#source.length) this.#fail('has a ) without its (')
    return node
  }

  #fail(what: string): never {
    throw new PatternError(`${what} at character ${this.#at + 1}`)
  }

  #peek(text: string): boolean {
    return this.#source.startsWith(text, this.#at)
  }

  #eat(text: string): boolean {
    if (!this.#peek(text)) return false
    this.#at += text.length
    return true
  }

  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) this.#fail('has groups nested too deep')
    const parts = [this.#sequence()]
    while (this.#eat('|')) parts.push(this.#sequence())
    this.#depth--
    return { kind: 'choice', parts }
  }

  #sequence(): Node {
    const parts: Node[] = []
    while (this.#at < this.#source.length && !this.#peek('|') && !this.#peek(')'))
      parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): Node {
    const part = this.#atom()
    const range = this.#quantifier()
    if (range === null) return part
    if (/[?*+{]/.test(this.#source.charAt(this.#at)))
      this.#fail('repeats a repetition, or has a lazy or possessive one, which are not allowed')
    return { kind: 'repeat', part, ...range }
  }

  #quantifier(): { min: number; max: number } | null {
    if (this.#eat('?')) return { min: 0, max: 1 }
    if (this.#peek('*') || this.#peek('+'))
      this.#fail('repeats without an upper bound, which is not allowed: write {1,64} for +, {0,64} for *,')
    if (!this.#peek('{')) return null
    const found = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.#source.slice(this.#at, this.#at + 12))
    if (found === null) this.#fail('has a { that is neither {3} nor {2,8}; write \\{ for the character,')
    const [whole, from, comma, to] = found
    const min = Number(from)
    if (comma !== undefined && to === undefined)
      this.#fail(`repeats without an upper bound, which is not allowed: write {${min},64},`)
    const max = to === undefined ? min : Number(to)
    if (max < min || max > MAX_REPEAT || max === 0) this.#fail(`repeats not 1 to ${MAX_REPEAT} times`)
    this.#at += whole.length
    return { min, max }
  }

  #atom(): Node {
    if (this.#eat('(')) return this.#group()
    if (this.#eat('[')) return { kind: 'set', set: this.#class() }
    if (this.#eat('.')) return { kind: 'set', set: negated(setOf('\n\r\u2028\u2029')) }
    if (this.#eat('\\')) return { kind: 'set', set: this.#escape() }
    const char = this.#source.charAt(this.#at)
    if (char === '^' || char === '$')
      this.#fail(
        `has ${char}, which is not allowed: wholeWords says where a value may begin and end; write \\${char} for the character,`
      )
    if ('?*+{'.includes(char)) this.#fail(`has ${char} with nothing before it to repeat`)
    return { kind: 'set', set: this.#unit() }
  }

  #group(): Node {
    if (this.#peek('?') && !this.#eat('?:'))
      this.#fail(
        'has a group that begins with (? but not (?: — lookaround, names and flags are not allowed —'
      )
    const node = this.#choice()
    if (!this.#eat(')')) this.#fail('has a ( without its )')
    return node
  }

  /** One character. Beyond the Basic Multilingual Plane one is two code units, which no set holds. */
  #unit(): CharSet {
    const code = this.#source.charCodeAt(this.#at)
    if (code >= 0xd800 && code <= 0xdfff) this.#fail('has a character beyond U+FFFF, which is not allowed')
    this.#at++
    return this.#shared(String.fromCharCode(code), setOf)
  }

  #shared(key: string, make: (key: string) => CharSet): CharSet {
    const known = this.#sets.get(key)
    if (known !== undefined) return known
    const made = make(key)
    this.#sets.set(key, made)
    return made
  }

  #escape(): CharSet {
    const char = this.#source.charAt(this.#at)
    if (shorthands.has(char.toLowerCase()) && char !== '') {
      this.#at++
      return shorthand(char)
    }
    if (char === 'p' || char === 'P') return this.#property()
    const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(this.#source.slice(this.#at, this.#at + 5))
    if (hex !== null) {
      this.#at += hex[0].length
      return setOf(String.fromCharCode(Number.parseInt(hex[1] ?? hex[2] ?? '', 16)))
    }
    const control = { n: '\n', r: '\r', t: '\t' }[char]
    if (control === undefined && (char === '' || /[A-Za-z0-9]/.test(char)))
      this.#fail(`has \\${char}, which is not allowed: back references, \\b and the like can't be used,`)
    this.#at++
    return setOf(control ?? char)
  }

  #property(): CharSet {
    const found = /^([pP])\{([A-Za-z_=]{1,40})\}/.exec(this.#source.slice(this.#at, this.#at + 44))
    if (found === null) this.#fail('has \\p without a property such as {L}')
    const [whole, kind, name] = found
    let property: RegExp
    try {
      property = new RegExp(`\\p{${name}}`, 'u')
    } catch {
      this.#fail('names a Unicode property that does not exist')
    }
    this.#at += whole.length
    const set = setWhere(char => property.test(char))
    return kind === 'P' ? negated(set) : set
  }

  #class(): CharSet {
    const isNegated = this.#eat('^')
    const set: CharSet = new Uint8Array(0x10000)
    if (this.#peek(']')) this.#fail('has an empty [ ]; write \\] for the character,')
    while (!this.#eat(']')) {
      if (this.#at >= this.#source.length) this.#fail('has a [ without its ]')
      if (this.#peek('[:')) this.#fail('has [: :], which is not allowed: write \\p{L} or \\d')
      add(set, this.#classItem())
    }
    return isNegated ? negated(set) : set
  }

  #classItem(): CharSet {
    const low = this.#eat('\\') ? this.#escape() : this.#unit()
    if (!this.#peek('-') || this.#source.charAt(this.#at + 1) === ']') return low
    this.#at++
    const high = this.#eat('\\') ? this.#escape() : this.#unit()
    const from = low.indexOf(1)
    const to = high.indexOf(1)
    if (from !== low.lastIndexOf(1) || to !== high.lastIndexOf(1) || from > to)
      this.#fail('has a range in [ ] whose ends are not two characters in order')
    const set: CharSet = new Uint8Array(0x10000)
    set.fill(1, from, to + 1)
    return set
  }
}

const shorthands: ReadonlyMap<string, CharSet> = new Map([
  ['d', setWhere(char => /[0-9]/.test(char))],
  ['w', setWhere(char => /[A-Za-z0-9_]/.test(char))],
  ['s', setWhere(char => /\s/.test(char))]
])

/** `\d`, `\w`, `\s`; in capitals what is not in them. */
function shorthand(char: string): CharSet {
  const low = char.toLowerCase()
  const set = shorthands.get(low) ?? new Uint8Array(0x10000)
  return char === low ? set : negated(set)
}

function setOf(chars: string): CharSet {
  const set: CharSet = new Uint8Array(0x10000)
  for (let i = 0; i < chars.length; i++) set[chars.charCodeAt(i)] = 1
  return set
}

function setWhere(test: (char: string) => boolean): CharSet {
  const set: CharSet = new Uint8Array(0x10000)
  for (let code = 0; code < 0x10000; code++) {
    if (code < 0xd800 || code > 0xdfff) set[code] = test(String.fromCharCode(code)) ? 1 : 0
  }
  return set
}

function negated(set: CharSet): CharSet {
  return set.map(member => 1 - member)
}

function add(set: CharSet, more: CharSet): void {
  for (let code = 0; code < 0x10000; code++) if (more[code] === 1) set[code] = 1
}
