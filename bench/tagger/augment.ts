import type { Doc, Mark } from './corpus.ts'
import type { People } from './people.ts'
import type { Random } from './random.ts'

/** How often each change is made to a document. */
const RATES = { names: 0.4, lower: 0.07, upper: 0.02, umlauts: 0.05, noise: 0.03 }

const particle =
  /^(?:von|vom|van|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|zu|zum|zur|ten|ter|und|and|of|the|the)$/i
const word = /[\p{L}\p{M}'’-]+/gu

/** A document as it may also have been written: other names, in lower case or capitals, without umlauts, badly scanned. */
export function augment(doc: Doc, random: Random, people: People): Doc {
  let changed = doc
  if (random.next() < RATES.names) changed = withOtherNames(changed, random, people)
  const chance = random.next()
  if (chance < RATES.lower) return mapText(changed, text => lowered(text))
  if (chance < RATES.lower + RATES.upper) return mapText(changed, text => raised(text))
  if (chance < RATES.lower + RATES.upper + RATES.umlauts) return withoutUmlauts(changed)
  if (chance < RATES.lower + RATES.upper + RATES.umlauts + RATES.noise)
    return mapText(changed, text => scanned(text, random))
  return changed
}

/** Replaces the words of persons' names, the same word always by the same one. */
function withOtherNames(doc: Doc, random: Random, people: People): Doc {
  const chosen = new Map<string, string>()
  return replaceMarked(doc, (surface, kind) => {
    if (kind !== 0 || surface !== surface.normalize('NFC')) return surface
    const parts = surface.match(word) ?? []
    const last = parts.at(-1)
    return surface.replace(word, part => {
      if (part.length < 3 || particle.test(part) || part === part.toLowerCase()) return part
      let other = chosen.get(part)
      if (other === undefined) {
        const person = people.draw(random)
        const name =
          part === last && (parts.length > 1 || random.next() < 0.7) ? person.surname : person.given
        other = part === part.toUpperCase() && part.length > 3 ? name.toUpperCase() : name
        chosen.set(part, other)
      }
      return other
    })
  })
}

function replaceMarked(doc: Doc, replace: (surface: string, kind: number) => string): Doc {
  let text = ''
  let from = 0
  const marks: Mark[] = []
  for (const { start, end, kind } of doc.marks) {
    text += doc.text.slice(from, start)
    const begin = text.length
    text += replace(doc.text.slice(start, end), kind)
    marks.push({ start: begin, end: text.length, kind })
    from = end
  }
  return { ...doc, text: text + doc.text.slice(from), marks }
}

/** Changes that keep the length. */
function mapText(doc: Doc, change: (text: string) => string): Doc {
  const text = change(doc.text)
  return text.length === doc.text.length ? { ...doc, text } : doc
}

function lowered(text: string): string {
  return text.replace(/\p{Lu}/gu, char =>
    char.toLowerCase().length === char.length ? char.toLowerCase() : char
  )
}

function raised(text: string): string {
  return text.replace(/\p{Ll}/gu, char =>
    char.toUpperCase().length === char.length ? char.toUpperCase() : char
  )
}

/** One character in forty as a bad scan may read it. */
function scanned(text: string, random: Random): string {
  const confused = new Map(
    Array.from('lI1O0eocsnuhbrt', (char, i) => [char, 'I1lO0cecsnuubnl'.charAt((i * 7 + 3) % 15)])
  )
  return text.replace(/[\p{L}\d]/gu, char => (random.next() < 0.025 ? (confused.get(char) ?? char) : char))
}

const spelled = new Map(Object.entries({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' }))

function withoutUmlauts(doc: Doc): Doc {
  const places: number[] = []
  let added = 0
  let text = ''
  for (let i = 0; i < doc.text.length; i++) {
    places.push(i + added)
    const char = doc.text.charAt(i)
    const other = spelled.get(char) ?? char
    added += other.length - 1
    text += other
  }
  places.push(doc.text.length + added)
  const at = (offset: number): number => places[offset] ?? offset
  return {
    ...doc,
    text,
    marks: doc.marks.map(({ start, end, kind }) => ({ start: at(start), end: at(end), kind }))
  }
}
