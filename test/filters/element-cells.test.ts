import t from 'tap'
import { elementCells } from '../../src/filters/element-cells.ts'

function cellsOf(text: string, names = ['PLZ', 'Name', 'PostalZone']): string[] {
  const isNaming = (head: string): boolean => names.includes(head)
  return [...elementCells(text, isNaming)].map(
    ({ start, end, label }) => `${label}=${text.slice(start, end)}`
  )
}

t.test('values stand under the names of their elements, prefix or not', async t => {
  t.same(
    cellsOf(
      '<k:a xmlns:k="x"><PLZ>24937</PLZ><cbc:PostalZone listID="9">25813</cbc:PostalZone>\n<Name>\n Eva Roth\n</Name></k:a>'
    ),
    ['PLZ=24937', 'PostalZone=25813', 'Name=Eva Roth']
  )
  t.same(cellsOf('<PLZ>PLZ</PLZ>'), ['PLZ=PLZ'], 'the value, not the tag that spells the same')
})

t.test('what holds elements, ends otherwise, is too short or of no interest is left out', async t => {
  for (const text of [
    '<Name><b>Eva</b> Roth</Name>',
    '<Name>Eva Roth</Nam>',
    '<Name>Eva Roth',
    '<Name>E</Name>',
    '<Ort>Husum</Ort>',
    `<Name>${'x'.repeat(300)}</Name>`,
    'if (a<Name>b) return'
  ])
    t.same(cellsOf(text), [], text)
})

t.test('hostile markup takes time in proportion', async t => {
  const size = 2_000_000
  for (const piece of ['<Name>', '<Name>a', '<a:', '<Name x', '<PLZ>1</Name>', '</', '<Name> '])
    t.equal(cellsOf(`${piece.repeat(size / piece.length)}</`).length, 0, piece)
})
