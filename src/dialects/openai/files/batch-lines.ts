import type { DocumentFormat } from '../../../core/documents/document.ts'
import { linesOf } from '../../../core/documents/json.ts'
import { fixed, identifier, object, word } from '../../../core/json/shape.ts'
import type { Walk } from '../../../core/json/walker.ts'
import { errors } from '../../../errors.ts'
import type { Endpoint, RequestFacts, StateFacts } from '../../dialect.ts'
import { chatCompletions } from '../chat.ts'
import { completions } from '../completions.ts'
import { embeddings } from '../embeddings.ts'
import { factsOf, modelName, notesOf, sourceOf, tokensOf, usesOf } from '../facts.ts'
import { moderations } from '../moderations.ts'
import { namesOf, providerToolsIn, responses } from '../responses/endpoints.ts'

/** Endpoints that a line of a batch may be for. */
const batched: ReadonlyMap<string, Endpoint> = new Map(
  [chatCompletions, completions, embeddings, moderations, ...responses.slice(0, 1)].map(endpoint => [
    endpoint.path,
    endpoint
  ])
)

/** The input of a batch: a request per line, each under the rules of its own endpoint. */
export const batchLines: DocumentFormat = {
  extensions: ['jsonl'],
  types: ['application/jsonl'],
  read: (text, into) => {
    let number = 0
    for (const { line, at } of linesOf(text)) {
      const endpoint = endpointOf(line, ++number)
      const shape = { custom_id: identifier, method: word, url: fixed, body: endpoint.request }
      into.json(line, at, object(shape))
    }
    return text
  }
}

/** What the gateway must know of all lines together. @throws errors.ModelMalformed, FieldMissing */
export function batchFacts(walk: Walk): Omit<RequestFacts, 'model' | 'beginning' | 'state'> & {
  readonly state: Pick<StateFacts, 'names' | 'uses' | 'joins'>
} {
  const facts = factsOf(walk)
  const models = notesOf(walk, 'model').map(note => JSON.parse(sourceOf(walk, note)) as unknown)
  if (!models.every(model => typeof model === 'string' && modelName.test(model)))
    throw new errors.ModelMalformed()
  return {
    ...facts,
    stream: false,
    opaque: [...facts.opaque, ...tokensOf(walk, 'input'), ...tokensOf(walk, 'prompt')],
    providerTools: [...facts.providerTools, ...providerToolsIn(walk)],
    models: [...new Set(models as string[])],
    state: { ...namesOf(walk), uses: usesOf(walk), joins: true }
  }
}

/** @throws errors.LineNotRequest, LineNotCovered */
function endpointOf(line: string, number: number): Endpoint {
  const request = parsed(line)
  const { custom_id: id, method, url, body } = request
  if (typeof id !== 'string' || method !== 'POST' || typeof url !== 'string' || typeof body !== 'object')
    throw new errors.LineNotRequest(String(number))
  const endpoint = batched.get(url)
  if (endpoint === undefined) throw new errors.LineNotCovered(String(number))
  return endpoint
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line)) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}
