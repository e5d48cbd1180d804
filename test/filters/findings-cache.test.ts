import { randomBytes } from 'node:crypto'
import t from 'tap'
import { HmacKey } from '../../src/core/hmac.ts'
import type { Segment } from '../../src/core/leaf.ts'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'
import { FindingsCache, type Lacks } from '../../src/filters/findings-cache.ts'
import { findFlags } from '../../src/filters/flags/index.ts'
import { pseudonymizeSegments } from '../../src/filters/pseudonymizer.ts'
import { canaries, mailWith } from '../support/canaries.ts'
import { createRandom } from '../support/random.ts'

const analyzer = buildAnalyzer()
const scopeKey = randomBytes(32)
const cacheOf = (bytes = 10_000_000) => new FindingsCache(new HmacKey(randomBytes(32)), bytes)
const text = (content: string, label = '', kind: Segment['kind'] = 'text'): Segment => ({
  kind,
  text: content,
  label
})

/** Conversations whose parts come again in other orders and surroundings. */
function conversation(seed: number): Segment[] {
  const random = createRandom(seed)
  const planted = canaries(1 + random.int(6))
  const surname = planted.find(({ kind }) => kind === 'person de')?.value ?? ''
  const pool: readonly [Segment, ...Segment[]] = [
    text(mailWith(planted.slice(0, 6))),
    text(`Was schreibt ${surname} dazu, und wann antworten wir?`),
    text(`Frau ${surname}s Antrag liegt vor; bitte prüfen.`),
    text(`Liebe Grüße von der Heide an ${surname} und alle anderen`),
    text(planted[9]?.value ?? '', 'iban'),
    text('DE89370400440532013000', 'iban'),
    text('DE89370400440532013000', 'note'),
    text('Sehr geehrter Herr von der Heide, danke für Ihre Nachricht.'),
    text('Sehr geehrter Herr&#32;M&uuml;ller-Lüdenscheidt, danke.'),
    text(`K\u200barl-Heinz M\u00fcller-L\u00fcdenscheidt und ${surname}`),
    text('12345678901', 'id', 'number'),
    text('kurz')
  ]
  return Array.from({ length: 4 + random.int(12) }, () => random.pick(pool))
}

t.test('what comes out of the cache is what a scan finds, whatever stands before', async t => {
  const cache = cacheOf()
  for (let seed = 0; seed < 60; seed++) {
    const segments = conversation(seed)
    const wanted = analyzer.analyze(segments)
    t.strictSame(analyzer.analyze(segments, { cache }), wanted, `${seed} cold`)
    t.strictSame(analyzer.analyze(segments, { cache }), wanted, `${seed} warm`)
    t.strictSame(
      analyzer.analyze(segments.slice(1), { cache }),
      analyzer.analyze(segments.slice(1)),
      `${seed} cut`
    )
  }
})

t.test(
  'runs of segments come back as they were found, also when one among them was changed, added or dropped',
  async t => {
    const cache = cacheOf()
    const long = (seed: number) => [
      ...conversation(seed),
      ...conversation(seed + 1),
      ...conversation(seed + 2)
    ]
    for (let seed = 0; seed < 40; seed++) {
      const segments = long(seed)
      analyzer.analyze(segments, { cache })
      const at = seed % segments.length
      const others = [
        [...segments, text('Und was sagt Frau Holbrunstedt zu dem Angebot?')],
        segments.with(at, text('Heute ist der 22.11.2026, es regnet wieder.')),
        segments.toSpliced(at, 0, text('Sehr geehrte Frau Erika Holbrunstedt, vielen Dank.')),
        segments.toSpliced(at, 1)
      ]
      for (const other of others)
        for (const turn of ['first', 'second'])
          t.strictSame(analyzer.analyze(other, { cache }), analyzer.analyze(other), `${seed} ${turn}`)
    }
  }
)

t.test('one entry answers for a run, and a name in it is followed behind it', async t => {
  const cache = cacheOf()
  // a length that ends a run
  const last = 'Sehr geehrte Frau Erika Holbrunstedt, danke.'.padEnd(48)
  const turns = ['Guten Tag, es geht um das Angebot.', 'Wie geht es weiter?', last].map(one => text(one))
  const after = text('Was schreibt Holbrunstedt dazu, und wann?')
  const scanned = analyzer.analyze([...turns, after])
  t.equal(scanned[3]?.length, 1, 'the name is followed')
  analyzer.analyze(turns, { cache })
  let asked = 0
  const watched = Object.assign(Object.create(cache) as FindingsCache, {
    runKey: cache.runKey.bind(cache),
    getRun: cache.getRun.bind(cache),
    key: cache.key.bind(cache),
    carry: cache.carry.bind(cache),
    set: cache.set.bind(cache),
    get: (key: string) => {
      asked++
      return cache.get(key)
    }
  })
  t.strictSame(analyzer.analyze([...turns, after], { cache: watched }), scanned)
  t.equal(asked, 1, 'only what is new is asked for by itself')
})

t.test('persons known from before count as context', async t => {
  const cache = cacheOf()
  const segments = [text('Was schreibt Holbrunstedt dazu, bitte?')]
  const persons = ['Erika Holbrunstedt']
  for (let turn = 0; turn < 2; turn++) {
    t.equal(analyzer.analyze(segments, { cache, persons })[0]?.length, 1)
    t.strictSame(analyzer.analyze(segments, { cache }), analyzer.analyze(segments))
  }
})

t.test('the second turn scans only what is new', async t => {
  const cache = cacheOf()
  const seen: string[] = []
  const counting = {
    get: (key: string) => {
      const found = cache.get(key)
      seen.push(found === undefined ? 'miss' : 'hit')
      return found
    }
  }
  const watched = Object.assign(Object.create(cache) as FindingsCache, {
    key: cache.key.bind(cache),
    runKey: cache.runKey.bind(cache),
    getRun: () => undefined,
    setRun: () => {},
    carry: cache.carry.bind(cache),
    set: cache.set.bind(cache),
    ...counting
  })
  const turns = [
    text('Heute ist der 21.11.2026, es regnet.'),
    text('Sehr geehrte Frau Erika Holbrunstedt, danke für Ihre Nachricht.'),
    text('Was schreibt Holbrunstedt dazu, und wann antworten wir?'),
    text('Bitte an anna.weber@beispielfirma.de weiterleiten.')
  ]
  analyzer.analyze(turns, { cache: watched })
  seen.length = 0
  const next = [
    text('Heute ist der 22.11.2026, es regnet.'),
    ...turns.slice(1),
    text('Und was nun, bitte sehr?')
  ]
  analyzer.analyze(next, { cache: watched })
  t.equal(seen.filter(one => one === 'miss').length, 2, 'the changed date and the new message')
  t.equal(seen.length, next.length)
})

t.test('what a text lacks is not looked for again, what it has is found each time', async t => {
  const cache = cacheOf()
  const code = 'EMAIL_1A2B3C4D'
  const segments = [
    text('Bitte das Angebot bis Freitag prüfen.'),
    text('Mein Kollege ist HIV-positiv, ich mache mir Sorgen.'),
    text(`Was stand unter ${code}, und wo genau?`)
  ]
  for (let turn = 0; turn < 3; turn++) {
    const lacks: (Lacks | undefined)[] = []
    const findings = analyzer.analyze(segments, { cache, lacks })
    if (turn > 0) {
      t.strictSame(lacks, [
        { flags: true, codes: true },
        { flags: false, codes: true },
        { flags: true, codes: false }
      ])
    }
    t.strictSame(
      findFlags(segments, findings, lacks).map(({ segment, category }) => [segment, category]),
      [[1, 'health']]
    )
    const { edits } = pseudonymizeSegments({
      scopeKey: () => scopeKey,
      knownTypes: analyzer.types,
      segments,
      findings,
      lacks,
      operatorFor: () => 'pseudonymize'
    })
    t.match(edits, [[], [], [{ text: /^LITERAL_/ }]])
  }
})

t.test('a bound: entries used longest ago go', async t => {
  const cache = cacheOf(3000)
  const entry = { findings: [], names: [], lacks: {} }
  for (let at = 0; at < 100; at++) {
    cache.set(`k${at}`, entry)
    t.ok(cache.get('k0'), 'used again and again')
  }
  t.equal(cache.get('k50'), undefined)
  t.ok(cache.get('k99'))
})
