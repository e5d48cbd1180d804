import t from 'tap'
import { type MechanismsInForce, mechanismChanges, mechanismsOn } from '../src/mechanisms-in-force.ts'
import { Countries } from '../src/residency/countries.ts'
import type { DeploymentFacts } from '../src/residency/facts.ts'
import { loadConfig } from '../src/config.ts'
import { builder } from './audit/facts.ts'

const countries = new Countries(loadConfig({}).countries)

function deployment(id: string, place: string, contract: object | null): DeploymentFacts {
  return {
    id,
    places: [place],
    storage: null,
    retentionDays: 0,
    training: 'no',
    reviewDue: null,
    contract: contract && {
      reference: 'C-1',
      from: '2026-01-01',
      to: null,
      dpa: null,
      tia: null,
      reviewDue: null,
      mechanism: { code: 'scc_m2', reference: 'SCC-1', checked: '2026-01-01' },
      ...contract
    }
  }
}

const changes = (before: MechanismsInForce, after: MechanismsInForce) =>
  mechanismChanges(before, after, 'system', builder).map(({ json }) => {
    const { event_type: type, mechanism, mechanism_ref: ref, status, by } = JSON.parse(json)
    t.same([type, by], ['mechanism.status_changed', { type: 'system' }])
    return [mechanism, ref, status]
  })

t.test('a ground holds as long as its contract and its decision', async t => {
  const of = (day: string, one: DeploymentFacts) => mechanismsOn(day, [one], countries)[one.id]?.status
  const us = deployment('us', 'US', { to: '2026-11-21' })
  t.equal(of('2026-11-21', us), 'active')
  t.equal(of('2026-11-22', us), 'expired')
  t.equal(of('2025-12-31', us), 'inactive', 'before the contract begins')
  const dpf = { code: 'adequacy_dpf', reference: 'X', checked: '2026-01-01', fallback: 'scc_m2' }
  t.equal(of('2026-11-21', deployment('us', 'US', { mechanism: dpf })), 'active')
  t.equal(of('2026-11-21', deployment('cn', 'CN', { mechanism: dpf })), 'inactive', 'the fallback counts')
  t.same(mechanismsOn('2026-11-21', [deployment('de', 'DE', {}), deployment('x', 'US', null)], countries), {})
})

t.test('what changes is told once, whatever rests on it', async t => {
  const two = (contract: object) => [deployment('a', 'US', contract), deployment('b', 'US', contract)]
  const on = (day: string, contract: object) => mechanismsOn(day, two(contract), countries)
  const running = on('2026-11-21', { to: '2026-11-21' })
  t.same(changes(running, running), [])
  t.same(changes(running, on('2026-11-22', { to: '2026-11-21' })), [['scc_m2', 'SCC-1', 'expired']])
  const other = { mechanism: { code: 'bcr_p', reference: 'BCR-1', checked: '2026-01-01' } }
  t.same(changes(running, on('2026-11-21', other)), [
    ['scc_m2', 'SCC-1', 'inactive'],
    ['bcr_p', 'BCR-1', 'active']
  ])
  t.same(changes(running, {}), [['scc_m2', 'SCC-1', 'unknown']], 'nothing rests on it any more')
})
