import t from 'tap'
import { sourceOfBuffer, textOf } from '../../../src/core/byte-source.ts'
import type { DocumentFormat } from '../../../src/core/documents/document.ts'
import { csv } from '../../../src/core/documents/csv.ts'
import { json, jsonLines } from '../../../src/core/documents/json.ts'
import { mail } from '../../../src/core/documents/mail.ts'
import { cutOf, DocumentPieces, type Piece } from '../../../src/core/documents/pieces.ts'
import { text } from '../../../src/core/documents/text.ts'
import { createRandom } from '../../support/random.ts'

/** Documents taken apart: all of them, the same whatever way their bytes came. */

const limits = { maxDepth: 64, maxLeaves: 200_000, maxUnit: 1_048_576 }

interface Read {
  /** As it leaves when nothing is replaced. */
  readonly out: string
  /** Texts that were seen, without those seen again. */
  readonly texts: readonly (readonly [label: string, text: string])[]
  readonly pieces: number
}

async function read(format: DocumentFormat, document: string, cut: number, own = limits): Promise<Read> {
  const bytes = Buffer.from(document)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += cut) yield bytes.subarray(at, at + cut)
  }
  const source = { ...sourceOfBuffer(bytes), read: chunks }
  const pieces = new DocumentPieces(textOf(source, 0, bytes.length), format.open(), own)
  let out = ''
  const texts: [string, string][] = []
  let count = 0
  for (let piece = await pieces.next(); piece !== null; piece = await pieces.next()) {
    count++
    const { source } = piece.walk
    const window = piece.window
    if (window === undefined) out += source
    else {
      const end = cutOf(source, window, [])
      out += source.slice(window.from, end)
      pieces.took(end)
    }
    texts.push(...textsOf(piece))
  }
  return { out, texts, pieces: count }
}

/** Each leaf stands where it says. */
function textsOf({ walk }: Piece): [string, string][] {
  return walk.leaves.map(({ label, text, map }) => {
    const written = walk.source.slice(map.at(0), map.at(text.length))
    if (written !== text && JSON.stringify(text).slice(1, -1) !== written)
      throw new Error('a leaf stands elsewhere')
    return [label, text]
  })
}

const random = createRandom(41)
const words = ['Anna', 'Weber', 'é', '𝄞', 'ü,"', '\\', '[', '}', '\n', '1.5']
const word = () => words[random.int(words.length)] ?? ''
const phrase = () => Array.from({ length: 1 + random.int(12) }, word).join(' ')
const record = (at: number) => ({ nr: at, name: phrase(), more: [phrase(), { tief: phrase() }] })
const records = Array.from({ length: 4500 }, (_, at) => record(at))
const cell = (value: string) => `"${value.replaceAll('"', '""')}"`

const documents: readonly [name: string, format: DocumentFormat, document: string][] = [
  ['jsonl', jsonLines, records.map(one => JSON.stringify(one)).join('\n')],
  ['jsonl with empty lines', jsonLines, `\n${records.map(one => `${JSON.stringify(one)}\r\n`).join('\n')}`],
  ['json list', json, JSON.stringify(records)],
  ['json list, printed', json, ` ${JSON.stringify(records, null, 2)}\n`],
  ['json object', json, JSON.stringify({ records })],
  ['json that never ends', json, JSON.stringify(records).slice(0, -1)],
  ['a list and more', json, `${JSON.stringify(records)} und [mehr`],
  ['csv', csv, `Nr;Name\r\n${records.map(({ nr, name }) => `${nr};${cell(name)}`).join('\r\n')}`],
  [
    'csv, a quote that never ends',
    csv,
    `Nr,Name\n${records.map(({ nr }) => `${nr},x\n`).join('')}1,"${phrase()}`
  ],
  [
    'csv, a broken quote',
    csv,
    `Nr,Name\n${records.map(({ nr }) => `${nr},x\n`).join('')}1,"a"b\n${phrase()}`
  ],
  ['text', text, records.map(({ name }) => name).join('\n\n')],
  ['text without an end of a word', text, 'x'.repeat(300_000)],
  ['text of signs of two units', text, '𝄞'.repeat(150_000)],
  ['mail', mail, `From: a@b.de\nSubject: ${'x'.repeat(100)}\n\n${records.map(({ name }) => name).join('\n')}`]
]

for (const [name, format, document] of documents)
  t.test(`${name}: every cut of its bytes gives the same pieces`, async t => {
    const whole = await read(format, document, document.length * 4)
    t.equal(whole.out, document, 'nothing is lost')
    t.ok(whole.texts.length > 0)
    for (const cut of [13, 4096, 65_537]) t.strictSame(await read(format, document, cut), whole, `${cut}`)
  })

t.test('long lists and tables come in many pieces, all else at once', async t => {
  const piecesOf = async (name: string) => {
    const [, format, document] = documents.find(one => one[0] === name) ?? []
    return format === undefined ? 0 : (await read(format, document ?? '', 65_536)).pieces
  }
  for (const name of ['jsonl', 'json list', 'csv', 'text']) t.ok((await piecesOf(name)) > 1, name)
  t.equal(await piecesOf('json object'), 1)
})

t.test('records are read as they are when the whole is read', async t => {
  const lines = await read(jsonLines, JSON.stringify(records[7]), 9)
  const list = await read(json, JSON.stringify([records[7]]), 9)
  t.strictSame(list.texts, lines.texts)
  const [, , table = ''] = documents.find(([name]) => name === 'csv') ?? []
  const { texts } = await read(csv, table, 5000)
  t.equal(texts.length, 2 * (records.length + 1))
  t.ok(texts.slice(2).every(([label], at) => label === (at % 2 === 0 ? 'Nr' : 'Name')))
})

t.test('one unit has a bound', async t => {
  const small = { ...limits, maxUnit: 100_000 }
  const refused = { code: 'SCHLEUSE_FILE_UNIT_TOO_LARGE' }
  await t.rejects(read(jsonLines, `${JSON.stringify('x'.repeat(300_000))}\n`, 9999, small), refused)
  await t.rejects(read(json, JSON.stringify({ x: 'x'.repeat(300_000) }), 9999, small), refused)
  await t.rejects(read(mail, `a: b\n\n${'x'.repeat(300_000)}`, 9999, small), refused)
})

t.test('a text is cut where nothing is found, at the end of a paragraph if there is one', t => {
  const text = `${'a'.repeat(80)} Anna\n\nWeber ${'b'.repeat(13)}`
  const window = { from: 0, until: text.length - 5, last: false }
  t.equal(cutOf(text, window, []), 87)
  t.equal(cutOf(text, window, [{ start: 81, end: 92 }]), 93)
  t.equal(cutOf(text, { ...window, last: true, until: text.length }, []), text.length)
  const solid = 'x'.repeat(100)
  t.equal(cutOf(solid, { from: 10, until: 80, last: false }, [{ start: 60, end: 90 }]), 60)
  t.throws(() => cutOf(solid, { from: 10, until: 80, last: false }, [{ start: 0, end: 90 }]), {
    code: 'SCHLEUSE_FILE_UNIT_TOO_LARGE'
  })
  t.end()
})
