import { valueAt } from '../index/dimensions.ts'
import type { ShipEvent } from './view.ts'

/** Reading fields of an event for a view. Paths have dots: `provider.id`. */
export class Fields {
  readonly #body: unknown

  constructor({ body }: ShipEvent) {
    this.#body = body
  }

  text(path: string): string | undefined {
    const value = this.value(path)
    return typeof value === 'string' ? value : undefined
  }

  integer(path: string): number | undefined {
    const value = this.value(path)
    return Number.isSafeInteger(value) ? Number(value) : undefined
  }

  flag(path: string): boolean | undefined {
    const value = this.value(path)
    return typeof value === 'boolean' ? value : undefined
  }

  texts(path: string): string[] {
    const value = this.value(path)
    return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
  }

  value(path: string): unknown {
    return valueAt(this.#body, ...path.split('.'))
  }

  get type(): string {
    return this.text('event_type') ?? 'unreadable'
  }

  /** Milliseconds since the epoch; 0 for an entry that is no event. */
  get timeMs(): number {
    return Date.parse(this.text('occurred_at') ?? '') || 0
  }

  get recordedMs(): number {
    return Date.parse(this.text('recorded_at') ?? '') || this.timeMs
  }

  /** True when nothing went wrong and nothing was refused; undefined for events that have no outcome. */
  get succeeded(): boolean | undefined {
    const outcome = this.text('outcome')
    return outcome === undefined ? undefined : outcome === 'ok'
  }

  get refused(): boolean {
    return this.type === 'ai.request.blocked'
  }
}

/** Leaves out what is undefined, and lists and objects that are empty. */
export function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  if (value === undefined) return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** Names of the GenAI conventions for providers that have one; else the id from the config. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/azure/, 'azure.ai.openai'],
  [/bedrock/, 'aws.bedrock'],
  [/vertex/, 'gcp.vertex_ai'],
  [/gemini/, 'gcp.gemini'],
  [/openai/, 'openai'],
  [/anthropic/, 'anthropic'],
  [/mistral/, 'mistral_ai'],
  [/cohere/, 'cohere'],
  [/deepseek/, 'deepseek'],
  [/groq/, 'groq'],
  [/perplexity/, 'perplexity'],
  [/watsonx/, 'ibm.watsonx.ai']
]

/** `gen_ai.provider.name` of a provider id. */
export function genAiProvider(id: string | undefined): string | undefined {
  if (id === undefined) return undefined
  return PROVIDERS.find(([pattern]) => pattern.test(id))?.[1] ?? id
}

/** Host without its port, as `server.address` wants it. */
export function hostOf(host: string | undefined): string | undefined {
  return host?.replace(/:\d+$/, '')
}
