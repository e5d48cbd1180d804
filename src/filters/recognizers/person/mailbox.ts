import { anywhere, type Recognizer } from '../../recognizer.ts'
import { ALNUM, is, LETTER } from '../../scanner/chars.ts'
import type { Scan } from '../../scanner/scan.ts'
import { ambiguousSurnames, givenNames, noNames } from './words.ts'

/** Longest local part that is taken for a name. */
const MAX_LOCAL = 64
/** Shortest surname. */
const SHORTEST = 3

/**
 * The owner of a mailbox: `anna.weber@` tells a name that is followed from here on, where the first part is a given name
 * that people bear; `info.service@` tells none. The address itself is another recognizer's.
 */
export const personMailbox: Recognizer = {
  id: 'person-mailbox',
  types: ['PERSON'],
  scope: 'prose',
  anchors: anywhere('@'),
  recognize: rememberOwner,
  examples: {
    match: [
      { text: 'Mail von sandra.wiegert@example.com: Wiegert kommt später.', found: 'Wiegert' },
      { text: 'jens_oltmanns@example.org; bitte an Oltmanns weiter', found: 'Oltmanns' }
    ],
    noMatch: [
      'kontakt.vertrieb@example.com, Vertrieb',
      'anna.klein@example.com schreibt: Klein ist der Hund.'
    ]
  },
  source: 'Own rule'
}

function rememberOwner(scan: Scan, at: number): void {
  const { text, names } = scan
  let joint = at
  while (at - joint < MAX_LOCAL && is(text.charCodeAt(joint - 1), LETTER)) joint--
  const mark = text.charAt(joint - 1)
  if (mark !== '.' && mark !== '_') return
  let start = joint - 1
  while (joint - start < MAX_LOCAL && is(text.charCodeAt(start - 1), LETTER)) start--
  const before = text.charCodeAt(start - 1)
  if (is(before, ALNUM) || before === 0x2e || before === 0x5f || before === 0x2d || at - joint < SHORTEST)
    return
  const given = capitalised(text.slice(start, joint - 1))
  const surname = capitalised(text.slice(joint, at))
  if (!givenNames.has(given) || noNames.has(surname)) return
  names.add(text.slice(start, joint - 1), true)
  names.add(text.slice(joint, at), !ambiguousSurnames.has(surname))
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}
