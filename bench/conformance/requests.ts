import { type Canary, canaries } from '../../test/support/canaries.ts'

/** A request with personal data wherever its fields may carry any. */
export interface ConformanceRequest {
  readonly name: string
  /** True where the default policy refuses a part of it, so an allowing policy is used. */
  readonly needsAllowing: boolean
  readonly body: Readonly<Record<string, unknown>>
}

export const planted: readonly Canary[] = canaries(20_261_121)

const value = (kind: string): string => {
  const found = planted.find(canary => canary.kind === kind)?.value
  if (found === undefined) throw new Error(`nothing planted is a ${kind}`)
  return found
}
const email = value('email')
const iban = value('iban de')
const phone = value('phone de')
const card = value('card')
const taxId = value('tax id')
const token = value('github token')

const text = `Bitte an ${email} und ${phone}: Konto ${iban}, Schlüssel "${token}".`
const argumentsText = JSON.stringify({
  to: email,
  note: `Konto "${iban}"\n`,
  [email]: true,
  card: card.replaceAll(' ', '')
})

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

export const conformanceRequests: readonly ConformanceRequest[] = [
  {
    name: 'messages of every role, all scalar parameters',
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
