import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Countries, type CountriesFile } from '../../src/residency/countries.ts'
import type { ContractFacts, DeploymentFacts, RequestFacts } from '../../src/residency/facts.ts'
import { DEFAULT_RULES, type ResidencyFile } from '../../src/residency/rule-schema.ts'
import { compileRules, type ResidencyRules } from '../../src/residency/rules.ts'

const file = join(import.meta.dirname, '..', '..', 'config', 'countries.yaml')
export const countriesFile = parse(readFileSync(file, 'utf8')) as CountriesFile
export const countries = new Countries(countriesFile)

export const NOW = Date.parse('2026-11-22T08:00:00Z')

export const request = (over: Partial<RequestFacts> = {}): RequestFacts => ({
  app: 'crm',
  purpose: null,
  endpoint: 'openai.chat_completions',
  payload: 'nothing_found',
  types: [],
  clearTypes: [],
  flags: [],
  ...over
})

export const deployment = (over: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  id: 'd',
  places: ['DE'],
  storage: ['DE'],
  retentionDays: null,
  training: null,
  reviewDue: null,
  contract: null,
  ...over
})

export const contract = (over: Partial<ContractFacts> = {}): ContractFacts => ({
  reference: 'C-1',
  from: '2026-01-01',
  to: null,
  dpa: 'AVV-1',
  tia: null,
  mechanism: null,
  reviewDue: null,
  ...over
})

/** The default rules, or these. */
export const rules = (
  over: Partial<ResidencyFile> & { strict?: boolean } = {},
  allowedPlaces?: readonly string[]
): ResidencyRules => {
  const { strict = false, ...file } = over
  const shipped = DEFAULT_RULES as ResidencyFile['rules']
  return compileRules({
    residency: { contradiction: 'stop', rules: shipped, reroute: [], ...file },
    strict,
    allowedPlaces
  })
}
