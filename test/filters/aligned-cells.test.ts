import t from 'tap'
import { alignedCells } from '../../src/filters/aligned-cells.ts'

function cellsOf(text: string, names = ['Kundennummer', 'Name', 'Geburtsdatum']): string[] {
  const isNaming = (head: string): boolean => names.includes(head)
  return [...alignedCells(text, isNaming)].map(
    ({ start, end, label }) => `${label}=${text.slice(start, end)}`
  )
}

t.test('cells stand under heads that are aligned by blanks', async t => {
  t.same(
    cellsOf(
      'Liste:\n\nName         Ort        Geburtsdatum\n-----------  ---------  ------------\nKurt Weber   Hamburg    12.03.1970\nEva Roth                01.01.1980\n\nGruß'
    ),
    ['Name=Kurt Weber', 'Geburtsdatum=12.03.1970', 'Name=Eva Roth', 'Geburtsdatum=01.01.1980'],
    'also beside an empty cell'
  )
  t.same(
    cellsOf(
      '  ID  Name          Kundennummer\r\n   1  Kurt Weber            4711\r\n  22  Eva Roth             4712\r\n'
    ),
    ['Name=Kurt Weber', 'Kundennummer=4711', 'Name=Eva Roth', 'Kundennummer=4712'],
    'indented, numbers to the right'
  )
})

t.test('code, prose and rows under no head are no tables', async t => {
  t.same(cellsOf('Name  Ort'), [], 'no rows')
  t.same(cellsOf('const Name  = 1\nconst Ort   = 2\n'), [])
  t.same(cellsOf('Name,  wie besprochen\nanbei  die Liste\n'), [])
  t.same(cellsOf('Name  Ort\nKurt Weber  kommt  morgen\n'), [], 'more cells than heads')
  t.same(cellsOf('Name  Ort\nKurt Weber kommt\n'), [], 'one cell')
  t.same(cellsOf('Name   Ort   x\nMo     Bonn  y\n'), [], 'too short to be told by its name')
})

t.test('long lines and many of them take time in proportion', async t => {
  let asked = 0
  const isNaming = (): boolean => {
    asked++
    return true
  }
  t.same([...alignedCells('Name  '.repeat(100_000), isNaming)], [])
  t.same([...alignedCells(' '.repeat(1_000_000), isNaming)], [])
  t.equal(asked, 0)
  t.equal([...alignedCells('Name  Ort\n'.repeat(1000), isNaming)].length, 1998)
  t.equal(asked, 2)
})
