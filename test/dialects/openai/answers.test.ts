import t from 'tap'
import { walkJson } from '../../../src/core/json/walker.ts'
import { chatCompletions } from '../../../src/dialects/openai/chat.ts'
import { responses } from '../../../src/dialects/openai/responses/endpoints.ts'

/** Arguments of tools are JSON in a string in whole answers as in streams: policies and escapes depend on it. */

const options = { maxDepth: 64, maxLeaves: 1000, as: 'answer' } as const
const kinds = (shape: Parameters<typeof walkJson>[1], answer: object) =>
  walkJson(JSON.stringify(answer), shape, options).leaves.map(({ kind, slot }) => `${slot.key} ${kind}`)

t.test('arguments as a string are JSON, as an object they are walked', async t => {
  const chat = (args: unknown) => ({
    choices: [
      { message: { tool_calls: [{ function: { arguments: args } }], function_call: { arguments: args } } }
    ]
  })
  t.same(kinds(chatCompletions.answer, chat('{"a":1}')), ['arguments json', 'arguments json'])
  t.same(kinds(chatCompletions.answer, chat({ a: 'x' })), ['a key', 'a text', 'a key', 'a text'])
  const shape = responses[0]?.answer ?? {}
  t.same(kinds(shape, { output: [{ type: 'function_call', arguments: '{"a":1}' }] }), ['arguments json'])
  t.same(kinds(shape, { output: [{ type: 'tool_search_call', arguments: { a: 'x' } }] }), ['a key', 'a text'])
})
