import * as fc from 'fast-check'
import t from 'tap'
import { HmacKey } from '../../src/core/hmac.ts'
import type { Segment } from '../../src/core/leaf.ts'
import {
  type AnalyzeOptions,
  buildAnalyzer,
  buildAnalyzerOf,
  entityTypes
} from '../../src/filters/analyzer.ts'
import { FindingsCache } from '../../src/filters/findings-cache.ts'
import { allRecognizers } from '../../src/filters/recognizers/index.ts'

const analyzer = buildAnalyzer()

function text(text: string, label = ''): Segment {
  return { kind: 'text', text, label }
}

/** What the rules find: the tagger knows names without being told before. */
function surfaces(...segments: Segment[]): string[][] {
  return surfacesBy({ quick: true }, segments)
}

function surfacesBy(options: AnalyzeOptions, segments: readonly Segment[]): string[][] {
  return analyzer
    .analyze(segments, options)
    .map((findings, i) => findings.map(f => `${f.type} ${segments[i]?.text.slice(f.start, f.end)}`))
}

t.test('every country at once is not too much for one automaton', async t => {
  const everywhere = [...new Set(allRecognizers.flatMap(recognizer => recognizer.countries ?? []))]
  const found = buildAnalyzer({ countries: everywhere }).analyze([text('IBAN DE89370400440532013000')])
  t.same(
    found[0]?.map(({ type }) => type),
    ['IBAN']
  )
})

t.test('persons are followed forward through segments, never back', async t => {
  t.same(
    surfaces(
      text('Mustermann kam.'),
      text('Herr Max Mustermann kam.'),
      text('MUSTERMANNS Hut. Von Max Mustermann.')
    ),
    [[], ['PERSON Max Mustermann'], ['PERSON MUSTERMANNS', 'PERSON Max Mustermann']]
  )
})

t.test('a name goes on over no syntax of JSON, markup or code', async t => {
  t.same(surfacesBy({}, [text('{"first_name": "Leyla"} Liebe Flora')]), [['PERSON Leyla', 'PERSON Flora']])
})

t.test('what is found in a segment does not depend on what follows it', async t => {
  const first = text('Frau Öztürk und Öztürks Mail oez@example.org')
  t.same(analyzer.analyze([first])[0], analyzer.analyze([first, text('Herr Öztürk')])[0])
})

t.test('nothing is kept between calls', async t => {
  analyzer.analyze([text('Herr Max Mustermann')])
  t.same(surfaces(text('Mustermann kam.')), [[]])
})

t.test('surnames that are ordinary words are followed only beside another part of the name', async t => {
  t.same(surfaces(text('Frau Anna Klein rief an. Klein ist der Hund. Anna Klein dankt.')), [
    ['PERSON Anna Klein', 'PERSON Anna Klein']
  ])
})

t.test('a person is followed in every form that later mentions take', async t => {
  t.same(
    surfacesBy({}, [
      text('Gestern hat Sandra Wiegert angerufen.'),
      text('Wiegerts Auftrag ist da. S. W. meldet sich. Konto: sandra.wiegert, alt: s_wiegert. Sandra dankt.')
    ])[1],
    ['PERSON Wiegerts', 'PERSON S. W.', 'PERSON sandra.wiegert', 'PERSON s_wiegert', 'PERSON Sandra']
  )
  t.same(surfacesBy({}, [text('Von: sandra.wiegert@example.com'), text('Laut Wiegert passt das.')])[1], [
    'PERSON Wiegert'
  ])
})

t.test('a mailbox of no person, or of one whose name is an ordinary word, is not followed', async t => {
  t.same(surfaces(text('Von: anna.klein@example.com'), text('Klein ist der Hund, und Sommer war es.'))[1], [])
  t.same(surfaces(text('Von: kunden.dienst@example.com'), text('Der Dienst an Kunden.'))[1], [])
})

t.test('keys and numbers get no persons', async t => {
  const found = analyzer.analyze([
    { kind: 'key', text: 'Herr Max Mustermann', label: '' },
    { kind: 'key', text: 'max@example.org', label: '' },
    { kind: 'number', text: '4111111111111111', label: 'value' }
  ])
  t.same(
    found.map(list => list.map(f => f.type)),
    [[], ['EMAIL'], ['CARD']]
  )
})

t.test('a label counts as context right before the text', async t => {
  t.same(
    surfaces(
      text('86095742719', 'taxId'),
      text('33316005', 'phone_number'),
      text('33316005', 'order_number')
    ),
    [['DE_TAX_ID 86095742719'], ['PHONE 33316005'], []]
  )
})

t.test('a word that names another number keeps a weak check digit from counting', async t => {
  t.same(surfaces(text('Bestellnummer 12345678903')), [[]])
})

t.test('countries choose national recognizers, and the version tells', async t => {
  const austrian = buildAnalyzer({ countries: ['AT'] })
  t.same(
    austrian.analyze([text('Steuer-ID 86095742719')])[0]?.filter(f => f.type === 'DE_TAX_ID'),
    []
  )
  t.not(austrian.version, analyzer.version)
  t.equal(buildAnalyzer().version, analyzer.version)
  t.match(analyzer.version, /^[0-9a-f]{16}$/)
})

t.test('every reported type is listed', async t => {
  for (const recognizer of allRecognizers)
    for (const type of recognizer.types) t.ok(entityTypes.includes(type))
})

const pieces = allRecognizers.flatMap(recognizer => [
  ...recognizer.examples.match.map(example => (typeof example === 'string' ? example : example.text)),
  ...(recognizer.anchors ?? []).map(anchor => anchor.text)
])

t.test('any text: no throw, offsets in range, sorted, no overlaps, types listed', async () => {
  const piece = fc.oneof(
    fc.constantFrom(...pieces),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ maxLength: 20 })
  )
  const texts = fc.array(piece, { maxLength: 8 }).map(parts => parts.join(''))
  const label = fc.oneof(
    fc.constantFrom('', 'password', 'iban', 'name', 'tax_id'),
    fc.string({ maxLength: 12 })
  )
  fc.assert(
    fc.property(texts, label, (value, label) => {
      const found = analyzer.analyze([text(value, label)])[0] ?? []
      return found.every((finding, i) => {
        const previous = found[i - 1]?.end ?? 0
        const inRange =
          finding.start >= previous && finding.start < finding.end && finding.end <= value.length
        return inRange && entityTypes.includes(finding.type) && finding.score > 0 && finding.score <= 1
      })
    }),
    { numRuns: 2000 }
  )
})

t.test('hostile repetition of every anchor and example passes', async t => {
  for (const piece of new Set<string>([
    '@',
    ':',
    '://',
    '1',
    '1 ',
    '0',
    '+',
    '(',
    '-',
    'a@',
    '::',
    'A1',
    '"',
    '\\',
    ...pieces
  ])) {
    const value = piece.repeat(Math.ceil(20_000 / piece.length))
    const found = analyzer.analyze([text(value)])[0] ?? []
    t.ok(found.every(f => f.end <= value.length))
  }
})

t.test('one recognizer alone', async t => {
  const first = allRecognizers.find(recognizer => recognizer.id === 'card')
  const alone = buildAnalyzerOf(first === undefined ? [] : [first])
  t.same(
    alone.analyze([text('max@example.org 4111111111111111')])[0]?.map(f => f.type),
    ['CARD']
  )
})

/** A letter in several languages, a quarter of a megabyte long, with names on the seams of all pieces. */
function longText(): string {
  const paragraphs = [
    'Gestern hat Jörg Dobberstein angerufen und nach der Rechnung von Frau Pfannschmidt gefragt.',
    'Last week Gareth Pemberton told us that the parts for Heather Ainsworth had not arrived.',
    'Hier, Monsieur Gauthier Lemoine a téléphoné parce que la société n’a pas reçu la facture.',
    'IBAN DE89370400440532013000, Telefon 030 1234567, jo@example.org'
  ]
  return Array.from({ length: 3200 }, (_, i) => `${i}. ${paragraphs[i % 4]}`).join('\n\n')
}

/** Turns of the event loop while texts are read, and what was found. */
async function turnsOf(segments: readonly Segment[], options: AnalyzeOptions = {}) {
  let turns = 0
  let done = false
  const count = (): void => {
    turns++
    if (!done) setImmediate(count)
  }
  setImmediate(count)
  const found = await analyzer.analyzeInPieces(segments, options)
  done = true
  return { turns, found }
}

t.test('while a long text is read piece by piece the event loop turns, and nothing else changes', async t => {
  const long = text(longText())
  t.ok(long.text.length > 250_000)
  const segments = [long, text('Dobberstein und Lemoine kommen.')]
  const { turns, found } = await turnsOf(segments)
  t.ok(turns >= long.text.length / 10_000, `${turns} turns`)
  t.ok((found[0]?.length ?? 0) > 3000)
  t.same(found, analyzer.analyze(segments))
  const rules = await turnsOf(segments, { quick: true })
  t.ok(rules.turns >= long.text.length / 20_000, `${rules.turns} turns by the rules alone`)
  t.same(rules.found, analyzer.analyze(segments, { quick: true }))
})

t.test('long text in disguise, in tables, over line ends and in base64 is read with pauses too', async t => {
  const fill = (part: string): Segment => text(part.repeat(Math.ceil(150_000 / part.length)))
  const inside = Buffer.from('Anna Weber, anna.weber@example.com, DE89370400440532013000. '.repeat(2000))
  for (const segment of [
    fill('%41nna Weber, DE89370400440532013%30%30%30\n'),
    fill('Anna%20Weber DE8937040044053201300%30 and more words that stay as they are, one after the other '),
    fill('DE89 3704 0044\n0532 0130 00\n'),
    fill('Anna Weber\tDE89370400440532013000\nName\tIBAN\n'),
    text(inside.toString('base64'))
  ]) {
    const { turns, found } = await turnsOf([segment])
    t.ok(turns >= 10, `${turns} turns`)
    t.ok((found[0]?.length ?? 0) > 0)
    t.same(found, analyzer.analyze([segment]), segment.text.slice(0, 40))
  }
})

t.test('what is read between the pieces of another text changes neither', async t => {
  const a = [text(longText()), text('Dobberstein und Ainsworth kommen.')]
  const b = [
    text('Frau Özlem Yıldırım war da.'),
    text(`${longText()} Özlem Yıldırım dankt.`),
    text('Yıldırım')
  ]
  const cache = new FindingsCache(new HmacKey(Buffer.alloc(32, 7)), 1 << 22)
  const together = await Promise.all([
    analyzer.analyzeInPieces(a),
    analyzer.analyzeInPieces(b, { cache }),
    analyzer.analyzeInPieces(a, { quick: true })
  ])
  t.same(together, [analyzer.analyze(a), analyzer.analyze(b), analyzer.analyze(a, { quick: true })])
  t.same(await analyzer.analyzeInPieces(b, { cache }), together[1], 'from the cache too')
})
