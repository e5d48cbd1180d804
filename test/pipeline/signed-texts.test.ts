import t from 'tap'
import { walkJson } from '../../src/core/json/walker.ts'
import { chatAnswer, chatChunk } from '../../src/dialects/openai/chat-answer.ts'
import { SignedTexts } from '../../src/pipeline/signed-texts.ts'

const limits = { maxDepth: 64, maxLeaves: 1000, as: 'answer' } as const
const wholeOf = (message: object) =>
  walkJson(JSON.stringify({ choices: [{ index: 0, message }] }), chatAnswer, limits)
const eventOf = (delta: object, index = 0) =>
  walkJson(JSON.stringify({ choices: [{ index, delta }] }), chatChunk, limits)
const block = (thinking: unknown, signature: unknown = 'EqQB') => ({ type: 'thinking', thinking, signature })
const textsOf = (signed: SignedTexts) => signed.texts.map(({ source }) => source)

t.test('whole answers: blocks, parts, and thinking in parts', async t => {
  const signed = new SignedTexts()
  signed.see(wholeOf({ thinking_blocks: [block('Herr Bredenbeck asks'), block('and again'), { data: 'x' }] }))
  signed.see(wholeOf({ content: [block([{ type: 'text', text: 'eins' }]), { type: 'text', text: 'said' }] }))
  t.strictSame(textsOf(signed), ['Herr Bredenbeck asks', 'and again', 'eins'])
  t.ok(signed.texts.every(({ source, restored }) => source === restored))
})

t.test('streams: parts are joined per choice, and a signature ends a text', async t => {
  const signed = new SignedTexts()
  signed.see(eventOf({ thinking_blocks: [block('Herr Bre', null)] }))
  signed.see(eventOf({ thinking_blocks: [block('other', '')] }, 1))
  signed.see(eventOf({ thinking_blocks: [block('denbeck', '')] }))
  signed.see(eventOf({ thinking_blocks: [block('', 'EqQB')] }))
  signed.see(eventOf({ thinking_blocks: [block('next', null)] }))
  t.strictSame(textsOf(signed), ['Herr Bredenbeck', 'other', 'next'])
})

t.test('what is no text, too long or too much is not remembered', async t => {
  const signed = new SignedTexts()
  signed.see(wholeOf({ thinking_blocks: [block(7), block({ a: 'b' }), block('x'.repeat(262_145))] }))
  t.strictSame(textsOf(signed), [])
  signed.see(wholeOf({ thinking_blocks: Array.from({ length: 70 }, (_, at) => block(`t${at}`)) }))
  t.equal(textsOf(signed).length, 64)
})
