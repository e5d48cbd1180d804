import { argumentsText, email, phone, taxId, text } from './planted.ts'
import type { ConformanceRequest } from './request.ts'
import { responsesRequests } from './responses.ts'
import { statelessRequests } from './stateless.ts'

const parameters = {
  type: 'object',
  description: `Empfänger, z. B. ${email}`,
  properties: {
    to: { type: 'string', title: `An ${email}`, enum: [email, 'niemand'], default: email, examples: [email] },
    from: { const: phone },
    note: { type: 'string', description: text, pattern: '^[^@]*$', maxLength: 500 }
  },
  required: ['to'],
  additionalProperties: false
}

const messages = [
  { role: 'developer', content: [{ type: 'text', text }], name: 'entwickler' },
  { role: 'system', content: text },
  {
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'text', text: `Steuer-ID ${taxId}` }
    ],
    name: 'kunde'
  },
  {
    role: 'assistant',
    content: [
      { type: 'text', text },
      { type: 'refusal', refusal: `Nicht an ${email}.` }
    ],
    refusal: `Nicht an ${email}.`,
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'send_mail', arguments: argumentsText } },
      { id: 'call_2', type: 'custom', custom: { name: 'shell', input: `mail ${email} < "brief"` } }
    ]
  },
  { role: 'tool', tool_call_id: 'call_1', content: argumentsText },
  { role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text }] },
  { role: 'assistant', content: null, function_call: { name: 'find', arguments: argumentsText } },
  { role: 'function', name: 'find', content: text },
  { role: 'user', content: text }
]

const short = [{ role: 'user', content: text }]

const chatRequests: readonly ConformanceRequest[] = [
  {
    name: 'messages of every role, all scalar parameters',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages,
      temperature: 0.2,
      top_p: 1,
      n: 2,
      frequency_penalty: -0.5,
      presence_penalty: 0.5,
      max_tokens: 1000,
      max_completion_tokens: 1000,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { '50256': -100 },
      seed: 1234567890123,
      service_tier: 'auto',
      reasoning_effort: 'low',
      verbosity: 'medium',
      store: false,
      stream: false,
      prompt_cache_retention: '24h',
      prompt_cache_options: { mode: 'implicit', ttl: '30m' }
    }
  },
  {
    name: 'structured output, prediction, stop, identifiers, metadata',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages: short,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'order', description: text, strict: true, schema: parameters }
      },
      prediction: { type: 'content', content: [{ type: 'text', text }] },
      stop: ['\n\nEnde der Mail', `Gruß an ${email}`],
      user: email,
      safety_identifier: email,
      prompt_cache_key: email,
      metadata: { contact: email, case: 'V-4711', phone }
    }
  },
  {
    name: 'streaming',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages: short,
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false }
    }
  },
  {
    name: 'tools, one of them chosen',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages: short,
      tools: [
        { type: 'function', function: { name: 'send_mail', description: text, parameters, strict: false } },
        { type: 'custom', custom: { name: 'shell', description: text, format: { type: 'text' } } }
      ],
      tool_choice: { type: 'function', function: { name: 'send_mail' } },
      parallel_tool_calls: true
    }
  },
  {
    name: 'tools, some allowed',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages: short,
      tools: [{ type: 'function', function: { name: 'send_mail', parameters } }],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'send_mail' } }] }
      }
    }
  },
  {
    name: 'deprecated functions',
    path: '/chat/completions',
    needsAllowing: false,
    body: {
      model: 'gpt-4.1',
      messages: short,
      functions: [{ name: 'find', description: text, parameters }],
      function_call: { name: 'find' }
    }
  },
  {
    name: 'pictures, sound, files, provider tools, moderation',
    path: '/chat/completions',
    needsAllowing: true,
    body: {
      model: 'gpt-4.1',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' } },
            {
              type: 'image_url',
              image_url: { url: `https://img.example/p.png?contact=${encodeURIComponent(email)}` }
            },
            { type: 'input_audio', input_audio: { data: 'UklGRiQAAABXQVZF', format: 'wav' } },
            {
              type: 'file',
              file: { filename: 'brief.pdf', file_data: 'data:application/pdf;base64,JVBERi0xLjQ=' }
            }
          ]
        }
      ],
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
      web_search_options: {
        search_context_size: 'low',
        user_location: { type: 'approximate', approximate: { country: 'DE', city: 'Bonn' } }
      },
      moderation: { model: 'omni-moderation-latest' }
    }
  }
]

export const conformanceRequests: readonly ConformanceRequest[] = [
  ...chatRequests,
  ...statelessRequests,
  ...responsesRequests
]
