/** Endpoints as records name them, `format.endpoint`; the dialects serve them. */
export const APIS = [
  'openai.chat_completions',
  'openai.completions',
  'openai.embeddings',
  'openai.moderations',
  'openai.responses',
  'openai.conversations'
] as const

/** Values of `gen_ai.operation.name` (OpenTelemetry GenAI conventions), and two of our own. */
export const OPERATIONS = [
  'chat',
  'text_completion',
  'embeddings',
  'generate_content',
  'moderation',
  'stored_object'
] as const

export type Api = (typeof APIS)[number]
export type Operation = (typeof OPERATIONS)[number]
