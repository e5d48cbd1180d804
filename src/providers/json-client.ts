import { errors } from '../errors.ts'
import { HttpClient, type HttpClientOptions } from './http.ts'
import type { UpstreamCall } from './provider.ts'

/** Of one answer; a list of findings in a text of a megabyte is smaller. */
const MAX_ANSWER_BYTES = 8_388_608

/** Posts JSON to one service of the operator that is no AI provider. Host, TLS and redirects as for providers. */
export class JsonClient {
  readonly #id: string
  readonly #http: HttpClient

  /** @throws TypeError if the base URL is not allowed */
  constructor(options: HttpClientOptions) {
    this.#id = options.id
    this.#http = new HttpClient(options)
  }

  /** Host and, unless default, port. */
  get host(): string {
    return this.#http.host
  }

  /**
   * @param path starts with `/`
   * @returns what the JSON of the answer holds; attacker-controlled as far as the service lets text through
   * @throws errors.UpstreamTimeout after `budgetMs`, UpstreamTooLarge, UpstreamNotJson (also for any status but 200),
   * and what the connection throws
   */
  post(path: string, body: string, budgetMs: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = []
      let bytes = 0
      let status = 0
      const fail = (error: Error): void => {
        clearTimeout(timer)
        call.abort()
        reject(error)
      }
      const timer = setTimeout(() => fail(new errors.UpstreamTimeout(this.#id, 'answer')), budgetMs)
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const request = { path, method: 'POST', headers, body, stream: false } as const
      const call: UpstreamCall = this.#http.send(request, {
        onHead: code => {
          status = code
        },
        onData: chunk => {
          bytes += chunk.length
          if (bytes > MAX_ANSWER_BYTES) fail(new errors.UpstreamTooLarge(String(MAX_ANSWER_BYTES)))
          else chunks.push(chunk)
          return true
        },
        onEnd: () => {
          clearTimeout(timer)
          const value = status === 200 ? parsed(Buffer.concat(chunks).toString('utf8')) : undefined
          if (value === undefined) reject(new errors.UpstreamNotJson(this.#id))
          else resolve(value)
        },
        onError: fail
      })
    })
  }

  close(): Promise<void> {
    return this.#http.close()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
