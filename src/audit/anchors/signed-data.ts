import { hash, X509Certificate } from 'node:crypto'
import { DerError, DerReader, derOid, TAG } from './der.ts'
import { checkSignature, digestOf, type Signature } from './signatures.ts'

/**
 * The signature of a time-stamp token: CMS SignedData (RFC 5652 §5) as RFC 3161 §2.4.2 narrows it down, with one signer and
 * signed attributes, one of which names the signer's certificate (RFC 5035, RFC 5816).
 */
export interface SignedContent {
  /** What is signed: TSTInfo. */
  readonly content: Buffer
  /** The certificate that signed it; nothing is known of it but that. */
  readonly signer: X509Certificate
  /** All certificates of the token. */
  readonly certificates: readonly X509Certificate[]
}

const CONTENT_TYPE = oid('1.2.840.113549.1.9.3')
const MESSAGE_DIGEST = oid('1.2.840.113549.1.9.4')
const SIGNING_CERTIFICATE = oid('1.2.840.113549.1.9.16.2.12')
const SIGNING_CERTIFICATE_V2 = oid('1.2.840.113549.1.9.16.2.47')
/** Context-specific and primitive, number 0: a key identifier in the place of issuer and serial number. */
const KEY_IDENTIFIER = 0x80
const CONTEXT_1 = 0xa1
/** An authority sends its chain and a handful of attributes. */
const MAX_CERTIFICATES = 16
const MAX_ATTRIBUTES = 32

function oid(dotted: string): string {
  return derOid(dotted).toString('hex')
}

/**
 * Checks that the token's signer signed its content.
 * @param signedData the inside of SignedData; attacker-controlled, at most 64 KiB
 * @param contentType the type that the content must have, as DER
 * @throws DerError when it does not hold
 */
export function openSignedData(signedData: Buffer, contentType: Buffer): SignedContent {
  const signed = new DerReader(signedData)
  signed.next(TAG.integer)
  signed.next(TAG.set)
  const encapsulated = signed.into(TAG.sequence)
  if (!encapsulated.next(TAG.oid).bytes.equals(contentType)) throw new DerError('it signs something else')
  const { content } = encapsulated.into(TAG.context0).next(TAG.octets)
  const certificates = certificatesOf(signed.maybe(TAG.context0)?.content)
  signed.maybe(CONTEXT_1)
  const signers = signed.into(TAG.set)
  signed.end()
  const signer = readSigner(signers.into(TAG.sequence))
  signers.end()
  const certificate = checkAttributes(signer, content, contentType, certificates)
  if (signer.serial !== null && BigInt(`0x${certificate.serialNumber}`) !== signer.serial)
    throw new DerError('its signer names another certificate')
  checkSignature(signer.signature, signer.signedBytes, certificate.publicKey)
  return { content, signer: certificate, certificates }
}

function certificatesOf(bytes: Buffer = Buffer.alloc(0)): X509Certificate[] {
  const reader = new DerReader(bytes)
  const found: X509Certificate[] = []
  for (let one = reader.maybe(TAG.sequence); one !== undefined; one = reader.maybe(TAG.sequence)) {
    if (found.length === MAX_CERTIFICATES) throw new DerError('it has too many certificates')
    found.push(parseCertificate(one.bytes))
  }
  return found
}

function parseCertificate(bytes: Buffer): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch {
    throw new DerError('a certificate in it can not be read')
  }
}

interface Signer {
  /** Of its certificate; null when it is named by its key. */
  readonly serial: bigint | null
  readonly signature: Signature
  /** Signed attributes as they are signed: a SET. */
  readonly signedBytes: Buffer
  /** Values by type, each type once with one value. */
  readonly attributes: ReadonlyMap<string, DerReader>
}

function readSigner(info: DerReader): Signer {
  info.next(TAG.integer)
  const serial = info.maybe(KEY_IDENTIFIER) === undefined ? serialOf(info.into(TAG.sequence)) : null
  const digest = digestOf(info.into(TAG.sequence))
  const attributes = info.next(TAG.context0)
  const algorithm = info.into(TAG.sequence)
  const signature = { algorithm, digest, bytes: info.next(TAG.octets).content }
  info.maybe(CONTEXT_1)
  info.end()
  // what is signed has the tag of a SET, not that of the field it stands in (RFC 5652 §5.4)
  const signedBytes = Buffer.concat([Buffer.of(TAG.set), attributes.bytes.subarray(1)])
  return { serial, signedBytes, attributes: attributesOf(attributes.content), signature }
}

function serialOf(issuerAndSerial: DerReader): bigint {
  issuerAndSerial.next(TAG.sequence)
  return BigInt(`0x${issuerAndSerial.next(TAG.integer).content.toString('hex') || '0'}`)
}

function attributesOf(bytes: Buffer): Map<string, DerReader> {
  const reader = new DerReader(bytes)
  const found = new Map<string, DerReader>()
  for (let one = reader.maybe(TAG.sequence); one !== undefined; one = reader.maybe(TAG.sequence)) {
    const attribute = new DerReader(one.content)
    const type = attribute.next(TAG.oid).bytes.toString('hex')
    if (found.has(type) || found.size === MAX_ATTRIBUTES)
      throw new DerError('an attribute stands twice, or too many do')
    found.set(type, attribute.into(TAG.set))
  }
  reader.end()
  return found
}

/** @returns the certificate that the attributes name */
function checkAttributes(
  { attributes, signature: { digest } }: Signer,
  content: Buffer,
  contentType: Buffer,
  certificates: readonly X509Certificate[]
): X509Certificate {
  const of = (type: string, tag: number) => {
    const value = attributes.get(type)?.next(tag)
    if (value === undefined) throw new DerError('a signed attribute is missing')
    return value
  }
  if (!of(CONTENT_TYPE, TAG.oid).bytes.equals(contentType)) throw new DerError('it signs something else')
  if (!of(MESSAGE_DIGEST, TAG.octets).content.equals(hash(digest, content, 'buffer')))
    throw new DerError('its content is not what was signed')
  const isV2 = attributes.has(SIGNING_CERTIFICATE_V2)
  const named = of(isV2 ? SIGNING_CERTIFICATE_V2 : SIGNING_CERTIFICATE, TAG.sequence).content
  const first = new DerReader(named).into(TAG.sequence).into(TAG.sequence)
  const algorithm = isV2 ? first.maybe(TAG.sequence) : undefined
  const certDigest = isV2 ? (algorithm ? digestOf(new DerReader(algorithm.content)) : 'sha256') : 'sha1'
  const fingerprint = first.next(TAG.octets).content
  const certificate = certificates.find(({ raw }) => hash(certDigest, raw, 'buffer').equals(fingerprint))
  if (certificate === undefined) throw new DerError('the certificate of its signer is not in it')
  return certificate
}
