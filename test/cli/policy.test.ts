import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { stringify } from 'yaml'

/** `schleuse policy`, `recognizers` and `scan --explain`, as a user runs them. */

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const base = { id: 'crm', version: 3, places: { allowed: ['self'] } }

function run(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  const done = spawnSync(process.execPath, [cli, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, ...env }
  })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

const rules = [
  {
    id: 'staff-code',
    type: 'STAFF_CODE',
    pattern: 'MA-\\d{4}-[A-Z]{2}',
    description: 'HR handbook 4.2',
    examples: { match: ['Ausweis MA-4711-AB'], noMatch: ['MA-47'] }
  },
  { id: 'badge', type: 'BADGE', words: ['Adler'], context: ['Badge'] }
]

t.test('policy check: valid, or everything that is wrong', async t => {
  const dir = t.testdir({
    'good.yaml': stringify({ ...base, rules }),
    'bad.yaml': stringify({ ...base, version: 0, rules: [{ id: 'a', type: 'A', pattern: 'x+' }] })
  })
  const good = run(['policy', 'check', join(dir, 'good.yaml')])
  t.match(good, { code: 0, out: /policy crm version 3 is valid \(2 rules/ })
  const bad = run(['policy', 'check', join(dir, 'bad.yaml')])
  t.match(bad, { code: 2, err: /2 problems/ })
  t.match(bad.err, /version is 0.*\n?/)
  t.match(bad.err, /rules\[0\]\.pattern repeats without an upper bound/)
  t.equal(run(['policy', 'check', join(dir, 'none.yaml')]).code, 2)
  t.match(run(['policy', 'nope']), { code: 2, err: /Usage/ })
})

t.test('policy test: runs the examples of each rule', async t => {
  const failing = { ...rules[1], examples: { match: ['Badge Adler', 'Adler'], noMatch: ['Badge: Adler'] } }
  const dir = t.testdir({
    'good.yaml': stringify({ ...base, rules }),
    'bad.yaml': stringify({ ...base, thresholds: { STAFF_CODE: 0.9 }, rules: [rules[0], failing] }),
    'none.yaml': stringify(base)
  })
  t.match(run(['policy', 'test', join(dir, 'good.yaml')]), {
    code: 0,
    out: 'staff-code: ok\nbadge: no examples\n'
  })
  const bad = run(['policy', 'test', join(dir, 'bad.yaml')])
  t.equal(bad.code, 1)
  t.match(bad.out, 'staff-code: 1 of 2 failed\n  examples.match[0]: score 0.85 is below the threshold 0.9')
  t.match(bad.out, 'badge: 2 of 3 failed')
  t.match(bad.out, 'examples.match[1]: nothing was found')
  t.match(bad.out, 'examples.noMatch[0]: found with score 0.95')
  t.match(run(['policy', 'test', join(dir, 'none.yaml')]), { code: 0, out: /no rules/ })
})

t.test('diff: what a new file changes, and in which direction', async t => {
  const old = { ...base, deny: ['Nachtfalter'], operators: { default: 'pseudonymize' } }
  const operators = { ...old.operators, EMAIL: 'block' }
  const dir = t.testdir({
    'old.yaml': stringify(old),
    'tight.yaml': stringify({ ...old, version: 4, operators }),
    'mixed.yaml': stringify({ ...base, version: 5, operators })
  })
  const diff = (a: string, b: string) => run(['policy', 'diff', join(dir, a), join(dir, b)])
  t.match(diff('old.yaml', 'tight.yaml'), {
    code: 0,
    out: /crm version 3 → crm version 4: tightened\n.*\n\neffect +where +old +new\ntightened +operators.EMAIL +pseudonymize +block\n$/
  })
  const mixed = diff('old.yaml', 'mixed.yaml')
  t.match(mixed, { code: 1, out: /: mixed\n[^]*loosened +deny +a value +-\n/ })
  t.notMatch(mixed.out, 'Nachtfalter')
  t.match(diff('old.yaml', 'old.yaml'), { code: 0, out: /: neutral\n/ })
})

t.test('explain: each finding with the line of the policy that decides, without the text', async t => {
  const dir = t.testdir({
    'p.yaml': stringify({
      ...base,
      operators: { default: 'mask', IBAN: 'block' },
      thresholds: { EMAIL: 1 },
      flags: { health: 'block' }
    })
  })
  const text = 'Frau Weber ist HIV-positiv, IBAN DE89 3704 0044 0532 0130 00, Mail a.weber@example.org'
  const { code, out } = run(['policy', 'explain', join(dir, 'p.yaml')], text)
  t.equal(code, 1)
  t.match(out, /^crm version 3: refused for IBAN\n/)
  t.match(out, /33-60 +IBAN +\d\.\d\d +0\.50 +block +operators\.IBAN\n/)
  t.match(out, /EMAIL +0\.\d\d +1\.00 +does not count +thresholds\n/)
  t.match(out, /PERSON .* mask +operators\.default\n/)
  t.match(out, /flag health: block\n/)
  t.notMatch(out, /Weber|DE89|positiv/)
  t.match(run(['policy', 'explain', join(dir, 'p.yaml')], 'nothing'), {
    code: 0,
    out: /: sent\n\nno findings\n/
  })
})

t.test('recognizers: what is on under the policy', async t => {
  const dir = t.testdir({ 'p.yaml': stringify({ ...base, countries: ['AT'], rules }) })
  const { out } = run(['recognizers', '--json', '--policy', join(dir, 'p.yaml')])
  const listed: { id: string; types: string[]; countries: string[] | null; examples: object }[] =
    JSON.parse(out)
  t.match(
    listed.find(({ id }) => id === 'rule-staff-code'),
    {
      types: ['STAFF_CODE'],
      countries: null,
      source: 'HR handbook 4.2',
      examples: { match: ['Ausweis MA-4711-AB'], noMatch: ['MA-47'] }
    }
  )
  t.ok(listed.some(({ id }) => id === 'iban'))
  t.notOk(listed.some(({ id }) => id === 'de-tax-id'))
  t.match(run(['recognizers']).out, /^id +types +countries +source\n/)
})

t.test('scan --explain: why, without a word of the text', async t => {
  const text = 'Frau Weber ist HIV-positiv, IBAN DE89 3704 0044 0532 0130 00, Mail a.weber@example.org'
  const { out } = run(['scan', '--explain'], text)
  const { findings, flags } = JSON.parse(out)
  const why = new Map(findings.map((finding: { type: string; why: object }) => [finding.type, finding.why]))
  t.match(why.get('IBAN'), { rule: 'iban', check: 'passed', context: 'adjacent' })
  t.match(why.get('EMAIL'), { rule: 'email', check: 'none' })
  t.match(flags, [{ category: 'health', rule: 'health.says' }])
  t.notMatch(out, /Weber|DE89|positiv/)
  t.notMatch(run(['scan'], text).out, /why|flags/)
})
