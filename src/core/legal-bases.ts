/** Legal bases, Art. 6(1)(a)–(f) GDPR; `none_pd`: no personal data at all. */
export const LEGAL_BASES = ['6_1_a', '6_1_b', '6_1_c', '6_1_d', '6_1_e', '6_1_f', 'none_pd'] as const

/** Exceptions of Art. 9(2)(a)–(j), Art. 10 GDPR; `none`: no special categories. */
export const SPECIAL_BASES = [
  '9_2_a',
  '9_2_b',
  '9_2_c',
  '9_2_d',
  '9_2_e',
  '9_2_f',
  '9_2_g',
  '9_2_h',
  '9_2_i',
  '9_2_j',
  '10',
  'none'
] as const
