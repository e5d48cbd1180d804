import { randomBytes } from 'node:crypto'
import t from 'tap'
import { HmacKey } from '../../src/core/hmac.ts'
import { splice } from '../../src/core/json/splice.ts'
import { walkJson } from '../../src/core/json/walker.ts'
import { noTarget } from '../../src/dialects/dialect.ts'
import { chatCompletions } from '../../src/dialects/openai/chat.ts'
import { Issued } from '../../src/filters/issued.ts'
import { pseudonymizeSegments } from '../../src/filters/pseudonymizer.ts'
import { createRestoreStats, restoreWhole } from '../../src/filters/reidentifier.ts'
import { KeyRing } from '../../src/filters/vault/key-ring.ts'
import { MemoryStore } from '../../src/filters/vault/memory.ts'
import { Vault } from '../../src/filters/vault/vault.ts'
import { AnswerMemory, type MemoryScope } from '../../src/pipeline/answer-memory.ts'

const clock = { now: () => 0, monotonic: () => 0 }
const secret = new HmacKey(randomBytes(32))
const vault = new Vault({
  store: new MemoryStore({ clock, maxBytes: 50_000_000 }),
  keys: new KeyRing([randomBytes(32)]),
  index: secret,
  ttlMs: 1000
})
const memory = () => new AnswerMemory({ vault, clock, secret })
const scopeKey = randomBytes(32)
const scope = { appId: 'app', scopeKey }

function walked(messages: readonly object[]) {
  const walk = walkJson(JSON.stringify({ model: 'm', messages }), chatCompletions.request, {
    maxDepth: 64,
    maxLeaves: 10_000,
    as: 'request'
  })
  return { walk, said: chatCompletions.read(walk, noTarget).said ?? [] }
}

async function recalled(messages: readonly object[], answers = memory(), by: MemoryScope = scope) {
  const { walk, said } = walked(messages)
  const replays = await answers.recall(by, walk, said)
  return { replays, sent: splice(walk.source, replays.edits), walk }
}

const types = ['PERSON', 'EMAIL']

t.test("what was remembered goes back as the provider wrote it; the assistant's words only", async t => {
  const issued = new Issued(types)
  issued.add('EMAIL_3BCD5FGH', 'zoe@example.com')
  const text = {
    source: 'an email_3bcd5fgh, "Herr Ahlers"\n',
    restored: 'an zoe@example.com, "Herr Ahlers"\n'
  }
  await memory().remember(scope, 'sim', [text], issued)
  const message = { role: 'assistant', content: text.restored }
  const user = { role: 'user', content: text.restored }
  const parts = { role: 'assistant', content: [{ type: 'text', text: text.restored }] }
  const args = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: text.restored } }]
  }
  for (const [one, hit] of [
    [message, true],
    [parts, true],
    [args, true],
    [user, false],
    [{ ...message, content: `${text.restored} ` }, false]
  ] as const) {
    const { sent, replays } = await recalled([user, one])
    t.equal(sent.split(JSON.stringify(text.source)).length - 1, hit ? 1 : 0)
    t.equal(sent.split(JSON.stringify(text.restored)).length - 1, hit ? 1 : one === user ? 2 : 1)
    t.equal(replays.provider, hit ? 'sim' : null)
    t.strictSame(
      [...replays.codesAt.values()].flat(),
      hit ? [{ code: 'EMAIL_3BCD5FGH', surface: 'zoe@example.com' }] : []
    )
  }
  for (const other of [
    { ...scope, appId: 'other' },
    { ...scope, scopeKey: randomBytes(32) }
  ])
    t.equal((await recalled([message], memory(), other)).replays.provider, null, 'nobody else')
})

t.test('answers of two providers: only those of the last one are used', async t => {
  const issued = new Issued(types)
  const answers = memory()
  await answers.remember(scope, 'one', [{ source: 'A1', restored: 'answer one' }], issued)
  await answers.remember(scope, 'two', [{ source: 'A2', restored: 'answer two' }], issued)
  const { sent, replays } = await recalled([
    { role: 'assistant', content: 'answer one' },
    { role: 'assistant', content: 'answer two' }
  ])
  t.equal(replays.provider, 'two')
  t.match(sent, '"answer one"')
  t.match(sent, '"A2"')
})

t.test('arguments as nested JSON: all leaves of the value are covered, and no other', async t => {
  const restored = JSON.stringify({ who: 'zoe@example.com', list: ['x', { y: 'z' }] })
  await memory().remember(scope, 'sim', [{ source: '{"who":"EMAIL_3BCD5FGH"}', restored }], new Issued(types))
  const call = { id: 'a', type: 'function', function: { name: 'f', arguments: restored } }
  const { replays, walk } = await recalled([
    { role: 'user', content: 'before' },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'user', content: 'after' }
  ])
  const open = walk.leaves.filter((_, at) => !replays.codesAt.has(at)).map(leaf => leaf.text)
  t.strictSame(open, ['m', 'before', 'f', 'after'])
})

t.test('10,000 pairs of users with the same beginning: no value of one reaches the other', async t => {
  const answers = memory()
  let codes = 0
  for (let pair = 0; pair < 10_000; pair++) {
    const begin = { kind: 'text' as const, text: `Vorgang ${pair}`, label: '' }
    const key = () => secret.digest(`pair ${pair}`)
    const value = (who: string) => `${who}${pair}@firma-${(pair * 7919) % 10_000}.de`
    const make = (who: string, typed = '') => {
      const mail = value(who)
      const segments = [begin, { kind: 'text' as const, text: mail + typed, label: '' }]
      const finding = { start: 0, end: mail.length, type: 'EMAIL', score: 1, recognizer: 'email' }
      return pseudonymizeSegments({
        scopeKey: key,
        knownTypes: types,
        segments,
        findings: [[], [finding]],
        operatorFor: () => 'pseudonymize'
      })
    }
    const a = make('anna')
    const [code = ''] = a.issued.all().map(one => one.code)
    codes += code === '' ? 0 : 1
    // b types a's code, and the model says it and its neighbours
    const b = make('bruno', ` und ${code}`)
    const guessed = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.split('').map(last => code.slice(0, -1) + last)
    const said = `${code} ${code.toLowerCase()} ${guessed.join(' ')}`
    const restored = splice(said, restoreWhole(said, b.issued, 'text', createRestoreStats()))
    if (restored.includes(value('anna'))) t.fail(`pair ${pair}: restored`)
    if (pair % 20 !== 0) continue
    // what a's answer left in the memory is found only with a's very words
    const pairScope = { appId: 'app', scopeKey: key() }
    await answers.remember(
      pairScope,
      'sim',
      [{ source: `An ${code}`, restored: `An ${value('anna')}` }],
      a.issued
    )
    for (const content of [`An ${code}`, `An ${value('bruno')}`, code]) {
      const { replays } = await recalled([{ role: 'assistant', content }], answers, pairScope)
      if (replays.codesAt.size > 0) t.fail(`pair ${pair}: remembered for the other`)
    }
  }
  t.equal(codes, 10_000)
})

t.test('a vault that is gone remembers nothing and stops nothing', async t => {
  const gone = new Vault({
    store: {
      read: () => Promise.reject(new Error('gone')),
      add: () => Promise.reject(new Error('gone')),
      set: () => Promise.reject(new Error('gone')),
      setSoon: () => Promise.reject(new Error('gone')),
      find: () => Promise.reject(new Error('gone')),
      erase: () => Promise.reject(new Error('gone')),
      eraseEntries: () => Promise.reject(new Error('gone')),
      purge: () => Promise.reject(new Error('gone')),
      close: () => Promise.resolve()
    },
    keys: new KeyRing([randomBytes(32)]),
    index: secret,
    ttlMs: 1000
  })
  const answers = new AnswerMemory({ vault: gone, clock, secret })
  await answers.remember(scope, 'sim', [{ source: 'a', restored: 'b' }], new Issued(types))
  const { replays } = await recalled([{ role: 'assistant', content: 'b' }], answers)
  t.equal(replays.edits.length, 0)
})
