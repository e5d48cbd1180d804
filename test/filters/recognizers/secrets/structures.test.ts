import t from 'tap'
import { buildAnalyzer } from '../../../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()
const isSecret = /KEY|TOKEN|PASSWORD|CREDENTIALS/

function secretsIn(text: string): string[] {
  return (analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? [])
    .filter(finding => isSecret.test(finding.type))
    .map(({ start, end }) => text.slice(start, end))
}

t.test('credentials of files that have a place for them', async t => {
  for (const [text, found] of [
    ['machine api.example.org\n  login max\n  password kd83Hausboot\n', ['kd83Hausboot']],
    ['db.example.org:5432:crm:app:kd83-Hausboot\n*:*:*:root:tollesPW99', ['kd83-Hausboot', 'tollesPW99']],
    ['//registry.example.com/:_auth=bWF4OmdlaGVpbTEyMw==', ['bWF4OmdlaGVpbTEyMw==']],
    ['{"auths":{"https://x/v1/":{"auth":"bWF4OmdlaGVpbTEyMw=="}}}', ['bWF4OmdlaGVpbTEyMw==']],
    ['users:\n- name: dev\n  user:\n    token: kq7Zp0Tt41xWm3Nd82Lb', ['kq7Zp0Tt41xWm3Nd82Lb']],
    [
      'kind: Secret\ndata:\n  a: cG9zdGdyZXM6\n  b: bWF4OmdlaGVpbTEyMw==\n---\nkind: ConfigMap\ndata:\n  c: bWF4Omdl',
      ['cG9zdGdyZXM6', 'bWF4OmdlaGVpbTEyMw==']
    ],
    ['config/master.key:\n0f3c9a7b5d1e4f60a2b8c4d6e8f01357', ['0f3c9a7b5d1e4f60a2b8c4d6e8f01357']],
    [
      '[Interface]\nPrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=',
      ['yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=']
    ],
    ['max:$apr1$lZL6V/ci$eIMz/iKDkbtys/uU7LEK00', ['$apr1$lZL6V/ci$eIMz/iKDkbtys/uU7LEK00']]
  ] as const)
    t.same(secretsIn(text), found, text)
})

t.test('credentials in commands, statements and calls', async t => {
  for (const [text, found] of [
    [
      "INSERT INTO users (name, password) VALUES ('max', 'kd83-Haus!'), ('eva', 'mm2-Boot?')",
      ['kd83-Haus!', 'mm2-Boot?']
    ],
    ["CREATE USER app WITH PASSWORD 'kd83Haus';", ['kd83Haus']],
    ["GRANT ALL ON *.* TO 'app'@'%' IDENTIFIED BY 'kd83Haus'", ['kd83Haus']],
    ['mysqldump -u root -pkd83Haus crm', ['kd83Haus']],
    ['export PGPASSWORD=kd83Haus; psql -h db', ['kd83Haus']],
    ['jdbc:oracle:thin:scott/tiger99x@//db:1521/XE', ['scott/tiger99x']],
    ['if ("kd83-Haus" == password) {', ['kd83-Haus']],
    ['variable "db_password" {\n  type = string\n  default = "kd83Haus!"\n}', ['kd83Haus!']]
  ] as const)
    t.same(secretsIn(text), found, text)
})

t.test('passwords in prose', async t => {
  for (const [text, found] of [
    ['Das Passwort lautet Sonnenblume, bitte ändern.', ['Sonnenblume']],
    ['Bitte mit dem Passwort Haus2024! anmelden', ['Haus2024!']],
    ['Ich habe als Kennwort "Blauer Hund" eingerichtet', ['Blauer Hund']],
    ['Die Zugangsdaten sind admin/kd83Haus!', ['kd83Haus!']],
    ['Login: max / kd83Haus!', ['kd83Haus!']],
    ['WLAN-Schlüssel: 8374-2938-1023-8847', ['8374-2938-1023-8847']],
    ['Use the password Tr0ub4dor&3 to log in', ['Tr0ub4dor&3']],
    ['The admin credentials are admin / kd83Haus!', ['kd83Haus!']],
    ['Das Passwort lautet wie folgt und ist vertraulich', []],
    ['Mit dem Passwort können Sie sich anmelden', []],
    ['Das Passwort ist abgelaufen', []],
    ['the password field is required', []],
    ['Login: Haus/Garten', []]
  ] as const)
    t.same(secretsIn(text), found, text)
})

t.test('what was read to its end once is not read again, and what stands behind it still is', async t => {
  const key = 'xapp-1-A02BCDEFGHI-3456789012345-ab12cd34'
  const run = 'xapp-='.repeat(100)
  t.same(secretsIn(`${run} ${key}`), [key])
  t.same(secretsIn(`${'--user='.repeat(100)} --user=max:kd83-Haus`), ['kd83-Haus'])
  t.same(secretsIn(`${'kind: Secret\n'.repeat(50)}---\nkind: Secret\ndata:\n  a: bWF4Omdl\n`), ['bWF4Omdl'])
})

t.test('a key whose rest is masked, a dummy of documentation, a page that ends like one', async t => {
  for (const text of [
    'xoxp-572370529330-573807301142-572331691188-####################',
    'https://hooks.slack.com/triggers/T00EXAMPLE/1234567890123/ab12ef3456789a0bcdef1234567890ab',
    'https://example.notion.site/API-BD80F56CDC1441E6BF6011AB6D852875',
    'password: "!?.,-"',
    'DB_PASSWORD="arn:aws:iam::aws:policy/IAMUserChangePassword"'
  ])
    t.same(secretsIn(text), [], text)
})
