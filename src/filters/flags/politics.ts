import type { FlagCategory } from './category.ts'

/** Political opinions. Parties stand in the news every day: they count only where somebody's leaning is told. */
export const politics: FlagCategory = {
  id: 'politics',
  says: `
CDU-Wähler*, CSU-Wähler*, SPD-Wähler*, AfD-Wähler*, FDP-Wähler*, Grünen-Wähler*, Grünenwähler*, Linken-Wähler*, BSW-Wähler*, Nichtwähler ist
CDU-Mitglied, CSU-Mitglied, SPD-Mitglied, AfD-Mitglied, FDP-Mitglied, Grünen-Mitglied, Parteimitglied, Parteizugehörigkeit:, Parteimitgliedschaft:
Parteibuch, ÖVP-Wähler*, FPÖ-Wähler*, SPÖ-Wähler*, SVP-Wähler*, Genosse Mitglied, politische Einstellung, politische Gesinnung, politische Haltung
AfD-Anhänger*, Pegida-Anhänger*, Reichsbürger ist, ist Kommunist, ist Kommunistin, ist Neonazi
registered Democrat, registered Republican, lifelong Republican, lifelong Democrat, party affiliation:, political affiliation:, party member
political views are, political opinions are, Trump supporter, Tory voter, Labour voter, Republican voter, Democrat voter, voted for Trump
voted for Biden, voted for Harris, voted Labour, voted Tory, voted Conservative, voted Republican, voted Democrat, voted Green, voted Leave
voted Remain, always voted, is a communist, is a socialist, card-carrying
`,
  topics:
    'Kommunist, Kommunistin, Neonazi, Anarchist, Anarchistin, neo-Nazi, anarchist, Pegida*, Jungen Union, Junge Union, Jusos',
  weak: `
CDU, CSU, SPD, AfD, FDP, BSW, Grünen, Bündnis 90, die Linke, der Linken, NPD, ÖVP, SPÖ, FPÖ, NEOS, SVP, Partei, Ortsverband, Ortsverein, Demo
Democrats, Democrat, Republicans, Republican, Labour, Labour Party, Conservatives, Conservative, Tory, Tories, Lib Dems, Liberal Democrats
Green Party, Greens, Young Conservatives, Reform UK, Democratic Party, Republican Party, communist, rally, socialist, far-right, far-left
`,
  relations: `
Mitglied, Mitglied der, Mitglied bei, engagiert, engagiere, kandidiert für, kandidiere für, gewählt, gewählt hat, wählt, wähle, wählte, eingetreten
ausgetreten, Anhänger, aktiv, aktiv bei, bezeichnet sich, im Stadtrat, im Gemeinderat, im Kreistag, sitzt für, war auf der, spendet an, spendete
Flyer, verteilt
member of, voted, votes, voted for, volunteers for, volunteered for, canvasses, donated to, supports, supporter, active in, joined, describes himself
describes herself, sits on the council, runs for, attended the, identifies as, campaigned for
`,
  source: 'Art. 9(1) GDPR'
}
