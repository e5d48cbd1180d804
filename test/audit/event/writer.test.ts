import t from 'tap'
import { closed, count, flag, id, maybe, part } from '../../../src/audit/event/fields.ts'
import { compileWriter, fragmentOf } from '../../../src/audit/event/writer.ts'

const shared = part('shared', { n: count, ok: maybe(flag) })

t.test('a fragment stands for a part of the same schema, and for no other', async t => {
  const twin = part('twin', { n: count, ok: maybe(flag) })
  const write = compileWriter('x', closed({ a: maybe(shared), z: maybe(twin) }), new Set())
  const fragment = fragmentOf(shared, { n: 1 })
  t.equal(write({ a: fragment }, {}), '{"a":{"n":1}}')
  t.throws(() => write({ z: fragment }, {}), /at \/z$/)
  t.throws(() => fragmentOf(shared, { n: -1 }), TypeError)
  t.throws(() => fragmentOf(closed({ n: count }), { n: 1 }), TypeError, 'it has no name')
})

t.test('envelope fields are never taken from the fields of the event', async t => {
  const write = compileWriter('x', closed({ a: id, b: id }), new Set(['a']))
  t.equal(write({ a: 'event', b: 'event' }, { a: 'envelope', b: 'envelope' }), '{"a":"envelope","b":"event"}')
  t.throws(() => write({ a: 'event', b: 'event' }, {}), /at \/a$/)
})

t.test('a schema of anything else does not compile', async t => {
  t.throws(() => compileWriter('x', { properties: { a: { type: 'number' } } }, new Set()), TypeError)
})
