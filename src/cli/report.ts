/** What a command prints, and how it ends. */
export interface Report {
  readonly text: string
  /** Exit code: 0, or 1 when the answer is no: examples failed, gaps were found, a policy was loosened. */
  readonly code: number
}
