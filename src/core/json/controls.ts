/** 0x20 and 0x80 in each of four bytes. */
const LOWEST = 0x20202020
const HIGHS = 0x80808080 | 0

/**
 * Whether any byte is below 0x20; looked at four at a time.
 * @param bytes UTF-8, attacker-controlled
 */
export function hasControls(bytes: Buffer): boolean {
  const { buffer, byteOffset, length } = bytes
  const lead = Math.min(-byteOffset & 3, length)
  // An empty view too must begin at a multiple of four.
  const words = new Int32Array(buffer, lead === length ? 0 : byteOffset + lead, (length - lead) >>> 2)
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0
    // What is below borrows from its high bit; only bytes that had it are above nevertheless.
    if (((word - LOWEST) & ~word & HIGHS) !== 0) return true
  }
  const rest = lead + words.length * 4
  return bytes.subarray(0, lead).some(isControl) || bytes.subarray(rest).some(isControl)
}

function isControl(byte: number): boolean {
  return byte < 0x20
}
