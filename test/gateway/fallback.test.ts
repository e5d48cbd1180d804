import t, { type Test } from 'tap'
import { localProvider } from '../support/gateway.ts'
import type { Script } from '../support/raw-server.ts'
import { type Answer, ofAnswer, SITES, startWorld } from '../support/sites.ts'
import { role, textDeltas } from '../support/stream-parts.ts'

/** What happens when a deployment fails: the next that may have it, decided and recorded anew, never after the first byte. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const stream = { stream: true }
const policy = { id: 'open', version: 1, operators: { default: 'pseudonymize', EMAIL: 'keep' } }
/** Nothing listens there. */
const CLOSED_PORT = 1

const world = await startWorld(t, { policy })
t.beforeEach(() => {
  world.forget()
  for (const site of SITES) world.answer(site)
})

const failures: readonly (readonly [what: string, script: Script, code: string | undefined])[] = [
  ['500', (_request, reply) => reply.json({ error: { message: 'no' } }, 500), undefined],
  ['529', (_request, reply) => reply.json({ error: { message: 'no' } }, 529), undefined],
  ['a reset before the head', (_request, reply) => reply.reset(), 'SCHLEUSE_UPSTREAM_BROKEN'],
  ['429', (_request, reply) => reply.json({}, 429, { 'retry-after-ms': '1' }), undefined]
]

/** Every whole request that arrived at a site was on the record before, as its own attempt there. */
function admittedBefore(t: Test, answer: Answer): void {
  for (const [at, { site, entries }] of world.seen.entries()) {
    const admitted = ofAnswer(entries, answer).filter(
      ({ event_type }) => event_type === 'ai.request.admitted'
    )
    t.equal(admitted.length, at + 1)
    t.match(admitted.at(-1), { attempt: at + 1, deployment: { id: site } })
  }
}

for (const [what, script, code] of failures) {
  t.test(`after ${what} the next deployment that may have it`, async t => {
    for (const more of [{}, stream]) {
      world.forget()
      world.answer('us', script)
      const answer = await world.ask('m', `IBAN ${iban}`, more)
      t.same([answer.status, world.reached()], [200, ['us', 'eu']], 'unknown places are passed over')
      t.match(answer.text, 'Hallo')
      t.equal(answer.headers.get('x-schleuse-deployment'), 'eu')
      t.same(
        world.seen.map(({ site }) => site),
        ['us', 'eu']
      )
      admittedBefore(t, answer)
      const [first, second] = world
        .entriesOf(answer)
        .filter(({ event_type }) => event_type === 'ai.request.admitted')
      t.match(second, {
        attempt_cause: { reason: 'fallback', after_attempt: 1, fallback_from: 'us', error_code: code },
        passed_over: [{ deployment: 'nowhere', reason: 'place_unknown', rule: 'declared' }],
        decision: { id: answer.headers.get('x-schleuse-decision-id') ?? 'missing' }
      })
      t.notSame(first?.['decision'], second?.['decision'], 'each hop has its own decision')
    }
  })
}

t.test('a failure in the EU never sends clear personal data elsewhere', async t => {
  world.answer('eu', (_request, reply) => reply.json({ error: { message: 'no' } }, 500))
  for (const more of [{}, stream]) {
    world.forget()
    const answer = await world.ask('m', `Mail an ${mail}`, more)
    t.equal(answer.status, 500)
    t.same(world.reached(), ['eu'])
    t.equal(answer.headers.get('x-schleuse-deployment'), 'eu')
  }
})

t.test('a deployment that is not reached: the others, then itself once more', async t => {
  const gone = { ...localProvider(CLOSED_PORT, ['m', 'm-gone'], 'gone') }
  const world = await startWorld(t, { policy, providers: [gone] })
  const answer = await world.ask('m', 'Guten Morgen', stream)
  t.same([answer.status, world.reached()], [200, ['us']])
  t.match(
    world.entriesOf(answer).filter(({ event_type }) => event_type === 'ai.request.admitted'),
    [
      { attempt: 1, deployment: { id: 'gone' } },
      {
        attempt: 2,
        deployment: { id: 'us' },
        attempt_cause: { reason: 'fallback', fallback_from: 'gone', error_code: 'SCHLEUSE_UPSTREAM_CONNECT' }
      }
    ]
  )
  const alone = await world.ask('m-gone', 'Guten Morgen')
  t.same([alone.status, alone.code], [502, 'SCHLEUSE_UPSTREAM_CONNECT'])
  t.equal(alone.headers.get('x-should-retry'), 'false', 'two attempts were made: the SDK need not')
  t.match(
    world.entriesOf(alone).filter(({ event_type }) => event_type === 'ai.request.admitted'),
    [{ attempt: 1 }, { attempt: 2, attempt_cause: { reason: 'retry', after_attempt: 1 } }]
  )
})

t.test('a provider that asks to be left alone is left alone', async t => {
  const world = await startWorld(t, { policy })
  world.answer('us', (_request, reply) => reply.json({}, 429, { 'retry-after': '30' }))
  t.equal((await world.ask('m', 'Guten Morgen')).headers.get('x-schleuse-deployment'), 'eu')
  world.forget()
  const second = await world.ask('m', 'Guten Tag')
  t.same([second.status, world.reached()], [200, ['eu']])
  const only = await world.ask('m-us', 'Guten Tag')
  t.equal(only.status, 429, 'where there is no other, its own answer')
  t.equal(only.headers.get('retry-after'), '30')
})

t.test('never after the first byte', async t => {
  const begun = Buffer.from(role() + textDeltas('Guten Morgen', 5).join(''))
  for (const ending of ['reset', 'cut'] as const) {
    world.forget()
    world.answer('us', (_request, reply) => reply.stream([begun], { ending }))
    const answer = await world.ask('m', 'Guten Morgen', stream)
    t.same([answer.status, world.reached()], [200, ['us']])
    t.match(answer.text, 'SCHLEUSE_UPSTREAM_BROKEN', 'told in the stream, not cut silently')
    t.notMatch(answer.text, '[DONE]')
  }
  world.forget()
  world.answer('us', (_request, reply) => reply.stream([], { ending: 'cut' }))
  t.same([(await world.ask('m', 'Guten Morgen', stream)).status, world.reached()], [200, ['us']])
})

t.test('what the request itself is answered with is no reason to go elsewhere', async t => {
  for (const status of [400, 401, 404, 422]) {
    world.forget()
    world.answer('us', (_request, reply) => reply.json({ error: { message: 'no' } }, status))
    const answer = await world.ask('m', 'Guten Morgen')
    t.same([answer.status, world.reached()], [status, ['us']])
  }
})

t.test("an SDK's own retry gets one attempt, and not where the one before failed", async t => {
  for (const site of ['us', 'eu'] as const)
    world.answer(site, (_request, reply) => reply.json({ error: { message: 'no' } }, 500))
  await world.ask('m', 'Guten Morgen', {}, { 'x-stainless-retry-count': '1' })
  t.same(world.reached(), ['eu'], 'the second may not have it, the third is tried')
  world.forget()
  await world.ask('m', 'Guten Morgen', {}, { 'x-stainless-retry-count': '3' })
  t.same(world.reached(), ['us'])
})
