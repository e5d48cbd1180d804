import t from 'tap'
import { htmlCells } from '../../src/filters/html-cells.ts'

function cellsOf(text: string, names = ['Kundennummer', 'Name', 'IBAN']): string[] {
  const isNaming = (head: string): boolean => names.includes(head)
  return [...htmlCells(text, isNaming)].map(({ start, end, label }) => `${label}=${text.slice(start, end)}`)
}

t.test('cells stand under the heads of the first row', async t => {
  t.same(
    cellsOf(
      '<table class="x"><thead><tr><th>Name</th><th>Ort</th><th> IBAN </th></tr></thead><tbody><tr><td>Kurt Weber</td><td>Bonn</td><td><b>DE89 3704</b></td></tr></tbody></table>'
    ),
    ['Name=Kurt Weber', 'IBAN=DE89 3704'],
    'without tags around the text'
  )
  t.same(
    cellsOf('<TABLE>\n<TR>\n<TD>Name<TD>Ort<TD>IBAN\n<TR><TD>Kurt Weber<TD>Bonn<TD>DE12\n</TABLE>'),
    ['Name=Kurt Weber', 'IBAN=DE12'],
    'also where ends are left out and no head is marked'
  )
  t.same(
    cellsOf(
      '<table><tr><th>Name</th><th>Ort</th></tr></table><table><tr><td>Kurt Weber</td><td>Bonn</td></tr></table>'
    ),
    [],
    'only of their own table'
  )
})

t.test('a head in the row, the first of two cells and a term name what follows', async t => {
  t.same(cellsOf('<table><tr><th>Name:</th><td>Eva Roth</td></tr></table>'), ['Name=Eva Roth'])
  t.same(
    cellsOf('<tr><td>Name</td><td>Eva Roth</td></tr><tr><td>Kundennummer</td><td>&nbsp;4711</td></tr>'),
    ['Name=Eva Roth', 'Kundennummer=4711']
  )
  t.same(cellsOf('<dl><dt>Name<dd>Eva Roth<dt>IBAN<dd>DE12</dl>'), ['Name=Eva Roth', 'IBAN=DE12'])
})

t.test('other markup has no cells, hostile markup takes time in proportion', async t => {
  t.same(cellsOf('<p>Name</p><p>Kurt Weber</p>'), [])
  t.same(cellsOf('a < b; </td>'), [])
  t.same(cellsOf(`<tr><td>Name</td><td>${'x'.repeat(300)}</td></tr>`), [], 'a text of its own')
  for (const unit of ['<td>', '<td><', '<tr><td> <i>', `<td>${' '.repeat(900)}x`, '<th>a</'])
    t.same(cellsOf(`</td>${unit.repeat(100_000 / unit.length)}`), [], unit.slice(0, 20))
})
