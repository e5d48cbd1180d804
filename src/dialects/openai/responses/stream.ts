import { joinKeyOf } from '../../../core/json/pointer.ts'
import type { Leaf, Slot, Walk } from '../../../core/json/walker.ts'
import type { PublicError } from '../../../errors.ts'
import type { InsertedEvent, Joined, StreamRules } from '../../dialect.ts'
import { openaiErrorBody } from '../error-body.ts'
import { sourceOf } from '../facts.ts'
import { responsesEvent } from './answer.ts'

/**
 * How Responses events carry text. The texts of a stream are named `/output/<item>/<what>/<index>/<field>`: what the
 * delta events are called without `.delta`, and the index of the content part, summary part or command.
 */
export const responsesStream: StreamRules = {
  event: responsesEvent,
  terminator: '[DONE]',
  join,
  closing,
  closedBy: () => null,
  failed: walk => ['error', 'response.failed'].includes(eventOf(walk)),
  offsetKeyOf,
  insert,
  failure,
  fieldOf,
  isSaid: key => key.startsWith('/output/'),
  whole: closed => closed.has('')
}

const terminal = new Set(['response.completed', 'response.incomplete', 'response.failed'])

/** The source of a noted number or short word, without quotes; empty when there is none. */
function noted(walk: Walk, tag: string): string {
  const note = walk.notes.find(note => note.tag === tag)
  return note === undefined ? '' : sourceOf(walk, note).replaceAll('"', '')
}

function eventOf(walk: Walk): string {
  return noted(walk, 'event')
}

/** The prefix of the keys of an event's texts. */
function prefixOf(walk: Walk, what: string): string {
  const part = noted(walk, 'contentIndex') || noted(walk, 'summaryIndex') || noted(walk, 'commandIndex')
  return `${itemOf(walk)}${what}/${part || '-'}/`
}

function itemOf(walk: Walk): string {
  return `/output/${noted(walk, 'outputIndex') || '-'}/`
}

function join(leaf: Leaf, walk: Walk): Joined | 'alone' | 'repeat' {
  if (leaf.kind !== 'text' && leaf.kind !== 'json') return 'alone'
  const event = eventOf(walk)
  const path = joinKeyOf(leaf.slot)
  if (!event.endsWith('.delta') || !path.startsWith('/delta')) return 'repeat'
  const what = event.slice(0, -'.delta'.length)
  return { key: prefixOf(walk, what) + path.slice(1), kind: what.endsWith('arguments') ? 'json' : 'text' }
}

const content = ['output', '[]', 'content', '[]']
/** Where texts of delta and done events stand in the response. */
const fields: ReadonlyMap<string, readonly string[]> = new Map([
  ['response.output_text', [...content, 'text']],
  ['response.refusal', [...content, 'refusal']],
  ['response.reasoning_text', [...content, 'text']],
  ['response.reasoning_summary_text', ['output', '[]', 'summary', '[]', 'text']],
  ['response.reasoning_summary_part', ['output', '[]', 'summary', '[]']],
  ['response.content_part', content],
  ['response.output_text.annotation', [...content, 'annotations', '[]']],
  ['response.function_call_arguments', ['output', '[]', 'arguments']],
  ['response.mcp_call_arguments', ['output', '[]', 'arguments']],
  ['response.custom_tool_call_input', ['output', '[]', 'input']],
  ['response.code_interpreter_call_code', ['output', '[]', 'code']],
  ['response.audio.transcript', [...content, 'transcript']]
])

function fieldOf(path: readonly string[], walk: Walk): readonly string[] {
  const [top, ...rest] = path
  if (top === 'response') return rest
  if (top === 'item') return ['output', '[]', ...rest]
  const at = fields.get(eventOf(walk).replace(/\.(?:delta|done|added)$/, ''))
  if (at === undefined) return ['output', '[]', ...path]
  return top === 'part' || top === 'annotation' ? [...at, ...rest] : at
}

function closing(walk: Walk): readonly string[] {
  const event = eventOf(walk)
  if (terminal.has(event)) return ['']
  if (event === 'response.output_item.done') return [itemOf(walk)]
  if (event === 'response.content_part.done')
    return ['output_text', 'refusal', 'reasoning_text'].map(what => prefixOf(walk, `response.${what}`))
  if (event === 'response.reasoning_summary_part.done')
    return [prefixOf(walk, 'response.reasoning_summary_text')]
  return event.endsWith('.done') ? [prefixOf(walk, event.slice(0, -'.done'.length))] : []
}

/** Citations in a stream count in the text of their part; in whole objects in the text beside them. */
function offsetKeyOf(slot: Slot, walk: Walk): string {
  const path = joinKeyOf(slot)
  if (path.startsWith('/annotation/')) return `${prefixOf(walk, 'response.output_text')}delta`
  return path.replace(/\/annotations\/.*$/, '/text')
}

/** The last delta again, with this text. */
function insert(key: string, text: string, like: Walk, sequence: number): InsertedEvent {
  const event = JSON.parse(like.source) as Record<string, unknown>
  const field = key.slice(key.lastIndexOf('/') + 1)
  const data = {
    ...event,
    sequence_number: sequence,
    delta: field === 'delta' ? text : { [field]: text },
    ...('logprobs' in event ? { logprobs: [] } : {}),
    ...('obfuscation' in event ? { obfuscation: '' } : {})
  }
  return { name: eventOf(like), data: JSON.stringify(data) }
}

/** Both SDK generations throw at an event with the key `error`; newer ones read `message` and `code` beside it. */
function failure(error: PublicError, sequence: number): string {
  const { error: body } = JSON.parse(openaiErrorBody(error)) as { error: object }
  const data = {
    type: 'error',
    sequence_number: sequence,
    code: error.code,
    message: error.message,
    param: null,
    error: body
  }
  return `event: error\ndata: ${JSON.stringify(data)}\n\n`
}
