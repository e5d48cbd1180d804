import { expandPlaces } from '../core/places.ts'
import type { Provider } from './provider.ts'

/** How an answer shows where it was made; facts of a profile. */
export interface EvidenceConfig {
  /** A response header, lower case. */
  readonly header?: string | undefined
  /** A field of the answer's body or of a stream's events: keys from the top, e.g. `['usage', 'inference_geo']`. */
  readonly body?: readonly string[] | undefined
  /** Region names of the provider, lower case without blanks, and the places they stand for. */
  readonly regions: ReadonlyMap<string, string>
}

/** Where an answer says it was made. */
export interface Observed {
  readonly evidence: 'response_header' | 'response_body'
  /** A place; `unknown` for a name that the profile does not list. */
  readonly place: string
}

/** Longest region name that is read; real ones have some 20 characters. */
const MAX_NAME = 64

/** Reads the evidence of answers. All input is attacker-controlled; what does not look like a region is no evidence. */
export class Evidence {
  readonly #config: EvidenceConfig
  /** What a body must contain to be worth parsing. */
  readonly #mark: string | null

  constructor(config: EvidenceConfig) {
    this.#config = config
    const field = config.body?.at(-1)
    this.#mark = field === undefined ? null : JSON.stringify(field)
  }

  ofHead(headers: ReadonlyMap<string, string>): Observed | null {
    const { header } = this.#config
    const value = header === undefined ? undefined : headers.get(header)
    return value === undefined ? null : this.#placeOf(value, 'response_header')
  }

  /** @param text a JSON document: a whole body, or the data of one event */
  ofBody(text: string): Observed | null {
    const { body } = this.#config
    if (body === undefined || this.#mark === null || !text.includes(this.#mark)) return null
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return null
    }
    for (const key of body) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
      value = (value as Readonly<Record<string, unknown>>)[key]
    }
    return typeof value === 'string' ? this.#placeOf(value, 'response_body') : null
  }

  #placeOf(name: string, evidence: Observed['evidence']): Observed | null {
    if (name === '' || name.length > MAX_NAME) return null
    const key = name.toLowerCase().replaceAll(/[ _-]/g, '')
    return { evidence, place: this.#config.regions.get(key) ?? 'unknown' }
  }
}

/** Whether what an answer shows can't be so by what the deployment declares. */
export function contradicts(observed: Observed, places: readonly string[]): boolean {
  if (observed.place === 'unknown' || places.includes('world') || places.includes('unknown')) return false
  const declared = expandPlaces(places)
  for (const place of expandPlaces([observed.place])) if (!declared.has(place)) return true
  return false
}

/** What one answer shows, as it comes: the head first, then the body; a part that shows another place is heard too. */
export class PlaceWitness {
  readonly #provider: Pick<Provider, 'evidence' | 'deployment'>
  readonly #onObserved: (observed: Observed) => void
  #observed: Observed | undefined

  /** @param onObserved told at once, and again when a later part contradicts the declared places */
  constructor(provider: Pick<Provider, 'evidence' | 'deployment'>, onObserved: (observed: Observed) => void) {
    this.#provider = provider
    this.#onObserved = onObserved
  }

  /** What counts of all that was shown. */
  get observed(): Observed | undefined {
    return this.#observed
  }

  head(headers: ReadonlyMap<string, string>): void {
    this.#observe(this.#provider.evidence?.ofHead(headers))
  }

  /** @param text a JSON document: a whole body, or the data of one event */
  body(text: string): void {
    this.#observe(this.#provider.evidence?.ofBody(text))
  }

  #observe(seen: Observed | null | undefined): void {
    const known = this.#observed
    if (!seen || seen.place === known?.place) return
    const isNews = known === undefined || known.place === 'unknown'
    if (!isNews && !contradicts(seen, this.#provider.deployment.places)) return
    this.#observed = seen
    this.#onObserved(seen)
  }
}
