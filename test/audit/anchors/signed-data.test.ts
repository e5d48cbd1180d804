import { execFileSync } from 'node:child_process'
import { hash, sign, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { checkSigner } from '../../../src/audit/anchors/certificates.ts'
import { DerError, der, derOid, derUnsigned, TAG } from '../../../src/audit/anchors/der.ts'
import { checkTimestamp, timestampRequest } from '../../../src/audit/anchors/timestamp.ts'
import { folderOf } from '../../support/audit-index.ts'
import { startTsa } from '../../support/local-tsa.ts'

/** Who signed a time-stamp, checked without openssl against what openssl signs. */

const folder = folderOf(t)
const tsa = await startTsa(folder)
t.teardown(() => tsa.close())
const at = (name: string) => join(folder, name)
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
const certificate = (name: string) => new X509Certificate(readFileSync(at(name)))
const root = certificate('root.pem')
const data = Buffer.from('checkpoint')
const DAY_MS = 86_400_000

/** Makes `<name>.pem`, `.key`: issued by root, or by another. */
function issue(
  name: string,
  extensions: string,
  key = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  by = 'root'
) {
  writeFileSync(at(`${name}.cnf`), `[x]\n${extensions}\n[req]\ndistinguished_name=dn\n[dn]\n`)
  const made = [
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/CN=${name}`,
    '-config',
    `${name}.cnf`
  ]
  openssl('req', '-newkey', ...key, '-nodes', ...made)
  const issuer = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '2']
  const extension = ['-extfile', `${name}.cnf`, '-extensions', 'x']
  openssl('x509', '-req', '-in', `${name}.csr`, ...issuer, ...extension, '-out', `${name}.pem`)
}
const FOR_STAMPS = 'extendedKeyUsage=critical,timeStamping'

/** An answer of the authority itself. */
function answer(signer = 'tsa', ...more: string[]): Buffer {
  writeFileSync(at('q.tsq'), timestampRequest(data, Buffer.of(1, 2, 3, 4, 5, 6, 7, 8)))
  const files = ['-queryfile', 'q.tsq', '-out', 'a.tsr', '-config', 'tsa.cnf']
  openssl('ts', '-reply', ...files, '-signer', `${signer}.pem`, '-inkey', `${signer}.key`, ...more)
  return readFileSync(at('a.tsr'))
}

/** The same content signed by whoever is asked, which `openssl ts` refuses. */
function signedBy(signers: readonly string[], ...flags: string[]): Buffer {
  openssl('ts', '-reply', '-in', 'a.tsr', '-token_out', '-out', 'token.der')
  openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token.der', '-binary', '-out', 'info.der')
  const files = ['-binary', '-nodetach', '-in', 'info.der', '-outform', 'DER', '-out', 'token.der']
  const keys = signers.flatMap(name => ['-signer', `${name}.pem`, '-inkey', `${name}.key`])
  const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4']
  openssl('cms', '-sign', ...files, ...type, ...keys, ...flags)
  return der(TAG.sequence, der(TAG.sequence, derUnsigned(Buffer.of(0))), readFileSync(at('token.der')))
}

/** The answer with one byte changed in the first place where `part` stands. */
function changed(bytes: Buffer, part: Buffer, offset = 0): Buffer {
  const copy = Buffer.from(bytes)
  const place = copy.indexOf(part) + offset
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}

const fails = (t: Test, bytes: Buffer, trusted: X509Certificate[], why: RegExp) =>
  t.throws(() => checkTimestamp(bytes, trusted), { name: DerError.name, message: why })

t.test('what the authority signed, by the root or its own certificate; ECDSA and RSA, SHA-2', async t => {
  const stamp = checkTimestamp(answer(), [root])
  t.same(stamp.imprint, hash('sha256', data, 'buffer'))
  t.equal(stamp.signer, 'CN=test tsa')
  t.ok(checkTimestamp(answer(), [certificate('tsa.pem')]))
  issue('rsa', FOR_STAMPS, ['rsa:2048'])
  for (const digest of ['sha256', 'sha384', 'sha512'])
    t.equal(checkTimestamp(answer('rsa', `-${digest}`), [root]).signer, 'CN=rsa', digest)
  issue('between', 'basicConstraints=critical,CA:TRUE,pathlen:0')
  issue('below', FOR_STAMPS, undefined, 'between')
  t.equal(checkTimestamp(answer('below', '-chain', 'between.pem'), [root]).signer, 'CN=below')
})

t.test('RSA-PSS and Ed25519', async t => {
  issue('rsa2', FOR_STAMPS, ['rsa:2048'])
  issue('edwards', FOR_STAMPS, ['ed25519'])
  issue('narrow', FOR_STAMPS, [
    'rsa-pss',
    '-pkeyopt',
    'rsa_pss_keygen_md:sha512',
    '-pkeyopt',
    'rsa_pss_keygen_mgf1_md:sha512'
  ])
  answer()
  const pss = ['-keyopt', 'rsa_padding_mode:pss']
  for (const digest of ['sha256', 'sha384', 'sha512']) {
    const stamp = signedBy(['rsa2'], '-cades', '-md', digest, ...pss)
    t.equal(checkTimestamp(stamp, [root]).signer, 'CN=rsa2', digest)
    const last = Buffer.from(stamp)
    last[last.length - 1] = (last.at(-1) ?? 0) ^ 1
    fails(t, last, [root], /signature does not hold/)
  }
  const short = signedBy(['rsa2'], '-cades', '-md', 'sha256', ...pss, '-keyopt', 'rsa_pss_saltlen:20')
  t.ok(checkTimestamp(short, [root]))
  const mixed = signedBy(['rsa2'], '-cades', '-md', 'sha256', ...pss, '-keyopt', 'rsa_mgf1_md:sha1')
  fails(t, mixed, [root], /another digest inside/)
  const other = signedBy(['rsa2'], '-cades', '-md', 'sha256', ...pss, '-keyopt', 'rsa_mgf1_md:sha512')
  fails(t, other, [root], /another digest inside/)
  // a key that is for SHA-512 alone
  const twin = signedBy(['narrow'], '-cades', '-md', 'sha512', ...pss)
  t.ok(checkTimestamp(twin, [root]))
  const stamp = edwardsToken(readFileSync(at('info.der')))
  t.equal(checkTimestamp(stamp, [root]).signer, 'CN=edwards')
  fails(t, changed(stamp, stamp.subarray(-8)), [root], /signature does not hold/)
})

/** Made by hand: openssl 3.0 signs no CMS with Ed25519 (RFC 8419). */
function edwardsToken(content: Buffer): Buffer {
  const { raw } = certificate('edwards.pem')
  const sha512 = der(TAG.sequence, derOid('2.16.840.1.101.3.4.2.3'))
  const info = derOid('1.2.840.113549.1.9.16.1.4')
  const attribute = (type: string, value: Buffer) => der(TAG.sequence, derOid(type), der(TAG.set, value))
  const named = der(TAG.sequence, sha512, der(TAG.octets, hash('sha512', raw, 'buffer')))
  const attributes = [
    attribute('1.2.840.113549.1.9.3', info),
    attribute('1.2.840.113549.1.9.4', der(TAG.octets, hash('sha512', content, 'buffer'))),
    attribute('1.2.840.113549.1.9.16.2.47', der(TAG.sequence, der(TAG.sequence, named)))
  ]
  const signature = sign(null, der(TAG.set, ...attributes), readFileSync(at('edwards.key'), 'utf8'))
  const serial = Buffer.from(certificate('edwards.pem').serialNumber, 'hex')
  const signer = der(
    TAG.sequence,
    derUnsigned(Buffer.of(1)),
    der(TAG.sequence, der(TAG.sequence), derUnsigned(serial)),
    sha512,
    der(TAG.context0, ...attributes),
    der(TAG.sequence, derOid('1.3.101.112')),
    der(TAG.octets, signature)
  )
  const signed = der(
    TAG.sequence,
    derUnsigned(Buffer.of(3)),
    der(TAG.set, sha512),
    der(TAG.sequence, info, der(TAG.context0, der(TAG.octets, content))),
    der(TAG.context0, raw),
    der(TAG.set, signer)
  )
  const token = der(TAG.sequence, derOid('1.2.840.113549.1.7.2'), der(TAG.context0, signed))
  return der(TAG.sequence, der(TAG.sequence, derUnsigned(Buffer.of(0))), token)
}

t.test('what was changed after it was signed', async t => {
  const good = answer()
  t.ok(checkTimestamp(good, [root]))
  fails(t, changed(good, hash('sha256', data, 'buffer')), [root], /content is not what was signed/)
  const digest = Buffer.from('06092a864886f70d010904', 'hex')
  fails(t, changed(good, digest, digest.length + 4), [root], /content is not what was signed/)
  const time = Buffer.from('06092a864886f70d010905', 'hex')
  fails(t, changed(good, time, digest.length + 4), [root], /signature does not hold/)
  const last = Buffer.from(good)
  last[last.length - 1] = (last.at(-1) ?? 0) ^ 1
  fails(t, last, [root], /signature does not hold/)
  for (let cut = 1; cut < good.length; cut += 97)
    t.throws(() => checkTimestamp(good.subarray(0, cut), [root]), { name: DerError.name })
})

t.test('another signer, several, or none that is trusted', async t => {
  const other = folderOf(t)
  const elsewhere = await startTsa(other)
  t.teardown(() => elsewhere.close())
  const foreign = new X509Certificate(readFileSync(join(other, 'root.pem')))
  fails(t, answer(), [foreign], /leads to none of the certificates that are trusted/)
  issue('second', FOR_STAMPS)
  answer()
  t.equal(checkTimestamp(signedBy(['second'], '-cades'), [root]).signer, 'CN=second')
  fails(t, signedBy(['tsa', 'second'], '-cades'), [root], /bytes follow/)
  fails(t, signedBy(['second']), [root], /a signed attribute is missing/)
  fails(t, signedBy(['second'], '-cades', '-nocerts'), [root], /certificate of its signer is not in it/)
  fails(t, signedBy(['second'], '-noattr'), [root], /tag/)
  fails(t, signedBy(['second'], '-cades', '-md', 'sha1'), [root], /digest is none of/)
})

t.test('a signer that is not for time-stamps, or was not valid', async t => {
  issue('plain', 'basicConstraints=CA:FALSE')
  issue('mail', 'extendedKeyUsage=critical,emailProtection')
  issue('both', 'extendedKeyUsage=critical,timeStamping,emailProtection')
  issue('lenient', 'extendedKeyUsage=timeStamping')
  answer()
  for (const [name, why] of [
    ['plain', /not there for time-stamps/],
    ['mail', /not there for time-stamps/],
    ['both', /bytes follow/],
    ['lenient', /not there for time-stamps/]
  ] as const)
    fails(t, signedBy([name], '-cades'), [root], why)
  const signer = certificate('tsa.pem')
  const now = Date.now()
  t.doesNotThrow(() => checkSigner(signer, [], [root], now))
  for (const ms of [now + 3 * DAY_MS, now - 3 * DAY_MS])
    t.throws(() => checkSigner(signer, [], [root], ms), { message: /was not valid at that time/ })
})

t.test('issued by one that may not', async t => {
  issue('nobody', 'basicConstraints=critical,CA:FALSE')
  issue('wild', FOR_STAMPS, undefined, 'nobody')
  issue('first', 'basicConstraints=critical,CA:TRUE,pathlen:0')
  issue('deeper', 'basicConstraints=critical,CA:TRUE', undefined, 'first')
  issue('deepest', FOR_STAMPS, undefined, 'deeper')
  issue('narrow', 'basicConstraints=critical,CA:TRUE\nnameConstraints=critical,permitted;DNS:example.com')
  issue('narrowed', FOR_STAMPS, undefined, 'narrow')
  const chain = (...names: string[]) => names.map(name => certificate(`${name}.pem`))
  const check =
    (...names: string[]) =>
    () => {
      const [signer, ...others] = chain(...names)
      if (signer !== undefined) checkSigner(signer, others, [root], Date.now())
    }
  t.throws(check('wild', 'nobody'), { message: /may not|leads to none/ })
  t.throws(check('deepest', 'deeper', 'first'), { message: /issued by one that may not/ })
  t.throws(check('narrowed', 'narrow'), { message: /condition that is not known/ })
  t.throws(check('deepest', 'first'), { message: /leads to none/ })
  const [leaf, ...authority] = chain('wild', 'nobody')
  if (leaf === undefined) throw new Error('no certificate')
  t.throws(() => checkSigner(leaf, [], authority, Date.now()), { message: /may not|leads to none/ })
})
