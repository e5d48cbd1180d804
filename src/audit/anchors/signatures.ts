import { constants, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto'
import { DerError, DerReader, derOid, TAG } from './der.ts'

/** The kinds of signatures that signers of time-stamps use: RSA (PKCS #1 and PSS), ECDSA, Ed25519, each with SHA-2. */

const DIGESTS: ReadonlyMap<string, string> = new Map([
  [oid('2.16.840.1.101.3.4.2.1'), 'sha256'],
  [oid('2.16.840.1.101.3.4.2.2'), 'sha384'],
  [oid('2.16.840.1.101.3.4.2.3'), 'sha512']
])

interface Algorithm {
  readonly keys: readonly string[]
  /** Null: the digest is the one that the signer names. */
  readonly digest: string | null
}

/** RFC 5754; RSA as RFC 3370 has it too. */
const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  [oid('1.2.840.113549.1.1.1'), { keys: ['rsa'], digest: null }],
  [oid('1.2.840.113549.1.1.11'), { keys: ['rsa'], digest: 'sha256' }],
  [oid('1.2.840.113549.1.1.12'), { keys: ['rsa'], digest: 'sha384' }],
  [oid('1.2.840.113549.1.1.13'), { keys: ['rsa'], digest: 'sha512' }],
  [oid('1.2.840.10045.4.3.2'), { keys: ['ec'], digest: 'sha256' }],
  [oid('1.2.840.10045.4.3.3'), { keys: ['ec'], digest: 'sha384' }],
  [oid('1.2.840.10045.4.3.4'), { keys: ['ec'], digest: 'sha512' }]
])
/** RFC 4056. */
const PSS = oid('1.2.840.113549.1.1.10')
const MGF1 = oid('1.2.840.113549.1.1.8')
/** RFC 8419. */
const ED25519 = oid('1.3.101.112')
/** Context-specific and constructed, numbers 1 and 2: mask and length of the salt. */
const [CONTEXT_1, CONTEXT_2] = [0xa1, 0xa2]

function oid(dotted: string): string {
  return derOid(dotted).toString('hex')
}

export interface Signature {
  /** Inside of its AlgorithmIdentifier; attacker-controlled, as all of it. */
  readonly algorithm: DerReader
  /** What the signer digested its content with. */
  readonly digest: string
  readonly bytes: Buffer
}

/** @param algorithm inside of an AlgorithmIdentifier. @throws DerError when it is not of SHA-2 */
export function digestOf(algorithm: DerReader): string {
  const name = DIGESTS.get(algorithm.next(TAG.oid).bytes.toString('hex'))
  if (name === undefined) throw new DerError('its digest is none of SHA-256, SHA-384 and SHA-512')
  return name
}

/** @throws DerError when the signature is of no known kind, not of the kind of the key, or does not hold */
export function checkSignature(
  { algorithm, digest, bytes }: Signature,
  signed: Buffer,
  key: KeyObject
): void {
  const kind = algorithm.next(TAG.oid).bytes.toString('hex')
  const type = key.asymmetricKeyType ?? ''
  const known = ALGORITHMS.get(kind)
  let holds: boolean
  if (known?.keys.includes(type) === true) holds = verified(known.digest ?? digest, signed, key, bytes)
  else if (kind === PSS && (type === 'rsa' || type === 'rsa-pss')) {
    const saltLength = saltOf(algorithm.into(TAG.sequence), digest)
    holds = verified(digest, signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, bytes)
  } else if (kind === ED25519 && type === 'ed25519') holds = verified(null, signed, key, bytes)
  else throw new DerError('its signature is none of RSA, ECDSA and Ed25519, or not of the kind of its key')
  if (!holds) throw new DerError('its signature does not hold')
}

/** A key may allow only some digests; OpenSSL throws then, which is no proof either. */
function verified(
  digest: string | null,
  signed: Buffer,
  key: KeyObject | VerifyKeyObjectInput,
  bytes: Buffer
): boolean {
  try {
    return verify(digest, signed, key, bytes)
  } catch {
    return false
  }
}

/** Length of the salt (RFC 4055 §3.1). Its default is 20; those of the digests are SHA-1, which is not taken. */
function saltOf(parameters: DerReader, digest: string): number {
  const inner = parameters.maybe(TAG.context0)
  const mask = parameters.maybe(CONTEXT_1)
  if (inner === undefined || mask === undefined || !isOf(digest, inner.content, mask.content))
    throw new DerError('its signature is RSA-PSS with another digest inside')
  const given = parameters.maybe(CONTEXT_2)
  parameters.end()
  if (given === undefined) return 20
  const salt = new DerReader(given.content).next(TAG.integer).content
  if (salt.length > 2) throw new DerError('its salt is longer than any key')
  return Number(`0x${salt.toString('hex') || '0'}`)
}

function isOf(digest: string, inner: Buffer, mask: Buffer): boolean {
  const generator = new DerReader(mask).into(TAG.sequence)
  if (generator.next(TAG.oid).bytes.toString('hex') !== MGF1) return false
  return (
    digestOf(new DerReader(inner).into(TAG.sequence)) === digest &&
    digestOf(generator.into(TAG.sequence)) === digest
  )
}
