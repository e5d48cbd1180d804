/**
 * Which mentions of persons mean the same one, within one request and by what came before only.
 *
 * "Max Mustermann", "Herr Mustermann", "MUSTERMANN", "Mustermanns" and "Mustermann, Max" are one person as long as only
 * one person so far fits. A wrong person is worse than two pseudonyms for one: as soon as two fit, a bare surname stands
 * for itself.
 */

interface Name {
  /** Lower-case, without diacritics and titles. */
  readonly given: readonly string[]
  readonly surname: string
  readonly gender: '' | 'm' | 'f'
}

interface Person {
  readonly key: string
  given: readonly string[]
  surname: string
  gender: '' | 'm' | 'f'
  /** True for a bare name that fitted several persons: it is nobody's but its own. */
  readonly ambiguous: boolean
}

const MEN = new Set(['herr', 'herrn', 'mr', 'sir', 'monsieur', 'senor', 'signor', 'signore'])
const WOMEN = new Set(['frau', 'mrs', 'ms', 'miss', 'madame', 'senora', 'signora', 'fraulein'])
const TITLES = new Set('dr prof professor professorin doktor dipl dipl-ing mag mba msc bsc phd'.split(' '))
/** Parts of a title, but only after one: "Phil Collins" keeps his name, "Dr. phil. Collins" does not. */
const FACULTIES = new Set('med phil jur rer nat pol oec ing habil h c'.split(' '))
const PARTICLES = new Set('von van de der den zu zum zur vom di da del della dos du la le ten ter'.split(' '))

/** A surface longer than this is no name; it is compared character by character. UTF-16 code units. */
const MAX_NAME = 120
/** Shortest name that is also recognised with a genitive s. */
const MIN_GENITIVE = 3
/** So many persons of one name are compared with a mention; with more, only full names tell them apart. Bounds the time. */
const CROWD = 32

export class Persons {
  #known = 0
  readonly #bySurname = new Map<string, Person[]>()
  readonly #byGiven = new Map<string, Person[]>()
  /** By the first letters of given name and surname. */
  readonly #byInitials = new Map<string, Person[]>()
  /** Persons by full name, and bare names that stand for themselves, with their gender. */
  readonly #own = new Map<string, Person>()
  /** How many persons have the same name as key. */
  readonly #taken = new Map<string, number>()
  /** What a surface meant, and how many people were known then. */
  readonly #memo = new Map<string, { readonly key: string; readonly known: number }>()

  /** The key of the person a surface names. @param surface attacker-controlled. */
  entityOf(surface: string): string {
    const memo = this.#memo.get(surface)
    if (memo?.known === this.#known) return memo.key
    const key = surface.length > MAX_NAME ? surface : this.#resolve(parseName(surface)).key
    this.#memo.set(surface, { key, known: this.#known })
    return key
  }

  #resolve(name: Name): Person {
    const fitting = this.#fitting(name)
    const [only] = fitting
    if (only !== undefined && fitting.length === 1) return this.#learn(only, name)
    const own = this.#own.get(ownKey(name))
    return own ?? this.#add(name, fitting.length > 1 && name.given.length === 0)
  }

  /** Persons this name may mean: those with the surname, else with it in the genitive, else with it as given name. */
  #fitting(name: Name): Person[] {
    const { given, surname } = name
    const [initial = ''] = given
    if (surname.length === 1 && given.length === 1 && initial.length === 1)
      return this.#byInitials.get(initial + surname) ?? []
    const exact = this.#candidates(surname, name)
    if (exact.length > 0) return narrow(exact, given)
    const genitive = surname.endsWith('s') ? this.#candidates(surname.slice(0, -1), name) : []
    if (genitive.length > 0 && surname.length > MIN_GENITIVE) return narrow(genitive, given)
    // the other way round "Peter" would be the base of "Peters": only with a given name is that certain
    if (given.length > 0) {
      const base = this.#candidates(`${surname}s`, name).filter(person => person.given.length > 0)
      if (base.length > 0) return narrow(base, given)
    }
    if (given.length === 0) return name.gender === '' ? (this.#byGiven.get(surname) ?? []) : []
    // "Max" came first and is now given a surname
    const [first = ''] = given
    return this.#candidates(first, { given: [], surname: first, gender: name.gender }).filter(
      person => person.given.length === 0 && person.gender === '' && !person.ambiguous
    )
  }

  #candidates(surname: string, name: Name): Person[] {
    const people = this.#bySurname.get(surname) ?? []
    return people.filter(
      person =>
        (name.gender === '' || person.gender === '' || name.gender === person.gender) &&
        givenFit(person.given, name.given) &&
        !(person.ambiguous && name.given.length > 0)
    )
  }

  /** A later mention may say more: a given name, a gender, the surname to a first name. */
  #learn(person: Person, { given, surname, gender }: Name): Person {
    if (person.ambiguous) return person
    if (person.gender === '') person.gender = gender
    if (given.length > person.given.length) {
      const isFirstName = person.surname === given[0] && person.surname !== surname
      if (isFirstName) {
        unlist(this.#bySurname, person.surname, person)
        person.surname = surname
        list(this.#bySurname, surname, person)
      }
      person.given = given
      for (const part of given) list(this.#byGiven, part, person)
      this.#listInitials(person)
    }
    return person
  }

  #add(name: Name, ambiguous: boolean): Person {
    const { given, surname, gender } = name
    const base = [...given, surname].join(' ')
    const taken = this.#taken.get(base) ?? 0
    this.#taken.set(base, taken + 1)
    const person = { key: taken === 0 ? base : `${base}\0${taken}`, given, surname, gender, ambiguous }
    this.#known++
    if (ambiguous || given.length > 0) this.#own.set(ownKey(name), person)
    list(this.#bySurname, surname, person)
    for (const part of given) list(this.#byGiven, part, person)
    this.#listInitials(person)
    return person
  }

  #listInitials(person: Person): void {
    const [first = ''] = person.given
    if (first !== '') list(this.#byInitials, first.charAt(0) + person.surname.charAt(0), person)
  }
}

function ownKey({ given, surname, gender }: Name): string {
  return [gender, ...given, surname].join(' ')
}

function list(index: Map<string, Person[]>, key: string, person: Person): void {
  const people = index.get(key)
  if (people === undefined) index.set(key, [person])
  else if (people.length < CROWD && !people.includes(person)) people.push(person)
}

function unlist(index: Map<string, Person[]>, key: string, person: Person): void {
  index.set(
    key,
    (index.get(key) ?? []).filter(other => other !== person)
  )
}

/** Among several who may be meant, those whose given names are exactly these. */
function narrow(people: Person[], given: readonly string[]): Person[] {
  if (people.length < 2 || given.length === 0) return people
  const exact = people.filter(person => person.given.join(' ') === given.join(' '))
  return exact.length === 1 ? exact : people
}

/** Given names do not contradict each other: one list is the other with names left out or cut to initials. */
function givenFit(known: readonly string[], mentioned: readonly string[]): boolean {
  const [short, long] = known.length <= mentioned.length ? [known, mentioned] : [mentioned, known]
  let at = 0
  return short.every(part => {
    while (at < long.length) {
      const other = long[at++] ?? ''
      if (
        other === part ||
        (other.length === 1 ? part.startsWith(other) : part.length === 1 && other.startsWith(part))
      )
        return true
    }
    return false
  })
}

/** A name by itself, without title and salutation. @param surface attacker-controlled */
export function nameKey(surface: string): string {
  if (surface.length > MAX_NAME) return surface
  const { given, surname } = parseName(surface)
  return [...given, surname].join(' ')
}

/** Takes a name apart: "Frau Dr. Erika von der Heide" → erika, heide, female. */
export function parseName(surface: string): Name {
  const plain = surface
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/['’]s?\s*$/u, '')
  const comma = plain.indexOf(',')
  const ordered =
    comma > 0 && comma === plain.lastIndexOf(',')
      ? `${plain.slice(comma + 1)} ${plain.slice(0, comma)}`
      : plain
  const words = ordered.split(/[\s,;._]+/u).filter(word => word !== '')
  const gender = words.some(word => MEN.has(word)) ? 'm' : words.some(word => WOMEN.has(word)) ? 'f' : ''
  const parts = dropTitles(words)
  const surname = parts.at(-1)
  if (surname === undefined) return { given: [], surname: plain.trim(), gender: '' }
  return { given: parts.slice(0, -1).filter(part => !PARTICLES.has(part)), surname, gender }
}

/** True for titles, salutations and particles (von, de): words beside a name that say nothing of who it is. */
export function isNameAddition(word: string): boolean {
  const plain = word.toLowerCase().replace(/\.$/, '')
  return (
    TITLES.has(plain) || MEN.has(plain) || WOMEN.has(plain) || PARTICLES.has(plain) || FACULTIES.has(plain)
  )
}

function dropTitles(words: readonly string[]): string[] {
  const parts: string[] = []
  let inTitle = false
  for (const word of words) {
    inTitle = TITLES.has(word) || (inTitle && FACULTIES.has(word))
    if (!inTitle && !MEN.has(word) && !WOMEN.has(word)) parts.push(word)
  }
  return parts
}
