import type { FlagCategory } from './category.ts'

/** Sex life and sexual orientation; gender transition by the CJEU's wide reading (C-184/20: inference is enough). */
export const sexualLife: FlagCategory = {
  id: 'sexual_life',
  says: `
ist schwul, bin schwul, ist lesbisch, bin lesbisch, ist homosexuell, bin homosexuell, ist bisexuell, bin bisexuell, ist transgender, bin transgender
ist transsexuell, bin transsexuell, ist asexuell, bin asexuell, ist nicht-binär, bin nicht-binär, als schwul geoutet, als lesbisch geoutet
als transgender geoutet, als trans geoutet, hatte eine Affäre, hat eine Affäre, geht fremd, ging fremd, sexuelle Orientierung:
is gay, i'm gay, am gay, is lesbian, is a lesbian, i'm a lesbian, am a lesbian, is bisexual, i'm bisexual, am bisexual, is homosexual, am homosexual
is transgender, i'm transgender, am transgender, is asexual, i'm asexual, is nonbinary, i'm nonbinary, came out as, had an affair, having an affair
is having an affair, sexual orientation:, cheated on, cheating on
`,
  topics: `
schwul, schwule, schwulen, lesbisch, lesbische, lesbischen, homosexuell, homosexuelle, homosexuellen, bisexuell, transgender, transsexuell
asexuell, Transfrau, Transmann, trans Frau, trans Mann, geoutet, Seitensprung, Sexualleben, Sexualität, Erektionsstörung*, Bordell*
Prostituierte, Geschlechtsangleichung, Pornosucht
gay, lesbian, homosexual, bisexual, transgender, trans woman, trans man, queer, affair with, sex life, sexuality, erectile dysfunction
gender reassignment, one-night stand, prostitute, escort service
`,
  weak: 'Affäre, Geschlechtsverkehr, Sex, Fetisch, sexual, sex, fetish, outing',
  relations: `
lebt in, Beziehung, Beziehung mit, Affäre mit, seinem Mann, ihrer Frau, verpartnert, steht auf, hat sich, sexuelle Orientierung, fremdgegangen
relationship with, in a relationship, his husband, her wife, his boyfriend, her girlfriend, came out, sleeps with, slept with, orientation
`,
  source: 'Art. 9(1) GDPR; CJEU C-184/20'
}
