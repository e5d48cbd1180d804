import { anywhere, type Recognizer } from '../../recognizer.ts'
import { BLANK, is } from '../../scanner/chars.ts'
import { wordEnd } from '../../scanner/names.ts'
import type { Scan } from '../../scanner/scan.ts'
import { wordList } from '../word-list.ts'
import { companyAt } from './company.ts'
import { readName, reportName, skipBlanks, skipTitles } from './name.ts'

/** How far back the claimant's name may begin. */
const MAX_BEFORE = 64

/** The parties of a lawsuit: `Hagedorn ./. Pfeiffer`. */
export const personLawsuit: Recognizer = {
  id: 'person-lawsuit',
  types: ['PERSON'],
  scope: 'prose',
  anchors: anywhere('./.'),
  recognize,
  examples: {
    match: [
      { text: 'In dem Rechtsstreit Hagedorn ./. Pfeiffer u. a.', found: 'Hagedorn' },
      { text: 'In Sachen Dr. Monika Vogt ./. Stadtwerke Süd GmbH', found: 'Monika Vogt' },
      { text: 'Muster GmbH ./. Yıldız', found: 'Yıldız' },
      { text: 'Müller- Vogt ./. Yıldız', found: 'Vogt' },
      { text: 'Ab’ Müller- ./. Yıldız', found: 'Yıldız' }
    ],
    noMatch: ['1.200,00 ./. 300,00 EUR', 'cp ./a ./.', 'Muster GmbH ./. Beispiel AG', 'find ./. -name x']
  },
  source: 'Own rule: headings of German courts and lawyers'
}

/** What stands before the parties. */
const headings = wordList(
  'Rechtsstreit Rechtsstreits Rechtssache Sache Sachen Verfahren Klage Klageverfahren Mahnverfahren Familiensache Streitsache Prozess Fall Akte'
)
/** Words that a name is made of, at the end of what stands before. */
const last = /(?:^|[^\p{L}.])((?:\p{Lu}[\p{L}’'-]{1,30}[ ]){0,2}\p{Lu}[\p{L}’'-]{1,30})[ ]{1,2}$/u

function recognize(scan: Scan, start: number, end: number): void {
  const { text } = scan
  if (!is(text.charCodeAt(start - 1), BLANK) || !is(text.charCodeAt(end), BLANK)) return
  const found = last.exec(text.slice(Math.max(0, start - MAX_BEFORE), start))
  const claimant = found?.[1]
  if (claimant !== undefined) {
    const from = text.lastIndexOf(claimant, start)
    reportLast(scan, from, from + claimant.length)
  }
  const name = readName(text, skipTitles(text, skipBlanks(text, end)), 3)
  if (name !== null && !companyAt(text, name.end)) reportName(scan, name.start, name.end, 0.8)
}

/** The longest name that ends at `end` and begins at one of the words from `start` on, behind what the case is called. */
function reportLast(scan: Scan, start: number, end: number): void {
  const { text } = scan
  // By blanks: one stands at `end`, so each step leads on, also behind what `wordEnd` does not pass (`Müller- Vogt`).
  for (let at = start; at < end; at = text.indexOf(' ', at) + 1) {
    if (headings.has(text.slice(at, wordEnd(text, at))) || readName(text, at, 3)?.end !== end) continue
    reportName(scan, at, end, 0.8)
    return
  }
}
