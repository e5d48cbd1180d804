import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'

/** Special categories of personal data (Art. 9, Art. 10 GDPR): recorded always, refused where the policy says so. */

const provider = await startRawServer((_request, reply) => reply.json({ choices: [] }))
t.teardown(() => provider.close())

const base = { id: 'test', version: 1, places: { allowed: ['self'] } }

async function gatewayWith(flags: object | undefined) {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: flags === undefined ? base : { ...base, flags }
  })
  const post = async (content: string) => {
    const response = await fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] })
    })
    const { error } = (await response.json()) as { error?: { code: string; message: string } }
    return { status: response.status, code: error?.code, message: error?.message ?? '' }
  }
  const records = async (): Promise<{ event_type: string; flags?: object; outcome?: string }[]> =>
    (await gateway.recordsAtStop())
      .toString('latin1')
      .split('\n')
      .filter(line => line.includes('"ai.request.admitted"') || line.includes('"ai.request.blocked"'))
      .map(line => JSON.parse(line))
  return { gateway, post, records }
}

t.test('by default flags are recorded and nothing is refused', async t => {
  const { gateway, post, records } = await gatewayWith(undefined)
  t.teardown(() => gateway.stop())
  t.equal((await post('Er ist vorbestraft und HIV-positiv.')).status, 200)
  t.equal((await post('Guten Morgen.')).status, 200)
  const [flagged, plain] = await records()
  t.same(flagged?.flags, { art9: ['health'], art10: true })
  t.notOk(plain !== undefined && 'flags' in plain)
})

t.test('a blocked category refuses the request, and the record says which', async t => {
  const { gateway, post, records } = await gatewayWith({ health: 'block', criminal: 'block' })
  t.teardown(() => gateway.stop())
  provider.forget()
  const answer = await post('Ich bin HIV-positiv und Gewerkschaftsmitglied.')
  t.equal(answer.status, 403)
  t.equal(answer.code, 'SCHLEUSE_SPECIAL_CATEGORY')
  t.match(answer.message, /\(health\).*flags\.health/)
  t.notMatch(answer.message, /HIV/)
  t.equal(provider.bytes().length, 0, 'nothing is sent on')
  t.equal((await post('Ich bin Gewerkschaftsmitglied.')).status, 200, 'others pass')
  t.equal((await post('Diabetes ist eine Krankheit.')).status, 200, 'a topic alone passes')
  t.match((await records()).slice(0, 1), [
    {
      event_type: 'ai.request.blocked',
      outcome: 'blocked_policy',
      flags: { art9: ['health', 'union'], art10: false }
    }
  ])
})
