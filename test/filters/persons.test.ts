import t from 'tap'
import { Persons } from '../../src/filters/persons.ts'

/** For each mention, the number of the first mention that means the same person. */
function groups(...mentions: string[]): number[] {
  const persons = new Persons()
  const keys = mentions.map(mention => persons.entityOf(mention))
  return keys.map(key => keys.indexOf(key))
}

t.test('mentions of one person', async t => {
  t.same(
    groups('Max Mustermann', 'Mustermann', 'MUSTERMANN', 'Mustermanns', 'Max', 'max  mustermann'),
    [0, 0, 0, 0, 0, 0]
  )
  t.same(groups('Herr Mustermann', 'Max Mustermann', 'Herrn Dr. Mustermann', 'M. Mustermann'), [0, 0, 0, 0])
  t.same(
    groups('Frau Prof. Dr. med. Erika von der Heide', 'Frau Heide', 'Erika Heide', 'Heide, Erika'),
    [0, 0, 0, 0]
  )
  t.same(groups('José Müller', 'Jose Muller', "Müller's", 'Müller’s'), [0, 0, 0, 0])
  t.same(groups('Max', 'Max Mustermann', 'Mustermann', 'Max'), [0, 0, 0, 0])
  t.same(groups('Max Mustermanns', 'Max Mustermann'), [0, 0])
  t.same(groups('Max Peter Mustermann', 'Max Mustermann', 'P. Mustermann'), [0, 0, 0])
  t.same(groups('Anna Weber', 'A. W.', 'A.W.', 'anna.weber', 'a.weber', 'anna_weber'), [0, 0, 0, 0, 0, 0])
  t.same(groups('Phil Collins', 'Collins', 'Phil'), [0, 0, 0], 'phil. is a title only after one')
})

t.test('the key is that of the first mention', async t => {
  t.equal(new Persons().entityOf('Herr Dr. Max Mustermann'), 'max mustermann')
})

t.test('two messages, two people: never the same', async t => {
  t.same(groups('Alice', 'Bob'), [0, 1])
  t.same(groups('Max Mustermann', 'Max Müller'), [0, 1])
  t.same(groups('Max Mustermann', 'Anna Mustermann'), [0, 1])
  t.same(groups('Herr Klein', 'Frau Klein', 'Herr Klein', 'Frau Klein'), [0, 1, 0, 1])
  t.same(groups('Hans Peters', 'Peter'), [0, 1], 'no genitive backwards')
  t.same(groups('Maximal', 'Max'), [0, 1])
})

t.test('a name that fits two persons is nobody but itself', async t => {
  t.same(
    groups('Max Mustermann', 'Anna Mustermann', 'Mustermann', 'Mustermann', 'Anna Mustermann'),
    [0, 1, 2, 2, 1]
  )
  t.same(groups('Mustermann', 'Max Mustermann', 'Anna Mustermann', 'Mustermann'), [0, 0, 2, 3])
  t.same(groups('Max Mustermann', 'Max Müller', 'Max', 'Max'), [0, 1, 2, 2])
  t.same(groups('Max Mustermann', 'Mia Mustermann', 'M. Mustermann', 'M. Mustermann'), [0, 1, 2, 2])
  t.same(groups('Max Mustermann', 'Anna Mustermann', 'Mustermanns'), [0, 1, 2])
  t.same(groups('Max Mustermann', 'Mia Meier', 'M. M.', 'M. M.', 'Max Mustermann'), [0, 1, 2, 2, 0])
  t.same(groups('Anna Weber', 'B. W.', 'A. B.'), [0, 1, 2])
  t.same(groups('Max', 'Max Mustermann', 'Max Müller', 'Max'), [0, 0, 2, 3])
  t.same(groups('Max Mustermann', 'Anna Mustermann', 'Mustermann', 'Max Mustermann'), [0, 1, 2, 0])
})

t.test('a memory of a mention does not outlive what is learned', async t => {
  t.same(groups('Max Mustermann', 'Mustermann', 'Anna Mustermann', 'Mustermann'), [0, 0, 2, 3])
})

t.test('names without a name in them', async t => {
  t.same(groups('Dr.', 'Herr', 'Dr.', '', '...'), [0, 1, 0, 3, 4])
})

t.test('very long and very many names stay quick and apart', async t => {
  const long = 'x'.repeat(200)
  t.same(groups(long, `${long}s`, long), [0, 1, 0])
  const persons = new Persons()
  const keys = new Set<string>()
  for (let at = 0; at < 20_000; at++) keys.add(persons.entityOf(`Vorname${at.toString(36)}q Müller`))
  t.equal(keys.size, 20_000)
  t.equal(persons.entityOf('Müller'), persons.entityOf('Müller'))
  t.equal(persons.entityOf('Vorname5q Müller'), 'vorname5q muller')
  t.equal(persons.entityOf('Vorname5q  Müller'), 'vorname5q muller')
})
