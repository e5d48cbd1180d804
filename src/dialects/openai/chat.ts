import { ancestor, joinKeyOf } from '../../core/json/pointer.ts'
import type { Note, Slot, Walk } from '../../core/json/walker.ts'
import type { Endpoint, InsertedEvent, RequestFacts, StreamRules } from '../dialect.ts'
import { chatAnswer, chatChunk, failure } from './chat-answer.ts'
import { chatRequest } from './chat-request.ts'
import { openaiErrorBody } from './error-body.ts'
import { factsOf, modelOf, notesOf, sourceOf, usageOf, usesOf } from './facts.ts'
import { textsOfCaller, turnsIn } from './turns.ts'

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
  usage: usageOf,
  resent: turnsIn('messages'),
  tellable: textsOfCaller
}

function read(walk: Walk): RequestFacts {
  const uses = usesOf(walk)
  return {
    ...factsOf(walk),
    model: modelOf(walk),
    beginning: beginningOf(walk),
    said: saidIn(walk),
    ...(uses.length === 0 ? {} : { state: { names: [], uses, keeps: false } })
  }
}

/** Text of the first system (or developer) and the first user message, in order of appearance. */
function beginningOf(walk: Walk): string[] {
  const wanted = new Set(['system', 'developer', 'user'])
  const frames = new Set<unknown>()
  for (const note of notesOf(walk, 'role')) {
    const role = sourceOf(walk, note).slice(1, -1)
    if (!wanted.has(role)) continue
    if (role === 'user') wanted.clear()
    else for (const kind of ['system', 'developer']) wanted.delete(kind)
    frames.add(note.slot.frame)
  }
  return walk.leaves.filter(leaf => frames.has(messageOf(leaf))).map(leaf => leaf.text)
}

/** Values of assistant messages that are earlier answers. */
function saidIn(walk: Walk): Note[] {
  const assistants = new Set<unknown>()
  for (const note of notesOf(walk, 'role'))
    if (sourceOf(walk, note) === '"assistant"') assistants.add(note.slot.frame)
  if (assistants.size === 0) return []
  return notesOf(walk, 'said').filter(note => assistants.has(messageOf(note)))
}

/** The element of `messages` that a leaf or value stands in. */
function messageOf({ slot }: { readonly slot: Slot }): unknown {
  for (let frame = slot.frame; frame !== null; frame = frame.slot.frame) {
    if (frame.slot.frame?.slot.key === 'messages') return frame
  }
  return null
}

const joined = /^\/choices\/\d+\/delta\/(?:content|refusal|reasoning|tool_calls|function_call|audio)/
const reasoning = /^\/choices\/\d+\/delta\/reasoning/
const choicePrefix = /^\/choices\/\d+\//

function streamRules(): StreamRules {
  return {
    event: chatChunk,
    terminator: '[DONE]',
    join: leaf => {
      if (leaf.kind !== 'text' && leaf.kind !== 'json') return 'alone'
      const key = joinKeyOf(leaf.slot)
      return joined.test(key) ? { key, kind: leaf.kind } : 'alone'
    },
    failed: walk => walk.notes.some(note => note.tag === 'error'),
    closing: walk =>
      notesOf(walk, 'finish')
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
    // choices[].delta.content is choices[].message.content
    fieldOf: path => (path[2] === 'delta' ? path.with(2, 'message') : path),
    isSaid: key => key.startsWith('/choices/'),
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
function insert(key: string, text: string, like: Walk): InsertedEvent {
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
  const data = JSON.stringify({
    ...Object.fromEntries(envelope.map(name => [name, neighbour[name]])),
    object: 'chat.completion.chunk',
    choices: [{ index: Number(choice), delta, finish_reason: null }]
  })
  return { data }
}

/** Parts of a content array and reasoning details carry a type beside their text. */
function typeOf(path: readonly string[], at: number): object {
  if (at !== path.length - 1) return {}
  if (path[0] === 'content' && path.length > 1) return { type: path[at] }
  if (path[0] === 'reasoning_details') return { type: `reasoning.${path[at]}` }
  return {}
}
