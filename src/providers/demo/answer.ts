import { fillSchema } from './fill-schema.ts'
import type { ChatRequest } from './request.ts'
import { codesIn, dotted, excerpt, looksGerman } from './text.ts'

/** One choice of an answer, before it is cut into chunks. */
export interface Choice {
  /** `null` when tools are called. */
  readonly content: string | null
  readonly toolCalls: readonly ToolCall[]
  readonly finishReason: 'stop' | 'length' | 'tool_calls'
}

export interface ToolCall {
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

/** The demo's token: four characters, about what English text has per token. */
export const CHARS_PER_TOKEN = 4

/**
 * Shows both sides of the gateway in one answer: the text as this provider got it, its codes written with a dot so that
 * nothing restores them, and the same text unchanged.
 */
export function echo(request: ChatRequest): Choice[] {
  const text = lastText(request, 'user')
  const [received, answered] = looksGerman(text)
    ? ['Das hat der Anbieter bekommen:', 'Das hat er geantwortet, so wie Sie es sehen:']
    : ['What the provider received:', 'What it answered, as you see it:']
  return choices(request, () => `${received}\n${dotted(text)}\n\n${answered}\n${text}`)
}

/** A small assistant that always does the same: it calls tools when it may, answers in JSON when asked to, else quotes. */
export function assist(request: ChatRequest): Choice[] {
  const prompt = lastText(request, 'user')
  const tools = toolsToCall(request)
  if (tools.length > 0) {
    const toolCalls = tools.map(tool => ({
      name: tool.name,
      arguments: JSON.stringify(tool.parameters === undefined ? {} : fillSchema(tool.parameters, prompt))
    }))
    return Array.from({ length: request.n }, () => ({ content: null, toolCalls, finishReason: 'tool_calls' }))
  }
  if (request.jsonSchema === true) {
    const json = { answer: excerpt(prompt, 200), mentioned: codesIn(prompt) }
    return choices(request, () => JSON.stringify(json))
  }
  if (request.jsonSchema !== undefined) {
    return choices(request, () => JSON.stringify(fillSchema(request.jsonSchema, prompt)))
  }
  const text = toolResults(request) ?? quote(prompt)
  return choices(request, index => (index === 0 ? text : `${text} (${index + 1})`))
}

function toolsToCall(request: ChatRequest) {
  if (request.toolChoice === 'none' || request.messages.at(-1)?.role !== 'user') return []
  const named = request.tools.filter(tool => tool.name === request.toolChoice)
  if (named.length > 0) return named.slice(0, 1)
  return request.tools.slice(0, request.parallelToolCalls ? 2 : 1)
}

function lastText(request: ChatRequest, role: string): string {
  return (
    request.messages.findLast(message => message.role === role)?.text ?? request.messages.at(-1)?.text ?? ''
  )
}

/** @returns what the tools said since the assistant's last turn, or null if the last message is no tool's */
function toolResults(request: ChatRequest): string | null {
  const last = request.messages.findLastIndex(message => message.role !== 'tool')
  const results = request.messages.slice(last + 1).map(message => excerpt(message.text, 600))
  if (results.length === 0) return null
  const german = looksGerman(lastText(request, 'user'))
  return `${german ? 'Das Werkzeug hat geantwortet' : 'The tool answered'}: ${results.join('; ')}`
}

function quote(prompt: string): string {
  const german = looksGerman(prompt)
  const codes = codesIn(prompt)
  const person = codes.find(code => code.startsWith('PERSON_'))
  const hello = `${german ? 'Guten Tag' : 'Hello'}${person === undefined ? '' : ` ${person}`}!`
  const about = codes.length > 0 ? ` ${german ? 'Es geht um' : 'You wrote about'} ${codes.join(', ')}.` : ''
  const said = excerpt(prompt, 200)
  if (german) return `${hello}${about} Sie schrieben: „${said}“`
  return `${hello}${about} You wrote: “${said}”`
}

/** Applies `n`, `stop` and the token limit. */
function choices(request: ChatRequest, text: (index: number) => string): Choice[] {
  return Array.from({ length: request.n }, (_, index) => {
    const whole = text(index)
    const stops = request.stop.map(stop => whole.indexOf(stop)).filter(at => at >= 0)
    const stopped = whole.slice(0, Math.min(whole.length, ...stops))
    const limit = request.maxTokens * CHARS_PER_TOKEN
    const content = stopped.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')
    return { content, toolCalls: [], finishReason: stopped.length > limit ? 'length' : 'stop' }
  })
}
