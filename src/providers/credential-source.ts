/** Where the credential of a deployment comes from. */
export type CredentialSource =
  /** The caller's own goes on: to this deployment and nowhere else. */
  | { readonly from: 'passthrough' }
  /** None is sent. */
  | { readonly from: 'none' }
  /** The gateway's own, read once at the start. */
  | { readonly from: 'value'; readonly value: HeldSecret; readonly as: CredentialForm }
  /** The gateway's own, read again after a while and when the provider refuses it. */
  | { readonly from: 'file'; readonly path: string; readonly as: CredentialForm }
  /** What a program prints; no shell is involved. */
  | { readonly from: 'command'; readonly command: readonly string[]; readonly as: CredentialForm }

/** The header it goes in: `authorization: Bearer …` or `api-key: …`. */
export type CredentialForm = 'bearer' | 'api-key'

/** A secret that no log, record, error or JSON shows by accident. */
export class HeldSecret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toJSON(): string {
    return '[secret]'
  }
}

/** What may stand in a header: visible ASCII, as keys and tokens are. */
export function isHeaderSecret(value: string): boolean {
  return /^[!-~]{1,8192}$/.test(value)
}
