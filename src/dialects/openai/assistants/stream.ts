import { joinKeyOf } from '../../../core/json/pointer.ts'
import type { Leaf, Walk } from '../../../core/json/walker.ts'
import type { InsertedEvent, Joined, StreamRules } from '../../dialect.ts'
import { openaiErrorBody } from '../error-body.ts'
import { valueOf } from '../facts.ts'
import { unstreamed } from '../unstreamed.ts'
import { assistantsEvent } from './answer.ts'

/**
 * How events of runs carry text. The texts of a stream are named `/<id of the message or step>/<path in it>`, with the
 * `index` of parts and tool calls.
 */
export const assistantsStream: StreamRules = {
  ...unstreamed,
  event: assistantsEvent,
  terminator: '[DONE]',
  join,
  closing,
  failed: walk => walk.notes.some(note => note.tag === 'error'),
  offsetKeyOf: (slot, walk) => {
    const text = joinKeyOf(slot).replace(/\/annotations\/.*$/, '/value')
    return isDelta(walk) ? keyOf(text, walk) : text
  },
  insert,
  failure: error => `event: error\ndata: ${openaiErrorBody(error)}\n\n`,
  whole: closed => closed.has('')
}

const ENDED = new Set(['completed', 'incomplete', 'failed', 'cancelled', 'expired', 'requires_action'])

function wordOf(walk: Walk, tag: string): string {
  const value = valueOf(walk, tag)
  return typeof value === 'string' ? value : ''
}

const kindOf = (walk: Walk): string => wordOf(walk, 'kind')
const isDelta = (walk: Walk): boolean => kindOf(walk).endsWith('.delta')
const prefixOf = (walk: Walk): string => `/${wordOf(walk, 'object')}/`

function keyOf(path: string, walk: Walk): string {
  return prefixOf(walk) + path.replace(/^\/delta\//, '')
}

function join(leaf: Leaf, walk: Walk): Joined | 'alone' | 'repeat' {
  if (leaf.kind !== 'text' && leaf.kind !== 'json') return 'alone'
  const path = joinKeyOf(leaf.slot)
  if (!isDelta(walk)) return 'repeat'
  return /\/(?:value|refusal|arguments|input|output|logs)$/.test(path)
    ? { key: keyOf(path, walk), kind: leaf.kind }
    : 'alone'
}

function closing(walk: Walk): readonly string[] {
  if (!ENDED.has(wordOf(walk, 'status'))) return []
  const kind = kindOf(walk)
  if (kind === 'thread.run') return ['']
  return kind === 'thread.message' || kind === 'thread.run.step' ? [prefixOf(walk)] : []
}

/** The last delta of the text again, with this text only. */
function insert(key: string, text: string, like: Walk): InsertedEvent {
  const [, id = '', ...path] = key.split('/')
  const name = path[0] === 'content' ? 'thread.message.delta' : 'thread.run.step.delta'
  const delta = path.reduceRight<unknown>(
    (value, step, at) =>
      /^\d+$/.test(step)
        ? [{ index: Number(step), ...typeOf(path, at), ...(value as object) }]
        : { [step]: value, ...(step === 'tool_calls' ? { type: 'tool_calls' } : {}) },
    text
  )
  const { object = name } = JSON.parse(like.source) as { readonly object?: string }
  return { name, data: JSON.stringify({ id, object: object.endsWith('.delta') ? object : name, delta }) }
}

/** Parts and tool calls carry a type beside their text: what their field is called. */
function typeOf(path: readonly string[], at: number): object {
  const field = path[at + 1] ?? ''
  return path[at - 1] === 'outputs' ? { type: 'logs' } : { type: field }
}
