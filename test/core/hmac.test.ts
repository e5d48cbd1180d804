import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import t from 'tap'
import { HmacKey } from '../../src/core/hmac.ts'

t.test('agrees with Node for any key and message', async t => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 1200 }),
      (key, text) => {
        const bytes = Buffer.from(key)
        const message = text.toWellFormed()
        return new HmacKey(bytes).digest(message).equals(createHmac('sha256', bytes).update(message).digest())
      }
    )
  )
  t.pass()
})

t.test('one key, many messages', async t => {
  const key = new HmacKey(Buffer.from('k'))
  const first = key.digest('a')
  key.digest('b')
  t.same(key.digest('a'), first)
})
