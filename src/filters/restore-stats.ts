/** What became of codes in the answers to one request. Counts of occurrences. */
export interface RestoreStats {
  /** Restored, and written as issued. */
  restoredExact: number
  /** Restored, and altered by the model: case, separator, emphasis, wrap, escapes. */
  restoredAltered: number
  /** Written like a code of a known type, but not issued by this request. Left as they are. */
  invented: number
  /** Began like an issued code and broke off, or ran on into other letters or digits. Left as they are. */
  unresolved: number
}

export function createRestoreStats(): RestoreStats {
  return { restoredExact: 0, restoredAltered: 0, invented: 0, unresolved: 0 }
}
