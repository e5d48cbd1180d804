import * as fc from 'fast-check'
import t from 'tap'
import { insertCells } from '../../src/filters/insert-cells.ts'

const cells = (text: string): string[] =>
  [...insertCells(text, column => column !== 'id')].map(
    ({ start, end, label }) => `${label}=${text.slice(start, end)}`
  )

t.test('each value has the name of its column', async t => {
  t.same(
    cells(`INSERT INTO "kunden" (id, \`nachname\`, "ort", [plz]) VALUES
      (1, 'O''Neil, jun.', 'Köln (Süd)', 50667), (2, "Öztürk", NULL , '99084');`),
    ["nachname=O''Neil, jun.", 'ort=Köln (Süd)', 'plz=50667', 'nachname=Öztürk', 'ort=NULL ', 'plz=99084']
  )
  t.same(cells("insert into t(a,b) values('x\\'y',2);insert into t (c) values ('z')"), [
    "a=x\\'y",
    'b=2',
    'c=z'
  ])
})

t.test('beside given names the column called name holds surnames', async t => {
  t.same(cells("INSERT INTO p (name, vorname) VALUES ('Abendroth', 'Sigrun')"), [
    'Nachname=Abendroth',
    'vorname=Sigrun'
  ])
})

t.test('what is no list of columns and rows yields nothing', async t => {
  for (const text of [
    "INSERT INTO t VALUES ('a', 'b')",
    'the values (of a set) are (a, b)',
    't (id) VALUES (1)',
    `t (a) VALUES ('${'x'.repeat(600)}')`,
    'VALUES',
    'columns (a) values',
    "(a) values ?, 'x'"
  ])
    t.same(cells(text), [], text.slice(0, 40))
})

t.test('any text: places are in it, in order, and read in bounded time', async t => {
  const piece = fc.constantFrom(
    '(',
    ')',
    ',',
    "'",
    '"',
    '\\',
    ' ',
    '\n',
    'VALUES',
    'values (',
    'a',
    'b',
    ';',
    '1'
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), pieces => {
      const text = pieces.join('')
      let last = 0
      for (const { start, end } of insertCells(text, () => true)) {
        if (start < last || end <= start || end > text.length) throw new Error(JSON.stringify(text))
        last = end
      }
    })
  )
  const hostile = `(a) values ((`.repeat(20_000)
  t.same(cells(hostile), [])
})
