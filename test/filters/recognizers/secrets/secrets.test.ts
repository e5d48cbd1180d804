import t from 'tap'
import { buildAnalyzer } from '../../../../src/filters/analyzer.ts'
import {
  crc32,
  hasCrc32,
  hasHexCrc32,
  toBase62
} from '../../../../src/filters/recognizers/secrets/checksum.ts'
import { Letters } from '../../../../src/filters/recognizers/validators/letters.ts'
import { isDummyKey, isPlaceholder } from '../../../../src/filters/recognizers/validators/placeholder.ts'

const analyzer = buildAnalyzer()
const isSecret = /KEY|TOKEN|PASSWORD|CREDENTIALS/

function secretsIn(text: string, label = ''): string[] {
  return (analyzer.analyze([{ kind: 'text', text, label }])[0] ?? [])
    .filter(finding => isSecret.test(finding.type))
    .map(({ start, end }) => text.slice(start, end))
}

t.test('CRC-32 and its base 62, as GitHub and npm end their tokens', async t => {
  t.equal(crc32('123456789'), 0xcbf43926)
  const body = 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO'
  t.ok(hasCrc32(`ghp_${body}${toBase62(crc32(body))}`))
  t.equal(toBase62(crc32(body)), '0pINUx', 'published example')
  t.notOk(hasCrc32(`ghp_${body}000000`))
})

t.test('CRC-32 in hexadecimal, as Cloudflare ends its tokens', async t => {
  const body = 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0123456789'
  t.ok(hasHexCrc32(`cfut_${body}${crc32(body).toString(16).padStart(8, '0')}`))
  t.notOk(hasHexCrc32(`cfut_${body}00000000`))
})

t.test('a checksum that fails lowers the score, and the token is still found', async t => {
  const body = 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO'
  const scoreOf = (token: string): number =>
    analyzer.analyze([{ kind: 'text', text: `see ${token}`, label: '' }])[0]?.[0]?.score ?? 0
  t.ok(scoreOf(`ghp_${body}${toBase62(crc32(body))}`) > scoreOf(`ghp_${body}3kQz9A`))
  t.ok(scoreOf(`ghp_${body}3kQz9A`) > 0.5)
})

t.test('machine-made text is told from words and names', async t => {
  const letters = new Letters()
  const isRandom = (text: string): boolean => letters.read(text, 0, text.length).isRandom(6)
  for (const text of ['9dK2mQ7xLp40ZtR8', 'kqgfvyqrzm', '3f846a1a71208e35', 'aB3x9QpL77tRw2', 'mngcpuv40421'])
    t.ok(isRandom(text), text)
  for (const text of [
    'Vary',
    'primary_key',
    'UserPasswordResetToken',
    'password1',
    'Benutzerverwaltung',
    'application'
  ])
    t.notOk(isRandom(text), text)
})

t.test('examples and placeholders are no findings', async t => {
  for (const value of [
    'YOUR_API_KEY',
    'xxxxxxxxxxxx',
    `\${TOKEN}`,
    '{{ secrets.KEY }}',
    '<token>',
    '********',
    'changeme',
    '$TOKEN',
    'process.env.KEY'
  ])
    t.ok(isPlaceholder(value), value)
  t.ok(isDummyKey('AKIAIOSFODNN7EXAMPLE'))
  t.notOk(isDummyKey(['AKIA', 'Q3EGZ5PYX7LTMB2N'].join('')))
  for (const text of [
    'api_key = "YOUR_API_KEY"',
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    `Authorization: Bearer \${TOKEN}`,
    'password: ********',
    'const token = createToken(user)',
    'token: string',
    'public_key: 9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit',
    'git checkout 9f8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b',
    'sha512-9yTQ2vmyZ0fyE3nH4bqyHWcaY1nYqk8rWrVUqEf0yVvqZ8KpVn5X9A=='
  ])
    t.same(secretsIn(text), [], text)
})

t.test('in JSON, escaped JSON, URLs, XML, YAML, terminals and prose', async t => {
  const value = 'k9Q2xT7mPz40LbW1'
  for (const text of [
    `{"apiKey":"${value}"}`,
    `"{\\"apiKey\\": \\"${value}\\"}"`,
    `https://example.org/?access_token=${value}&x=1`,
    `a%26token%3D${value}`,
    `<clientSecret>${value}</clientSecret>`,
    `client_secret: ${value}`,
    `export ACME_TOKEN=${value}`,
    `Der API-Schlüssel lautet: ${value}`,
    `the api key is ${value}`,
    `Authorization: Token ${value}`
  ])
    t.same(secretsIn(text), [value], text)
  t.same(secretsIn(value, 'clientSecret'), [value])
})

t.test('only the secret part of a connection string', async t => {
  t.same(secretsIn('Server=db;Database=crm;User Id=app;Password=kd83-Haus!;'), ['kd83-Haus!'])
  t.same(secretsIn('Server=db;Uid=app;Pwd=kd83Haus;'), ['kd83Haus'])
  t.same(secretsIn('jdbc:mysql://db/crm?user=app&password=kd83Haus'), ['kd83Haus'])
  t.same(secretsIn('postgres://app:k@d83-Haus@db.internal/crm'), ['app:k@d83-Haus'])
  t.same(secretsIn('otpauth://totp/acme:max?secret=JBSWY3DPEHPK3PXP7A&issuer=acme'), ['JBSWY3DPEHPK3PXP7A'])
  t.same(secretsIn('//registry.npmjs.org/:_authToken=9dK2mQ7xLp40ZtR8'), ['9dK2mQ7xLp40ZtR8'])
})

t.test('what was read in one text plays no part in the next', async t => {
  const broken = '"password":password  "shipp-----BEGIN o_live'
  const alone = secretsIn(broken)
  for (const before of [
    'password "kd83-Haus-am-See-2024"',
    '{"tokens":["3f846a1a71208e35","c26bac0af89a49fd"]}',
    'key=a'
  ]) {
    secretsIn(before)
    t.same(secretsIn(broken), alone)
  }
})

t.test('hostile text costs no more than its length', async t => {
  const units = [
    '"',
    '=',
    'key=',
    'key="',
    'token ',
    'sk-',
    'sl.',
    'eyJ',
    'MII',
    'Bearer ',
    'password ',
    '://a:',
    'a1B2',
    'key-',
    'login a password b1 '
  ]
  // Time of this thread, since machines do other things besides.
  const milliseconds = (text: string): number => {
    const start = process.threadCpuUsage()
    secretsIn(text)
    const { user, system } = process.threadCpuUsage(start)
    return (user + system) / 1000
  }
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(400_000 / unit.length))
    milliseconds(text.slice(0, 40_000))
    const small = Math.min(milliseconds(text.slice(0, 40_000)), milliseconds(text.slice(0, 40_000)))
    // Ten times the text; far below a hundred times the time. Tried again: the clock of a thread is coarse.
    let isLinear = false
    for (let i = 0; i < 4 && !isLinear; i++) isLinear = milliseconds(text) < small * 35 + 60
    t.ok(isLinear, JSON.stringify(unit))
  }
})

t.test('a key that its vendor publishes is no secret, another of its form is one', async t => {
  const published = ['AIzaSy', 'abcdefghijklmnopqrstuvwxyz', '1234567'].join('')
  const other = ['AIzaSy', 'bcdefghijklmnopqrstuvwxyza', '1234567'].join('')
  t.same(secretsIn(published), [])
  t.same(secretsIn(other), [other])
})
