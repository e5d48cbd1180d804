import { lowerOf, mix, SEED, spread } from '../../src/filters/tagger/letters.ts'
import { MAX_WORD, Tokens } from '../../src/filters/tagger/tokens.ts'

/** Words seen so often have a cluster. */
const LEAST = 6
/** The most frequent words are what neighbours are told by. */
const NEIGHBOURS = 1000
const CLUSTERS = 240
const ROUNDS = 8

/**
 * Clusters of words that keep the same company, learned from texts without labels: k-means over the words to the left and
 * to the right, weighted by positive pointwise mutual information. The same texts give the same clusters.
 * @returns by hash of the word in lower case: cluster from 1
 */
export function clusterWords(texts: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>()
  eachPair(texts, word => counts.set(word, (counts.get(word) ?? 0) + 1))
  const words = [...counts].filter(([, count]) => count >= LEAST).sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const ids = new Map(words.map(([word], id) => [word, id]))
  const vectors = neighbourVectors(texts, ids)
  const chosen = kMeans(vectors)
  return new Map(words.map(([word], id) => [word, (chosen[id] ?? 0) + 1]))
}

interface Vector {
  readonly places: Int32Array
  readonly weights: Float32Array
}

function neighbourVectors(texts: readonly string[], ids: ReadonlyMap<number, number>): Vector[] {
  const rows = Array.from({ length: ids.size }, () => new Map<number, number>())
  const columns = new Float64Array(NEIGHBOURS * 2)
  const note = (word: number | undefined, place: number | undefined, side: number): void => {
    if (word === undefined || place === undefined || place >= NEIGHBOURS) return
    const column = place * 2 + side
    const row = rows[word]
    row?.set(column, (row.get(column) ?? 0) + 1)
    columns[column] = (columns[column] ?? 0) + 1
  }
  eachPair(texts, (word, before) => {
    const id = ids.get(word)
    const left = before === null ? undefined : ids.get(before)
    note(id, left, 0)
    note(left, id, 1)
  })
  const total = columns.reduce((sum, count) => sum + count, 0)
  return rows.map(row => {
    const sum = [...row.values()].reduce((a, b) => a + b, 0)
    const entries = [...row]
      .map(([column, count]) => [column, Math.log((count * total) / (sum * (columns[column] ?? 1)))] as const)
      .filter(([, weight]) => weight > 0)
    const length = Math.sqrt(entries.reduce((a, [, weight]) => a + weight * weight, 0)) || 1
    return {
      places: Int32Array.from(entries, ([column]) => column),
      weights: Float32Array.from(entries, ([, weight]) => weight / length)
    }
  })
}

/** Spherical k-means; the most frequent words are the first centres. */
function kMeans(vectors: readonly Vector[]): Int32Array {
  const size = NEIGHBOURS * 2
  const centres = new Float32Array(CLUSTERS * size)
  const chosen = new Int32Array(vectors.length)
  for (let c = 0; c < CLUSTERS; c++) addTo(centres, c, vectors[c * 5 + 20])
  for (let round = 0; round < ROUNDS; round++) {
    normalise(centres, size)
    vectors.forEach((vector, id) => {
      let top = -1
      for (let c = 0; c < CLUSTERS; c++) {
        let score = 0
        for (let i = 0; i < vector.places.length; i++)
          score += (centres[c * size + (vector.places[i] ?? 0)] ?? 0) * (vector.weights[i] ?? 0)
        if (score > top) {
          top = score
          chosen[id] = c
        }
      }
    })
    centres.fill(0)
    vectors.forEach((vector, id) => addTo(centres, chosen[id] ?? 0, vector))
  }
  return chosen
}

function addTo(centres: Float32Array, cluster: number, vector: Vector | undefined): void {
  vector?.places.forEach((place, i) => {
    const at = cluster * NEIGHBOURS * 2 + place
    centres[at] = (centres[at] ?? 0) + (vector.weights[i] ?? 0)
  })
}

function normalise(centres: Float32Array, size: number): void {
  for (let c = 0; c < CLUSTERS; c++) {
    let sum = 0
    for (let i = c * size; i < (c + 1) * size; i++) sum += (centres[i] ?? 0) ** 2
    const length = Math.sqrt(sum) || 1
    for (let i = c * size; i < (c + 1) * size; i++) centres[i] = (centres[i] ?? 0) / length
  }
}

/** Each word with the one before it; null where more than a blank stands between them. */
function eachPair(texts: readonly string[], use: (word: number, before: number | null) => void): void {
  const tokens = new Tokens()
  for (const text of texts) {
    for (let from = 0; from < text.length; ) {
      tokens.read(text, from)
      let before: number | null = null
      for (let i = 0; i < tokens.count; i++) {
        const word = lowerHash(text, tokens.starts[i] ?? 0, tokens.ends[i] ?? 0)
        use(word, tokens.before[i] === 0 ? before : null)
        before = word
      }
      if (tokens.end <= from) break
      from = tokens.end
    }
  }
}

function lowerHash(text: string, start: number, end: number): number {
  let hash = SEED
  for (let at = start; at < Math.min(end, start + MAX_WORD); at++)
    hash = mix(hash, lowerOf[text.charCodeAt(at)] ?? 0)
  return spread(hash)
}
