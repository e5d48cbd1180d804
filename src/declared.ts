import type { PurposeRecord } from './apps/purpose.ts'
import type { Registry } from './apps/registry.ts'
import type { Declared, DeclaredProvider, DeclaredPurpose } from './audit/exports/declared/declared.ts'
import type { Config } from './config.ts'
import { type Profile, valueOf } from './providers/profile.ts'

/** What the records of auditors are joined with: config, profiles and purposes as they are in force now. */
export function declaredIn(config: Config, { apps }: Registry, nowMs: number): Declared {
  const purposes = apps.flatMap(({ purpose }) => (purpose === undefined ? [] : [purposeOf(purpose)]))
  return {
    purposes: byId(purposes),
    deployments: byId(config.deployments),
    providers: byId(config.profiles.map(providerOf)),
    contracts: new Map(
      config.contracts.map(({ provider, reference, from, to }) => [
        reference,
        {
          reference,
          provider,
          from,
          to: to ?? null
        }
      ])
    ),
    records: config.records,
    nowMs
  }
}

function byId<T extends { readonly id: string }>(values: readonly T[]): Map<string, T> {
  return new Map(values.map(value => [value.id, value]))
}

function providerOf(profile: Profile): DeclaredProvider {
  const { id, version, entity } = profile
  const [lei, euid] = [valueOf(entity.lei), valueOf(entity.euid)]
  return {
    id,
    version,
    name: valueOf(entity.name),
    code: lei ?? euid,
    codeType: lei !== null ? 'LEI' : euid !== null ? 'EUID' : null
  }
}

function purposeOf(purpose: PurposeRecord): DeclaredPurpose {
  const { controller, function: served } = purpose
  return {
    id: purpose.id,
    version: purpose.version,
    title: purpose.title ?? null,
    controller: controller
      ? { name: controller.name, code: controller.code ?? null, codeType: controller.codeType ?? null }
      : null,
    function: served ? { id: served.id, name: served.name ?? null, critical: served.critical } : null,
    dataSubjects: purpose.dataSubjects ?? [],
    dpia: purpose.dpia ?? null,
    ropa: purpose.ropa ?? null,
    fria: purpose.fria ?? null,
    disclosure: purpose.disclosure ?? null
  }
}
