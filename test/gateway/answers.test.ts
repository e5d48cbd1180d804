import t from 'tap'
import { localProvider, startGateway } from '../support/gateway.ts'
import { startRawServer } from '../support/raw-server.ts'
import { DONE, finish, role, textDeltas } from '../support/stream-parts.ts'

/** Personal data of the model's own making: kept and counted, masked or blocked, also in streams. */

const made = 'Rufen Sie bitte an oder schreiben Sie an petra.schmidt@beispielfirma.de, sie hilft gern.'
const provider = await startRawServer()
t.teardown(() => provider.close())

const policyWith = (operator: string) => ({
  id: 'test',
  version: 1,
  answers: { operator },
  places: { allowed: ['self'] }
})

async function gatewayWith(operator: string) {
  const gateway = await startGateway({
    providers: [localProvider(provider.port, ['m'])],
    policy: policyWith(operator)
  })
  t.teardown(() => gateway.stop())
  const ask = (stream: boolean) => {
    provider.script = (_request, reply) =>
      stream
        ? reply.stream([Buffer.from(role() + textDeltas(made, 4).join('') + finish('stop') + DONE)])
        : reply.json({ choices: [{ index: 0, message: { role: 'assistant', content: made } }] })
    return fetch(`${gateway.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'm', stream, messages: [{ role: 'user', content: 'Wer hilft?' }] })
    })
  }
  return { gateway, ask }
}

const joined = (stream: string) =>
  [...stream.matchAll(/"content":"([^"]*)"/g)].map(match => match[1]).join('')

t.test('keep: passes as it is, and is counted', async t => {
  const { gateway, ask } = await gatewayWith('keep')
  t.match(await (await ask(false)).json(), { choices: [{ message: { content: made } }] })
  t.equal(joined(await (await ask(true)).text()), made)
  const records = (await gateway.recordsAtStop()).toString()
  t.equal([...records.matchAll(/"action":"kept","class":"EMAIL","count":1,"side":"response"/g)].length, 2)
})

t.test('mask: hidden in whole answers and in streams, the rest unharmed', async t => {
  const { ask } = await gatewayWith('mask')
  const whole = (await (await ask(false)).json()) as { choices: { message: { content: string } }[] }
  const masked = whole.choices[0]?.message.content ?? ''
  t.notMatch(masked, 'petra')
  t.match(masked, /^Rufen Sie bitte an oder schreiben Sie an \S+, sie hilft gern\.$/)
  const stream = await (await ask(true)).text()
  t.equal(joined(stream), masked)
  t.ok(stream.endsWith(DONE))
})

t.test('block: whole answers are refused, streams end with an error and without the value', async t => {
  const { gateway, ask } = await gatewayWith('block')
  const refused = await ask(false)
  t.equal(refused.status, 403)
  t.match(await refused.json(), { error: { code: 'SCHLEUSE_ANSWER_BLOCKED' } })
  const stream = await (await ask(true)).text()
  t.notMatch(stream, 'petra')
  t.match(stream, 'SCHLEUSE_ANSWER_BLOCKED')
  t.notMatch(stream, DONE)
  t.match((await gateway.recordsAtStop()).toString(), '"outcome":"blocked_policy"')
})
