import type { X509Certificate } from 'node:crypto'
import { DerError, DerReader, derOid, TAG } from './der.ts'

/** Certificates of time-stamping authorities (RFC 5280, RFC 3161 §2.3). Revocation is not looked up: the check is offline. */

const BASIC_CONSTRAINTS = derOid('2.5.29.19').toString('hex')
const KEY_USAGE = derOid('2.5.29.15').toString('hex')
const EXTENDED_KEY_USAGE = derOid('2.5.29.37').toString('hex')
const POLICIES = derOid('2.5.29.32').toString('hex')
const TIME_STAMPING = derOid('1.3.6.1.5.5.7.3.8')
/** Extensions that are understood here; another one that is critical makes a certificate unusable (RFC 5280 §4.2). */
const UNDERSTOOD = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, POLICIES])
/** Context-specific and constructed, number 3: extensions; before them unique ids. */
const [CONTEXT_1, CONTEXT_2, CONTEXT_3] = [0x81, 0x82, 0xa3]
/** Authorities have one or two between them and the root. */
const MAX_DEPTH = 8

/**
 * Follows a signer to a certificate that is trusted, at the time of the stamp.
 * @param trusted roots, or the authority's own certificate
 * @param others certificates that came with the stamp; attacker-controlled
 * @throws DerError saying what does not hold
 */
export function checkSigner(
  signer: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  timeMs: number
): void {
  checkTimeStamping(signer)
  let current = signer
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    checkUsable(current, timeMs)
    const isTrusted = trusted.some(({ raw }) => raw.equals(current.raw))
    // roots of old have no extensions: of them it is enough that someone trusts them
    if (depth > 0 && !(isTrusted && isBareRoot(current))) checkAuthority(current, depth - 1)
    if (isTrusted) return
    const issuer = [...trusted, ...others].find(
      one => current.checkIssued(one) && current.verify(one.publicKey)
    )
    if (issuer === undefined || issuer.raw.equals(current.raw)) break
    current = issuer
  }
  throw new DerError('its signer leads to none of the certificates that are trusted')
}

/** For time-stamps, for nothing else, and critical. */
function checkTimeStamping(certificate: X509Certificate): void {
  const usage = extensionsOf(certificate).get(EXTENDED_KEY_USAGE)
  if (usage === undefined || !usage.isCritical) throw new DerError('its signer is not there for time-stamps')
  const purposes = new DerReader(usage.value).into(TAG.sequence)
  if (!purposes.next(TAG.oid).bytes.equals(TIME_STAMPING))
    throw new DerError('its signer is not there for time-stamps')
  purposes.end()
}

function checkUsable(certificate: X509Certificate, timeMs: number): void {
  if (timeMs < certificate.validFromDate.getTime() || timeMs > certificate.validToDate.getTime())
    throw new DerError('a certificate of its signer was not valid at that time')
  for (const [oid, { isCritical }] of extensionsOf(certificate))
    if (isCritical && !UNDERSTOOD.has(oid))
      throw new DerError('a certificate of its signer has a condition that is not known')
}

function isBareRoot(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate) && !extensionsOf(certificate).has(BASIC_CONSTRAINTS)
}

/** @param between certificates between it and the signer */
function checkAuthority(certificate: X509Certificate, between: number): void {
  const constraints = extensionsOf(certificate).get(BASIC_CONSTRAINTS)
  const fields = new DerReader(constraints?.value ?? Buffer.of(TAG.sequence, 0)).into(TAG.sequence)
  if (!certificate.ca || fields.maybe(TAG.boolean) === undefined)
    throw new DerError('a certificate was issued by one that may not')
  const most = fields.maybe(TAG.integer)?.content
  if (most !== undefined && between > Number(`0x${most.toString('hex')}`))
    throw new DerError('a certificate was issued by one that may not')
}

interface Extension {
  readonly isCritical: boolean
  readonly value: Buffer
}

/** By hex of their OID; Node read the certificate before, so its form holds. */
function extensionsOf({ raw }: X509Certificate): Map<string, Extension> {
  const body = new DerReader(raw).into(TAG.sequence).into(TAG.sequence)
  body.maybe(TAG.context0)
  body.next(TAG.integer)
  // algorithm, issuer, validity, subject, key
  for (let field = 0; field < 5; field++) body.next(TAG.sequence)
  body.maybe(CONTEXT_1)
  body.maybe(CONTEXT_2)
  const found = new Map<string, Extension>()
  const list = body.maybe(CONTEXT_3)
  if (list === undefined) return found
  const reader = new DerReader(list.content).into(TAG.sequence)
  for (let one = reader.maybe(TAG.sequence); one !== undefined; one = reader.maybe(TAG.sequence)) {
    const extension = new DerReader(one.content)
    const oid = extension.next(TAG.oid).bytes.toString('hex')
    const isCritical = extension.maybe(TAG.boolean)?.content[0] === 0xff
    found.set(oid, { isCritical, value: extension.next(TAG.octets).content })
  }
  return found
}
