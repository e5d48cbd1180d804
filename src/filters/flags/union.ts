import type { FlagCategory } from './category.ts'

/** Trade-union membership. */
export const union: FlagCategory = {
  id: 'union',
  says: `
Gewerkschaftsmitglied, Gewerkschafter, Gewerkschafterin, Gewerkschaftsmitgliedschaft, gewerkschaftlich organisiert, Gewerkschaftsbeitrag
Gewerkschaftsbeiträge, Mitglied bei ver.di, Mitglied bei verdi, Mitglied der IG Metall, Mitglied der IG BCE, Mitglied der IG BAU, Mitglied der GEW
Mitglied in der Gewerkschaft, Mitglied einer Gewerkschaft, in die Gewerkschaft eingetreten, ver.di-Mitglied, verdi-Mitglied, IG-Metall-Mitglied
union member, trade union member, member of the union, member of a union, union membership:, union dues, union steward, shop steward
joined the union, join the union, joined a union, unionised employee, organising a union, organizing a union
`,
  topics: `
ver.di, IG Metall, IG BCE, IG BAU, EVG, GDL, Gewerkschaft der Polizei, Marburger Bund, DGB, Gewerkschaft Erziehung und Wissenschaft
Teamsters, Unison, Unite the Union, GMB, SEIU, AFL-CIO, UAW, United Auto Workers, National Education Association
`,
  weak: 'Gewerkschaft, Warnstreik, Streik, union, trade union, labor union, labour union, strike',
  relations: `
Mitglied, Mitglied bei, Mitglied der, Mitglied in, Mitgliedsnummer, eingetreten, beigetreten, organisiert, ausgetreten, in der, Beitrag, Vertrauensmann
member of, membership, joined, joins, paying dues, belongs to, go on strike
`,
  source: 'Art. 9(1) GDPR'
}
