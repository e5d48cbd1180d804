import { randomBytes } from 'node:crypto'
import t from 'tap'
import { splice } from '../../src/core/json/splice.ts'
import { FREE } from '../../src/core/json/shape.ts'
import { walkJson } from '../../src/core/json/walker.ts'
import { Issued } from '../../src/filters/issued.ts'
import { pseudonymizeSegments } from '../../src/filters/pseudonymizer.ts'
import { createRestoreStats, Reidentifier, type TextFormat } from '../../src/filters/reidentifier.ts'

/** A number that left as a string comes back as a number, wherever the text is cut. */

const digits = '12345678911'

/** Codes for the same digits as a number and as a string, in this order. */
function issuing() {
  const source = `{"id":${digits},"as":"${digits}"}`
  const { leaves } = walkJson(source, FREE, { maxDepth: 8, maxLeaves: 20, as: 'request' })
  const { issued, edits } = pseudonymizeSegments({
    knownTypes: ['DE_TAX_ID'],
    scopeKey: () => key,
    segments: leaves,
    findings: leaves.map(({ text }) =>
      text === digits ? [{ start: 0, end: 11, type: 'DE_TAX_ID', score: 1, recognizer: 'r' }] : []
    ),
    operatorFor: () => 'pseudonymize'
  })
  const [number = '', text = ''] = edits.flat().map(edit => edit.text)
  return { issued, number, text }
}
const key = randomBytes(32)
const { issued, number, text } = issuing()

/** The longest that was held back for it, too. */
function restored(source: string, format: TextFormat, sizes: readonly number[], by = issued) {
  const run = new Reidentifier(by, format, createRestoreStats())
  let out = ''
  let from = 0
  let sent = 0
  let held = 0
  for (let at = 0; from < source.length; at++) {
    const delta = source.slice(from, from + (sizes[at % sizes.length] ?? 1))
    from += delta.length
    const edits = run.push(delta)
    out += splice(delta, edits)
    sent = from
    held = Math.max(
      held,
      sent -
        Math.min(
          ...edits.filter(({ text }) => text === '').map(edit => from - delta.length + edit.start),
          sent
        )
    )
  }
  return { out: out + run.end(), held }
}

const cases: readonly [format: TextFormat, source: string, wanted: string][] = [
  ['json', `{"id":"${number}","n":1}`, `{"id":${digits},"n":1}`],
  ['json', `{"id": "${number}" }`, `{"id": ${digits} }`],
  ['json', `["${number}","${text}"]`, `[${digits},"${digits}"]`],
  ['text', `{"id":"${number}"}`, `{"id":${digits}}`],
  ['json', `{"in":"{\\"id\\":\\"${number}\\"}"}`, `{"in":"{\\"id\\":${digits}}"}`],
  // a key, a part of a string, prose and another spelling are text
  ['json', `{"${number}":1,"${number}" :2}`, `{"${digits}":1,"${digits}" :2}`],
  ['json', `{"id":"Nr. ${number}"}`, `{"id":"Nr. ${digits}"}`],
  ['json', `{"id":"${number} x"}`, `{"id":"${digits} x"}`],
  ['text', `Nr. "${number}"`, `Nr. "${digits}"`],
  ['json', `{"id":"${number.toLowerCase()}"}`, `{"id":"${digits}"}`],
  ['json', `{"id":"${number}"${' '.repeat(60)}}`, `{"id":"${digits}"${' '.repeat(60)}}`],
  ['json', `{"id":"${number.slice(0, -2)}"}`, `{"id":"${number.slice(0, -2)}"}`]
]

t.test('wherever it is cut', async t => {
  t.not(number, text)
  for (const [format, source, wanted] of cases) {
    for (const sizes of [[1], [2], [3], [7], [1, 5, 2], [1000]]) {
      const { out, held } = restored(source, format, sizes)
      t.equal(out, wanted, `${source} ${sizes.join()}`)
      t.ok(held <= 64)
    }
    for (let cut = 1; cut < source.length; cut++)
      t.equal(restored(source, format, [cut, 1000]).out, wanted, `${source} at ${cut}`)
  }
})

t.test('what is kept of a code says that it is a number', async t => {
  const again = new Issued(['DE_TAX_ID'])
  for (const code of JSON.parse(JSON.stringify(issued.all())) as ReturnType<Issued['all']>) again.adopt(code)
  t.equal(restored(`{"id":"${number}"}`, 'json', [4], again).out, `{"id":${digits}}`)
  t.equal(restored(`{"id":"${text}"}`, 'json', [4], again).out, `{"id":"${digits}"}`)
})
