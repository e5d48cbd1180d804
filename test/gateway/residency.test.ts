import t from 'tap'
import { keyHash } from '../../src/apps/key.ts'
import {
  type Answer,
  contractOf,
  ofAnswer,
  type Site,
  startWorld,
  usContract,
  type World
} from '../support/sites.ts'

/** Each default rule on places, with real requests to three providers: in the US, nobody knows where, in the EU. */

const mail = 'anna.weber@beispielfirma.de'
const iban = 'DE89 3704 0044 0532 0130 00'
const apiKey = ['sk', 'proj', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3'].join('-')
const stream = { stream: true }

const key = { 'x-schleuse-key': 'crm-key' }
/** A purpose record without gaps. */
const purpose = {
  id: 'replies',
  version: 3,
  controller: { name: 'Muster AG', codeType: 'LEI', code: '529900T8BM49AURSDO55' },
  function: { id: 'F12', critical: true },
  legalBasis: '6_1_b',
  specialBasis: 'none',
  dataSubjects: ['customers'],
  dpia: 'dsfa-1',
  ropa: 'vvt-017',
  useCase: { id: 'uc-3', role: 'deployer', riskClass: 'minimal' }
}

/** Lets addresses and keys through, so that something leaves in clear. */
const open = {
  id: 'open',
  version: 1,
  operators: { default: 'pseudonymize', EMAIL: 'keep', API_KEY: 'keep' }
}

const passedOver = (world: World, answer: Answer) =>
  world
    .entriesOf(answer)
    .flatMap(entry => (entry['passed_over'] ?? []) as { deployment: string; reason: string; rule?: string }[])
    .map(({ deployment, reason, rule }) => [deployment, reason, rule ?? ''].join(' '))

t.test('by the default rules', async t => {
  const world = await startWorld(t, { policy: open })
  const cases: readonly (readonly [what: string, content: string, to: Site, against: readonly string[]])[] = [
    ['pseudonymised: anywhere declared', `IBAN ${iban}`, 'us', []],
    ['nothing found: anywhere declared', 'Guten Morgen', 'us', []],
    [
      'personal data in clear: the EEA only',
      `Mail an ${mail}`,
      'eu',
      ['us place_not_allowed clear-in-eea', 'nowhere place_unknown declared']
    ],
    [
      'special categories: the EEA only, also pseudonymised',
      `Er ist HIV-positiv. IBAN ${iban}`,
      'eu',
      ['us place_not_allowed special-in-eea', 'nowhere place_unknown declared']
    ]
  ]
  for (const [what, content, to, against] of cases) {
    for (const more of [{}, stream]) {
      t.test(`${what}, ${'stream' in more ? 'stream' : 'whole'}`, async t => {
        world.forget()
        const answer = await world.ask('m', content, more)
        t.equal(answer.status, 200)
        t.match(answer.text, 'Hallo')
        t.same(world.reached(), [to])
        t.equal(answer.headers.get('x-schleuse-deployment'), to)
        t.same(passedOver(world, answer), against)
        const [admitted] = world.entriesOf(answer)
        t.match(admitted, { event_type: 'ai.request.admitted', deployment: { id: to } })
        t.match(admitted, { decision: { id: answer.headers.get('x-schleuse-decision-id') ?? 'missing' } })
        t.notMatch(world.servers[to].bytes().toString(), iban)
      })
    }
  }

  t.test('what a record says of the transfer', async t => {
    const answer = await world.ask('m-us', `IBAN ${iban}`)
    t.match(world.entriesOf(answer)[0], {
      contract_ref: 'C-us-ai',
      dpa_ref: 'AVV-us-ai',
      location: { evidence: 'declared', processing: ['US'] },
      transfer: {
        payload_state: 'pseudonymised',
        third_country: true,
        mechanism: 'scc_m2',
        mechanism_ref: 'SCC-1',
        gaps: ['tia_missing']
      }
    })
  })

  const refused: readonly (readonly [what: string, model: string, content: string, hint: RegExp])[] = [
    ['clear personal data to the US', 'm-us', `Mail an ${mail}`, /EMAIL pseudonymised by policy at us/],
    ['clear personal data to the US: another model', 'm-us', `Mail an ${mail}`, /m at eu|m-eu at eu/],
    ['special categories to the US', 'm-us', 'Er ist HIV-positiv.', /m-eu at eu|m at eu/],
    ['a secret in clear, even to the EU', 'm-eu', `Key ${apiKey}`, /API_KEY pseudonymised by policy at eu/],
    ['a secret in clear, to anyone', 'm', `Key ${apiKey}`, /API_KEY pseudonymised by policy/],
    ['anything to an unknown place', 'm-nowhere', 'Guten Morgen', /m-us at us|m at us/]
  ]
  const answers: Answer[] = []
  for (const [what, model, content, hint] of refused) {
    t.test(`${what}: refused, nothing sent`, async t => {
      world.forget()
      for (const more of [{}, stream]) {
        const answer = await world.ask(model, content, more)
        t.same([answer.status, answer.code], [403, 'SCHLEUSE_PLACE_REFUSED'])
        t.match(answer.text, hint, 'says what would be allowed')
        t.notMatch(answer.text, /anna|aB3dE5/)
        t.same(world.reached(), [])
        answers.push(answer)
      }
    })
  }

  t.test('every refusal is on the record under the decision that the caller was told', async t => {
    const entries = await world.stop()
    for (const answer of answers) {
      const id = answer.headers.get('x-schleuse-decision-id') ?? 'missing'
      t.match(ofAnswer(entries, answer), [
        { event_type: 'ai.request.blocked', decision: { id }, http_status: 403 }
      ])
    }
  })
})

t.test('a strict policy takes no deployment whose papers lack something', async t => {
  const strict = { id: 'strict', version: 1, strict: true }
  const tia = { ...usContract, tia: 'TIA-1' }
  const apps = [{ id: 'crm', keys: [keyHash('crm-key')], purpose }]
  const gaps = await startWorld(t, { policy: strict, settings: { apps } })
  for (const [model, reason] of [
    ['m-us', 'tia_missing'],
    ['m-eu', 'contract_missing']
  ] as const) {
    const answer = await gaps.ask(model, 'Guten Morgen', {}, key)
    t.same([answer.status, answer.code], [403, 'SCHLEUSE_PLACE_REFUSED'])
    t.match(answer.text, reason)
  }
  t.same(gaps.reached(), [])
  const whole = await startWorld(t, {
    policy: strict,
    settings: { apps, contracts: [tia, contractOf('eu-ai')] }
  })
  for (const model of ['m-us', 'm-eu']) t.equal((await whole.ask(model, 'Guten Morgen', {}, key)).status, 200)
})
