import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import { decodeBase64 } from './base64.ts'

/** Keys of signed notes: C2SP signed-note and tlog-cosignature, Ed25519 (RFC 8032). */

export const ED25519 = 0x01
export const COSIGNATURE_V1 = 0x04

/** A key that signs notes. */
export interface Signer {
  readonly name: string
  readonly keyId: Buffer
  readonly vkey: string
  /** Signature over the text of a note; for cosignatures, with the time before it. */
  sign(text: string): Buffer
}

/** A key that notes are checked with. */
export interface Verifier {
  readonly name: string
  readonly keyId: Buffer
  readonly type: typeof ED25519 | typeof COSIGNATURE_V1
  /** @returns whether the signature holds, and for a cosignature when it was made, in Unix seconds */
  verify(text: string, signature: Buffer): { readonly time?: number } | null
}

/** Key ID: SHA-256(name ‖ 0x0A ‖ type ‖ public key), first four bytes. */
function keyIdOf(name: string, type: number, publicKey: Buffer): Buffer {
  const input = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicKey])
  return hash('sha256', input, 'buffer').subarray(0, 4)
}

function vkeyOf(name: string, type: number, publicKey: Buffer): string {
  const keyId = keyIdOf(name, type, publicKey).toString('hex')
  return `${name}+${keyId}+${Buffer.concat([Buffer.of(type), publicKey]).toString('base64')}`
}

/** A key name: not empty, no white space, no plus sign. */
export function isKeyName(name: string): boolean {
  return /^[^\s+\p{Cc}]{1,255}$/u.test(name)
}

/** PKCS #8 around a raw Ed25519 seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

function privateKeyOf(seed: Buffer): { key: KeyObject; publicKey: Buffer } {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  return { key, publicKey: Buffer.from(x, 'base64url') }
}

/** An origin for a log that was given none: it names the key, so no two gateways share it. */
export function originOfKey(seed: Buffer): string {
  return `schleuse.invalid/${hash('sha256', privateKeyOf(seed).publicKey).slice(0, 16)}`
}

/** A log's key. @param seed 32 bytes */
export function createSigner(name: string, seed: Buffer): Signer {
  if (!isKeyName(name)) throw new TypeError('a key name has no white space and no plus sign')
  const { key, publicKey } = privateKeyOf(seed)
  return {
    name,
    keyId: keyIdOf(name, ED25519, publicKey),
    vkey: vkeyOf(name, ED25519, publicKey),
    sign: text => sign(null, Buffer.from(text), key)
  }
}

/** A witness's key. @param now Unix seconds */
export function createCosigner(name: string, seed: Buffer, now: () => number): Signer {
  const { key, publicKey } = privateKeyOf(seed)
  return {
    name,
    keyId: keyIdOf(name, COSIGNATURE_V1, publicKey),
    vkey: vkeyOf(name, COSIGNATURE_V1, publicKey),
    sign(text) {
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(BigInt(now()))
      return Buffer.concat([time, sign(null, Buffer.from(cosigned(now(), text)), key)])
    }
  }
}

function cosigned(seconds: number, text: string): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`
}

/**
 * Reads a vkey: `name+<key ID>+<base64 of type and public key>`.
 * @param name takes the place of the vkey's own name, for logs that share one key under names of their own
 * @throws TypeError when it is none, has another type than Ed25519 or cosignature/v1, or its ID does not fit
 */
export function parseVkey(vkey: string, name?: string): Verifier {
  const [own = '', id = '', ...rest] = vkey.split('+')
  const bytes = decodeBase64(rest.join('+'))
  const type = bytes?.[0]
  if (!isKeyName(own) || bytes?.length !== 33 || (type !== ED25519 && type !== COSIGNATURE_V1))
    throw new TypeError('this is no vkey of a log (name+id+key, Ed25519) or witness (cosignature/v1)')
  const publicKey = bytes.subarray(1)
  if (keyIdOf(own, type, publicKey).toString('hex') !== id)
    throw new TypeError('the ID of the vkey does not fit its key')
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url') },
    format: 'jwk'
  })
  const holds = (text: string, signature: Buffer) => verify(null, Buffer.from(text), key, signature)
  const called = name ?? own
  return { name: called, keyId: keyIdOf(called, type, publicKey), type, verify: checkOf(type, holds) }
}

/** The vkey of the same Ed25519 key under another name: what other software needs for one log of a gateway. @throws TypeError */
export function renameVkey(vkey: string, name: string): string {
  parseVkey(vkey)
  return vkeyOf(name, ED25519, publicKeyOf(vkey))
}

/** The 32 bytes of the key in a vkey, which may hold plus signs of its own. @param vkey as `parseVkey` takes it */
export function publicKeyOf(vkey: string): Buffer {
  return Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1)
}

function checkOf(
  type: Verifier['type'],
  holds: (text: string, signature: Buffer) => boolean
): Verifier['verify'] {
  if (type === ED25519)
    return (text, signature) => (signature.length === 64 && holds(text, signature) ? {} : null)
  return (text, signature) => {
    if (signature.length !== 72) return null
    const time = Number(signature.readBigUInt64BE(0))
    return holds(cosigned(time, text), signature.subarray(8)) ? { time } : null
  }
}
