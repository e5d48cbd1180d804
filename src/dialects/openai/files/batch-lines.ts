import type { DocumentFormat, DocumentTexts } from '../../../core/documents/document.ts'
import { linesOf } from '../../../core/documents/json.ts'
import { FREE, fixed, identifier, noted, object, word } from '../../../core/json/shape.ts'
import type { Slot } from '../../../core/json/walker.ts'
import { errors } from '../../../errors.ts'
import type { Endpoint } from '../../dialect.ts'
import { chatCompletions } from '../chat.ts'
import { completions } from '../completions.ts'
import { embeddings } from '../embeddings.ts'
import { moderations } from '../moderations.ts'
import { responses } from '../responses/endpoints.ts'

/** Endpoints that a line of a batch may be for, by path. */
export const batched: ReadonlyMap<string, Endpoint> = new Map(
  [chatCompletions, completions, embeddings, moderations, ...responses.slice(0, 1)].map(endpoint => [
    endpoint.path,
    endpoint
  ])
)

/** A line without its request, which is read by the map of its own endpoint. */
const line = object({ custom_id: identifier, method: word, url: fixed, body: noted('body', FREE) })

/** The input of a batch: a request per line, each under the rules of its own endpoint. */
export const batchLines: DocumentFormat = {
  extensions: ['jsonl'],
  types: ['application/jsonl'],
  tells: true,
  open: () => {
    let number = 0
    return {
      take: (text, last, into) => {
        const end = last ? text.length : text.lastIndexOf('\n') + 1
        if (end === 0) return 'more'
        for (const { line, at } of linesOf(text.slice(0, end))) readLine(line, at, ++number, into)
        return { end }
      }
    }
  }
}

function readLine(source: string, at: number, number: number, into: DocumentTexts): void {
  const { path, request } = endpointOf(source, number)
  const [body] = into.json(source, at, line, ({ slot }) => fieldOf(slot) !== 'body')
  if (body === undefined) throw new errors.LineNotRequest(String(number))
  into.request(path, source.slice(body.start - at, body.end - at), body.start, request)
}

/** The field of the line that a value stands in. */
function fieldOf(slot: Slot): string | number {
  let at = slot
  while (at.frame !== null && at.frame.slot.frame !== null) at = at.frame.slot
  return at.key
}

/** @throws errors.LineNotRequest, LineNotCovered */
function endpointOf(line: string, number: number): Endpoint {
  const request = parsed(line)
  const { custom_id: id, method, url, body } = request
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  if (typeof id !== 'string' || method !== 'POST' || typeof url !== 'string' || !isObject)
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
