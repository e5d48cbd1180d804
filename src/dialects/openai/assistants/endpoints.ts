import type { Walk } from '../../../core/json/walker.ts'
import type { Api } from '../../../core/apis.ts'
import type { Endpoint, RequestFacts, RequestTarget, StateFacts } from '../../dialect.ts'
import { modelOf, valueOf } from '../facts.ts'
import { providerToolsIn } from '../responses/endpoints.ts'
import { listQuery, type StoredKind, storedEndpoint, storedFacts } from '../stored.ts'
import { assistantsAnswer } from './answer.ts'
import {
  assistantRequest,
  messageRequest,
  metadataRequest,
  runRequest,
  threadRequest,
  threadRunRequest,
  toolOutputs
} from './requests.ts'
import { assistantsStream } from './stream.ts'

/**
 * Assistants, threads and runs. A thread holds what was said in it, and from a run on what its assistant holds, its files
 * and its stores. Source: OpenAI API reference; openai-node 7.57 types.
 */

const runQuery = new Map([
  ...listQuery,
  ['include', /^[a-z_[\].*]{1,80}$/],
  ['include[]', /^[a-z_[\].*]{1,80}$/]
])
const messageQuery = new Map([...listQuery, ['run_id', /^[\w-]{1,128}$/]])

type Kind = Omit<StoredKind, 'answer' | 'read'>

function at(api: Api, line: `${Endpoint['method']} /${string}`, { state, ...kind }: Kind = {}): Endpoint {
  return storedEndpoint(api, line, {
    answer: assistantsAnswer,
    ...kind,
    read: (walk, target) => readFacts(walk, target, state)
  })
}

function readFacts(walk: Walk, target: RequestTarget, state: Partial<StateFacts> = {}): RequestFacts {
  const facts = storedFacts(walk, target, { joins: true, ...state })
  return {
    ...facts,
    // An assistant has its model; a run may name another.
    model: valueOf(walk, 'model') === undefined || valueOf(walk, 'model') === null ? null : modelOf(walk),
    providerTools: [...facts.providerTools, ...providerToolsIn(walk)]
  }
}

const makes: Partial<StateFacts> = { keeps: true }
const assistants = 'openai.assistants'
const threads = 'openai.threads'
const run: Kind = { request: runRequest, stream: assistantsStream, query: runQuery, operation: 'chat' }

export const assistantEndpoints: readonly Endpoint[] = [
  at(assistants, 'POST /assistants', { request: assistantRequest, state: makes }),
  at(assistants, 'GET /assistants', { query: listQuery, state: { lists: true } }),
  at(assistants, 'GET /assistants/:assistant_id'),
  at(assistants, 'POST /assistants/:assistant_id', { request: assistantRequest }),
  at(assistants, 'DELETE /assistants/:assistant_id', { state: { forgets: 'object' } }),
  at(threads, 'POST /threads', { request: threadRequest, body: 'optional', state: makes }),
  at(threads, 'POST /threads/runs', { ...run, request: threadRunRequest, state: makes }),
  at(threads, 'GET /threads/:thread_id'),
  at(threads, 'POST /threads/:thread_id', { request: threadRequest }),
  at(threads, 'DELETE /threads/:thread_id', { state: { forgets: 'chain' } }),
  at(threads, 'POST /threads/:thread_id/messages', { request: messageRequest }),
  at(threads, 'GET /threads/:thread_id/messages', { query: messageQuery }),
  at(threads, 'GET /threads/:thread_id/messages/:message_id'),
  at(threads, 'POST /threads/:thread_id/messages/:message_id', { request: metadataRequest }),
  at(threads, 'DELETE /threads/:thread_id/messages/:message_id'),
  at(threads, 'POST /threads/:thread_id/runs', run),
  at(threads, 'GET /threads/:thread_id/runs', { query: listQuery }),
  at(threads, 'GET /threads/:thread_id/runs/:run_id'),
  at(threads, 'POST /threads/:thread_id/runs/:run_id', { request: metadataRequest }),
  at(threads, 'POST /threads/:thread_id/runs/:run_id/cancel', { body: 'none' }),
  at(threads, 'POST /threads/:thread_id/runs/:run_id/submit_tool_outputs', {
    request: toolOutputs,
    stream: assistantsStream
  }),
  at(threads, 'GET /threads/:thread_id/runs/:run_id/steps', { query: runQuery }),
  at(threads, 'GET /threads/:thread_id/runs/:run_id/steps/:step_id', { query: runQuery })
]
