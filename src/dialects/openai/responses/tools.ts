import {
  array,
  count,
  either,
  FREE,
  fixed,
  noted,
  object,
  recursive,
  type Shape,
  skip,
  structure,
  text,
  url,
  word
} from '../../../core/json/shape.ts'
import { schema } from '../json-schema.ts'

/**
 * Tool definitions of Responses requests, in `tools`, `additional_tools` and tool search. Credentials (MCP tokens and
 * headers, domain secrets) pass unread; what the provider runs itself is told by the noted type.
 */

const credentials: Shape = { object: { fields: new Map(), rest: skip }, array: skip, string: 'skip' }

const networkPolicy: Shape = object({
  type: word,
  allowed_domains: array(url),
  domain_secrets: array(object({ domain: url, name: skip, value: skip }))
})

const skill: Shape = object({
  type: word,
  name: text,
  description: text,
  path: text,
  skill_id: skip,
  version: { string: 'enum', number: 'skip' },
  source: noted('file', object({ type: word, media_type: text, data: skip }))
})

/** `local` runs at the client; containers run at the provider. */
export const environment: Shape = object({
  type: noted('environment', word),
  container_id: skip,
  file_ids: array(skip),
  memory_limit: word,
  network_policy: networkPolicy,
  skills: array(skill)
})

const location: Shape = object({ type: word, city: text, region: text, country: text, timezone: fixed })

const toolNames: Shape = object({ tool_names: array(fixed), read_only: {} })

export const tool: Shape = recursive('tool', self =>
  object({
    type: noted('tool', word),
    name: fixed,
    description: text,
    parameters: schema,
    output_schema: schema,
    strict: {},
    defer_loading: {},
    allowed_callers: array(word),
    format: object({ type: word, syntax: word, definition: fixed }),
    tools: array(self),
    execution: word,
    vector_store_ids: array(noted('uses', skip)),
    max_num_results: count,
    ranking_options: structure,
    filters: either(FREE),
    user_location: location,
    search_context_size: word,
    search_content_types: array(word),
    external_web_access: {},
    image_settings: structure,
    server_label: fixed,
    server_description: text,
    server_url: url,
    connector_id: word,
    tunnel_id: skip,
    authorization: skip,
    headers: credentials,
    allowed_tools: either(array(fixed), toolNames),
    require_approval: either(word, object({ always: toolNames, never: toolNames })),
    container: either(skip, environment),
    environment,
    model: fixed,
    size: word,
    quality: word,
    background: word,
    moderation: word,
    action: word,
    style: word,
    input_fidelity: word,
    output_format: word,
    output_compression: count,
    partial_images: count,
    input_image_mask: noted('image', object({ image_url: { string: 'media' }, file_id: skip })),
    display_width: count,
    display_height: count
  })
)

export const toolChoice: Shape = either(
  word,
  object({
    type: word,
    name: fixed,
    server_label: fixed,
    mode: word,
    tools: array(object({ type: word, name: fixed, server_label: fixed }))
  })
)

/** Tools the client runs; every other type lets the provider run something. */
export const clientTools: ReadonlySet<string> = new Set([
  'function',
  'custom',
  'namespace',
  'tool_search',
  'local_shell',
  'shell',
  'apply_patch',
  'computer',
  'computer_use',
  'computer_use_preview',
  'programmatic_tool_calling'
])
