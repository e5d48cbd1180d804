import type { FlagCategory } from './category.ts'

/** Genetic data: inherited or acquired characteristics from a sample (Art. 4(13)). */
export const genetic: FlagCategory = {
  id: 'genetic',
  says: `
mein Gentest, meinem Gentest, Gentest meiner, Gentest meines, Gentest von, Gentest ergab, Träger der Mutation, Trägerin der Mutation
DNA-Profil von, DNA-Probe von, Vaterschaftstest von, Vaterschaftstest ergab
my genetic test, his genetic test, her genetic test, my DNA test, his DNA test, her DNA test, my DNA profile, his DNA profile, her DNA profile
carries the gene, carrier of the gene, carries a mutation, carrier of the mutation, my 23andMe
`,
  topics: `
Gentest, DNA-Analyse, DNA-Test, DNA-Profil, Genomsequenzierung, Erbkrankheit, Genmutation, BRCA1*, BRCA2*, BRCA-Mutation, Trisomie*, Trisomie 21, Faktor-V-Leiden*
Chorea Huntington, Mukoviszidose-Mutation, Mukoviszidose, Chromosomenstörung, Karyotyp, Vaterschaftstest, genetische Beratung, Genotyp, Gendefekt, das Gen für
genetic test, DNA test, DNA analysis, DNA profile, genome sequencing, hereditary disease, gene mutation, factor V Leiden, trisomy 13, trisomy 18
trisomy 21, the gene for, Huntington's disease, cystic fibrosis, cystic fibrosis mutation, chromosomal disorder, karyotype, paternity test, genotype, carrier of
Lynch syndrome, sickle cell trait
`,
  weak: 'Mutation, DNA, Gen, Genom, gene, genome, hereditary',
  relations: `
ergab, zeigt, nachgewiesen, liegt vor, liegt eine, trägt, Träger, Trägerin, vererbt, Probe
showed, shows, revealed, carries, carrier, inherited, sample, tested positive, confirmed
`,
  source: 'Art. 9(1), Art. 4(13) GDPR'
}
