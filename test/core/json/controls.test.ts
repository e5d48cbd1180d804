import t from 'tap'
import { hasControls } from '../../../src/core/json/controls.ts'

t.test('a control character is seen at any place and alignment, and nothing else is one', async t => {
  const room = Buffer.alloc(24)
  for (let start = 0; start < 8; start++)
    for (let length = 0; length <= 12; length++)
      for (const fill of [0x20, 0x7f, 0x80, 0xff]) {
        const bytes = room
          .fill(0)
          .subarray(start, start + length)
          .fill(fill)
        t.equal(hasControls(bytes), false, `${start} ${length} ${fill}`)
        for (let at = 0; at < length; at++)
          for (const control of [0x00, 0x0a, 0x1f]) {
            bytes[at] = control
            if (!hasControls(bytes)) t.fail(`${start} ${length} ${fill}: ${control} at ${at}`)
            bytes[at] = fill
          }
      }
})
