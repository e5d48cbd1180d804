import t from 'tap'
import { type Leaf, walkJson } from '../../src/core/json/walker.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { byType, FieldRules, isBelow, segmentsOf } from '../../src/policy/field-rules.ts'
import {
  ANSWER_OPERATORS,
  type FieldRuleFile,
  OPERATORS,
  type Operator
} from '../../src/policy/field-schema.ts'

const body = JSON.stringify({
  model: 'm',
  messages: [
    { role: 'system', content: 'system text' },
    { role: 'user', content: [{ type: 'text', text: 'part text' }] },
    {
      role: 'assistant',
      tool_calls: [
        {
          function: { name: 'f', arguments: '{"iban":"argument text","constructor":[{"iban":"deep text"}]}' }
        }
      ]
    }
  ],
  metadata: { customer: 'metadata text' }
})
const { leaves } = walkJson(body, chatCompletions.request, { maxDepth: 50, maxLeaves: 100, as: 'request' })
const leaf = (text: string): Leaf => {
  const found = leaves.find(one => one.text === text)
  if (found === undefined) throw new Error(`no leaf ${text}`)
  return found
}

const rules = (list: Partial<FieldRuleFile>[], operator: Operator = 'pseudonymize') =>
  new FieldRules(
    list.map(rule => ({ direction: 'request' as const, ...rule })),
    'request',
    OPERATORS,
    byType({ default: operator, EMAIL: 'mask' as const }, operator),
    byType({ default: 0.5 }, 0.5),
    'operators'
  )

t.test('a rule decides for its fields and all below them', async t => {
  const cases: [field: string, matched: string[]][] = [
    ['messages[].content', ['system text', 'part text']],
    ['messages[].content[].text', ['part text']],
    ['messages', ['system text', 'part text', 'argument text', 'deep text']],
    ['messages[].tool_calls[].function.arguments', ['argument text', 'deep text']],
    ['messages[].tool_calls[].function.arguments.iban', ['argument text']],
    ['messages[].tool_calls[].function.arguments.*[].iban', ['deep text']],
    ['metadata.customer', ['metadata text']],
    ['metadata.*', ['metadata text']],
    ['*', ['system text', 'part text', 'argument text', 'deep text', 'metadata text']],
    ['messages[].contents', []],
    ['messages.content', []],
    ['content', []]
  ]
  for (const [field, matched] of cases) {
    const decisions = rules([{ fields: [field], operators: { default: 'block' } }]).at(
      'openai.chat_completions'
    )
    const texts = ['system text', 'part text', 'argument text', 'deep text', 'metadata text']
    t.same(
      texts.filter(text => decisions.operatorFor('IBAN', leaf(text)) === 'block'),
      matched,
      field
    )
  }
})

t.test('the first that matches and names the type decides; then what holds everywhere', async t => {
  const decisions = rules([
    { fields: ['messages'], operators: { IBAN: 'keep' }, thresholds: { IBAN: 0.9 } },
    {
      fields: ['messages[].content'],
      operators: { IBAN: 'block', PERSON: 'redact' },
      thresholds: { default: 0.2 }
    }
  ]).at('any')
  const text = leaf('system text')
  t.equal(decisions.operatorFor('IBAN', text), 'keep')
  t.equal(decisions.operatorFor('PERSON', text), 'redact')
  t.equal(decisions.operatorFor('EMAIL', text), 'mask')
  t.equal(decisions.operatorFor('constructor', text), 'pseudonymize')
  t.equal(decisions.operatorFor('PERSON', leaf('metadata text')), 'pseudonymize')
  t.equal(decisions.thresholdFor('IBAN', text), 0.9)
  t.equal(decisions.thresholdFor('PERSON', text), 0.2)
  t.equal(decisions.thresholdFor('PERSON', leaf('argument text')), 0.5)
  t.equal(decisions.operatorKey('IBAN', text), 'fields[0].operators.IBAN')
  t.equal(decisions.operatorKey('EMAIL', text), 'operators.EMAIL')
  t.equal(decisions.operatorKey('PHONE', text), 'operators.default')
  t.same([...decisions.operatorsIn(text)].sort(), ['block', 'keep', 'mask', 'pseudonymize', 'redact'])
})

t.test('kinds and endpoints narrow a rule; other endpoints look at no leaf', async t => {
  const all = rules([
    { endpoints: ['openai.chat_completions'], kinds: ['key'], operators: { default: 'block' } }
  ])
  const chat = all.at('openai.chat_completions')
  t.equal(chat.operatorFor('IBAN', { ...leaf('system text'), kind: 'key' }), 'block')
  t.equal(chat.operatorFor('IBAN', leaf('system text')), 'pseudonymize')
  t.equal(all.at('openai.embeddings'), all.at('openai.other'), 'nothing is made for them')
})

t.test('directions do not mix', async t => {
  const list: FieldRuleFile[] = [
    { direction: 'request', operators: { default: 'redact' } },
    { direction: 'answer', operators: { IBAN: 'block' } }
  ]
  const answers = new FieldRules(
    list,
    'answer',
    ANSWER_OPERATORS,
    byType({}, 'keep'),
    byType({}, 0.5),
    'answers.operator'
  )
  t.equal(answers.at('x').operatorFor('IBAN', leaf('system text')), 'block')
  t.equal(answers.at('x').operatorFor('EMAIL', leaf('system text')), 'keep')
})

t.test('patterns as people write them', async t => {
  t.same(segmentsOf('a[][].b'), ['a', '[]', '[]', 'b'])
  t.ok(isBelow(['a', '[]', 'b'], ['*', '[]']))
  t.notOk(isBelow(['a', '[]'], ['a', '*']), 'a star stands for a key, not for an element')
  t.notOk(isBelow(['a'], ['a', 'b']))
})
