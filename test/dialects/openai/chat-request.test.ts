import t from 'tap'
import { walkJson } from '../../../src/core/json/walker.ts'
import { noTarget } from '../../../src/dialects/dialect.ts'
import { chatCompletions } from '../../../src/dialects/openai/chat.ts'

const options = { maxDepth: 64, maxLeaves: 10_000, as: 'request' } as const
const walk = (body: unknown) => walkJson(JSON.stringify(body), chatCompletions.request, options)
const leaves = (body: unknown) => walk(body).leaves.map(leaf => `${leaf.kind}:${leaf.text}`)
const message = (fields: object) => leaves({ messages: [fields] })

/** Field class by class: what the provider would read as text, and how it is treated. */
const cases: readonly (readonly [name: string, found: readonly string[], expected: readonly string[]])[] = [
  ['content as string', message({ role: 'user', content: 'x' }), ['text:x']],
  ['content as parts', message({ role: 'user', content: [{ type: 'text', text: 'x' }] }), ['text:x']],
  ['content as list of strings', message({ role: 'user', content: ['x', 'y'] }), ['text:x', 'text:y']],
  ['content null', message({ role: 'assistant', content: null }), []],
  [
    'content of an unknown part type',
    message({ role: 'user', content: [{ type: 'memo', memo: { body: 'x' } }] }),
    ['key:memo', 'key:body', 'unknown:x']
  ],
  ['content as object', message({ role: 'user', content: { a: 'x' } }), ['key:a', 'unknown:x']],
  [
    'system and developer',
    leaves({
      messages: [
        { role: 'system', content: 'a' },
        { role: 'developer', content: 'b' }
      ]
    }),
    ['text:a', 'text:b']
  ],
  [
    'an unknown role that is a sentence',
    message({ role: 'Max Mustermann, Köln', content: 'a' }),
    ['unknown:Max Mustermann, Köln', 'text:a']
  ],
  ['name', message({ role: 'user', name: 'max' }), ['identifier:max']],
  [
    'refusal and refusal parts',
    message({ role: 'assistant', refusal: 'a', content: [{ type: 'refusal', refusal: 'b' }] }),
    ['text:a', 'text:b']
  ],
  [
    'reasoning of compatible providers',
    message({
      role: 'assistant',
      reasoning_content: 'a',
      reasoning: 'b',
      reasoning_details: [{ type: 'reasoning.text', text: 'c', signature: 's', index: 0 }]
    }),
    ['text:a', 'text:b', 'text:c']
  ],
  [
    'signed thinking is never altered',
    message({ role: 'assistant', thinking_blocks: [{ type: 'thinking', thinking: 'a', signature: 's' }] }),
    ['fixed:a']
  ],
  [
    'tool calls',
    message({
      role: 'assistant',
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"who":"x","n":1}' } },
        { id: 'c', type: 'custom', custom: { name: 'g', input: 'y' } }
      ]
    }),
    ['fixed:f', 'key:who', 'text:x', 'key:n', 'number:1', 'fixed:g', 'text:y']
  ],
  [
    'tool call arguments as object',
    message({
      role: 'assistant',
      tool_calls: [{ id: 'c', function: { name: 'f', arguments: { who: 'x' } } }]
    }),
    ['fixed:f', 'key:who', 'text:x']
  ],
  [
    'tool call arguments that are cut off',
    message({
      role: 'assistant',
      tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"who":"x' } }]
    }),
    ['fixed:f', 'text:{"who":"x']
  ],
  [
    'legacy function call',
    message({ role: 'assistant', function_call: { name: 'f', arguments: '{"who":"x"}' } }),
    ['fixed:f', 'key:who', 'text:x']
  ],
  [
    'tool result as JSON text',
    message({ role: 'tool', tool_call_id: 'c', content: '{"iban":"x","card":4111111111111111}' }),
    ['key:iban', 'text:x', 'key:card', 'number:4111111111111111']
  ],
  [
    'tool result as parts',
    message({ role: 'tool', tool_call_id: 'c', content: [{ type: 'text', text: 'x' }] }),
    ['text:x']
  ],
  ['audio history', message({ role: 'assistant', audio: { id: 'a', transcript: 'x' } }), ['text:x']],
  [
    'annotations in history',
    message({
      role: 'assistant',
      annotations: [
        {
          type: 'url_citation',
          url_citation: { title: 't', url: 'https://h/x', start_index: 1, end_index: 2 }
        }
      ]
    }),
    ['text:t', 'url:https://h/x']
  ],
  [
    'tools',
    leaves({
      tools: [
        {
          type: 'function',
          function: {
            name: 'f',
            description: 'd',
            strict: true,
            parameters: {
              type: 'object',
              properties: {
                'max@x.de': {
                  type: 'string',
                  description: 'p',
                  enum: ['e', 2],
                  default: 'df',
                  examples: ['ex'],
                  pattern: '^a$'
                }
              },
              required: ['max@x.de'],
              additionalProperties: false
            }
          }
        }
      ]
    }),
    [
      'fixed:f',
      'text:d',
      'key:max@x.de',
      'text:p',
      'text:e',
      'fixed-number:2',
      'text:df',
      'text:ex',
      'fixed:^a$',
      'key:max@x.de'
    ]
  ],
  [
    'schemas nested in every way',
    leaves({
      tools: [
        {
          type: 'function',
          function: {
            name: 'f',
            parameters: {
              anyOf: [{ description: 'a' }, { items: { description: 'b' } }],
              $defs: { D: { const: 'c' } },
              additionalProperties: { description: 'd' }
            }
          }
        }
      ]
    }),
    ['fixed:f', 'text:a', 'text:b', 'key:D', 'text:c', 'text:d']
  ],
  [
    'a property called like a schema keyword',
    leaves({
      tools: [
        {
          type: 'function',
          function: { name: 'f', parameters: { properties: { type: { description: 'a' } } } }
        }
      ]
    }),
    ['fixed:f', 'key:type', 'text:a']
  ],
  [
    'custom tools with a grammar',
    leaves({
      tools: [
        {
          type: 'custom',
          custom: {
            name: 'f',
            description: 'd',
            format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: x' } }
          }
        }
      ]
    }),
    ['fixed:f', 'text:d', 'fixed:start: x']
  ],
  [
    'functions',
    leaves({
      functions: [{ name: 'f', description: 'd', parameters: { title: 't' } }],
      function_call: { name: 'f' }
    }),
    ['fixed:f', 'text:d', 'text:t', 'fixed:f']
  ],
  ['tool choice', leaves({ tool_choice: { type: 'function', function: { name: 'f' } } }), ['fixed:f']],
  [
    'allowed tools',
    leaves({
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] }
      }
    }),
    ['fixed:f']
  ],
  [
    'structured output',
    leaves({
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'n', description: 'd', schema: { properties: { a: { const: 'c' } } } }
      }
    }),
    ['fixed:n', 'text:d', 'key:a', 'text:c']
  ],
  [
    'prediction',
    leaves({ prediction: { type: 'content', content: [{ type: 'text', text: 'x' }] } }),
    ['text:x']
  ],
  ['stop', leaves({ stop: ['a', 'b'] }), ['text:a', 'text:b']],
  [
    'user, safety identifier, cache key',
    leaves({ user: 'a', safety_identifier: 'b', prompt_cache_key: 'c' }),
    ['identifier:a', 'identifier:b', 'identifier:c']
  ],
  ['metadata, keys too', leaves({ metadata: { k: 'v' } }), ['key:k', 'text:v']],
  [
    'search location',
    leaves({
      web_search_options: {
        user_location: {
          type: 'approximate',
          approximate: { city: 'c', region: 'r', country: 'DE', timezone: 'Europe/Berlin' }
        }
      }
    }),
    ['text:c', 'text:r', 'text:DE', 'fixed:Europe/Berlin']
  ],
  [
    'fields of compatible providers',
    leaves({
      chat_template_kwargs: { a: 'x' },
      documents: [{ t: 'y' }],
      guided_choice: ['z'],
      guided_regex: 'r',
      data_sources: [{ parameters: { role_information: 'w' } }]
    }),
    [
      'key:a',
      'text:x',
      'key:t',
      'text:y',
      'text:z',
      'fixed:r',
      'key:parameters',
      'key:role_information',
      'text:w'
    ]
  ],
  [
    'numbers and switches of the format',
    leaves({
      temperature: 1.5,
      seed: 4111111111111111,
      max_tokens: 5,
      stream: true,
      store: false,
      top_p: 1,
      logit_bias: {}
    }),
    []
  ],
  [
    'words of the format',
    leaves({ reasoning_effort: 'high', service_tier: 'auto', verbosity: 'low', modalities: ['text'] }),
    []
  ],
  [
    'a field no map knows',
    leaves({ fresh: { deep: ['x', 1] } }),
    ['key:fresh', 'key:deep', 'unknown:x', 'fixed-number:1']
  ],
  [
    'a number where a text belongs',
    leaves({ messages: [{ role: 'user', content: 4111111111111111 }] }),
    ['fixed-number:4111111111111111']
  ]
]

for (const [name, found, expected] of cases) t.test(name, async t => t.same(found, expected))

t.test('what the gateway must know of a request', async t => {
  const facts = chatCompletions.read(
    walk({
      model: 'gpt-5',
      stream: true,
      stop: ['a'],
      tools: [],
      web_search_options: {},
      messages: [
        { role: 'system', content: 's' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'u' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } },
            { type: 'input_audio', input_audio: { data: 'AA', format: 'wav' } },
            { type: 'file', file: { file_id: 'f' } }
          ]
        },
        { role: 'user', content: 'later' }
      ]
    }),
    noTarget
  )
  t.equal(facts.model, 'gpt-5')
  t.equal(facts.stream, true)
  t.same(facts.beginning, ['s', 'u'])
  t.same(
    facts.stops.map(leaf => leaf.text),
    ['a']
  )
  t.same(
    facts.opaque.map(part => part.modality),
    ['image', 'audio', 'file']
  )
  t.equal(facts.providerTools.length, 1)
})

t.test('a model is needed and can carry no text', async t => {
  const read = (body: unknown) => () => chatCompletions.read(walk(body), noTarget)
  t.throws(read({ messages: [] }), { code: 'SCHLEUSE_FIELD_MISSING' })
  t.throws(read({ model: 5 }), { code: 'SCHLEUSE_FIELD_MISSING' })
  t.throws(read({ model: { name: 'x' } }), { code: 'SCHLEUSE_FIELD_MISSING' })
  t.throws(read({ model: 'Max Mustermann' }), { code: 'SCHLEUSE_MODEL_MALFORMED' })
  t.equal(chatCompletions.read(walk({ model: 'm', stream: 'true' }), noTarget).stream, false)
})
