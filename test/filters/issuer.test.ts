import t from 'tap'
import { Issued } from '../../src/filters/issued.ts'
import { Issuer } from '../../src/filters/issuer.ts'

const KEY = Buffer.alloc(32, 5)

function create(): { issued: Issued; issuer: Issuer } {
  const issued = new Issued(['PERSON'])
  return { issued, issuer: new Issuer(() => KEY, issued) }
}

t.test('spellings of one entity share the stem and are told apart by the last character', async t => {
  const { issued, issuer } = create()
  const codes = ['Max', 'MAX', 'max'].map(surface => issuer.issue('PERSON', 'max', surface))
  t.equal(new Set(codes).size, 3)
  t.equal(new Set(codes.map(code => code.slice(0, -1))).size, 1)
  t.equal(issuer.issue('PERSON', 'max', 'MAX'), codes[1], 'the same again')
  t.same(
    [...issued.entries()],
    codes.map((code, at) => [code, ['Max', 'MAX', 'max'][at]])
  )
  t.equal(issued.size, 3)
})

t.test('other processes issue the same codes', async t => {
  t.equal(create().issuer.issue('PERSON', 'max', 'Max'), create().issuer.issue('PERSON', 'max', 'Max'))
  t.match(create().issuer.issue('DE_TAX_ID', '1', '1'), /^DE_TAX_ID_(?=.{0,6}\d)[0-9A-HJKMNP-TV-Z]{8}$/)
})

t.test('the 33rd spelling of one entity refuses the request', async t => {
  const { issued, issuer } = create()
  for (let at = 0; at < 32; at++) issuer.issue('PERSON', 'max', `Max${at}`)
  t.equal(issued.size, 32)
  t.throws(() => issuer.issue('PERSON', 'max', 'Max32'), { code: 'SCHLEUSE_PSEUDONYM_COLLISION' })
})

t.test('entities whose hash is the same get different stems', async t => {
  // lone surrogates become the same replacement character in UTF-8
  const { issuer } = create()
  const first = issuer.issue('PERSON', '\ud800', 'a')
  const second = issuer.issue('PERSON', '\ud801', 'b')
  t.not(first.slice(0, -1), second.slice(0, -1))
  t.equal(create().issuer.issue('PERSON', '\ud801', 'b'), issuerOnly('\ud801'), 'alone, it has the first')
  const many = create().issuer
  for (let at = 0; at < 32; at++) many.issue('PERSON', String.fromCharCode(0xd800 + at), 'a')
  t.throws(() => many.issue('PERSON', '\ud900', 'a'), { code: 'SCHLEUSE_PSEUDONYM_COLLISION' })
})

function issuerOnly(entity: string): string {
  return create().issuer.issue('PERSON', entity, 'b')
}

t.test('reserved codes are not issued', async t => {
  const taken = create().issuer.issue('PERSON', 'max', 'Max')
  const { issuer } = create()
  issuer.reserve(taken)
  const code = issuer.issue('PERSON', 'max', 'Max')
  t.not(code, taken)
  t.equal(code.slice(0, -1), taken.slice(0, -1))
})

t.test('values like constructor are nothing special', async t => {
  const { issued, issuer } = create()
  for (const value of ['constructor', '__proto__', 'toString']) {
    t.equal(issued.surfaceOf(issuer.issue('PERSON', value, value)), value)
    t.equal(issued.surfaceOf(value), undefined)
  }
})

t.test('what the request held is known in any case and with any separators', async t => {
  const { issued, issuer } = create()
  issuer.issue('IBAN', 'DE89', 'DE89 3704')
  t.ok(issued.holds('de893704'))
  issued.noteHeld('0170/123 456')
  t.ok(issued.holds('0170 123456'))
  t.notOk(issued.holds('0170 123457'))
})
