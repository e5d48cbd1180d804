import { canaries, type Canary, type Language } from '../../test/support/canaries.ts'
import type { Random } from '../../test/support/random.ts'

/** Mail-like text without personal data; `#` is a number, `*` a thing, `@` a weekday. */
const SENTENCES: Record<Language, readonly [string, ...string[]]> = {
  de: [
    'vielen Dank für die schnelle Rückmeldung zu unserem Angebot vom letzten @.',
    'Die Lieferung der * verzögert sich leider um etwa # Tage, weil das Lager umgebaut wird.',
    'Könnten Sie uns bitte bis @ mitteilen, ob die Menge von # Stück weiterhin gilt?',
    'In der Anlage finden Sie die überarbeitete Fassung, Änderungen sind gelb markiert.',
    'Wir haben die * geprüft und keine Mängel festgestellt; die Abnahme kann also stattfinden.',
    'Der Betrag von # Euro wurde bereits verbucht, eine weitere Zahlung ist nicht nötig.',
    'Sollten Rückfragen bestehen, melden Sie sich einfach, wir helfen gern weiter.',
    'Die Besprechung am @ findet im großen Saal statt, Beginn ist um 14 Uhr.',
    'Nach Rücksprache mit der Technik müssen die * noch einmal getestet werden.',
    'Der Kunde wünscht außerdem eine Aufstellung über # Positionen, möglichst als Tabelle.',
    'Für die * gilt die Garantie von 24 Monaten, gerechnet ab dem Tag der Übergabe.',
    'Das Protokoll der letzten Sitzung ist verschickt, Einwände kamen bisher keine.',
    'Bitte beachten Sie, dass am @ nur ein Teil der Mannschaft im Haus ist.',
    'Die Kosten liegen rund # Prozent unter der Schätzung, was alle sehr gefreut hat.',
    'Ohne Freigabe der Leitung dürfen wir die * nicht ausliefern.',
    'Wegen der Feiertage verschiebt sich die Inventur auf die nächste Woche.'
  ],
  en: [
    'thank you for getting back to us so quickly about the offer from last @.',
    'The delivery of the * will be about # days late because the warehouse is being rebuilt.',
    'Could you let us know by @ whether the quantity of # pieces still stands?',
    'Attached you will find the revised version, all changes are highlighted.',
    'We have checked the * and found no defects, so the handover can go ahead.',
    'The amount of # euros has already been booked, no further payment is needed.',
    'If anything is unclear just reply to this message and we will sort it out.',
    'The meeting on @ takes place in the large hall and starts at two in the afternoon.',
    'After talking to the engineers the * have to be tested once more.',
    'The customer also wants a list of # items, as a table if possible.',
    'The warranty on the * is 24 months, counted from the day of the handover.',
    'The minutes of the last meeting were sent out and nobody has objected so far.',
    'Please note that only part of the team will be in the office on @.',
    'Costs are about # percent below the estimate, which everybody was pleased about.',
    'Without approval from the management we may not ship the *.',
    'Because of the holidays the stock count moves to next week.'
  ]
}

const THINGS: Record<Language, readonly [string, ...string[]]> = {
  de: [
    'Pumpen',
    'Regale',
    'Sensoren',
    'Schläuche',
    'Kartons',
    'Ventile',
    'Lampen',
    'Filter',
    'Kabel',
    'Rollen'
  ],
  en: ['pumps', 'shelves', 'sensors', 'hoses', 'boxes', 'valves', 'lamps', 'filters', 'cables', 'rollers']
}

const DAYS: Record<Language, readonly [string, ...string[]]> = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
}

/** The ten values that a mail with findings holds. */
const PLANTED: Record<Language, readonly string[]> = {
  de: [
    'person de',
    'email',
    'phone de',
    'iban de',
    'card',
    'ip address',
    'tax id',
    'social security number',
    'url with credentials',
    'password de'
  ],
  en: [
    'person en',
    'email',
    'phone en',
    'iban en',
    'card',
    'ip address',
    'github token',
    'aws access key',
    'url with credentials',
    'password en'
  ]
}

/** One sentence, filled in anew each time. */
export function sentence(random: Random, language: Language): string {
  return random
    .pick(SENTENCES[language])
    .replace('#', () => String(2 + random.int(900)))
    .replace('*', () => random.pick(THINGS[language]))
    .replace('@', () => random.pick(DAYS[language]))
}

/** Ten planted values in `language`. */
export const tenValues = (seed: number, language: Language): Canary[] =>
  canaries(seed, { language, kinds: PLANTED[language] })

/** Sentences up to about `length` characters, with `inserts` spread evenly among them. */
export function prose(
  random: Random,
  language: Language,
  length: number,
  inserts: readonly string[]
): string {
  const fixed = inserts.reduce((sum, text) => sum + text.length + 1, 0)
  const own: string[] = []
  for (let size = fixed; size < length; ) {
    const next = sentence(random, language)
    own.push(next)
    size += next.length + 1
  }
  const out: string[] = []
  const every = Math.max(1, Math.floor(own.length / (inserts.length + 1)))
  let used = 0
  for (const [i, text] of own.entries()) {
    out.push(text)
    if ((i + 1) % every === 0 && used < inserts.length) out.push(inserts[used++] ?? '')
  }
  return [...out, ...inserts.slice(used)].join(random.int(4) === 0 ? '\n' : ' ')
}
