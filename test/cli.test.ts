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

t.test('scan: files by name, each one text, and what is no file is told', async t => {
  const folder = t.testdir({ 'a.txt': 'an anna.weber@example.org', 'b.jsonl': '{"id":7,"text":"nichts"}\n' })
  const both = await run(['scan', join(folder, 'a.txt'), join(folder, 'b.jsonl')])
  t.same(
    both.out
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { id: string }).id),
    [join(folder, 'a.txt'), join(folder, 'b.jsonl')]
  )
  t.match(JSON.parse((await run(['scan', '--jsonl', join(folder, 'b.jsonl')])).out), { id: 7, findings: [] })
  t.match(await run(['scan', join(folder, 'c.txt')]), { code: 2, out: '', err: /c\.txt is no file/ })
})

t.test('a reader that has seen enough is no error', async t => {
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), 'scan', '--jsonl'], { cwd: root })
  let err = ''
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  child.stdin.on('error', () => {})
  const closed = once(child, 'close')
  child.stdin.write(`${JSON.stringify({ id: 1, text: 'x' })}\n`)
  await once(child.stdout, 'data')
  child.stdout.destroy()
  child.stdin.end(`${JSON.stringify({ id: 2, text: 'x'.repeat(1 << 16) })}\n`.repeat(20))
  t.same(await closed, [0, null])
  t.equal(err, '')
})

t.test('--help says what one command takes', async t => {
  const { code, out } = await run(['audit', 'token', '--help'])
  t.equal(code, 0)
  t.match(out, /audit token create[^]*audit token revoke/)
  t.notMatch(out, /audit verify/)
  t.match((await run(['help', 'scan'])).out, /--redact/)
  t.match((await run(['audit', 'verify', '--vkeys', 'x'])).err, /--vkeys[^]*--vkey KEY/)
  t.match((await run(['--help'])).out, /schleuse <command>[^]*scan[^]*coverage/)
})

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
