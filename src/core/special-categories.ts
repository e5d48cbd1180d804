/**
 * Special categories of personal data, Art. 9(1) GDPR. Detectors, policy and records name them alike; the record keeps
 * criminal matters (Art. 10) apart.
 */
export const ART9 = [
  'biometric',
  'ethnic_origin',
  'genetic',
  'health',
  'politics',
  'religion',
  'sexual_life',
  'union'
] as const

/** Criminal convictions and offences, Art. 10 GDPR. */
export const ART10 = 'criminal'

export type Art9 = (typeof ART9)[number]
export type SpecialCategory = Art9 | typeof ART10

/** All of them, sorted. */
export const SPECIAL_CATEGORIES: readonly SpecialCategory[] = ([...ART9, ART10] as SpecialCategory[]).sort()
