import { hash } from 'node:crypto'

/**
 * Keys that their vendor publishes on purpose, in the tests of his open software: no secrets. As digests, so that code
 * hosts do not take this file for a leak: the first 16 hexadecimal digits of SHA-256.
 * Source: https://github.com/firebase/firebase-android-sdk, tests
 */
const digests = new Set([
  'f56e323494a6ffc2',
  '0b476bdf9acf2123',
  'eb540d2b6ee2a0a4',
  '37f8f09bdf12c2f2',
  '8731261cb72d8626',
  '49f777db995e8260',
  '27a9a42931dff7eb',
  'dc0fcf046c61640c',
  '4c98242dcadc8b29',
  'ea9bb1082cf95663',
  '3a8b61d0f636b007',
  'a6c814bc555ae62c'
])

/** True for a key that anyone can read in its vendor's own repository. */
export function isPublished(key: string): boolean {
  return digests.has(hash('sha256', key).slice(0, 16))
}
