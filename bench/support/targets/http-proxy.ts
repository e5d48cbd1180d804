import proxy from '@fastify/http-proxy'
import Fastify from 'fastify'

/** Baseline (b): Fastify with @fastify/http-proxy, as its README starts it. Argument: the provider's origin. */
const app = Fastify({ bodyLimit: 33_554_432 })
app.register(proxy, { upstream: process.argv[2] ?? '' })
console.log(`listening at ${await app.listen({ port: 0, host: '127.0.0.1' })}`)
