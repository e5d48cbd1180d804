import type { HmacKey } from '../../core/hmac.ts'
import { isNameAddition, parseName } from '../persons.ts'
import { Draw } from './draw.ts'
import { type Language, men, surnames, women } from './name-lists.ts'

/** A name with other names in it, and which word stands for which. */
export interface MadeName {
  readonly text: string
  /** Single words of it that mean somebody on their own, with the originals. */
  readonly words: readonly { readonly made: string; readonly original: string }[]
}

/** So many names are tried before one is free. */
const ATTEMPTS = 48
/** Longer surfaces are no names; shorter words are initials or met by chance. UTF-16 code units. */
const MAX_NAME = 60
const MIN_WORD = 3
const WORD = /[\p{L}\p{M}]+/gu

/**
 * Other names for persons, word by word: whoever shares a surname shares the other one too, and "Frau Weber" stays recognisable
 * as the Anna Weber before. Salutations, titles and particles stay. Sex is guessed by salutation, then by the given name.
 */
export class NameBook {
  readonly #key: () => HmacKey
  /** Word in lower case → the one that stands for it. */
  readonly #made = new Map<string, string>()
  readonly #taken = new Set<string>()

  constructor(key: () => HmacKey) {
    this.#key = key
  }

  /**
   * @param surface attacker-controlled
   * @param isFree false for words that the request itself holds: restoring would take them for names made here
   * @returns null when no name can be made
   */
  make(surface: string, language: () => Language, isFree: (word: string) => boolean): MadeName | null {
    if (surface.length > MAX_NAME) return null
    const { surname, gender } = parseName(surface)
    const words: { made: string; original: string }[] = []
    let missing = false
    const text = surface.replace(WORD, (word: string, at: number) => {
      if (isNameAddition(word) || isGenitive(surface, word, at)) return word
      const isSurname = plainOf(word) === surname || surname.split('-').includes(plainOf(word))
      const list = isSurname ? surnames : (gender || sexOf(word)) === 'f' ? women : men
      const made = this.#word(word, list[language()], isFree)
      if (made === null) missing = true
      const result = styled(made ?? '', word)
      if (word.length >= MIN_WORD) words.push({ made: result, original: word })
      return result
    })
    return missing || text === surface ? null : { text, words }
  }

  /** Learns which word stands for which from a name that an earlier request made. */
  adopt(made: string, surface: string): MadeName['words'] {
    const [ours, theirs] = [made.match(WORD) ?? [], surface.match(WORD) ?? []]
    if (ours.length !== theirs.length) return []
    return ours.flatMap((word, at) => {
      const original = theirs[at] ?? ''
      if (word === original) return []
      if (word.length >= MIN_WORD) {
        this.#made.set(original.toLowerCase(), capital(word))
        this.#taken.add(capital(word))
      }
      return original.length < MIN_WORD ? [] : [{ made: word, original }]
    })
  }

  #word(
    word: string,
    list: readonly [string, ...string[]],
    isFree: (word: string) => boolean
  ): string | null {
    const key = word.toLowerCase()
    const known = this.#made.get(key) ?? this.#genitiveOf(key)
    if (known !== undefined) return known
    const draw = new Draw(this.#key(), `PERSON\0${key}`)
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const made = draw.of(list)
      if (this.#taken.has(made) || made.toLowerCase() === key || !isFree(made)) continue
      this.#taken.add(made)
      this.#made.set(key, made)
      return made
    }
    return null
  }

  /** `webers` after `weber`: the same name with an s. */
  #genitiveOf(key: string): string | undefined {
    const base = key.endsWith('s') && key.length > MIN_WORD + 1 ? this.#made.get(key.slice(0, -1)) : undefined
    return base === undefined ? undefined : `${base}s`
  }
}

/** The s of "Weber's". */
function isGenitive(surface: string, word: string, at: number): boolean {
  return /^s$/i.test(word) && /['’]/.test(surface.charAt(at - 1))
}

/** Initials and capitals as in the original. */
function styled(made: string, original: string): string {
  if (original.length === 1) return made.charAt(0)
  if (original === original.toUpperCase()) return made.toUpperCase()
  return original === original.toLowerCase() ? made.toLowerCase() : made
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

function plainOf(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
}

/** Men's names that end as women's do, and the other way round. */
const MEN = new Set(
  `luca luka sascha mika elia nikita joshua noah jona uwe helge arne malte ole rene andre mike steve george joe pete jake
  luke kyle bruce wayne dave dale lance blake lawrence terence maurice eugene wolfe jesse charlie eddie freddie jamie
  yannike hauke heiko enzo`.split(/\s+/)
)
const WOMEN = new Set(
  `heidi ingrid astrid birgit karin doris elisabeth ruth judith edith margit gudrun sigrid iris agnes ines carmen marion
  kathrin katrin susan karen helen ellen kathleen mary emily nancy betty sandy lucy amy jennifer elizabeth deborah sarah
  hannah margaret carol sharon lauren megan rachel ashley dorothy gertrud gerlind kerstin karen maren mareen miriam esther
  elfi uschi steffi conny kim jill beth joan jean ann lynn robin evelyn vivian harriet janet ingeborg hildegard irmgard`.split(
    /\s+/
  )
)

function sexOf(given: string): 'm' | 'f' {
  const name = plainOf(given)
  if (MEN.has(name)) return 'm'
  return WOMEN.has(name) || /[ae]$/.test(name) ? 'f' : 'm'
}
