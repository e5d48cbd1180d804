import * as fc from 'fast-check'
import t from 'tap'
import { Names } from '../../../src/filters/scanner/names.ts'

t.test('whatever is a known part may follow, and most else may not', async t => {
  const letter = fc.constantFrom('a', 'b', 'A', 'B', 'Ö', 'ß', 'ñ', 'e', '-', '’')
  const word = fc.array(letter, { minLength: 3, maxLength: 6 }).map(letters => letters.join(''))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), word, (parts, text) => {
      const names = new Names()
      for (const part of parts) names.add(part, true)
      const isKnown = names.mayStart(text, 0) && names.look(text, 0, text.length) > 0
      return !isKnown || names.mayFollow(text, 0)
    })
  )
  const names = new Names()
  t.notOk(names.mayFollow('Weber', 0), 'nobody is known')
  names.add('Weber', true)
  t.ok(names.mayFollow('Weber', 0))
  t.ok(names.mayFollow('WEBERS', 0))
  t.notOk(names.mayFollow('Wolke', 0))
  t.notOk(names.mayFollow('Leber', 0))
})

t.test('a name is new once in a call', async t => {
  const names = new Names()
  t.ok(names.isNew('Anna Weber'))
  t.notOk(names.isNew('Anna Weber'))
  t.ok(names.isNew('Eva Weber'))
  names.clear()
  t.ok(names.isNew('Anna Weber'), 'nothing is kept')
})
