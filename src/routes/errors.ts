import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Dialect } from '../dialects/dialect.ts'
import { errors, isPublicError, type PublicError } from '../errors.ts'

/** Seconds after which an overloaded gateway is worth another try. */
const retryAfterSeconds = 1
/** Statuses that stay the same however often a request is sent. SDKs retry 5xx and 409 unless told not to. */
const final = new Set([500, 501])

/** The one place where errors become answers: in the caller's own error shape, without any text of the request. */
export function errorAnswers(app: FastifyInstance, dialects: readonly Dialect[]): void {
  const dialect = dialects[0]
  const answer = (reply: FastifyReply, error: PublicError): FastifyReply => {
    const { decisionId, retried } = notesOf(error)
    if (error.statusCode === 503) reply.header('retry-after', retryAfterSeconds)
    if (retried || isFinal(error.statusCode)) reply.header('x-should-retry', 'false')
    if (decisionId !== undefined) reply.header('x-schleuse-decision-id', decisionId)
    return reply
      .headers(error.headers ?? {})
      .code(error.statusCode)
      .header('x-schleuse-request-id', reply.request.id)
      .type('application/json')
      .send(dialect?.errorBody(error) ?? '')
  }
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const shown = publicForm(error)
    if (shown.statusCode >= 500) logFault(request, error, shown)
    if (shown.statusCode === 413 || shown.statusCode === 503) reply.header('connection', 'close')
    return answer(reply, shown)
  })
  app.setNotFoundHandler((_request, reply) => answer(reply, new errors.EndpointNotCovered()))
}

function isFinal(status: number): boolean {
  return status < 500 || final.has(status)
}

/** What the pipeline noted on an error: the decision it comes from, and that the gateway has retried already. */
function notesOf(error: object): { readonly decisionId: string | undefined; readonly retried: boolean } {
  return {
    decisionId: 'decisionId' in error && typeof error.decisionId === 'string' ? error.decisionId : undefined,
    retried: 'retried' in error && error.retried === true
  }
}

function publicForm(error: FastifyError): PublicError {
  if (isPublicError(error)) return error
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new errors.BodyMediaType()
  return new errors.Internal()
}

/** Name, code and place of a fault. Its message may quote content and is not logged. */
function logFault(request: FastifyRequest, error: Error, shown: PublicError): void {
  const cause = error.cause instanceof Error ? error.cause : error
  const at = cause.stack
    ?.split('\n')
    .find(line => /^\s+at /.test(line))
    ?.trim()
  request.log.error({ requestId: request.id, code: shown.code, fault: cause.name, at }, 'request failed')
}
