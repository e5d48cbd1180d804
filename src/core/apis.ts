/** Endpoints as records name them, `format.endpoint`; the dialects serve them. */
export const APIS = [
  'openai.chat_completions',
  'openai.completions',
  'openai.embeddings',
  'openai.moderations',
  'openai.responses',
  'openai.conversations',
  'openai.files',
  'openai.uploads',
  'openai.batches',
  'openai.vector_stores',
  'openai.images',
  'openai.audio',
  'openai.assistants',
  'openai.threads'
] as const

/** Values of `gen_ai.operation.name` (OpenTelemetry GenAI conventions), and our own. */
export const OPERATIONS = [
  'chat',
  'text_completion',
  'embeddings',
  'generate_content',
  'moderation',
  'stored_object',
  'image',
  'speech',
  'transcription'
] as const

export type Api = (typeof APIS)[number]
export type Operation = (typeof OPERATIONS)[number]
