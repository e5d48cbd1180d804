import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { localProvider, writeConfig } from '../support/gateway.ts'

/** `schleuse apps`, as an operator runs it. */

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')
const folder = t.testdir({})
const purpose = { id: 'replies', legalBasis: '6_1_b' }
const config = writeConfig(folder, {
  providers: [localProvider(1, ['m'])],
  settings: { apps: [{ id: 'crm', purpose }, { id: 'chat' }] }
})

function run(...args: readonly string[]) {
  const env = { ...process.env, SCHLEUSE_CONFIG: config }
  const done = spawnSync(process.execPath, [cli, 'apps', ...args], { encoding: 'utf8', env })
  return { code: done.status, out: done.stdout, err: done.stderr }
}

t.test('check: what is missing, by app', async t => {
  const { code, out } = run('check')
  t.equal(code, 1)
  t.match(out, /crm +replies +missing: controller, function, special_basis/)
  t.notMatch(out, /legal_basis/)
  t.match(out, /chat +- +missing: purpose\n/)
})

t.test('key: made, listed, revoked, and never stored', async t => {
  const [key = '', more = ''] = run('key', 'create', 'crm', '--expires', '2999-01-01').out.split('\n')
  const [id = ''] = more.split(' ')
  t.match(key, /^schleuse_/)
  t.match(run('key', 'list').out, new RegExp(`${id} +crm +\\S+ +2999-01-01T00:00:00.000Z +valid`))
  t.notMatch(run('key', 'list', 'chat').out, id)
  t.notMatch(readFileSync(join(folder, 'data', 'apps', 'keys.json'), 'utf8'), key)
  t.match(run('key', 'revoke', id), { code: 0, out: `${id} is revoked\n` })
  t.match(run('key', 'list').out, new RegExp(`${id} .* revoked \\d`))
})

t.test('what can not be done says why', async t => {
  t.match(run('key', 'create', 'crmm'), { code: 2, err: /no app of this id .*there are: crm, chat/ })
  t.match(run('key', 'create', 'crm', '--expires', '2001-01-01'), { code: 2, err: /date to come/ })
  t.match(run('key', 'create', 'crm', '--expires', 'soon'), { code: 2, err: /date to come/ })
  t.match(run('key', 'revoke', 'key_nothere1'), { code: 2, err: /no key of this id/ })
  t.match(run('key'), { code: 2, err: /Usage/ })
})
