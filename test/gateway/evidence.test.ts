import t from 'tap'
import { ofAnswer, startWorld } from '../support/sites.ts'

/** Answers that show where they were made: against what the deployment declares, by header, body and running stream. */

const stream = { stream: true }

t.test('an answer that proves another place stops its deployment', async t => {
  for (const shown of ['header', 'stream', 'body'] as const) {
    t.test(`shown by ${shown}`, async t => {
      const world = await startWorld(t)
      world.answer('eu', (_request, reply) => {
        if (shown === 'header') return reply.json({ choices: [] }, 200, { 'x-region': 'East US' })
        if (shown === 'body') return reply.json({ choices: [], region: 'eastus' })
        return reply.stream([Buffer.from('data: {"choices":[],"region":"eastus"}\n\ndata: [DONE]\n\n')])
      })
      const first = await world.ask('m-eu', 'Guten Morgen', shown === 'stream' ? stream : {})
      t.equal(first.status, 200)
      world.forget()
      const second = await world.ask('m-eu', 'Guten Morgen')
      t.same([second.status, second.code], [403, 'SCHLEUSE_PLACE_REFUSED'])
      t.match(second.text, 'place_contradicted')
      t.same(world.reached(), [])
      t.equal((await world.ask('m', 'Guten Morgen')).headers.get('x-schleuse-deployment'), 'us')
      const entries = await world.stop()
      t.match(ofAnswer(entries, first).at(-1), { location_observed: { places: ['US'] } })
      t.match(
        entries.filter(({ event_type }) => event_type === 'deployment.contradicted'),
        [{ deployment: { id: 'eu' }, declared: ['SE'], observed: 'US' }]
      )
      t.match(
        entries.filter(({ event_type }) => event_type === 'breach_candidate'),
        [{ deployment: { id: 'eu' }, kind: 'unexpected_place' }]
      )
    })
  }
})

t.test('what a running stream shows counts at once, not when it ends', async t => {
  const first = 'data: {"choices":[{"index":0,"delta":{"content":"Hallo"}}]}\n\n'
  const cases = [
    ['its head', { 'x-region': 'eastus' }, first],
    ['its first event', {}, first.replace('"choices"', '"region":"eastus","choices"')],
    // A head that is as declared does not outweigh a body that is not.
    ['its body against its head', { 'x-region': 'swedencentral' }, first.replace('{', '{"region":"eastus",')]
  ] as const
  for (const [what, headers, begun] of cases) {
    t.test(what, async t => {
      const world = await startWorld(t)
      const shown = Promise.withResolvers<void>()
      const pieces = async function* () {
        yield Buffer.from(begun)
        await shown.promise
        yield Buffer.from('data: [DONE]\n\n')
      }
      world.answer('eu', (_request, reply) => reply.stream(pieces(), { headers }))
      const body = { model: 'm-eu', messages: [{ role: 'user', content: 'Guten Morgen' }], ...stream }
      const running = await fetch(`${world.gateway.baseUrl}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body)
      })
      const reader = running.body?.getReader()
      t.match(new TextDecoder().decode((await reader?.read())?.value), 'Hallo', 'the stream has begun')
      const beside = await world.ask('m-eu', 'Guten Morgen')
      t.same([beside.status, beside.code], [403, 'SCHLEUSE_PLACE_REFUSED'])
      t.match(beside.text, 'place_contradicted')
      shown.resolve()
      while (!(await reader?.read())?.done);
      const records = await world.stop()
      t.match(
        records.filter(({ event_type }) => event_type === 'ai.request.completed'),
        [{ deployment: { id: 'eu' }, location_observed: { places: ['US'] } }]
      )
    })
  }
})

t.test('where it is where it says, or policy only records, it stays', async t => {
  const residency = { contradiction: 'record' }
  const world = await startWorld(t, { policy: { id: 'lenient', version: 1, residency } })
  for (const region of ['Sweden Central', 'eastus', 'a-new-region']) {
    world.answer('eu', (_request, reply) => reply.json({ choices: [] }, 200, { 'x-region': region }))
    t.equal((await world.ask('m-eu', 'Guten Morgen')).status, 200, region)
  }
  t.equal((await world.ask('m-eu', 'Guten Morgen')).status, 200)
  const noted = (await world.stop()).filter(({ event_type }) => event_type === 'deployment.contradicted')
  t.equal(noted.length, 1)
})
