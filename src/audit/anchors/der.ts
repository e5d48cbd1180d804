/** The little DER (X.690) that time-stamps need. What is read is attacker-controlled and at most 64 KiB. */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific and constructed, number 0. */
  context0: 0xa0
} as const

/** The bytes are not the DER that was expected. */
export class DerError extends Error {
  override readonly name = 'DerError'
}

export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(length)
  const digits = size.subarray(size.findIndex(byte => byte !== 0))
  return Buffer.concat([Buffer.of(tag, 0x80 | digits.length), digits, content])
}

/** A whole number that is not negative, from its bytes. */
export function derUnsigned(bytes: Buffer): Buffer {
  const first = bytes.findIndex(byte => byte !== 0)
  const digits = first < 0 ? Buffer.of(0) : bytes.subarray(first)
  return der(TAG.integer, (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), digits)
}

/** @param dotted such as `2.16.840.1.101.3.4.2.1`; its numbers are below 2^28 */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = [first * 40 + second, ...rest].flatMap(number => {
    const digits = [number & 0x7f]
    for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift(0x80 | (left & 0x7f))
    return digits
  })
  return der(TAG.oid, Buffer.from(bytes))
}

/** One value: its tag, what is in it, and all of its bytes. */
export interface DerValue {
  readonly tag: number
  readonly content: Buffer
  readonly bytes: Buffer
}

/** Reads values that lie behind each other, from the outside in: no recursion. */
export class DerReader {
  #rest: Buffer

  constructor(bytes: Buffer) {
    this.#rest = bytes
  }

  /** The next value. @throws DerError when it has another tag, or is not whole */
  next(tag: number): DerValue {
    const value = this.#take()
    if (value.tag !== tag) throw new DerError(`a value has the tag ${value.tag}, not ${tag}`)
    return value
  }

  /** The next value, if it has this tag. @throws DerError */
  maybe(tag: number): DerValue | undefined {
    return this.#rest[0] === tag ? this.#take() : undefined
  }

  /** What is in the next value. @throws DerError */
  into(tag: number): DerReader {
    return new DerReader(this.next(tag).content)
  }

  /** @throws DerError when something follows */
  end(): void {
    if (this.#rest.length > 0) throw new DerError('bytes follow where none may')
  }

  #take(): DerValue {
    const rest = this.#rest
    const [tag, first] = rest
    if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f)
      throw new DerError('a value is cut off, or its tag has more than one byte')
    const digits = first < 0x80 ? 0 : first & 0x7f
    if (first === 0x80 || digits > 3 || rest.length < 2 + digits)
      throw new DerError('a length is not definite, or more than 16 MiB')
    const length = digits === 0 ? first : rest.readUIntBE(2, digits)
    const start = 2 + digits
    if (digits > 0 && length < (digits === 1 ? 0x80 : 2 ** (8 * (digits - 1))))
      throw new DerError('a length is not in its shortest form')
    if (rest.length < start + length) throw new DerError('a value is cut off')
    this.#rest = rest.subarray(start + length)
    return { tag, content: rest.subarray(start, start + length), bytes: rest.subarray(0, start + length) }
  }
}
