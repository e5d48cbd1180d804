/** What tagged corpora and models call their labels (CoNLL-2003, OntoNotes, WikiANN) → entity types of Schleuse. */
export const DEFAULT_LABELS: Readonly<Record<string, string>> = {
  PER: 'PERSON',
  PERSON: 'PERSON',
  LOC: 'LOCATION',
  LOCATION: 'LOCATION',
  GPE: 'LOCATION',
  ORG: 'ORGANIZATION',
  ORGANIZATION: 'ORGANIZATION'
}

/** Entity types by label of the detector; labels without one are not reported. */
export type Labels = ReadonlyMap<string, string>

/** @param configured replaces the defaults when it names any */
export function labelsOf(configured: Readonly<Record<string, string>>): Labels {
  const entries = Object.entries(configured)
  return new Map(entries.length > 0 ? entries : Object.entries(DEFAULT_LABELS))
}

/** Each type once, sorted. */
export function typesOfLabels(labels: Labels): readonly string[] {
  return [...new Set(labels.values())].sort()
}
