import { object, type Shape } from '../../../core/json/shape.ts'
import type { Leaf, Note, Slot, Walk } from '../../../core/json/walker.ts'
import { errors } from '../../../errors.ts'
import type { Endpoint, OpaquePart, RequestFacts, RequestTarget, StateFacts } from '../../dialect.ts'
import { anything } from '../answer-parts.ts'
import { factsOf, modelOf, notesOf, objectId as id, sourceOf, usageOf, usesOf, valueOf } from '../facts.ts'
import { textsOfCaller, turnsIn } from '../turns.ts'
import { unstreamed } from '../unstreamed.ts'
import { responsesAnswer } from './answer.ts'
import { conversationRequest, metadata, responsesRequest } from './request.ts'
import { responsesStream } from './stream.ts'
import { clientTools } from './tools.ts'

/** Responses and Conversations. Source: OpenAI API reference; openai-node 7.57 types. */

const nothing: Shape = object({})
const flag = /^(?:true|false)$/
const word = /^[a-z][a-z0-9_.]{0,63}$/
const listQuery = new Map([
  ['limit', /^\d{1,4}$/],
  ['order', /^(?:asc|desc)$/],
  ['after', id],
  ['before', id],
  ['include', word],
  ['include[]', word]
])
const retrieveQuery = new Map([
  ['stream', flag],
  ['starting_after', /^\d{1,9}$/],
  ['include_obfuscation', flag],
  ['include', word],
  ['include[]', word]
])

interface Kind {
  readonly request?: Shape
  readonly read: Endpoint['read']
  readonly stream?: true
  readonly query?: ReadonlyMap<string, RegExp>
  readonly body?: 'none' | 'optional'
}

function endpoint(
  line: `${Endpoint['method']} /${string}`,
  operation: Endpoint['operation'],
  { request = nothing, read, stream, query, body }: Kind
): Endpoint {
  const [method, path = ''] = line.split(' ')
  return {
    method: method as Endpoint['method'],
    path: `/v1${path}`,
    upstreamPath: path,
    api: path.startsWith('/conversations') ? 'openai.conversations' : 'openai.responses',
    operation,
    request,
    answer: responsesAnswer,
    failure: anything,
    stream: stream ? responsesStream : unstreamed,
    read,
    usage: usageOf,
    ...(request === responsesRequest ? { tellable: textsOfCaller, resent: turnsIn('input') } : {}),
    ...(query === undefined ? {} : { query }),
    ...(body === undefined ? {} : { body })
  }
}

const stored = (effect: Partial<StateFacts> = {}) => ({
  read: (walk: Walk, target: RequestTarget) => readStored(walk, target, effect)
})

export const responses: readonly Endpoint[] = [
  endpoint('POST /responses', 'chat', { request: responsesRequest, read: readResponse, stream: true }),
  endpoint('POST /responses/compact', 'chat', { request: responsesRequest, read: readUnkept }),
  endpoint('POST /responses/input_tokens', 'chat', { request: responsesRequest, read: readUnkept }),
  endpoint('GET /responses/:response_id', 'stored_object', {
    ...stored(),
    stream: true,
    query: retrieveQuery
  }),
  endpoint('DELETE /responses/:response_id', 'stored_object', stored({ forgets: 'object' })),
  endpoint('POST /responses/:response_id/cancel', 'stored_object', { ...stored(), body: 'none' }),
  endpoint('GET /responses/:response_id/input_items', 'stored_object', { ...stored(), query: listQuery }),
  endpoint('POST /conversations', 'stored_object', {
    request: conversationRequest,
    body: 'optional',
    ...stored({ keeps: true })
  }),
  endpoint('GET /conversations/:conversation_id', 'stored_object', stored()),
  endpoint('POST /conversations/:conversation_id', 'stored_object', {
    request: object({ metadata }),
    ...stored()
  }),
  endpoint('DELETE /conversations/:conversation_id', 'stored_object', stored({ forgets: 'chain' })),
  endpoint('POST /conversations/:conversation_id/items', 'stored_object', {
    request: conversationRequest,
    query: listQuery,
    ...stored()
  }),
  endpoint('GET /conversations/:conversation_id/items', 'stored_object', { ...stored(), query: listQuery }),
  endpoint('GET /conversations/:conversation_id/items/:item_id', 'stored_object', {
    ...stored(),
    query: listQuery
  }),
  endpoint('DELETE /conversations/:conversation_id/items/:item_id', 'stored_object', stored())
]

function readResponse(walk: Walk): RequestFacts {
  return { ...readUnkept(walk), state: { ...stateOf(walk), keeps: valueOf(walk, 'store') !== false } }
}

function readUnkept(walk: Walk): RequestFacts {
  const facts = responseFacts(walk)
  return { ...facts, model: modelOf(walk), state: { ...stateOf(walk), keeps: false } }
}

/** Requests about a stored object: the provider is the one that has it. */
function readStored(walk: Walk, target: RequestTarget, effect: Partial<StateFacts>): RequestFacts {
  const stream = target.query.get('stream') === 'true'
  const after = target.query.get('starting_after')
  const [name] = target.ids
  return {
    ...responseFacts(walk),
    stream,
    model: null,
    state: {
      names: name === undefined ? [] : [name],
      keeps: false,
      ...effect,
      ...(stream && after !== undefined ? { startingAfter: Number(after) } : {})
    }
  }
}

function responseFacts(walk: Walk): Omit<RequestFacts, 'model'> {
  const facts = factsOf(walk)
  const pictures = notesOf(walk, 'result').filter(note => looksEncoded(sourceOf(walk, note)))
  return {
    ...facts,
    opaque: [
      ...facts.opaque,
      ...pictures.map((note): OpaquePart => ({ modality: 'image', slot: note.slot }))
    ],
    providerTools: providerToolsIn(walk),
    beginning: beginningOf(walk),
    said: saidIn(walk)
  }
}

/** Tools of Responses that the provider runs itself. */
export function providerToolsIn(walk: Walk): Slot[] {
  return [...notesOf(walk, 'tool'), ...notesOf(walk, 'environment')]
    .filter(note => runsAtProvider(walk, note))
    .map(note => note.slot)
}

function runsAtProvider(walk: Walk, note: Note): boolean {
  const type: unknown = JSON.parse(sourceOf(walk, note))
  if (typeof type !== 'string') return true
  return note.tag === 'environment' ? type !== 'local' : !clientTools.has(type)
}

/** A generated picture that is sent back; other results are text. */
function looksEncoded(source: string): boolean {
  return source.length > 200 && /^"[A-Za-z0-9+/=_-]+"$/.test(source)
}

/** What it goes on from, and the files and vector stores it uses. */
function stateOf(walk: Walk): Pick<StateFacts, 'names' | 'uses' | 'joins'> {
  const uses = usesOf(walk)
  return { ...namesOf(walk), ...(uses.length === 0 ? {} : { uses, joins: true }) }
}

/** @throws errors.FieldMissing for a name that is none */
export function namesOf(walk: Walk): Pick<StateFacts, 'names'> {
  const names = notesOf(walk, 'names')
    .map(note => sourceOf(walk, note))
    .filter(source => source !== 'null' && !source.startsWith('{'))
    .map(source => JSON.parse(source) as unknown)
  if (!names.every(name => typeof name === 'string' && id.test(name)))
    throw new errors.FieldMissing('conversation or previous_response_id', 'the id of a stored object')
  return { names: names as string[] }
}

/** Items the model makes; of messages only those of the assistant. */
const ownItems = new Set([
  'reasoning',
  'function_call',
  'custom_tool_call',
  'mcp_call',
  'mcp_approval_request',
  'code_interpreter_call',
  'program'
])

function saidIn(walk: Walk): Note[] {
  const own = new Set<unknown>()
  for (const note of walk.notes) {
    const isOwn =
      (note.tag === 'role' && sourceOf(walk, note) === '"assistant"') ||
      (note.tag === 'item' && ownItems.has(sourceOf(walk, note).slice(1, -1)))
    if (isOwn) own.add(note.slot.frame)
  }
  if (own.size === 0) return []
  return notesOf(walk, 'said').filter(({ slot }) => {
    for (let frame = slot.frame; frame !== null; frame = frame.slot.frame) if (own.has(frame)) return true
    return false
  })
}

/** Instructions and the first user turn; a plain `input` is one. */
function beginningOf(walk: Walk): string[] {
  const first = firstUser(walk)
  return walk.leaves.filter(leaf => isBeginning(leaf, first)).map(leaf => leaf.text)
}

function firstUser(walk: Walk): Slot['frame'] {
  const user = notesOf(walk, 'role').find(note => sourceOf(walk, note) === '"user"')
  return user?.slot.frame ?? null
}

function isBeginning({ slot }: Leaf, first: Slot['frame']): boolean {
  if (slot.frame?.slot.frame === null && (slot.key === 'instructions' || slot.key === 'input')) return true
  for (let frame = slot.frame; frame !== null; frame = frame.slot.frame) if (frame === first) return true
  return false
}
