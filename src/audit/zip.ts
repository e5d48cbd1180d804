import { strToU8, unzipSync, zipSync } from 'fflate'

/** Files by their path. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>

/** Most that a zip may unpack to: the largest real registers are some tens of MB. */
const MAX_UNPACKED_BYTES = 536_870_912

/**
 * Unpacks a zip somebody made. Paths are attacker-controlled; nothing is written anywhere.
 * @returns null when it is no zip or unpacks to more than 512 MiB
 */
export function readZip(zip: Uint8Array): ZipFiles | null {
  let size = 0
  try {
    const files = unzipSync(zip, {
      filter: ({ originalSize, name }) => {
        size += originalSize
        return size <= MAX_UNPACKED_BYTES && !name.endsWith('/')
      }
    })
    return size > MAX_UNPACKED_BYTES ? null : new Map(Object.entries(files))
  } catch {
    return null
  }
}

/** The same files give the same bytes. */
export function writeZip(files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const entries = [...files].map(
    ([path, content]) => [path, typeof content === 'string' ? strToU8(content) : content] as const
  )
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: new Date(1980, 0, 1) })
}
