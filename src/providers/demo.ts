import { hash } from 'node:crypto'
import type { Clock } from '../core/clock.ts'
import { type Credential, createCredential } from './credentials.ts'
import { assist, echo } from './demo/answer.ts'
import { isRefusal, type Refusal, readRequest } from './demo/request.ts'
import { renderEvents, renderJson } from './demo/render.ts'
import { declared, type DeploymentConfig, type ProviderKind } from './kind.ts'
import type { Deployment, Provider, UpstreamCall, UpstreamHandler, UpstreamRequest } from './provider.ts'
import { internalError } from './upstream-error.ts'

/**
 * The built-in provider: answers OpenAI chat completions in this process, without network or model, so that a newcomer
 * and every test see the gateway at work. It gets the bytes any provider would get, and the same bytes always get the
 * same answer. `demo/echo` shows what it received; `demo/assistant` calls tools, fills schemas and quotes.
 */
export const demo: ProviderKind = {
  kind: 'demo',
  create: (config, deps) => new DemoProvider(config, deps.clock)
}

const answers = new Map([
  ['demo/echo', echo],
  ['demo/assistant', assist]
])

class DemoProvider implements Provider {
  readonly deployment: Deployment
  readonly credential: Credential
  readonly evidence = null
  readonly #clock: Clock

  constructor(config: DeploymentConfig, clock: Clock) {
    this.deployment = { ...declared(config), host: 'in-process', credential: 'none' }
    this.credential = createCredential(config.id, { from: 'none' }, clock)
    this.#clock = clock
  }

  send(request: UpstreamRequest, handler: UpstreamHandler): UpstreamCall {
    return new DemoCall(() => answer(request, this.#clock), handler)
  }

  async close(): Promise<void> {}
}

interface DemoAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly parts: Iterator<string, void, undefined>
}

function answer(request: UpstreamRequest, clock: Clock): DemoAnswer {
  // forms are for endpoints that the demo does not have
  const body = typeof request.body === 'string' || Buffer.isBuffer(request.body) ? request.body : ''
  const seed = hash('sha256', body)
  const head = (type: string) =>
    new Map([
      ['content-type', type],
      ['x-request-id', `req_${seed.slice(0, 32)}`]
    ])
  const json = (status: number, text: string) => ({
    status,
    headers: head('application/json'),
    parts: [text].values()
  })
  const refuse = ({ status, message, param, code }: Refusal) =>
    json(status, JSON.stringify({ error: { message, type: 'invalid_request_error', param, code } }))

  if (request.method !== 'POST' || request.path !== '/chat/completions') {
    return refuse({
      status: 404,
      message: 'The demo answers POST /chat/completions only.',
      param: null,
      code: null
    })
  }
  const chat = readRequest(body)
  if (isRefusal(chat)) return refuse(chat)
  const respond = answers.get(chat.model)
  if (!respond) {
    const message = `The demo has the models ${[...answers.keys()].join(' and ')}.`
    return refuse({ status: 404, message, param: 'model', code: 'model_not_found' })
  }
  const stamp = { seed, created: Math.floor(clock.now() / 1000) }
  if (!chat.stream) return json(200, renderJson(chat, respond(chat), stamp))
  const headers = head('text/event-stream; charset=utf-8')
  return { status: 200, headers, parts: renderEvents(chat, respond(chat), stamp) }
}

/** Hands out an answer piece by piece, one per turn of the event loop, as a network would. */
class DemoCall implements UpstreamCall {
  readonly #handler: UpstreamHandler
  readonly #answer: () => DemoAnswer
  #parts: Iterator<string, void, undefined> | null = null
  #turn: NodeJS.Immediate | null = null
  #done = false

  constructor(answer: () => DemoAnswer, handler: UpstreamHandler) {
    this.#answer = answer
    this.#handler = handler
    this.resume()
  }

  resume(): void {
    if (!this.#done) this.#turn ??= setImmediate(() => this.#next())
  }

  abort(): void {
    this.#done = true
    if (this.#turn) clearImmediate(this.#turn)
  }

  #next(): void {
    this.#turn = null
    try {
      if (this.#step()) this.resume()
    } catch (error) {
      if (this.#done) return
      this.#done = true
      this.#handler.onError(internalError(error))
    }
  }

  /** @returns whether to go on at once */
  #step(): boolean {
    if (!this.#parts) {
      const { status, headers, parts } = this.#answer()
      this.#parts = parts
      this.#handler.onHead(status, headers)
      return true
    }
    const part = this.#parts.next()
    if (part.done !== true) return this.#handler.onData(Buffer.from(part.value))
    this.#handler.onEnd()
    this.#done = true
    return false
  }
}
