import * as fc from 'fast-check'
import t from 'tap'
import { mayHoldList, tableCells } from '../../src/filters/table-cells.ts'

function cellsOf(text: string, names = ['Kundennummer', 'Name', 'Nr', 'IBAN']): string[] {
  const isNaming = (head: string): boolean => names.includes(head)
  return [...tableCells(text, isNaming)].map(({ start, end, label }) => `${label}=${text.slice(start, end)}`)
}

t.test('cells stand under the heads of their columns', async t => {
  const expected = ['Name=Max Weber', 'Kundennummer=12345', 'Name=Eva Roth', 'Kundennummer=99881']
  for (const [what, text] of [
    ['semicolons', 'Name;Betrag;Kundennummer\nMax Weber;7,50;12345\nEva Roth;3;99881\n'],
    ['commas', 'Name,Betrag,Kundennummer\r\nMax Weber,7.50,12345\r\nEva Roth,,99881'],
    ['tabs', 'Name\tBetrag\tKundennummer\nMax Weber\t7,50\t12345\nEva Roth\t\t99881\nSumme 2'],
    ['quotes', '"Name","Betrag","Kundennummer"\n"Max Weber","7,50","12345"\n"Eva Roth","3","99881"'],
    [
      'Markdown',
      '| Name | Betrag | Kundennummer |\n|---|---|---|\n| Max Weber | 7 | 12345 |\n| Eva Roth | 3 | 99881 |'
    ]
  ] as const)
    t.same(
      cellsOf(text).filter(cell => !cell.endsWith('---')),
      expected,
      what
    )
  t.same(
    cellsOf('Name,x\n"Weber, ""Max""",1'),
    ['Name=Weber, ""Max""'],
    'separators and quotes inside quotes'
  )
  t.same(
    cellsOf('Anbei:\n\nNr;x;Ort\n4711;1;Bonn\n\nNr;Ort;x\n4712;Köln;2'),
    ['Nr=4711', 'Nr=4712'],
    'tables inside a text'
  )
})

t.test('the first of two cells names the second', async t => {
  t.same(cellsOf('Kundennummer | 12345'), ['Kundennummer=12345'])
  t.same(cellsOf('| IBAN | DE89 |\n| Nr | 4711 |'), ['IBAN=DE89', 'Nr=4711'], 'also line by line')
  t.same(cellsOf('Kundennummer:\t12345\nNr;4711'), ['Kundennummer=12345', 'Nr=4711'])
})

t.test('prose, code and logs are no tables', async t => {
  t.same(cellsOf('Guten Tag, Name\nanbei, wie besprochen, die Liste'), [])
  t.same(cellsOf('Hallo Herr Weber,\nIBAN, bitte'), [])
  t.same(cellsOf('f(Name, Nr)\ng(Name, Nr)'), [])
  t.same(cellsOf('Name;Nr'), [], 'heads without rows')
  t.same(cellsOf('Name;Nr;x\nMax;12'), [], 'a row of another length')
  t.same(cellsOf('Name;Nr;x\nMo;12;1'), [], 'too short to be told by its name')
})

t.test('lines without end are passed in one look', async t => {
  let asked = 0
  const isNaming = (): boolean => {
    asked++
    return true
  }
  t.same([...tableCells('IBAN;'.repeat(100_000), isNaming)], [])
  t.same(
    [...tableCells(`${'IBAN;'.repeat(200)}\n${'DE89;'.repeat(200)}`, isNaming)],
    [],
    'more columns than there may be'
  )
  t.equal(asked, 0)
})

t.test('beside given names the column called Name holds surnames', async t => {
  const isNaming = (head: string): boolean => /name$/i.test(head)
  const labels = (text: string): string[] => [...tableCells(text, isNaming)].map(({ label }) => label)
  t.same(labels('name;vorname;ort\nAbendroth;Sigrun;Halle'), ['Nachname', 'vorname'])
  t.same(labels('name;typ;ort\nPumpe;A;Halle'), ['name'])
})

t.test('what is told to hold no list with commas has no cells', async t => {
  const cell = fc.constantFrom(
    'IBAN',
    'Name',
    ' Ort ',
    '"a,b"',
    'x'.repeat(40),
    `"${'x'.repeat(40)}"`,
    ' '.repeat(50),
    '.',
    '(',
    '7',
    'Ö',
    ''
  )
  const line = fc.array(cell, { minLength: 1, maxLength: 3 }).map(cells => cells.join(','))
  const lines = fc.array(line, { maxLength: 5 })
  const end = fc.constantFrom('\n', '\r\n')
  let lists = 0
  fc.assert(
    fc.property(lines, end, (list, end) => {
      const text = list.join(end)
      const has = [...tableCells(text, () => true)].length > 0
      if (has) lists++
      return !has || mayHoldList(text)
    }),
    { numRuns: 3000 }
  )
  t.ok(lists > 30, `${lists} lists`)
  t.notOk(
    mayHoldList(
      'Sehr geehrte Frau Weber,\nleider fehlen uns noch einige der Unterlagen zu Ihrem Antrag, die wir\n'
    )
  )
})
