import { foreignWords } from './foreign-words.ts'
import { mix, SEED } from './letters.ts'

/** Little words that tell German, which writes all nouns with a capital, from languages that do not. */
const german = `der die das und ist nicht ein eine einen einem einer eines den dem des mit auf für von zu im am ich sie wir ihr es sich auch
als an bei bitte dass du er hat haben ihre ihren ihnen kann können mich mir nach noch nur oder sind so über um uns unser unsere vom war
wenn wie wird wurde zum zur aber aus bin bis danke habe hallo hier ihm ihn in kein keine liebe lieber machen mein meine mehr muss sehr sein seine
gibt schon sehr geehrte geehrter grüße werden wurden durch unter wieder dein deine mal ja nein
fuer ueber koennen gruesse waere moechte`

const english = `the and of to is that it for on with as was are be this have from by not you your we our they his her at has had an or but
will would can if which who been their my me do what there so about please thanks hi dear he she were when out up one no all i`

const others = `${english}
le la les des et est une un du que qui dans pour pas sur avec au ce il elle je vous nous ne se plus par sont
el los las y es en una por con para del se lo como su al más pero sus no
il di che è e un una per non sono con del della dei si al da le mi ha questo
het een van en niet dat op te zijn met voor er aan ook maar ik wij u je bij naar deze
o os as e um uma do da dos das em não para com por mais se no na ao
i w na z do się nie to jest że jak za od przez po dla oraz
och att det som en på är av för med till den har inte om ett jag vi de så men var
og er på til som en et af ikke med det den har jeg vi men kan fra`

const TABLE = 8192
const hashes = new Int32Array(TABLE)
/** Bits of a word that stands in the table. */
const words = new Uint8Array(TABLE)
const KNOWN = 1
const GERMAN = 2
const OTHER = 4
const OWN = 8
const FOREIGN = 16

function hashOf(word: string): number {
  let hash = SEED
  for (let i = 0; i < word.length; i++) hash = mix(hash, word.charCodeAt(i))
  return hash
}

function slotOf(hash: number): number {
  let slot = (hash ^ (hash >>> 15)) & (TABLE - 1)
  while (words[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (TABLE - 1)
  return slot
}

function note(text: string, bits: number): void {
  for (const lower of text.split(/\s+/))
    for (const word of [lower, capitalised(lower)]) {
      // A single letter in upper case is a label or an initial.
      if (bits === FOREIGN && word.length === 1 && word !== lower) continue
      const slot = slotOf(hashOf(word))
      hashes[slot] = hashOf(word)
      words[slot] = (words[slot] ?? 0) | bits | KNOWN
    }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

note(german, GERMAN | OWN)
note(others, OTHER)
note(english, OWN)
for (const list of foreignWords) note(list, FOREIGN)

/** What a token says of its language: bits of `GERMAN_WORD`, `FOREIGN_WORD`, … ; 0 for none. */
export const GERMAN_WORD = 1
/** Of a language other than German. */
export const OTHER_WORD = 2
/** Of German or English. */
export const OWN_WORD = 4
/** Of neither. */
export const FOREIGN_WORD = 8

/** By the bits of the table. A word of both sides tells nothing. */
const hints = Uint8Array.from({ length: 32 }, (_, bits) => {
  const isOne = (a: number, b: number): boolean => (bits & a) !== 0 && (bits & b) === 0
  return (
    (isOne(GERMAN, OTHER) ? GERMAN_WORD : 0) |
    (isOne(OTHER, GERMAN) ? OTHER_WORD : 0) |
    (isOne(OWN, FOREIGN) ? OWN_WORD : 0) |
    (isOne(FOREIGN, OWN) ? FOREIGN_WORD : 0)
  )
})

/** @param form hash of the token as written */
export function languageHints(form: number): number {
  return hints[words[slotOf(form)] ?? 0] ?? 0
}

/** Letters that German and English have in no word of their own. */
const strangeLetters = new Uint8Array(0x220)
for (const char of 'ąćęłńśźżåæøãõñăâîțșşţčšžěřůďťňľőű') strangeLetters[char.charCodeAt(0)] = 1
const aUmlaut = 0xe4
const oUmlaut = 0xf6

/** Whether no German or English word is spelled so; for words in lower case: names are written as their bearers' languages do. */
export function isSpelledStrangely(text: string, start: number, end: number): boolean {
  let before = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (
      code >= 0x80 &&
      (strangeLetters[code] === 1 || ((code === aUmlaut || code === oUmlaut) && before === code))
    )
      return true
    before = code
  }
  // Finnish; German ends no word in them.
  return end - start > 2 && (before === aUmlaut || before === oUmlaut)
}

/** So much of a text tells its language. UTF-16 code units. */
const GUESS_CHARS = 4000

/** The language of a text, of those that names are made in; German where nothing tells. @param text attacker-controlled */
export function guessLanguage(text: string): 'de' | 'en' {
  let balance = 0
  for (const [word] of text.slice(0, GUESS_CHARS).matchAll(/\p{L}{1,20}/gu)) {
    const hint = languageHints(hashOf(word))
    if ((hint & GERMAN_WORD) !== 0) balance++
    else if ((hint & OTHER_WORD) !== 0) balance--
  }
  return balance < 0 ? 'en' : 'de'
}
