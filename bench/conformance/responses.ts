import { argumentsText, email, iban, phone, text } from './planted.ts'
import type { ConformanceRequest } from './request.ts'

/** Responses and Conversations: every input item type of the specification, and every parameter. */

const schema = {
  type: 'object',
  description: `Empfänger, z. B. ${email}`,
  properties: { to: { type: 'string', description: text, enum: [email, 'niemand'] } },
  required: ['to'],
  additionalProperties: false
}
const outputText = { type: 'output_text', text, annotations: [], logprobs: [] }

const items = [
  { type: 'message', role: 'developer', content: text },
  { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [outputText, { type: 'refusal', refusal: text }]
  },
  {
    type: 'reasoning',
    id: 'rs_1',
    summary: [{ type: 'summary_text', text }],
    content: [{ type: 'reasoning_text', text }],
    encrypted_content: 'gAAAAAB'
  },
  { type: 'function_call', call_id: 'call_1', name: 'send_mail', arguments: argumentsText },
  { type: 'function_call_output', call_id: 'call_1', output: argumentsText },
  { type: 'custom_tool_call', call_id: 'call_2', name: 'shell', input: `mail ${email}` },
  { type: 'custom_tool_call_output', call_id: 'call_2', output: [{ type: 'input_text', text }] },
  {
    type: 'file_search_call',
    id: 'fs_1',
    status: 'completed',
    queries: [text],
    results: [{ file_id: 'f', text, filename: 'a.txt', score: 0.5, attributes: { contact: email } }]
  },
  {
    type: 'web_search_call',
    id: 'ws_1',
    status: 'completed',
    action: {
      type: 'search',
      query: text,
      sources: [{ type: 'url', url: `https://x.example/?q=${encodeURIComponent(email)}` }]
    }
  },
  {
    type: 'computer_call',
    id: 'cc_1',
    call_id: 'call_3',
    status: 'completed',
    pending_safety_checks: [{ id: 's', code: 'c', message: text }],
    action: { type: 'type', text }
  },
  {
    type: 'code_interpreter_call',
    id: 'ci_1',
    container_id: 'cntr_1',
    status: 'completed',
    code: `mail("${email}")`,
    outputs: [{ type: 'logs', logs: text }]
  },
  {
    type: 'local_shell_call',
    id: 'ls_1',
    call_id: 'call_4',
    status: 'completed',
    action: { type: 'exec', command: ['mail', email], env: { TO: email }, working_directory: '/tmp' }
  },
  { type: 'local_shell_call_output', id: 'ls_1', output: text },
  { type: 'shell_call', call_id: 'call_5', action: { commands: [`mail ${email}`] } },
  {
    type: 'shell_call_output',
    call_id: 'call_5',
    output: [{ stdout: text, stderr: text, outcome: { type: 'exit', exit_code: 0 } }]
  },
  {
    type: 'apply_patch_call',
    call_id: 'call_6',
    status: 'completed',
    operation: { type: 'create_file', path: 'brief.md', diff: `+An ${email}` }
  },
  { type: 'apply_patch_call_output', call_id: 'call_6', status: 'completed', output: text },
  {
    type: 'mcp_list_tools',
    id: 'ml_1',
    server_label: 'crm',
    tools: [{ name: 'find', description: text, input_schema: schema }]
  },
  { type: 'mcp_approval_request', id: 'ma_1', server_label: 'crm', name: 'find', arguments: argumentsText },
  { type: 'mcp_approval_response', approval_request_id: 'ma_1', approve: true, reason: text },
  { type: 'mcp_call', id: 'mc_1', server_label: 'crm', name: 'find', arguments: argumentsText, output: text },
  { type: 'compaction', encrypted_content: 'gAAAAAB' },
  { type: 'item_reference', id: 'msg_0' }
]

const base = { model: 'gpt-5', input: text }

export const responsesRequests: readonly ConformanceRequest[] = [
  {
    name: 'responses: every input item',
    path: '/responses',
    needsAllowing: false,
    body: { model: 'gpt-5', input: items }
  },
  {
    name: 'responses: all scalar parameters and identifiers',
    path: '/responses',
    needsAllowing: false,
    body: {
      ...base,
      instructions: text,
      metadata: { contact: email, phone },
      user: email,
      safety_identifier: email,
      prompt_cache_key: email,
      prompt_cache_retention: '24h',
      prompt_cache_options: { mode: 'implicit', ttl: '30m' },
      include: ['reasoning.encrypted_content', 'message.output_text.logprobs'],
      reasoning: { effort: 'low', summary: 'auto' },
      text: {
        verbosity: 'low',
        format: { type: 'json_schema', name: 'order', description: text, strict: true, schema }
      },
      truncation: 'auto',
      background: false,
      store: false,
      stream: true,
      stream_options: { include_obfuscation: false },
      service_tier: 'auto',
      max_output_tokens: 100,
      max_tool_calls: 2,
      parallel_tool_calls: true,
      temperature: 1,
      top_p: 1,
      top_logprobs: 2,
      context_management: [{ type: 'compaction', compact_threshold: 10_000 }],
      moderation: { model: 'omni-moderation-latest' }
    }
  },
  {
    name: 'responses: tools of the client',
    path: '/responses',
    needsAllowing: false,
    body: {
      ...base,
      tools: [
        { type: 'function', name: 'send_mail', description: text, parameters: schema, strict: false },
        { type: 'custom', name: 'shell', description: text, format: { type: 'text' } },
        { type: 'local_shell' },
        { type: 'apply_patch' }
      ],
      tool_choice: { type: 'function', name: 'send_mail' }
    }
  },
  {
    name: 'responses: tools of the provider, pictures and files, a stored prompt',
    path: '/responses',
    needsAllowing: true,
    body: {
      model: 'gpt-5',
      input: [
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text },
            { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' },
            {
              type: 'input_file',
              filename: 'brief.pdf',
              file_data: 'data:application/pdf;base64,JVBERi0xLjQ='
            }
          ]
        }
      ],
      prompt: {
        id: 'pmpt_1',
        version: '2',
        variables: { customer: text, iban: { type: 'input_text', text: iban } }
      },
      tools: [
        {
          type: 'web_search',
          filters: { allowed_domains: ['example.org'] },
          user_location: { type: 'approximate', city: 'Bonn' }
        },
        {
          type: 'file_search',
          vector_store_ids: ['vs_1'],
          filters: { type: 'eq', key: 'contact', value: email }
        },
        {
          type: 'mcp',
          server_label: 'crm',
          server_url: 'https://mcp.example',
          authorization: 'token',
          allowed_tools: ['find'],
          require_approval: 'never'
        },
        { type: 'code_interpreter', container: { type: 'auto', file_ids: ['f_1'] } },
        { type: 'image_generation', size: '1024x1024' }
      ]
    }
  },
  {
    name: 'compact',
    path: '/responses/compact',
    needsAllowing: false,
    body: { model: 'gpt-5', input: items.slice(0, 4), instructions: text }
  },
  {
    name: 'input tokens',
    path: '/responses/input_tokens',
    needsAllowing: false,
    body: {
      model: 'gpt-5',
      input: items.slice(0, 6),
      instructions: text,
      tools: [{ type: 'function', name: 'f', parameters: schema, strict: false }]
    }
  },
  {
    name: 'conversation',
    path: '/conversations',
    needsAllowing: false,
    body: { items: items.slice(0, 3), metadata: { contact: email } }
  }
]
