import { TAGGED_TYPES, type Tagger } from '../../src/filters/tagger/tagger.ts'
import type { Doc, Mark } from './corpus.ts'

interface Tally {
  chars: number
  covered: number
  found: number
  right: number
}

/** Recall by characters, precision by findings of which at least half is right; by set and kind. */
export function measure(
  tagger: Pick<Tagger, 'tag'>,
  docs: readonly Doc[],
  show: number
): Map<string, Tally[]> {
  const tallies = new Map<string, Tally[]>()
  for (const doc of docs) {
    const list =
      tallies.get(doc.set) ?? TAGGED_TYPES.map(() => ({ chars: 0, covered: 0, found: 0, right: 0 }))
    tallies.set(doc.set, list)
    const found: Mark[] = []
    tagger.tag(doc.text, (start, end, type) => found.push({ start, end, kind: TAGGED_TYPES.indexOf(type) }))
    list.forEach((tally, kind) => {
      const marks = doc.marks.filter(mark => mark.kind === kind)
      const findings = found.filter(mark => mark.kind === kind)
      for (const mark of marks) {
        const chars = covered(mark, findings)
        tally.chars += mark.end - mark.start
        tally.covered += chars
        if (kind === 0 && chars * 2 < mark.end - mark.start && show-- > 0) print('MISS', doc, mark)
      }
      for (const finding of findings) {
        tally.found++
        if (covered(finding, marks) * 2 >= finding.end - finding.start) tally.right++
        else if (kind === 0 && show-- > 0) print('WRONG', doc, finding)
      }
    })
  }
  return tallies
}

function covered(mark: Mark, others: readonly Mark[]): number {
  let chars = 0
  for (const other of others)
    chars += Math.max(0, Math.min(mark.end, other.end) - Math.max(mark.start, other.start))
  return chars
}

function print(what: string, doc: Doc, { start, end }: Mark): void {
  const before = doc.text.slice(Math.max(0, start - 40), start)
  console.log(
    what,
    doc.set,
    JSON.stringify(`${before}⟦${doc.text.slice(start, end)}⟧${doc.text.slice(end, end + 20)}`)
  )
}

export function printFigures(tallies: ReadonlyMap<string, readonly Tally[]>): void {
  for (const [set, list] of tallies) {
    const cells = list.map(
      ({ chars, covered: hit, found, right }, kind) =>
        `${TAGGED_TYPES[kind]?.slice(0, 3)} r ${(hit / chars).toFixed(3)} p ${(right / found).toFixed(3)} (${found})`
    )
    console.log(`${set.padEnd(24)} ${cells.join('   ')}`)
  }
}
