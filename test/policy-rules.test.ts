import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { stringify } from 'yaml'
import { ConfigError } from '../src/config-check.ts'
import { loadPolicy } from '../src/config-policy.ts'
import { type Analyzer, buildAnalyzer } from '../src/filters/analyzer.ts'

/** Custom rules, allow and deny lists, from the policy file to findings. */

const base = { id: 'p', version: 1, places: { allowed: ['self'] } }

function write(t: Test, policy: object, files: Record<string, string> = {}): string {
  const dir = t.testdir(files)
  writeFileSync(join(dir, 'policy.yaml'), stringify({ ...base, ...policy }))
  return join(dir, 'policy.yaml')
}

function analyzerOf(t: Test, policy: object, files?: Record<string, string>): Analyzer {
  return buildAnalyzer({ custom: loadPolicy(write(t, policy, files)).detection })
}

function found(analyzer: Analyzer, text: string, label = ''): string[] {
  const [findings = []] = analyzer.analyze([{ kind: 'text', text, label }])
  return findings.filter(({ score }) => score >= 0.5).map(f => `${f.type} ${text.slice(f.start, f.end)}`)
}

function problemsOf(t: Test, policy: object, files?: Record<string, string>): string[] {
  try {
    loadPolicy(write(t, policy, files))
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ path, message }) => `${path} ${message}`)
  }
}

const rule = { id: 'r', type: 'STAFF_CODE' }

t.test('a pattern with and without a beginning that the scanner looks for', async t => {
  const anchored = analyzerOf(t, { rules: [{ ...rule, pattern: 'KD-\\d{4}-[A-Z]{2}' }] })
  t.same(found(anchored, 'Kunde KD-4711-AB, XKD-4711-AB, KD-4711-ABC, kd-4711-ab, KD 4711 AB'), [
    'STAFF_CODE KD-4711-AB'
  ])
  const free = analyzerOf(t, { rules: [{ ...rule, pattern: '[A-Z]\\d{4}/\\d{2}' }] })
  t.same(found(free, 'Az. V2024/88 und W1111/22.'), ['STAFF_CODE V2024/88', 'STAFF_CODE W1111/22'])
  const signs = analyzerOf(t, { rules: [{ ...rule, pattern: '(?:§§|€€€|日本語|ab§)\\d{2}' }] })
  t.equal(found(signs, '§§12 €€€34 日本語56 ab§78').length, 4, 'beginnings the scanner can not look for')
  t.ok(anchored.types.includes('STAFF_CODE'))
  t.equal(anchored.recognizers.at(-1)?.id, 'rule-r')
})

t.test('context words: required without a score, else they raise it', async t => {
  for (const pattern of ['[A-Z]\\d{5}', 'A\\d{5}']) {
    const required = analyzerOf(t, { rules: [{ ...rule, pattern, context: ['Chiffre'] }] })
    t.same(found(required, 'A12345'), [])
    t.same(found(required, `Chiffre: A12345${' und so weiter'.repeat(9)} A99999`), ['STAFF_CODE A12345'])
    t.same(found(required, 'A12345', 'chiffre'), ['STAFF_CODE A12345'])
  }
})

t.test('validators by name', async t => {
  const luhn = analyzerOf(t, { rules: [{ ...rule, pattern: '\\d{4}-\\d{4}', validator: 'luhn' }] })
  t.same(found(luhn, '1234-5674 1234-5675'), ['STAFF_CODE 1234-5674'])
  const mod97 = analyzerOf(t, { rules: [{ ...rule, format: ['AB1234567'], validator: 'mod97-10' }] })
  const run = Array.from({ length: 97 }, (_, i) => `AB12345${String(i).padStart(2, '0')}`).join(', ')
  t.equal(found(mod97, run).length, 1, 'one of 97 numbers in a row')
})

t.test('words inline and from a file, anchors or a pass of their own', async t => {
  const inline = analyzerOf(t, { rules: [{ ...rule, type: 'PROJECT', words: ['Projekt Adler', 'Δelta'] }] })
  t.same(found(inline, 'das PROJEKT  ADLER läuft, Projekt Adlerhorst nicht, Δelta'), [
    'PROJECT PROJEKT  ADLER',
    'PROJECT Δelta'
  ])
  const many = Array.from({ length: 500 }, (_, i) => `Codewort${i}`).join('\r\n')
  const files = { 'words.txt': `# Namen\n\nProjekt Adler\n${many}\n` }
  const file = analyzerOf(
    t,
    { rules: [{ ...rule, type: 'PROJECT', wordsFile: 'words.txt', case: 'exact' }] },
    files
  )
  t.same(found(file, 'Projekt Adler, projekt adler, Codewort499, Codewort500, # Namen'), [
    'PROJECT Projekt Adler',
    'PROJECT Codewort499'
  ])
})

t.test('the allow list exempts whole findings only', async t => {
  const rules = [
    { id: 'companies', type: 'COMPANY', words: ['Max Planck GmbH'] },
    { id: 'names', type: 'PERSON', words: ['Max'] }
  ]
  const allow = ['Max Planck GmbH', 'info@example.org']
  const analyzer = analyzerOf(t, { rules, allow })
  t.same(found(analyzer, 'Max Planck GmbH'), ['PERSON Max'])
  t.same(found(analyzer, 'info@example.org, xinfo@example.org'), ['EMAIL xinfo@example.org'])
  t.same(found(analyzerOf(t, { rules }), 'Max Planck GmbH'), ['COMPANY Max Planck GmbH'])
})

t.test('the deny list always counts, and does not hide what stands before it', async t => {
  const analyzer = analyzerOf(t, { deny: ['Operation Nachtfalter'] })
  t.same(found(analyzer, 'Mail an max@example.org wegen operation NACHTFALTER.'), [
    'EMAIL max@example.org',
    'DENIED operation NACHTFALTER'
  ])
  t.same(found(analyzer, 'IBAN DE89 3704 0044 0532 0130 00, Operation Nachtfalter')[0]?.slice(0, 4), 'IBAN')
})

t.test('countries choose national numbers; the version follows all of it', async t => {
  const text = 'Steuer-ID 86095742719'
  t.same(found(analyzerOf(t, {}), text), ['DE_TAX_ID 86095742719'])
  t.notOk(found(analyzerOf(t, { countries: ['AT'] }), text).includes('DE_TAX_ID 86095742719'))
  const policies = [
    {},
    { countries: ['AT'] },
    { allow: ['a b'] },
    { deny: ['a b'] },
    { rules: [{ ...rule, words: ['a b'] }] },
    { rules: [{ ...rule, words: ['a c'] }] }
  ]
  const versions = policies.map(policy => analyzerOf(t, policy).version)
  const one = analyzerOf(t, { rules: [{ ...rule, wordsFile: 'w' }] }, { w: 'adler' }).version
  const two = analyzerOf(t, { rules: [{ ...rule, wordsFile: 'w' }] }, { w: 'falke' }).version
  t.equal(new Set([...versions, one, two]).size, policies.length + 2)
})

t.test('everything wrong is told at once, with path and what is allowed', async t => {
  const problems = problemsOf(
    t,
    {
      operators: { STAFF_CODE: 'block', NOPE: 'keep' },
      countries: ['DE', 'self', 'XX'],
      allow: ['both'],
      deny: ['both', '!!'],
      rules: [
        { ...rule, pattern: '[a-z]+' },
        { ...rule, id: 'r' },
        { ...rule, id: 'b', pattern: 'ab', words: ['x'] },
        { ...rule, id: 'c', type: 'LITERAL', words: ['x'] },
        { ...rule, id: 'd', words: ['ok', '???'] },
        { ...rule, id: 'e', wordsFile: 'missing.txt' },
        { ...rule, id: 'f', wordsFile: 'words.txt' },
        { ...rule, id: 'g', words: ['fine'] }
      ]
    },
    { 'words.txt': `ok\n${'!\n'.repeat(9)}` }
  )
  const expected = [
    /^countries\[1\] .*must be a country code/,
    /^countries\[2\] is "XX"; it must be a country code/,
    /^rules\[0\]\.pattern repeats without an upper bound.*\{1,64\}/,
    /^rules\[1\]\.id repeats the id/,
    /^rules\[1\] says not what to find; it must have exactly one of pattern, words, wordsFile, format/,
    /^rules\[2\] has pattern and words; it must have exactly one/,
    /^rules\[3\]\.type is "LITERAL", which the gateway uses itself/,
    /^rules\[4\]\.words\[1\] holds no letter or digit/,
    /^rules\[5\]\.wordsFile can't be read \(ENOENT\)/,
    ...Array.from(
      { length: 5 },
      (_, i) => new RegExp(`^rules\\[6\\]\\.wordsFile line ${i + 2} holds no letter`)
    ),
    /^rules\[6\]\.wordsFile has 4 more entries/,
    /^deny\[0\] also stands under allow/,
    /^deny\[1\] holds no letter or digit/,
    /^operators\.NOPE is no entity type; allowed are .*STAFF_CODE/
  ]
  t.equal(problems.length, expected.length, problems.join('\n'))
  for (const [i, pattern] of expected.entries()) t.match(problems[i] ?? '', pattern)
})

t.test('a wrong shape does not hide what is wrong elsewhere', async t => {
  const problems = problemsOf(t, {
    providerTools: 'maybe',
    rules: [
      { ...rule, pattern: 'a*' },
      { id: 'Nope', type: 'x', colour: 1 }
    ]
  })
  for (const path of ['providerTools', 'rules[0].pattern', 'rules[1].id', 'rules[1].type', 'rules[1].colour'])
    t.ok(
      problems.some(problem => problem.startsWith(`${path} `)),
      `${path} in ${problems.join('\n')}`
    )
})
