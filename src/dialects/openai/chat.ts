import { ancestor, joinKeyOf } from '../../core/json/pointer.ts'
import type { Leaf, Note, Slot, Walk } from '../../core/json/walker.ts'
import { errors } from '../../errors.ts'
import type { Endpoint, OpaquePart, RequestFacts, StreamRules, Usage } from '../dialect.ts'
import { chatAnswer, chatChunk, failure } from './chat-answer.ts'
import { chatRequest } from './chat-request.ts'
import { openaiErrorBody } from './error-body.ts'

/** `POST /v1/chat/completions`, streaming and not. Source: OpenAI API reference; openai-node 7.57 types. */
export const chatCompletions: Endpoint = {
  method: 'POST',
  path: '/v1/chat/completions',
  upstreamPath: '/chat/completions',
  api: 'openai.chat_completions',
  operation: 'chat',
  request: chatRequest,
  answer: chatAnswer,
  failure,
  stream: streamRules(),
  read,
  usage
}

/** Names that can be logged and matched: no spaces, no `@` addresses, bounded. */
const modelName = /^[A-Za-z0-9._:/@-]{1,128}$/

function read(walk: Walk): RequestFacts {
  const model = valueOf(walk, 'model')
  if (typeof model !== 'string') throw new errors.FieldMissing('model', 'a string')
  if (!modelName.test(model)) throw new errors.ModelMalformed()
  return {
    model,
    stream: valueOf(walk, 'stream') === true,
    beginning: beginningOf(walk),
    stops: walk.leaves.filter(leaf => leaf.slot.label === 'stop' && joinKeyOf(leaf.slot).startsWith('/stop')),
    opaque: (['image', 'audio', 'file'] as const).flatMap(modality =>
      notes(walk, modality).map((note): OpaquePart => ({ modality, slot: note.slot }))
    ),
    providerTools: notes(walk, 'providerTools').map(note => note.slot)
  }
}

/** Text of the first system (or developer) and the first user message, in order of appearance. */
function beginningOf(walk: Walk): string[] {
  const wanted = new Set(['system', 'developer', 'user'])
  const frames = new Set<unknown>()
  for (const note of notes(walk, 'role')) {
    const role = sourceOf(walk, note).slice(1, -1)
    if (!wanted.has(role)) continue
    if (role === 'user') wanted.clear()
    else for (const kind of ['system', 'developer']) wanted.delete(kind)
    frames.add(note.slot.frame)
  }
  return walk.leaves.filter(leaf => frames.has(messageOf(leaf))).map(leaf => leaf.text)
}

/** The element of `messages` that a leaf stands in. */
function messageOf(leaf: Leaf): unknown {
  for (let frame = leaf.slot.frame; frame !== null; frame = frame.slot.frame) {
    if (frame.slot.frame?.slot.key === 'messages') return frame
  }
  return null
}

function usage(walk: Walk): Usage {
  const found: Record<string, number> = {}
  for (const tag of ['inputTokens', 'outputTokens', 'cachedInputTokens', 'reasoningTokens']) {
    const value = valueOf(walk, tag)
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) found[tag] = value
  }
  return found
}

const joined = /^\/choices\/\d+\/delta\/(?:content|refusal|reasoning|tool_calls|function_call|audio)/
const reasoning = /^\/choices\/\d+\/delta\/reasoning/
const choicePrefix = /^\/choices\/\d+\//

function streamRules(): StreamRules {
  return {
    event: chatChunk,
    terminator: '[DONE]',
    keyOf: leaf => {
      if (leaf.kind !== 'text' && leaf.kind !== 'json') return null
      const key = joinKeyOf(leaf.slot)
      return joined.test(key) ? key : null
    },
    closing: walk =>
      notes(walk, 'finish')
        .filter(note => sourceOf(walk, note) !== 'null')
        .map(note => `/choices/${indexOf(note.slot)}/`),
    closedBy: key => (reasoning.test(key) ? null : `${choicePrefix.exec(key)?.[0] ?? ''}delta/reasoning`),
    offsetKeyOf: slot => {
      const key = joinKeyOf(slot)
      const choice = choicePrefix.exec(key)?.[0]
      if (choice === undefined) return null
      return `${choice}${key.startsWith(`${choice}message/`) ? 'message' : 'delta'}/content`
    },
    insert,
    failure: error => `data: ${openaiErrorBody(error)}\n\n`,
    whole: closed => closed.size > 0
  }
}

/** `index` of the choice; its position where a provider leaves it out. */
function indexOf(slot: Slot): number {
  const choice = ancestor(slot, 1)
  if (choice === null) return 0
  return choice.index >= 0 ? choice.index : Number(choice.slot.key)
}

/** A chunk with one delta, with the envelope of its neighbours. */
function insert(key: string, text: string, like: Walk): string {
  const neighbour = JSON.parse(like.source) as Readonly<Record<string, unknown>>
  const envelope = ['id', 'created', 'model', 'system_fingerprint'].filter(name => name in neighbour)
  const [, , choice = '0', , ...path] = key.split('/')
  const delta = path.reduceRight<unknown>(
    (value, name, at) =>
      /^\d+$/.test(name)
        ? [{ index: Number(name), ...(value as object) }]
        : { [name]: value, ...typeOf(path, at) },
    text
  )
  return JSON.stringify({
    ...Object.fromEntries(envelope.map(name => [name, neighbour[name]])),
    object: 'chat.completion.chunk',
    choices: [{ index: Number(choice), delta, finish_reason: null }]
  })
}

/** Parts of a content array and reasoning details carry a type beside their text. */
function typeOf(path: readonly string[], at: number): object {
  if (at !== path.length - 1) return {}
  if (path[0] === 'content' && path.length > 1) return { type: path[at] }
  if (path[0] === 'reasoning_details') return { type: `reasoning.${path[at]}` }
  return {}
}

function notes(walk: Walk, tag: string): Note[] {
  return walk.notes.filter(note => note.tag === tag)
}

function sourceOf(walk: Walk, note: Note): string {
  return walk.source.slice(note.start, note.end)
}

/** The first value with this tag, parsed; undefined when there is none or it is an object or array. */
function valueOf(walk: Walk, tag: string): unknown {
  const note = walk.notes.find(note => note.tag === tag)
  if (note === undefined) return undefined
  const source = sourceOf(walk, note)
  return /^[[{]/.test(source) ? undefined : (JSON.parse(source) as unknown)
}
