import { HttpClient, type HttpClientOptions } from './http.ts'
import type { Timeouts } from './provider.ts'

/** An answer read whole. */
export interface SmallAnswer {
  readonly status: number
  /** The bytes as UTF-8. */
  readonly body: string
  readonly bytes: Buffer
}

/** Answers to messages are short: acknowledgements, key sets. More is cut off. */
const MAX_ANSWER_BYTES = 65_536

/** Exchanges small messages with one fixed URL; TLS, redirects and bounds as for providers. */
export class MessageSender {
  readonly #client: HttpClient
  readonly #path: string

  /**
   * @param id for errors
   * @param network whether the host may stand in a private network, and certificates besides those of the system
   * @throws TypeError if the URL is not allowed
   */
  constructor(
    id: string,
    url: string,
    timeouts: Timeouts,
    network: Pick<HttpClientOptions, 'privateNetwork' | 'tls'> = {}
  ) {
    const { origin, pathname } = new URL(url)
    this.#path = pathname
    this.#client = new HttpClient({
      id,
      baseUrl: url.endsWith(pathname) ? origin : url,
      timeouts,
      ...network
    })
  }

  post(headers: Readonly<Record<string, string>>, body: string | Buffer): Promise<SmallAnswer> {
    return this.#exchange('POST', headers, body)
  }

  get(headers: Readonly<Record<string, string>> = {}): Promise<SmallAnswer> {
    return this.#exchange('GET', headers, null)
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  /** @throws errors of the catalogue when there is no whole answer, or one larger than 64 KiB */
  #exchange(
    method: 'POST' | 'GET',
    headers: Readonly<Record<string, string>>,
    body: string | Buffer | null
  ): Promise<SmallAnswer> {
    return new Promise((resolve, reject) => {
      let status = 0
      let size = 0
      const chunks: Buffer[] = []
      this.#client.send(
        { path: this.#path, method, headers, body, stream: false },
        {
          onHead: code => {
            status = code
          },
          onData: chunk => {
            size += chunk.length
            if (size <= MAX_ANSWER_BYTES) chunks.push(chunk)
            return true
          },
          onEnd: () => {
            const bytes = Buffer.concat(chunks)
            resolve({ status, body: bytes.toString('utf8'), bytes })
          },
          onError: reject
        }
      )
    })
  }
}
