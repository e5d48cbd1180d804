import type { OpenAI } from 'openai'
import { toFile } from 'openai'
import { email, iban, text } from './planted.ts'

/** Ids of what was made so far, by kind; `none` where nothing was. */
export type Ids = Map<string, string>

/** A call of an SDK; steps follow each other, and later ones name what earlier ones made. */
export interface ConformanceStep {
  readonly name: string
  /** Of the specification. */
  readonly path: string
  /** Its schema there; all parameters must be filled. Left out where there is no body. */
  readonly schema?: string
  readonly needsAllowing: boolean
  /** False where the body holds nothing to rewrite. */
  readonly rewrites: boolean
  /** Remembers the id of the answer under this name. */
  readonly makes?: string
  readonly body: (ids: Ids) => Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>>
  readonly call: (client: OpenAI, body: never, ids: Ids) => Promise<unknown>
}

const id = (ids: Ids, kind: string): string => ids.get(kind) ?? 'none'
const metadata = { anliegen: `Konto ${iban}` }
const expires_after = { anchor: 'created_at', seconds: 3600 } as const
const lastActive = { anchor: 'last_active_at', days: 3 } as const
const chunking_strategy = {
  type: 'static',
  static: { max_chunk_size_tokens: 800, chunk_overlap_tokens: 400 }
} as const
const line = (url: string, body: object) =>
  JSON.stringify({ custom_id: `an ${email}`, method: 'POST', url, body })
const batchInput = [
  line('/v1/chat/completions', { model: 'gpt-5', messages: [{ role: 'user', content: text }] }),
  line('/v1/responses', { model: 'gpt-5', input: text }),
  line('/v1/embeddings', { model: 'text-embedding-3-small', input: text })
].join('\n')
const sound = () => toFile(Buffer.from([0xff, 0xfb, 0x90, 0]), 'anruf.mp3', { type: 'audio/mpeg' })
const picture = () => toFile(Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'bild.png', { type: 'image/png' })
const turn = { role: 'user', content: text, attachments: [], metadata } as const
const tools = [
  {
    type: 'function',
    function: { name: 'mail', description: text, parameters: { type: 'object' }, strict: false }
  }
]
const settings = {
  model: 'gpt-5',
  instructions: text,
  metadata,
  temperature: 1,
  top_p: 1,
  response_format: { type: 'text' },
  tools
}
const run = {
  ...settings,
  assistant_id: 'asst_none',
  max_completion_tokens: 256,
  max_prompt_tokens: 256,
  parallel_tool_calls: true,
  stream: false,
  tool_choice: 'auto',
  truncation_strategy: { type: 'last_messages', last_messages: 3 }
}

/** In this order. */
export const conformanceSteps: readonly ConformanceStep[] = [
  {
    name: 'a text file',
    path: '/files',
    schema: 'CreateFileRequest',
    needsAllowing: false,
    rewrites: true,
    makes: 'file',
    body: async () => ({
      file: await toFile(Buffer.from(text), 'akte.txt', { type: 'text/plain' }),
      purpose: 'user_data',
      expires_after
    }),
    call: (client, body) => client.files.create(body)
  },
  {
    name: 'the input of a batch',
    path: '/files',
    needsAllowing: false,
    rewrites: true,
    makes: 'batch input',
    body: async () => ({ file: await toFile(Buffer.from(batchInput), 'batch.jsonl'), purpose: 'batch' }),
    call: (client, body) => client.files.create(body)
  },
  {
    name: 'a batch',
    path: '/batches',
    schema: 'CreateBatchRequest',
    needsAllowing: false,
    rewrites: true,
    body: ids => ({
      input_file_id: id(ids, 'batch input'),
      endpoint: '/v1/responses',
      completion_window: '24h',
      metadata,
      output_expires_after: expires_after
    }),
    call: (client, body) => client.batches.create(body)
  },
  {
    name: 'a vector store',
    path: '/vector_stores',
    schema: 'CreateVectorStoreRequest',
    needsAllowing: false,
    rewrites: true,
    makes: 'store',
    body: ids => ({
      name: text,
      description: text,
      file_ids: [id(ids, 'file')],
      metadata,
      expires_after: lastActive,
      chunking_strategy
    }),
    call: (client, body) => client.vectorStores.create(body)
  },
  {
    name: 'a file of a vector store',
    path: '/vector_stores/{vector_store_id}/files',
    schema: 'CreateVectorStoreFileRequest',
    needsAllowing: false,
    rewrites: true,
    body: ids => ({ file_id: id(ids, 'file'), attributes: { von: email }, chunking_strategy }),
    call: (client, body, ids) => client.vectorStores.files.create(id(ids, 'store'), body)
  },
  {
    name: 'a search in a vector store',
    path: '/vector_stores/{vector_store_id}/search',
    schema: 'VectorStoreSearchRequest',
    needsAllowing: false,
    rewrites: true,
    body: () => ({
      query: [text, `Konto ${iban}`],
      rewrite_query: false,
      max_num_results: 5,
      filters: { type: 'eq', key: 'von', value: email },
      ranking_options: { ranker: 'auto', score_threshold: 0.5 }
    }),
    call: (client, body, ids) => client.vectorStores.search(id(ids, 'store'), body)
  },
  {
    name: 'a picture, all parameters',
    path: '/images/generations',
    schema: 'CreateImageRequest',
    needsAllowing: false,
    rewrites: true,
    body: () => ({
      model: 'gpt-image-1',
      prompt: text,
      background: 'auto',
      moderation: 'auto',
      n: 1,
      output_compression: 100,
      output_format: 'png',
      partial_images: 0,
      quality: 'low',
      response_format: 'b64_json',
      size: '1024x1024',
      stream: false,
      style: 'vivid',
      user: email
    }),
    call: (client, body) => client.images.generate(body)
  },
  {
    name: 'an edit of a picture, all parameters',
    path: '/images/edits',
    schema: 'CreateImageEditRequest',
    needsAllowing: true,
    rewrites: true,
    body: async () => ({
      image: await picture(),
      mask: await picture(),
      prompt: text,
      model: 'gpt-image-1',
      background: 'auto',
      input_fidelity: 'low',
      n: 1,
      output_compression: 100,
      output_format: 'png',
      partial_images: 0,
      quality: 'low',
      response_format: 'b64_json',
      size: '1024x1024',
      stream: false,
      user: email
    }),
    call: (client, body) => client.images.edit(body)
  },
  {
    name: 'a transcript, all parameters',
    path: '/audio/transcriptions',
    schema: 'CreateTranscriptionRequest',
    needsAllowing: true,
    rewrites: true,
    body: async () => ({
      file: await sound(),
      model: 'gpt-4o-transcribe',
      language: 'de',
      languages: ['de'],
      keywords: [email],
      prompt: text,
      response_format: 'json',
      temperature: 0,
      include: ['logprobs'],
      stream: false,
      chunking_strategy: 'auto',
      timestamp_granularities: ['segment'],
      known_speaker_names: [text],
      known_speaker_references: ['data:audio/wav;base64,UklGRg==']
    }),
    call: (client, body) => client.audio.transcriptions.create(body)
  },
  {
    name: 'a translation, all parameters',
    path: '/audio/translations',
    schema: 'CreateTranslationRequest',
    needsAllowing: true,
    rewrites: true,
    body: async () => ({
      file: await sound(),
      model: 'gpt-4o-transcribe',
      prompt: text,
      response_format: 'json',
      temperature: 0
    }),
    call: (client, body) => client.audio.translations.create(body)
  },
  {
    name: 'speech, all parameters',
    path: '/audio/speech',
    schema: 'CreateSpeechRequest',
    needsAllowing: false,
    rewrites: false,
    body: () => ({
      model: 'gpt-4o-mini-tts',
      input: 'Guten Tag',
      voice: 'alloy',
      instructions: 'Langsam',
      response_format: 'mp3',
      speed: 1,
      stream_format: 'audio'
    }),
    call: (client, body) => client.audio.speech.create(body)
  },
  {
    name: 'an assistant, all parameters',
    path: '/assistants',
    schema: 'CreateAssistantRequest',
    needsAllowing: false,
    rewrites: true,
    makes: 'assistant',
    body: () => ({
      ...settings,
      name: 'Hilfe',
      description: text,
      reasoning_effort: 'low',
      tool_resources: {}
    }),
    call: (client, body) => client.beta.assistants.create(body)
  },
  {
    name: 'a thread, all parameters',
    path: '/threads',
    schema: 'CreateThreadRequest',
    needsAllowing: false,
    rewrites: true,
    makes: 'thread',
    body: () => ({ messages: [turn], metadata, tool_resources: {} }),
    call: (client, body) => client.beta.threads.create(body)
  },
  {
    name: 'a message, all parameters',
    path: '/threads/{thread_id}/messages',
    schema: 'CreateMessageRequest',
    needsAllowing: false,
    rewrites: true,
    body: () => turn,
    call: (client, body, ids) => client.beta.threads.messages.create(id(ids, 'thread'), body)
  },
  {
    name: 'a run, all parameters',
    path: '/threads/{thread_id}/runs',
    schema: 'CreateRunRequest',
    needsAllowing: false,
    rewrites: true,
    body: ids => ({
      ...run,
      assistant_id: id(ids, 'assistant'),
      reasoning_effort: 'low',
      additional_instructions: text,
      additional_messages: [turn]
    }),
    call: (client, body, ids) => client.beta.threads.runs.create(id(ids, 'thread'), body)
  },
  {
    name: 'a thread and its run, all parameters',
    path: '/threads/runs',
    schema: 'CreateThreadAndRunRequest',
    needsAllowing: false,
    rewrites: true,
    body: ids => ({
      ...run,
      assistant_id: id(ids, 'assistant'),
      thread: { messages: [turn], metadata, tool_resources: {} },
      tool_resources: {}
    }),
    call: (client, body) => client.beta.threads.createAndRun(body)
  }
]
