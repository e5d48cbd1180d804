import t from 'tap'
import { array, either, FREE, object, text, word } from '../../../src/core/json/shape.ts'

t.test('shapes of one value must not contradict each other', async t => {
  t.same(either(text, array(word)), { string: 'text', array: { string: 'enum' } })
  t.throws(() => either(text, word), TypeError)
  t.throws(() => either(object({}), FREE), TypeError)
})
