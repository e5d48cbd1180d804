import { type Doc, readJsonl, readTsv, withCapital } from './corpus.ts'
import type { Language } from './generate.ts'

/** What a model is trained and measured with. */
export interface Corpora {
  /** Documents with labels made by people, from the development halves, with how much each set counts. */
  readonly gold: (folder: string) => Doc[]
  /** Documents for training only: labels made by machine, or sets that no one measures. */
  readonly silver: (folder: string) => Doc[]
  /** Texts without labels, for word clusters. */
  readonly plain: (folder: string) => Doc[]
  /** Languages of the generated texts, and how many of them. */
  readonly languages: readonly Language[]
  readonly generated: number
  /** Features seen less often are not learned: bounds the model's size. */
  readonly least: number
  /** Models learned independently, of which the mean is taken. */
  readonly rounds: number
}

/** By the model's name, which is its file's: `names.model` for German and English, `names-eu.model` for other languages. */
export const corpora: ReadonlyMap<string, Corpora> = new Map(
  Object.entries({
    names: {
      gold: folder => [
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
      ],
      silver: folder => [
        ...readTsv(folder, 'de_wikiann_train_SILVER', 0.3, 4),
        ...readTsv(folder, 'en_wikiann_train_SILVER', 0.3, 4),
        ...readTsv(folder, 'de_ler_train', 0.5, 6, 6),
        ...readTsv(folder, 'en_wnut17_train', 0.7, 4)
      ],
      plain: folder => [
        ...readJsonl(folder, 'raw_de_codealltag_ps', 0),
        ...readTsv(folder, 'de_ler_train', 0, 6, 2)
      ],
      languages: ['de', 'en'],
      generated: 6000,
      rounds: 4,
      least: 3
    },
    'names-eu': {
      gold: folder => [
        ...readJsonl(folder, 'fr_europeana', 0.4),
        ...readJsonl(folder, 'nl_europeana', 0.4),
        ...readJsonl(folder, 'es_meddocan', 0.7),
        ...readJsonl(folder, 'es_echr_manual', 1),
        ...readJsonl(folder, 'fr_echr_manual', 1),
        ...readJsonl(folder, 'pl_pii_bench', 1),
        ...readJsonl(folder, 'da_uner_ddt', 1),
        ...readJsonl(folder, 'sv_uner_talbanken', 1),
        ...readJsonl(folder, 'pt_uner_bosque', 1),
        ...readJsonl(folder, 'nb_norne', 1),
        ...readJsonl(folder, 'fi_turku', 1),
        ...withCapital(readJsonl(folder, 'ro_ronec', 0.7))
      ],
      silver: folder => [
        ...readTsv(folder, 'fr_wikiann_train_SILVER', 0.3, 4, 2),
        ...readTsv(folder, 'nl_wikiann_train_SILVER', 0.3, 4, 2),
        ...readTsv(folder, 'da_uner_train', 1, 4),
        ...readTsv(folder, 'sv_uner_train', 1, 4),
        ...readTsv(folder, 'pt_uner_train', 1, 4),
        ...readTsv(folder, 'hr_uner_train', 0.4, 4, 2),
        ...readTsv(folder, 'sk_uner_train', 0.4, 4),
        ...readTsv(folder, 'fi_turku_train', 0.7, 4)
      ],
      plain: () => [],
      languages: ['fr', 'es', 'it', 'nl', 'pl', 'pt', 'sv', 'da', 'nb', 'ro'],
      generated: 12_000,
      rounds: 1,
      least: 3
    }
  } satisfies Record<string, Corpora>)
)

/** Stable by id, so that a document is always in the same fold. */
export function isHeldOut(doc: Doc, fold: number, folds: number): boolean {
  let hash = 7
  for (let i = 0; i < doc.id.length; i++) hash = (Math.imul(hash, 31) + doc.id.charCodeAt(i)) | 0
  return (Math.imul(hash ^ (hash >>> 13), 0x5bd1e995) >>> 0) % folds === fold
}
