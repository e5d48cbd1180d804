import net from 'node:net'
import { FENCE } from './bodies.ts'

/**
 * The provider of the benchmark, a process of its own: reads a request, answers with what stands between the fences
 * of the last message, as JSON or as a stream of as many chunks as the model's name says, without pauses.
 * It parses as little as it can, so that it costs little beside what is measured.
 * `GET /seen` answers with the last body, so that a run can check what reached the provider.
 */

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: '
const ANSWER =
  '{"id":"chatcmpl-CfT3nq8WvKx0","object":"chat.completion","created":1763683200,"model":"sim","choices":[{"index":0,' +
  '"message":{"role":"assistant","content":"'
const ANSWER_END =
  '","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":512,' +
  '"completion_tokens":128,"total_tokens":640,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},' +
  '"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}},"service_tier":"default",' +
  '"system_fingerprint":"fp_51e1070cf2"}'
const CHUNK =
  'data: {"id":"chatcmpl-CfT3nq8WvKx0","object":"chat.completion.chunk","created":1763683200,"model":"sim",' +
  '"service_tier":"default","system_fingerprint":"fp_51e1070cf2","choices":[{"index":0,"delta":'

let lastBody: Buffer = Buffer.alloc(0)

function framed(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

function chunk(delta: string, finish: string): string {
  return framed(`${CHUNK}${delta},"logprobs":null,"finish_reason":${finish}}]}\n\n`)
}

/**
 * The text is said once per 50 chunks and cut evenly, also inside pseudonyms, as tokens would be.
 * @returns the head with the first event, and all the rest
 */
function streamAnswer(echo: string, chunks: number): [Buffer, Buffer] {
  const text = (JSON.parse(`"${echo}"`) as string).repeat(Math.ceil(chunks / 50))
  const head = `${HEAD}text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n`
  const first = Buffer.from(head + chunk('{"role":"assistant","content":"","refusal":null}', 'null'))
  let out = ''
  for (let i = 0; i < chunks; i++) {
    const piece = text.slice(
      Math.floor((i * text.length) / chunks),
      Math.floor(((i + 1) * text.length) / chunks)
    )
    out += chunk(`{"content":${JSON.stringify(piece)}}`, 'null')
  }
  return [first, Buffer.from(`${out}${chunk('{}', '"stop"')}${framed('data: [DONE]\n\n')}0\r\n\r\n`)]
}

/** Streams go out in two writes, in two turns of the event loop, so that a first event can be seen before the rest. */
function answer(socket: net.Socket, body: Buffer): void {
  const end = body.lastIndexOf(FENCE)
  const start = body.lastIndexOf(FENCE, end - 1) + FENCE.length
  const chunks = Number(/"sim-(\d+)"/.exec(body.toString('latin1', 0, 40))?.[1] ?? 0)
  if (chunks > 0) {
    const [first, rest] = streamAnswer(body.toString('utf8', start, end), chunks)
    socket.write(first)
    setImmediate(() => socket.write(rest))
    return
  }
  const length = Buffer.byteLength(ANSWER) + (end - start) + Buffer.byteLength(ANSWER_END)
  const head = `${HEAD}application/json\r\ncontent-length: ${length}\r\nx-request-id: req_5f2a\r\n\r\n${ANSWER}`
  socket.write(Buffer.concat([Buffer.from(head), body.subarray(start, end), Buffer.from(ANSWER_END)]))
}

function seen(): Buffer {
  const head = `${HEAD}application/json\r\ncontent-length: ${lastBody.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), lastBody])
}

/** Content-length framing is enough: undici and Node's client use it for bodies they hold whole. */
function serve(socket: net.Socket): void {
  let pending: Buffer = Buffer.alloc(0)
  socket.setNoDelay(true)
  socket.on('error', () => {})
  socket.on('data', (data: Buffer) => {
    pending = pending.length === 0 ? data : Buffer.concat([pending, data])
    for (;;) {
      const headEnd = pending.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const head = pending.toString('latin1', 0, headEnd)
      if (head.startsWith('GET')) {
        pending = pending.subarray(headEnd + 4)
        socket.write(seen())
        continue
      }
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1])
      if (Number.isNaN(length)) throw new Error('the simulator needs content-length')
      const bodyEnd = headEnd + 4 + length
      if (pending.length < bodyEnd) return
      lastBody = pending.subarray(headEnd + 4, bodyEnd)
      pending = pending.subarray(bodyEnd)
      answer(socket, lastBody)
    }
  })
}

const server = net.createServer(serve)
server.listen(0, '127.0.0.1', () => {
  console.log(`listening at http://127.0.0.1:${(server.address() as net.AddressInfo).port}`)
})
