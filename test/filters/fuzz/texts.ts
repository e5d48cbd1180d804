import { canaries } from '../../support/canaries.ts'
import { createRandom, type Random } from '../../support/random.ts'
import { allPieces, type Pieces, piecesOf } from './pieces.ts'

/** Longest text made: long enough for a key block, short enough for thousands of texts a second. UTF-16 code units. */
const MAX_LENGTH = 600

const alphabet =
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:;-_/@+=#*()[]{}<>"\'`\\|&%$!?\n\t\räöüÄÖÜßéçøšžłаеоΑΒ٣５ａ\u00ad\u200b\u200d\u202e\u00a0\u2028\ufeff'

const odd: readonly [string, ...string[]] = [
  '\ud83d\ude00',
  '\ud835\udfce\ud835\udfcf',
  '\ud83d',
  '\udc00',
  '\\u0041',
  '\\n',
  '&#64;',
  '&amp;',
  '%40',
  '=3D',
  '=\n',
  '\u0000',
  'PERSON_K7Q2MX4A',
  '**PERSON**_K7Q2',
  'EMAIL\\_3N0PQRST',
  '{"a":"b"}',
  '\\"',
  '```',
  '@',
  '://',
  '-----BEGIN PRIVATE KEY-----\n',
  // Long runs, where patterns that can divide them in many ways go wrong.
  'A'.repeat(90),
  '7'.repeat(60),
  'a1B2'.repeat(25),
  'ab '.repeat(30)
]

/**
 * A text of random characters, of pieces that recognizers look for and what stands between them, one text in two of those of
 * one recognizer, of planted values in sentences, in base64 or percent-encoding, cut, doubled, swapped and mistyped. Always
 * the same for the same seed.
 */
export function fuzzText(seed: number): string {
  const random = createRandom(seed)
  const pieces = random.int(2) === 0 ? allPieces : (piecesOf[random.int(piecesOf.length)] ?? allPieces)
  let text = ''
  for (let parts = 1 + random.int(6); parts > 0; parts--)
    text += part(random, seed, pieces) + joint(random, pieces)
  for (let changes = random.int(4); changes > 0; changes--) text = mutated(text, random, pieces)
  return text.slice(0, MAX_LENGTH)
}

function part(random: Random, seed: number, pieces: Pieces): string {
  switch (random.int(8)) {
    case 0:
      return random.chars(alphabet, 1 + random.int(40))
    case 1:
      return random.pick(odd)
    case 2: {
      const planted = canaries(seed + random.int(1000))
      return planted[random.int(planted.length)]?.sentence ?? ''
    }
    case 3:
      return wrapped(piece(random, pieces), random)
    default:
      return piece(random, pieces)
  }
}

function piece(random: Random, { parts }: Pieces): string {
  return parts[random.int(parts.length)] ?? ''
}

function joint(random: Random, { joints }: Pieces): string {
  const common = random.pick(['', ' ', ' ', ': ', '\n', ', ', '"', '=', '.', '-', '- ', '/', '; ', ' ('])
  return random.int(2) === 0 ? common : (joints[random.int(joints.length)] ?? common)
}

function wrapped(text: string, random: Random): string {
  switch (random.int(5)) {
    case 0:
      return Buffer.from(text).toString('base64')
    case 1:
      return Buffer.from(text).toString('hex')
    case 2:
      return encodeURIComponent(text.toWellFormed())
    case 3:
      return JSON.stringify(text)
    default:
      return Array.from(text).join(random.pick([' ', '\u200b', '-']))
  }
}

/** One change somewhere: a slice cut out, doubled, moved to the end, turned to upper case, a character or a joint put in. */
function mutated(text: string, random: Random, pieces: Pieces): string {
  const from = random.int(text.length + 1)
  const to = Math.min(text.length, from + 1 + random.int(20))
  const slice = text.slice(from, to)
  const head = text.slice(0, from)
  const tail = text.slice(to)
  switch (random.int(5)) {
    case 0:
      return head + tail
    case 1:
      return head + slice + slice + tail
    case 2:
      return head + tail + slice
    case 3:
      return head + slice.toUpperCase() + tail
    default:
      return head + inserted(random, pieces) + slice + tail
  }
}

function inserted(random: Random, pieces: Pieces): string {
  switch (random.int(3)) {
    case 0:
      return random.chars(alphabet, 1)
    case 1:
      return random.pick(odd)
    default:
      return joint(random, pieces)
  }
}
