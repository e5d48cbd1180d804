import * as fc from 'fast-check'
import t from 'tap'
import { SseDecoder, withData } from '../../src/core/sse.ts'

function decode(chunks: readonly Buffer[]): (string | null)[] {
  const decoder = new SseDecoder(1 << 20)
  const events = chunks.flatMap(chunk => decoder.push(chunk))
  const last = decoder.end()
  return [...events, ...(last === null ? [] : [last])].map(event => event.data)
}

function raw(chunks: readonly Buffer[]): string {
  const decoder = new SseDecoder(1 << 20)
  const events = chunks.flatMap(chunk => decoder.push(chunk))
  const last = decoder.end()
  return Buffer.concat([...events, ...(last === null ? [] : [last])].map(event => event.raw)).toString()
}

const cases: readonly (readonly [name: string, bytes: string, data: readonly (string | null)[]])[] = [
  ['LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
  ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
  ['no space after the colon', 'data:a\n\n', ['a']],
  ['only one space is taken', 'data:  a\n\n', [' a']],
  ['several data lines', 'data: {\ndata: }\n\n', ['{\n}']],
  ['comment block', ': ping\n\ndata: a\n\n', [null, 'a']],
  ['comment in the block', ': ping\ndata: a\n\n', ['a']],
  ['event and id fields', 'event: x\nid: 7\ndata: a\n\n', ['a']],
  ['byte order mark', '\ufeffdata: a\n\n', ['a']],
  ['field without colon', 'data\n\n', ['']],
  ['another field that starts alike', 'database: a\n\n', [null]],
  ['empty data', 'data:\n\n', ['']],
  ['blank lines between', '\n\ndata: a\n\n\n\ndata: b\n\n', [null, null, 'a', null, null, 'b']],
  ['multi-byte text', 'data: Zoë 💚 ß\n\n', ['Zoë 💚 ß']],
  ['last event without blank line', 'data: a\n\ndata: b', ['a', 'b']],
  ['last event with one line end', 'data: a\n\ndata: b\n', ['a', 'b']],
  ['mixed line ends', 'data: a\r\n\ndata: b\n\r\ndata: c\r\n\r\n', ['a', 'b', 'c']]
]

for (const [name, bytes, data] of cases) {
  t.test(`${name}: cut at every byte`, async t => {
    const whole = Buffer.from(bytes)
    t.same(decode([whole]), data, 'whole')
    for (let cut = 1; cut < whole.length; cut++) {
      t.same(decode([whole.subarray(0, cut), whole.subarray(cut)]), data, `cut at ${cut}`)
    }
    t.same(decode([...whole].map(byte => Buffer.from([byte]))), data, 'byte by byte')
  })
}

t.test('events keep their bytes for any cuts', async t => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('data: a', 'data:ä', ': c', 'event: x', '', '\n', '\r\n', '\r', 'id: 1'), {
        maxLength: 30
      }),
      fc.array(fc.nat(200), { maxLength: 8 }),
      (parts, cuts) => {
        const whole = Buffer.from(`${parts.join('\n')}\n\n`)
        const points = [0, ...cuts.filter(cut => cut < whole.length).sort((a, b) => a - b), whole.length]
        const chunks = points.slice(1).map((end, i) => whole.subarray(points[i], end))
        return (
          raw(chunks) === whole.toString() &&
          JSON.stringify(decode(chunks)) === JSON.stringify(decode([whole]))
        )
      }
    )
  )
  t.pass()
})

t.test('an event that does not end is refused at the bound', async t => {
  const decoder = new SseDecoder(10)
  t.throws(
    () => {
      for (let i = 0; i < 11; i++) decoder.push(Buffer.from('x'))
    },
    { code: 'SCHLEUSE_UPSTREAM_TOO_LARGE' }
  )
})

t.test('new data keeps the other fields', async t => {
  const decoder = new SseDecoder(1000)
  const rewrite = (bytes: string, data: string) =>
    decoder.push(Buffer.from(bytes)).map(event => withData(event, data).toString())
  t.same(rewrite('event: x\r\nid: 7\r\ndata: a\r\n\r\n', 'b'), ['event: x\r\nid: 7\r\ndata: b\r\n\r\n'])
  t.same(rewrite(': c\ndata: {\ndata: }\n\n', '{\n"x":1}'), [': c\ndata: {\ndata: "x":1}\n\n'])
})
