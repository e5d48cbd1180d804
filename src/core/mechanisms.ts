/**
 * On what ground data may go to a third country; codes of one list with the records.
 * `adequacy` Art. 45; `adequacy_dpf` (EU) 2023/1795; `scc_m1`–`scc_m4` (EU) 2021/914; `bcr_*` Art. 47; then
 * Art. 46(2)(d)–(f), 46(3) and the derogations of Art. 49.
 */
export const MECHANISMS = [
  'adequacy',
  'adequacy_dpf',
  'scc_m1',
  'scc_m2',
  'scc_m3',
  'scc_m4',
  'bcr_c',
  'bcr_p',
  'adhoc',
  'code_of_conduct',
  'certification',
  'sa_scc',
  'derog_a',
  'derog_b',
  'derog_c',
  'derog_d',
  'derog_e',
  'derog_f',
  'derog_g',
  'derog_compelling'
] as const
export type MechanismCode = (typeof MECHANISMS)[number]
