import type { FlagCategory } from './category.ts'

/** Racial or ethnic origin. A nationality alone is none. */
export const ethnicOrigin: FlagCategory = {
  id: 'ethnic_origin',
  says: `
ethnische Herkunft:, ethnische Zugehörigkeit:, Ethnie:, Hautfarbe:, ist Roma, ist Sinti, ist Sinto, ist Rom und, bin Sinto, bin Sintiza, zu den Sinti
zu den Roma, ist dunkelhäutig, bin dunkelhäutig, ist farbig, ich bin Schwarz, bin eine Schwarze, bin ein Schwarzer, südländisch aussehend
südländischem Aussehen, südländisches Aussehen, arabischem Aussehen, afrikanischem Aussehen, osteuropäischem Aussehen, nordafrikanischem Aussehen
dunkler Hautfarbe, kurdischer Herkunft, arabischer Herkunft, türkischer Herkunft, afrikanischer Herkunft, afrikanischer Abstammung
türkischer Abstammung, jüdischer Abstammung, kurdischer Abstammung, asiatischer Herkunft, asiatischer Abstammung, ist Kurde, ist Kurdin, bin Kurde
bin Kurdin, hat Migrationshintergrund, hat einen Migrationshintergrund, habe einen Migrationshintergrund
ethnicity:, race:, ethnic origin:, ethnic background:, is Romani, is Roma, is a Traveller, is Kurdish, is African American, am African American
is Hispanic, is Latino, is Latina, is Native American, is Aboriginal, is biracial, is mixed race, mixed-race child, black male, black female
white male, white female, Hispanic male, Hispanic female, Asian male, Asian female, black man in, a Black woman, a Black man, am Black, i'm Black
of Kurdish descent, of African descent, of Turkish descent, of Arab descent, of Pakistani descent, of Indian descent, of Jewish descent
of Asian descent, of Chinese descent, of Mexican descent, of African origin, of Asian origin, of Arab origin
`,
  topics: `
Migrationshintergrund, Hautfarbe, dunkelhäutig, dunkelhäutige, Sinti, Sinto, Kurde, Kurdin, Abstammung, kurdisch, Romni
Romani, Kurdish, ethnicity, African American, Afro-Caribbean, Hispanic, Latina, dark-skinned, mixed race, biracial, skin colour, skin color
Pakistani immigrants, Mexican immigrants, Turkish immigrants, Syrian refugee, Pakistani descent, descent
`,
  weak: 'Roma, Schwarzer, Herkunft, Araber, Türke, Türkin, Black, Arab, Asian, race, refugee, immigrant, immigrants, Flüchtling, Migrant, Migrantin',
  relations: `
stammt aus, stammen aus, Eltern stammen, Wurzeln, seine Familie, ihre Familie, gehört zu den, aussehend, Aussehen, ethnische
parents are, descent, origin, looks, described as, describes the, roots, heritage, whose family
`,
  source: 'Art. 9(1) and recital 51 GDPR'
}
