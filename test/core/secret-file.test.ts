import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { loadOrCreateSecret } from '../../src/core/secret-file.ts'

t.test('made on the first start, read on the next', async t => {
  const dir = join(t.testdir(), 'a', 'data')
  const path = join(dir, 'pseudonym.secret')
  const made = loadOrCreateSecret(path)
  t.equal(made.length, 32)
  t.equal(statSync(path).mode & 0o777, 0o600)
  t.equal(statSync(dir).mode & 0o777, 0o700)
  t.same(readFileSync(path), made)
  t.same(loadOrCreateSecret(path), made)
  t.same(readdirSync(dir), ['pseudonym.secret'], 'nothing else is left')
  t.notSame(loadOrCreateSecret(join(dir, 'other')), made)
})

t.test('what is no secret is refused, not replaced', async t => {
  const dir = t.testdir({ short: 'x'.repeat(31), long: 'x'.repeat(33), empty: '', open: 'x'.repeat(32) })
  for (const name of ['short', 'long', 'empty']) chmodSync(join(dir, name), 0o600)
  for (const name of ['short', 'long', 'empty']) {
    t.throws(() => loadOrCreateSecret(join(dir, name)), { message: /has \d+ bytes; it must have 32/ }, name)
  }
  for (const mode of [0o640, 0o604, 0o660, 0o644]) {
    chmodSync(join(dir, 'open'), mode)
    t.throws(() => loadOrCreateSecret(join(dir, 'open')), { message: /is open to other users.*chmod 600/ })
  }
  chmodSync(join(dir, 'open'), 0o400)
  t.equal(loadOrCreateSecret(join(dir, 'open')).toString(), 'x'.repeat(32))
  symlinkSync(join(dir, 'open'), join(dir, 'link'))
  t.throws(() => loadOrCreateSecret(join(dir, 'link')), { message: /can't be opened \(ELOOP\)/ })
  execFileSync('mkfifo', ['-m', '600', join(dir, 'pipe')])
  t.throws(() => loadOrCreateSecret(join(dir, 'pipe')), { message: /is no file/ })
  mkdirSync(join(dir, 'folder'), 0o700)
  t.throws(() => loadOrCreateSecret(join(dir, 'folder')), { message: /is no file/ })
})

t.test('someone else is faster: theirs is used', async t => {
  const path = join(t.testdir(), 'secret')
  let theirs: Buffer | undefined
  const ours = loadOrCreateSecret(path, size => {
    theirs = loadOrCreateSecret(path)
    return Buffer.alloc(size)
  })
  t.same(ours, theirs)
})

t.test('a failure on the way leaves no half secret', async t => {
  const dir = t.testdir()
  const path = join(dir, 'secret')
  t.throws(() =>
    loadOrCreateSecret(path, () => {
      throw new Error('no randomness')
    })
  )
  t.same(readdirSync(dir), [])
  const gone = join(dir, 'gone')
  mkdirSync(gone)
  t.throws(() =>
    loadOrCreateSecret(join(gone, 'secret'), size => {
      rmSync(gone, { recursive: true })
      return Buffer.alloc(size)
    })
  )
  t.throws(() => loadOrCreateSecret(path, size => Buffer.alloc(size - 1)), { message: /has 31 bytes/ })
  writeFileSync(path, 'x'.repeat(32), { mode: 0o600 })
})

t.test('processes that start together agree', async t => {
  const path = join(t.testdir(), 'secret')
  const module = fileURLToPath(new URL('../../src/core/secret-file.ts', import.meta.url))
  const script = `import(${JSON.stringify(module)}).then(m => console.log(m.loadOrCreateSecret(process.argv[1]).toString('hex')))`
  const run = () => promisify(execFile)(process.execPath, ['-e', script, path])
  const outputs = await Promise.all([run(), run(), run(), run()])
  const expected = `${readFileSync(path).toString('hex')}\n`
  for (const { stdout } of outputs) t.equal(stdout, expected)
})
