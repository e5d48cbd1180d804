import { hash, type X509Certificate } from 'node:crypto'
import { checkSigner } from './certificates.ts'
import { DerError, DerReader, der, derOid, derUnsigned, TAG } from './der.ts'
import { openSignedData } from './signed-data.ts'

/** Time-stamps of RFC 3161: what is asked of an authority, and what it answers. SHA-256 only. */

const SHA256 = derOid('2.16.840.1.101.3.4.2.1')
const SIGNED_DATA = derOid('1.2.840.113549.1.7.2')
const TST_INFO = derOid('1.2.840.113549.1.9.16.1.4')
const VERSION_1 = derUnsigned(Buffer.of(1))
/** PKIStatus: granted, granted with modifications. */
const GRANTED = new Set([0, 1])

/** What a token says; that the authority signed it is for `checkTimestamp`. */
export interface TimestampInfo {
  /** SHA-256 of what was stamped. */
  readonly imprint: Buffer
  /** ms since the epoch. */
  readonly timeMs: number
  /** As an unsigned number, without zeros before it; undefined when the request had none. */
  readonly nonce: Buffer | undefined
}

/** TimeStampReq for these bytes, asking for the authority's certificate too. @param nonce random, so that an old answer is told */
export function timestampRequest(data: Buffer, nonce: Buffer): Buffer {
  const algorithm = der(TAG.sequence, SHA256, der(TAG.nothing))
  const imprint = der(TAG.sequence, algorithm, der(TAG.octets, hash('sha256', data, 'buffer')))
  const certificate = der(TAG.boolean, Buffer.of(0xff))
  return der(TAG.sequence, VERSION_1, imprint, derUnsigned(nonce), certificate)
}

/**
 * Reads a TimeStampResp.
 * @param bytes attacker-controlled
 * @throws DerError when it is none, or the authority did not grant it
 */
export function readTimestamp(bytes: Buffer): TimestampInfo {
  const signed = new DerReader(signedDataOf(bytes))
  signed.next(TAG.integer)
  signed.next(TAG.set)
  const encapsulated = signed.into(TAG.sequence)
  expectOid(encapsulated, TST_INFO)
  return readInfo(encapsulated.into(TAG.context0).next(TAG.octets).content)
}

/**
 * Checks who signed a TimeStampResp: the signature, that its certificate is for time-stamps, and the way from there to one that
 * is trusted, at the time of the stamp.
 * @param bytes attacker-controlled
 * @param trusted roots, or the authority's own certificate
 * @returns what was signed, and the signer's name as its certificate has it
 * @throws DerError saying what does not hold
 */
export function checkTimestamp(
  bytes: Buffer,
  trusted: readonly X509Certificate[]
): TimestampInfo & { readonly signer: string } {
  const { content, signer, certificates } = openSignedData(signedDataOf(bytes), TST_INFO)
  const info = readInfo(content)
  checkSigner(signer, certificates, trusted, info.timeMs)
  return { ...info, signer: signer.subject.replaceAll('\n', ', ') }
}

/** The inside of the SignedData of a granted TimeStampResp. @throws DerError */
function signedDataOf(bytes: Buffer): Buffer {
  const outer = new DerReader(bytes)
  const response = outer.into(TAG.sequence)
  outer.end()
  const { content: status } = response.into(TAG.sequence).next(TAG.integer)
  if (status.length !== 1 || !GRANTED.has(status[0] ?? -1))
    throw new DerError('the authority did not grant the time-stamp')
  // a CMS ContentInfo (RFC 5652) with signed data
  const token = response.into(TAG.sequence)
  expectOid(token, SIGNED_DATA)
  return token.into(TAG.context0).next(TAG.sequence).content
}

/** @param bytes TSTInfo */
function readInfo(bytes: Buffer): TimestampInfo {
  const info = new DerReader(bytes).into(TAG.sequence)
  info.next(TAG.integer)
  info.next(TAG.oid)
  const imprint = info.into(TAG.sequence)
  expectOid(imprint.into(TAG.sequence), SHA256)
  const digest = imprint.next(TAG.octets).content
  info.next(TAG.integer)
  const timeMs = timeOf(info.next(TAG.generalizedTime).content.toString('latin1'))
  info.maybe(TAG.sequence)
  info.maybe(TAG.boolean)
  return { imprint: digest, timeMs, nonce: unsigned(info.maybe(TAG.integer)?.content) }
}

function expectOid(reader: DerReader, oid: Buffer): void {
  if (!reader.next(TAG.oid).bytes.equals(oid)) throw new DerError('it is of another kind')
}

function unsigned(content: Buffer | undefined): Buffer | undefined {
  return content?.subarray(content[0] === 0 && content.length > 1 ? 1 : 0)
}

/** GeneralizedTime as RFC 3161 §2.4.2 allows it: UTC, seconds, maybe a fraction. */
function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/.exec(text) ?? []
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (!Number.isFinite(ms)) throw new DerError('its time can not be read')
  return ms + Math.floor(Number(`0${fraction}`) * 1000)
}
