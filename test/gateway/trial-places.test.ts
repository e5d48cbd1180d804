import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import { startWorld, type World } from '../support/sites.ts'

/** A policy on trial with three providers: it says what its places would do, then decides them. */

const key = { 'x-schleuse-key': 'crm-key' }
const iban = 'DE89 3704 0044 0532 0130 00'
const stream = { stream: true }
const next = {
  id: 'next',
  version: 2,
  residency: {
    rules: [{ id: 'near', require: { places: ['EEA', 'self'] } }],
    reroute: [{ id: 'health-eu', when: { flags: ['health'] }, model: 'm-eu' }]
  }
}

async function start(share: number): Promise<World> {
  return startWorld(t, {
    policy: { id: 'current', version: 1 },
    files: { 'next.yaml': JSON.stringify(next) },
    settings: {
      policies: ['next.yaml'],
      apps: [{ id: 'crm', keys: [keyHash('crm-key')], trial: { policy: 'next', share } }]
    }
  })
}

t.test('watching changes nothing, in streams and fallbacks too, and is recorded as such', async t => {
  const world = await start(0)
  for (const more of [{}, stream]) {
    world.forget()
    world.answer('us')
    const refused = await world.ask('m-us', `IBAN ${iban}`, more, key)
    t.same([refused.status, world.reached()], [200, ['us']])
    const shown = 'policy=next; would=block; reason=place_refused; findings=IBAN:pseudonymised:1'
    t.equal(refused.headers.get('x-schleuse-monitor'), shown)
    t.match(world.entriesOf(refused)[0], {
      event_type: 'ai.request.admitted',
      policy: { id: 'current' },
      monitor: { policy: 'next', would: 'block', rules: ['place_refused'] }
    })
    t.equal(
      (await world.ask('m', 'Guten Morgen', more, key)).headers.get('x-schleuse-monitor'),
      'policy=next; would=allow',
      'the EU could have it'
    )
    t.equal(
      (await world.ask('m-us', 'Er ist HIV-positiv.', more, key)).headers.get('x-schleuse-monitor'),
      null,
      'a refusal has no answer to stand on'
    )
    world.forget()
    world.answer('us', (_request, reply) => reply.json({ error: { message: 'no' } }, 500))
    const fallen = await world.ask('m', `IBAN ${iban}`, more, key)
    t.same([fallen.status, world.reached()], [200, ['us', 'eu']])
    t.match(fallen.headers.get('x-schleuse-monitor'), 'policy=next; would=allow_masked')
  }
})

t.test('rolled out it decides: its own places, its own reroutes', async t => {
  const world = await start(1)
  for (const more of [{}, stream]) {
    world.forget()
    const refused = await world.ask('m-us', 'Guten Morgen', more, key)
    t.same([refused.status, refused.code, world.reached()], [403, 'SCHLEUSE_PLACE_REFUSED', []])
    const near = await world.ask('m', `IBAN ${iban}`, more, key)
    t.same([near.status, world.reached()], [200, ['eu']])
    t.equal(near.headers.get('x-schleuse-monitor'), null)
    t.match(world.entriesOf(near)[0], { policy: { id: 'next' } })
    const rerouted = await world.ask('m-us', 'Er ist HIV-positiv.', more, key)
    t.same([rerouted.status, rerouted.headers.get('x-schleuse-rerouted')], [200, 'health-eu'])
  }
})

t.test('a share decides some conversations and watches the others, each always the same way', async t => {
  const world = await start(0.5)
  const decided = new Map<string, string>()
  for (const round of [1, 2]) {
    for (let at = 0; at < 24; at++) {
      const name = `conversation ${at}`
      const { headers } = await world.ask(
        'm',
        'Guten Morgen',
        {},
        { ...key, 'x-schleuse-conversation': name }
      )
      const by = headers.get('x-schleuse-monitor') === null ? 'next' : 'current'
      t.equal(headers.get('x-schleuse-deployment'), by === 'next' ? 'eu' : 'us')
      if (round === 2) t.equal(by, decided.get(name))
      decided.set(name, by)
    }
  }
  const share = [...decided.values()].filter(by => by === 'next').length
  t.ok(share > 3 && share < 21, `${share} of 24`)
})
