import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Shape } from '../../src/core/json/shape.ts'
import { walkJson } from '../../src/core/json/walker.ts'
import { openai } from '../../src/dialects/openai/index.ts'

/**
 * Holds the field maps against the SDK's own types: for each string of a type, whether the map of its endpoint reads it.
 * The lists lie in the shared folder, one path per line (`messages[]<role=user>.content`).
 */

/** Sections of the lists, and the endpoint and direction they are about. */
const SECTIONS: readonly [
  file: string,
  section: string,
  endpoint: string,
  direction: 'request' | 'answer' | 'event'
][] = [
  ['chat', 'ChatCompletionCreateParams', 'POST /v1/chat/completions', 'request'],
  ['chat', 'ChatCompletion', 'POST /v1/chat/completions', 'answer'],
  ['chat', 'ChatCompletionChunk', 'POST /v1/chat/completions', 'event'],
  ['completions', 'CompletionCreateParams', 'POST /v1/completions', 'request'],
  ['completions', 'Completion', 'POST /v1/completions', 'answer'],
  ['responses', 'ResponseCreateParamsNonStreaming', 'POST /v1/responses', 'request'],
  ['responses', 'Response', 'POST /v1/responses', 'answer'],
  ['responses', 'ResponseStreamEvent', 'POST /v1/responses', 'event'],
  ['responses', 'ResponseCompactParams', 'POST /v1/responses/compact', 'request'],
  ['responses', 'CompactedResponse', 'POST /v1/responses/compact', 'answer'],
  ['conversations', 'ConversationCreateParams', 'POST /v1/conversations', 'request'],
  ['embeddings-moderations', 'EmbeddingCreateParams', 'POST /v1/embeddings', 'request'],
  ['embeddings-moderations', 'ModerationCreateParams', 'POST /v1/moderations', 'request'],
  ['images', 'ImageGenerateParams', 'POST /v1/images/generations', 'request'],
  ['images', 'ImagesResponse', 'POST /v1/images/generations', 'answer'],
  ['audio', 'SpeechCreateParams', 'POST /v1/audio/speech', 'request'],
  ['audio', 'TranscriptionCreateResponse', 'POST /v1/audio/transcriptions', 'answer'],
  ['audio', 'TranscriptionStreamEvent', 'POST /v1/audio/transcriptions', 'event'],
  ['vectorstores', 'VectorStoreCreateParams', 'POST /v1/vector_stores', 'request'],
  ['vectorstores', 'VectorStore', 'POST /v1/vector_stores', 'answer'],
  ['vectorstores', 'VectorStoreSearchParams', 'POST /v1/vector_stores/:vector_store_id/search', 'request'],
  ['vectorstores', 'VectorStoreSearchResponse', 'POST /v1/vector_stores/:vector_store_id/search', 'answer'],
  ['assistants', 'AssistantCreateParams', 'POST /v1/assistants', 'request'],
  ['assistants', 'Assistant', 'POST /v1/assistants', 'answer'],
  ['assistants', 'ThreadCreateParams', 'POST /v1/threads', 'request'],
  ['assistants', 'ThreadCreateAndRunParams', 'POST /v1/threads/runs', 'request'],
  ['assistants', 'MessageCreateParams', 'POST /v1/threads/:thread_id/messages', 'request'],
  ['assistants', 'Message', 'GET /v1/threads/:thread_id/messages/:message_id', 'answer'],
  ['assistants', 'MessageDeltaEvent', 'POST /v1/threads/runs', 'event'],
  ['assistants', 'RunCreateParams', 'POST /v1/threads/:thread_id/runs', 'request'],
  ['assistants', 'Run', 'GET /v1/threads/:thread_id/runs/:run_id', 'answer'],
  [
    'assistants',
    'RunSubmitToolOutputsParams',
    'POST /v1/threads/:thread_id/runs/:run_id/submit_tool_outputs',
    'request'
  ],
  ['assistants', 'RunStep', 'GET /v1/threads/:thread_id/runs/:run_id/steps/:step_id', 'answer'],
  ['assistants', 'RunStepDeltaEvent', 'POST /v1/threads/runs', 'event']
]

/**
 * Paths that nothing may read: ids, signatures and encrypted state, credentials, sound and pictures, tokens of the
 * pseudonymised text, the provider's own words for models, versions and sizes.
 */
const UNREAD = [
  /(?:^|\.)(?:id|\w*_ids?|model|version|container|conversation|voice|size)(?:\[\])*$/,
  /(?:^|\.)(?:system_fingerprint|encrypted_content|fingerprint|authorization|obfuscation)$/,
  /(?:^|\.)(?:file_data|b64_json|partial_image_b64)$|(?:input_audio|audio|source<type=base64>)\.data$/,
  /\.headers\.\{\*\}$|\.domain_secrets\[\]\.(?:name|value)$|logprobs|^data\[\]\.url$/
]

const MARK = 'An anna.weber@example.net, "x"'

/** What the types have and no map reads, beyond what nothing may read. */
export function unreadFields(shared: string): string[] {
  const unread: string[] = []
  for (const [file, section, name, direction] of SECTIONS) {
    const endpoint = openai.endpoints.find(({ method, path }) => `${method} ${path}` === name)
    if (endpoint === undefined) throw new Error(`no endpoint ${name}`)
    const shape = direction === 'event' ? endpoint.stream.event : endpoint[direction]
    for (const path of pathsOf(join(shared, 'reference', 'fields', `openai-${file}.tsv`), section))
      if (!UNREAD.some(one => one.test(path)) && !isRead(path, shape, direction))
        unread.push(`${name} ${direction}: ${path}`)
  }
  return unread
}

function pathsOf(file: string, section: string): string[] {
  const text =
    readFileSync(file, 'utf8')
      .split(/^## /m)
      .find(part => part.startsWith(`${section}\n`)) ?? ''
  return text
    .split('\n')
    .slice(1)
    .flatMap(line => line.split('\t')[0] ?? [])
    .filter(path => path !== '')
}

function isRead(path: string, shape: Shape, direction: string): boolean {
  const as = direction === 'request' ? 'request' : 'answer'
  const { leaves } = walkJson(JSON.stringify(valueAt(path)), shape, { maxDepth: 64, maxLeaves: 1000, as })
  return leaves.some(({ text }) => text.includes('anna.weber'))
}

/** A value with the mark at this path: `a[]<type=x>.b.{*}`. */
function valueAt(path: string): unknown {
  const found = /^\.?(?:(\{\*\}|[\w$-]+)|(\[\])|<(\w+)=([^>]*)>)/.exec(path)
  if (found === null) return MARK
  const [whole, name, list, key, word = ''] = found
  const rest = valueAt(path.slice(whole.length))
  if (name !== undefined) return { [name === '{*}' ? 'frei' : name]: rest }
  if (list !== undefined) return [rest]
  const [first = ''] = word.split('|')
  return typeof rest === 'object' && rest !== null && !Array.isArray(rest)
    ? { [key ?? '']: first, ...rest }
    : rest
}
