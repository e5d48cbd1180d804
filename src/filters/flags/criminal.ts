import type { FlagCategory } from './category.ts'

/** Criminal convictions and offences, suspicion and proceedings included (CJEU C-439/19, recital 19 of 2016/680). */
export const criminal: FlagCategory = {
  id: 'criminal',
  says: `
vorbestraft, vorbestrafte, vorbestrafter, Vorstrafe wegen, Vorstrafen wegen, einschlägig vorbestraft, in Untersuchungshaft, in U-Haft
Eintrag im Führungszeugnis, Eintrag im Bundeszentralregister, auf Bewährung verurteilt, ist wegen Mordes, saß im Gefängnis, sitzt im Gefängnis
war im Gefängnis, aus der Haft entlassen, Haftbefehl gegen, Ermittlungsverfahren gegen, Strafanzeige gegen, Anklage gegen Herrn, Anklage gegen Frau
Freigänger, Ex-Häftling, der Beschuldigte räumte, Straftäter ist, ist Straftäter, verbüßt eine
has a criminal record, criminal record for, ex-convict, convicted felon, is a felon, registered sex offender, on parole, on probation for
was arrested for, been arrested for, pleaded guilty, pled guilty, found guilty of, was convicted of, been convicted of, convicted of, charged with
was sentenced to, sentenced to, served time, serving time, was in prison, was in jail, in pre-trial detention, out on bail, arrest warrant for
conviction for, prior convictions, years in jail, years in prison
`,
  topics: `
Vorstrafe, Vorstrafen, Freiheitsstrafe, Bewährungsstrafe, Haftstrafe, Untersuchungshaft, Ermittlungsverfahren, Strafverfahren, Strafbefehl
Strafanzeige, Haftbefehl, Führungszeugnis, Bundeszentralregister, Tagessätzen, Gefängnis, JVA, Justizvollzugsanstalt, festgenommen, verhaftet
wegen Diebstahls, wegen Betrugs, wegen Körperverletzung, wegen Mordes, wegen Totschlags, wegen Unterschlagung, wegen Steuerhinterziehung
wegen Trunkenheit, wegen Fahrerflucht, wegen Drogenbesitzes, wegen Nötigung, wegen Beleidigung, wegen sexueller Nötigung, wegen Vergewaltigung
wegen Raubes, wegen Urkundenfälschung, wegen häuslicher Gewalt, Beschuldigter, Beschuldigte, Angeklagter, Straftat
criminal record, under investigation, criminal charges, charges were filed, arrested, indicted, imprisoned, incarcerated, parole, probation
felony, misdemeanor, conviction, drunk driving, shoplifting, embezzlement, tax evasion, burglary, assault, domestic violence, manslaughter
jail, guilty
`,
  weak: `
verurteilt, Geldstrafe, Anzeige, Diebstahl, Betrug, Körperverletzung, Mord, Täter, Polizei, Staatsanwaltschaft, angezeigt
theft, fraud, murder, prison, police, court, offence, offense, fined, suspect, prosecutor, crime
`,
  relations: `
verurteilt, verurteilt wegen, wurde wegen, wegen, gegen Herrn, gegen Frau, gegen meine, gegen meinen, gegen ihn, gegen sie läuft, läuft, erstattet
festgenommen, angeklagt, saß, verbüßt, Eintrag, steht ein
convicted, convicted of, sentenced, was arrested, is accused, accused of, under investigation for, against my, against him, against her, filed
spent, shows a, background check, pleaded, caught
`,
  source: 'Art. 10 GDPR; CJEU C-439/19'
}
