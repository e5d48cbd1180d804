import { createHmac } from 'node:crypto'
import t from 'tap'
import {
  base32Value,
  idNumber,
  idText,
  StemDeriver,
  stemText,
  variantChar,
  variantOf,
  VARIANTS
} from '../../src/filters/code.ts'

const KEY = Buffer.from('00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'hex')

/** The stem as the design describes it, the slow way. */
function stemByHand(key: Buffer, message: string): string {
  const digest = createHmac('sha256', key).update(message).digest('hex')
  for (let window = 0; window < 54; window += 9) {
    let bits = BigInt(`0x${digest.slice(window, window + 9)}`)
    let text = ''
    for (let at = 0; at < 7; at++) {
      text += '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Number(bits & 31n))
      bits >>= 5n
    }
    if (/\d/.test(text)) return text
  }
  return ''
}

t.test('stems are HMAC-SHA-256 of scope key, type and entity', async t => {
  for (const key of [KEY, Buffer.from('short'), Buffer.alloc(100, 3), Buffer.alloc(64, 9)]) {
    const deriver = new StemDeriver(key)
    for (const entity of ['max mustermann', 'ä😀', '', 'x'.repeat(5000)]) {
      t.equal(deriver.derive('PERSON', entity, 0).text, stemByHand(key, `PERSON\0${entity}`))
    }
    t.equal(deriver.derive('PERSON', 'max', 2).text, stemByHand(key, 'PERSON\0max\x002'))
  }
})

t.test('stems differ by key, type, entity and attempt, and are stable', async t => {
  const deriver = new StemDeriver(KEY)
  const stems = [
    deriver.derive('PERSON', 'max', 0),
    deriver.derive('PERSON', 'max', 1),
    deriver.derive('PERSON', 'may', 0),
    deriver.derive('EMAIL', 'max', 0),
    new StemDeriver(Buffer.alloc(32)).derive('PERSON', 'max', 0)
  ]
  t.equal(new Set(stems.map(stem => stem.text)).size, stems.length)
  t.same(deriver.derive('PERSON', 'max', 0), stems[0])
})

t.test('every stem has seven characters of the alphabet and a digit', async t => {
  const deriver = new StemDeriver(KEY)
  for (let at = 0; at < 3000; at++) {
    const { text, seed } = deriver.derive('IBAN', String(at), 0)
    if (!/^(?=.*\d)[0-9A-HJKMNP-TV-Z]{7}$/.test(text)) t.fail(text)
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) t.fail(String(seed))
  }
})

t.test('a digest without a digit in any window gives no stem', async t => {
  t.equal(stemText('f'.repeat(64)), null)
  t.equal(stemText(`${'f'.repeat(45)}00000000a${'f'.repeat(10)}`), 'A000000')
})

t.test('variants spread over all 32 values and depend on the seed', async t => {
  const seen = new Set<number>()
  let moved = 0
  for (let at = 0; at < 400; at++) {
    seen.add(variantOf(12345, `Max ${at}`))
    if (variantOf(12345, `Max ${at}`) !== variantOf(54321, `Max ${at}`)) moved++
  }
  t.equal(seen.size, VARIANTS)
  t.ok(moved > 300)
  t.equal(variantChar(31), 'Z')
})

t.test('ids are numbers and back', async t => {
  for (const id of ['00000000', 'K7Q2MX4A', 'ZZZZZZZZ', 'K7Q2MX4A9B', 'ZZZZZZZZZZ'])
    t.equal(idText(idNumber(id), id.length), id)
  t.equal(idNumber('k7q2mx4a'), idNumber('K7Q2MX4A'))
  for (const char of 'ILOUilou_ä ') t.equal(base32Value(char.charCodeAt(0)), -1)
})
