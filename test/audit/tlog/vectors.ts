import { readFileSync } from 'node:fs'
import { foldInPlace, HASH_BYTES, leafHash } from '../../../src/audit/tlog/merkle.ts'
import { tilePath, TILE_WIDTH } from '../../../src/audit/tlog/tiles.ts'

/** Test vectors made with other software (hashlib, openssl); entries are entry-0, entry-1, … */

interface Vectors {
  readonly hashing: {
    readonly empty_root_hex: string
    readonly leaf_hash_hex: Record<string, string>
    readonly node_hash_0_1_hex: string
  }
  readonly trees: readonly {
    readonly size: number
    readonly root_hex: string
    readonly right_edge?: string[]
    readonly hash_tiles?: number
    readonly entry_bundle_partial?: string | null
  }[]
  readonly tile_index_encoding: Record<string, string>
  readonly tiles_of_70000: { readonly sha256_of_file: Record<string, string> }
  readonly entry_bundles: Record<string, string | number>
  readonly log_key: Record<'seed_hex' | 'name' | 'key_id_hex' | 'vkey', string>
  readonly witness_key: Record<'seed_hex' | 'name' | 'key_id_hex' | 'vkey', string>
  readonly checkpoints: Record<string, { readonly signed_bytes: string; readonly note: string }>
  readonly cosignature_v1: {
    readonly time: number
    readonly signed_bytes: string
    readonly line: string
    readonly note: string
  }
  readonly inclusion_proof: readonly {
    readonly index: number
    readonly size: number
    readonly leaf_hash_hex: string
    readonly proof_hex: string[]
    readonly root_hex: string
  }[]
  readonly consistency_proof: readonly {
    readonly old: number
    readonly new: number
    readonly proof_hex: string[]
    readonly old_root_hex: string
    readonly new_root_hex: string
  }[]
  readonly tlog_proof_file_5_of_7: string
  readonly witness_add_checkpoint_body_3_to_7: string
  readonly must_reject: Record<string, string>
}

export const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors

export const entry = (n: number): Buffer => Buffer.from(`entry-${n}`)
export const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** All tiles of the logs of 1 to `size` entries, by path; made level by level, unlike in src/. */
export function allTiles(size: number): Map<string, Buffer> {
  const tiles = new Map<string, Buffer>()
  let hashes = Array.from({ length: size }, (_, n) => leafHash(entry(n)))
  for (let level = 0; hashes.length > 0; level++) {
    const above: Buffer[] = []
    for (let n = 0; n * TILE_WIDTH < hashes.length; n++) {
      const row = hashes.slice(n * TILE_WIDTH, (n + 1) * TILE_WIDTH)
      for (let width = 1; width <= row.length; width++)
        tiles.set(tilePath(level, n, width), Buffer.concat(row.slice(0, width)))
      if (row.length === TILE_WIDTH)
        above.push(Buffer.from(foldInPlace(Buffer.concat(row)).subarray(0, HASH_BYTES)))
    }
    hashes = above
  }
  return tiles
}
