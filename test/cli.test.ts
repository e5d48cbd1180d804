import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { withCoverage } from '../src/cli/coverage.ts'

const root = join(import.meta.dirname, '..')

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), ...args], { cwd: root })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

t.test('scan: all of stdin is one text', async t => {
  const { code, out } = await run(['scan'], 'Bitte 💚 an anna.weber@example.org schreiben.\n')
  t.equal(code, 0)
  t.match(JSON.parse(out), {
    id: 'stdin',
    findings: [{ start: 12, end: 34, type: 'EMAIL', score: Number, recognizer: 'email' }]
  })
})

t.test(
  'scan --jsonl: one line per text, in order, unreadable lines are named and the others go on',
  async t => {
    const lines = [
      JSON.stringify({ id: 1, text: 'x' }),
      '{"id":',
      '',
      '[]',
      JSON.stringify({ id: 'zwei', text: 'a@example.org', lang: 'de' }),
      JSON.stringify({ text: 'b' })
    ]
    const { code, out, err } = await run(['scan', '--jsonl'], lines.join('\n'))
    t.equal(code, 1)
    const results = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: unknown; findings: unknown[] })
    t.same(
      results.map(result => [result.id, result.findings.length]),
      [
        [1, 0],
        ['zwei', 1],
        [null, 0]
      ]
    )
    t.match(err, /line 2: .*\nline 4: /)
  }
)

t.test('scan --redact: the text as a provider would get it', async t => {
  const { out } = await run(['scan', '--redact'], 'Mail a@example.org, a@example.org')
  t.match((JSON.parse(out) as { redacted: string }).redacted, /^Mail (EMAIL_[0-9A-Z]{8}), \1$/)
})

t.test('unknown commands and options say what there is', async t => {
  t.match(await run(['moon']), { code: 2, err: /Usage: schleuse/ })
  t.match(await run(['scan', '--moon']), { code: 2, err: /--moon/ })
  t.match(await run([]), { code: 0, err: /Usage: schleuse/ })
})

t.test('the coverage table of the README is that of the field maps', async t => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  t.equal(withCoverage(readme), readme, 'run: npm run coverage:readme')
})
