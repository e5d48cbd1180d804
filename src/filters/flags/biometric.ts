import type { FlagCategory } from './category.ts'

/** Biometric data for the purpose of identifying somebody (Art. 4(14)); a phone's unlock feature in general is none. */
export const biometric: FlagCategory = {
  id: 'biometric',
  says: `
biometrische Daten von, meine biometrischen Daten, meiner biometrischen Daten, seine biometrischen Daten, ihre biometrischen Daten
Fingerabdruck von Frau, Fingerabdruck von Herrn, Stimmabdruck von, Gesichtsscan von
my biometric data, his biometric data, her biometric data, my fingerprint, my fingerprints, his fingerprint, his fingerprints, her fingerprint
her fingerprints, my face scan, my iris scan, his iris scan, her iris scan, my voiceprint, his voiceprint, her voiceprint
`,
  topics: `
Fingerabdruck, Fingerabdrücke, Fingerabdruckscan, Gesichtserkennung, Gesichtsscan, Iris-Scan, Irisscan, Netzhautscan, Handvenenscan, Stimmprofil
Stimmabdruck, Stimmerkennung, biometrische Daten, biometrischen Daten, biometrisches Merkmal, Gesichtsgeometrie
fingerprint, fingerprints, facial recognition, face recognition, iris scan, retina scan, voiceprint, voice print, palm vein, face template
biometric data, biometric template, faceprint
`,
  weak: 'biometrisch, biometrische, biometric, Gangerkennung, gait',
  relations: `
gespeichert, erfasst, hinterlegt, abgegeben, abgenommen, erkannt, löschen, Zutrittssystem, Zeiterfassung
stored, enrolled, recorded, captured, matched, identified, taken by, delete, time clock, access system, without my consent
`,
  source: 'Art. 9(1), Art. 4(14) GDPR'
}
