import * as cells from '../cells.ts'
import type { Observed, Period } from '../export.ts'

/** What traffic shows of each purpose, by its id; the empty one stands for requests without a purpose. */
export interface SeenByPurpose {
  readonly classes: ReadonlyMap<string, readonly string[]>
  readonly flags: ReadonlyMap<string, readonly string[]>
  readonly providers: ReadonlyMap<string, readonly string[]>
  readonly models: ReadonlyMap<string, readonly string[]>
  /** Places of processing of transfers to third countries. */
  readonly thirdCountries: ReadonlyMap<string, readonly string[]>
  /** Of the same transfers. */
  readonly mechanisms: ReadonlyMap<string, readonly string[]>
}

export async function seenByPurpose(observed: Observed, period: Period): Promise<SeenByPurpose> {
  const filter = cells.admissions(period)
  const abroad = cells.narrowed(filter, 'third_country', 'true')
  const by = (dimension: string) => ['purpose', dimension]
  const [classes, flags, providers, models, countries, mechanisms] = await Promise.all([
    observed.findings(filter, by('class')),
    observed.aggregate(filter, by('flag')),
    observed.aggregate(filter, by('provider')),
    observed.aggregate(filter, by('model')),
    observed.aggregate(abroad, by('processing')),
    observed.aggregate(abroad, by('mechanism'))
  ])
  const values = (sums: typeof classes, dimension: string) =>
    cells.valuesBy(
      sums.map(sum => ({ ...sum, key: { ...sum.key, purpose: sum.key['purpose'] ?? '' } })),
      'purpose',
      dimension
    )
  return {
    classes: values(classes, 'class'),
    flags: values(flags, 'flag'),
    providers: values(providers, 'provider'),
    models: values(models, 'model'),
    thirdCountries: values(countries, 'processing'),
    mechanisms: values(mechanisms, 'mechanism')
  }
}
