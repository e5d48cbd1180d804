import Fastify, { type FastifyReply } from 'fastify'
import { request } from 'undici'

/**
 * Baseline (c): Fastify that parses and re-serialises JSON and forwards with undici `request`; streams are read event
 * by event, each parsed and re-serialised. Argument: the provider's origin.
 */
const upstream = `${process.argv[2] ?? ''}/v1/chat/completions`
const app = Fastify({ bodyLimit: 33_554_432 })

app.post('/v1/chat/completions', async (incoming, reply) => {
  const body = incoming.body as { stream?: boolean }
  const answer = await request(upstream, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: incoming.headers.authorization ?? '' },
    body: JSON.stringify(body)
  })
  if (body.stream) return relayEvents(answer.body, reply)
  return reply.code(answer.statusCode).send(await answer.body.json())
})

async function relayEvents(body: AsyncIterable<Buffer>, reply: FastifyReply): Promise<void> {
  reply.hijack()
  reply.raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
  const decoder = new TextDecoder()
  let pending = ''
  for await (const piece of body) {
    const events = (pending + decoder.decode(piece, { stream: true })).split('\n\n')
    pending = events.pop() ?? ''
    for (const event of events) {
      const data = event.slice('data: '.length)
      const json = data === '[DONE]' ? data : JSON.stringify(JSON.parse(data))
      reply.raw.write(`data: ${json}\n\n`)
    }
  }
  reply.raw.end()
}

console.log(`listening at ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
