import t from 'tap'
import { buildAnalyzer } from '../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()

/** Type and text of what is found in a value under a key. */
function found(text: string, label = '', kind: 'text' | 'number' = 'text'): string[] {
  return (analyzer.analyze([{ kind, text, label }])[0] ?? []).map(
    ({ start, end, type }) => `${type} ${text.slice(start, end)}`
  )
}

t.test('the key of a JSON value is read as a name before it', async t => {
  t.same(found('12345', 'kundennummer'), ['CUSTOMER_NUMBER 12345'])
  t.same(found('4711081', 'customerId', 'number'), ['CUSTOMER_NUMBER 4711081'])
  t.same(found('RE-2024-00123', 'rechnungsNr'), ['INVOICE_NUMBER RE-2024-00123'])
  t.same(found('12 O 345/23', 'aktenzeichen'), ['CASE_NUMBER 12 O 345/23'])
  t.same(found('93815/08152', 'steuernummer'), ['DE_TAX_NUMBER 93815/08152'])
  t.same(found('COBADEFFXXX', 'bic'), ['BIC COBADEFFXXX'])
  t.same(found('52.5200, 13.4050', 'gps'), ['GEO_POSITION 52.5200, 13.4050'])
  t.same(found('mmuster', 'nutzername'), ['USERNAME mmuster'])
})

t.test('a key that names nothing, and a long value, tell nothing', async t => {
  t.same(found('12345', 'menge'), [])
  t.same(found('12345'), [])
  t.same(found('offen', 'kundennummer'), [])
  t.same(found(`${'nichts davon '.repeat(20)}12345`, 'kundennummer'), [])
})

t.test('the head of a column is read as a name before each of its cells', async t => {
  t.same(found('Pos;Kundennummer;Steuernummer\n1;12345;93815/08152\n2;99881;93815/08153'), [
    'CUSTOMER_NUMBER 12345',
    'DE_TAX_NUMBER 93815/08152',
    'CUSTOMER_NUMBER 99881',
    'DE_TAX_NUMBER 93815/08153'
  ])
  const rows = Array.from({ length: 2000 }, (_, i) => `${i};K-${10_000 + i}`)
  const many = found(`Pos;Kundennummer\n${rows.join('\n')}`)
  t.equal(many.length, 2000, 'also in more cells than are scanned together')
  t.equal(many.at(-1), 'CUSTOMER_NUMBER K-11999')
})

t.test('what is found in a cell does not reach out of it', async t => {
  t.same(found('Kundennummer;Pos\n12345;1\n67890;2'), ['CUSTOMER_NUMBER 12345', 'CUSTOMER_NUMBER 67890'])
})
