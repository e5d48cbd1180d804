/** A request with personal data wherever its fields may carry any. */
export interface ConformanceRequest {
  readonly name: string
  /** Below `/v1`. */
  readonly path: string
  /** True where the default policy refuses a part of it, so an allowing policy is used. */
  readonly needsAllowing: boolean
  readonly body: Readonly<Record<string, unknown>>
}
