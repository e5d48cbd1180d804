import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { configSchema, policySchema } from '../../src/cli/schema.ts'

const config = join(import.meta.dirname, '..', '..', 'config')
const read = (name: string): string => readFileSync(join(config, name), 'utf8')

t.test('the published schemas are those of the gateway', async t => {
  t.equal(
    read('schema/policy.schema.json'),
    policySchema(),
    'schleuse policy schema > config/schema/policy.schema.json'
  )
  t.equal(
    read('schema/gateway.schema.json'),
    configSchema(),
    'schleuse config schema > config/schema/gateway.schema.json'
  )
})

t.test('they take the shipped files as they are written, and refuse what a start refuses', async t => {
  const policy = Compile(JSON.parse(policySchema()) as object)
  for (const name of readdirSync(join(config, 'policies')))
    t.ok(policy.Check(parse(read(`policies/${name}`))), name)
  t.ok(policy.Check({ id: 'least', version: 1 }))
  t.notOk(policy.Check({ id: 'least' }))
  t.notOk(policy.Check({ id: 'least', version: 1, operators: { EMAIL: 'hash' } }))
  t.notOk(policy.Check({ id: 'least', version: 1, operators: { email: 'mask' } }))
  t.notOk(policy.Check({ id: 'least', version: 1, colour: 'red' }))
  t.ok(Compile(JSON.parse(configSchema()) as object).Check(parse(read('gateway.yaml'))))
})
