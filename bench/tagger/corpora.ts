import { type Doc, readJsonl, readTsv } from './corpus.ts'

/** Documents with labels made by people, from the development halves, with how much each set counts. */
export function goldDocs(folder: string): Doc[] {
  return [
    ...readJsonl(folder, 'de_germeval2014', 1),
    ...readJsonl(folder, 'de_grascco_phi', 3),
    ...readJsonl(folder, 'de_uner_pud', 1),
    ...readJsonl(folder, 'de_ler', 1).slice(0, 4000),
    ...readJsonl(folder, 'de_europeana', 0.5),
    ...readJsonl(folder, 'en_uner_ewt', 1.5),
    ...readJsonl(folder, 'en_uner_pud', 1),
    ...readJsonl(folder, 'en_tab_test', 1),
    ...readJsonl(folder, 'en_presidio_synth_v2', 1),
    ...readJsonl(folder, 'en_wnut17', 1),
    ...readJsonl(folder, 'en_btc', 0.5)
  ]
}

/** Documents for training only: labels made by machine, or sets that no one measures. */
export function silverDocs(folder: string): Doc[] {
  return [
    ...readTsv(folder, 'de_wikiann_train_SILVER', 0.3, 4),
    ...readTsv(folder, 'en_wikiann_train_SILVER', 0.3, 4),
    ...readTsv(folder, 'de_ler_train', 0.5, 6, 6),
    ...readTsv(folder, 'en_wnut17_train', 0.7, 4)
  ]
}

/** Texts without labels, for word clusters. */
export function plainDocs(folder: string): Doc[] {
  return [...readJsonl(folder, 'raw_de_codealltag_ps', 0), ...readTsv(folder, 'de_ler_train', 0, 6, 2)]
}

/** Stable by id, so that a document is always in the same fold. */
export function isHeldOut(doc: Doc, fold: number, folds: number): boolean {
  let hash = 7
  for (let i = 0; i < doc.id.length; i++) hash = (Math.imul(hash, 31) + doc.id.charCodeAt(i)) | 0
  return (Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0) % folds === fold
}
