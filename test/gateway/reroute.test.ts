import t from 'tap'
import { localProvider } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { answersWell, startWorld } from '../support/sites.ts'

/** Sensitive requests go to a model of our own, whatever model was asked for; everything else where it was sent. */

const iban = 'DE89 3704 0044 0532 0130 00'
const local = await startRawServer(answersWell)
t.teardown(() => local.close())

const world = await startWorld(t, {
  policy: {
    id: 'local',
    version: 1,
    residency: {
      reroute: [
        { id: 'health-local', when: { flags: ['health'] }, model: 'own/llama' },
        { id: 'iban-local', when: { types: ['IBAN'] }, model: 'own/named' }
      ]
    }
  },
  providers: [
    {
      ...localProvider(local.port, ['own/llama', 'own/named'], 'local'),
      upstreamModels: { 'own/named': 'llama-4-instruct' }
    }
  ]
})
t.beforeEach(() => {
  world.forget()
  local.forget()
  local.script = answersWell
})

const cases = [
  ['Er ist HIV-positiv.', 'health-local', 'own/llama'],
  [`IBAN ${iban}`, 'iban-local', 'llama-4-instruct'],
  [`HIV-positiv, IBAN ${iban}`, 'health-local', 'own/llama']
] as const
for (const [content, rule, model] of cases) {
  for (const more of [{}, { stream: true }]) {
    t.test(`${rule} ${JSON.stringify(more)}`, async t => {
      const answer = await world.ask('m', content, { seed: 7, ...more })
      t.equal(answer.status, 200)
      t.match(answer.text, 'Hallo')
      t.equal(answer.headers.get('x-schleuse-deployment'), 'local')
      t.equal(answer.headers.get('x-schleuse-rerouted'), rule)
      t.same(world.reached(), [])
      const sent = local.requests.at(-1)?.text ?? ''
      t.match(
        sent,
        new RegExp(`^\\{"model":"${model}","messages":`),
        'named as the server knows it, and where it stood'
      )
      t.match(sent, '"seed":7')
      t.match(world.entriesOf(answer), [{ event_type: 'ai.request.admitted', deployment: { id: 'local' } }])
    })
  }
}

t.test('nothing sensitive: where it was sent, under the name it has there', async t => {
  const answer = await world.ask('m', 'Guten Morgen')
  t.same([answer.status, world.reached()], [200, ['us']])
  t.equal(answer.headers.get('x-schleuse-rerouted'), null)
  t.match(world.servers.us.bytes().toString(), '"model":"m"')
  t.same(local.requests, [])
})

t.test('a model of our own that fails is no reason to send it elsewhere', async t => {
  local.script = (_request, reply) => reply.json({ error: { message: 'no' } }, 500)
  const answer = await world.ask('m', 'Er ist HIV-positiv.')
  t.same([answer.status, world.reached()], [500, []])
})
