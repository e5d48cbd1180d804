import type { Segment } from '../core/leaf.ts'

/** Leaves whose text must arrive as written, and unknown ones that look like something to be decoded. */
export function isUnalterable({ kind, text }: Segment): boolean {
  if (kind === 'fixed' || kind === 'fixed-number') return true
  return kind === 'unknown' && text.length >= 40 && /^[A-Za-z0-9+/_=.-]+$/.test(text)
}
