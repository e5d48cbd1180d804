/** Somebody in particular is meant. */
export const somebody = `
ich, mir, mich, mein, meine, meiner, meinem, meinen, meines, =er, =Er, ihm, ihn, sein, seine, seiner, seinem, seinen, seines
=ihr, =ihre, =ihrer, =ihrem, =ihren, =ihres, sie ist, sie hat, sie war, sie hatte, sie wurde, sie nimmt, sie leidet, sie lebt, sie wird
sie kandidiert, sie gehört, sie bekommt, sie trägt, sie engagiert, sie wählt, ist sie, hat sie, war sie, wurde sie, dass sie, leidet sie
Frau, Herr, Herrn, Hr., Fr., Ehemann, Ehefrau, Ehepartner, Ex-Mann, Ex-Frau, Lebensgefährt*, Freundin, Tochter, Sohn, Mutter, Vater, Bruder
Schwester, Oma, Opa, Onkel, Tante, Enkel, Neffe, Nichte, Schwiegermutter, Schwiegervater, Nachbar, Nachbarin, das Kind, des Kindes, mein Kind
unser Kind, Kollege, Kollegin, Kollegen, Chef, Chefin, Azubi, Praktikant, Praktikantin, der Mitarbeiter, des Mitarbeiters, dem Mitarbeiter
den Mitarbeiter, ein Mitarbeiter, unser Mitarbeiter, Ihr Mitarbeiter, Mitarbeiterin, Arbeitnehmer, Arbeitnehmerin, Bewerber, Bewerberin
Kandidat, Kandidatin, der Kunde, dem Kunden, des Kunden, Kundin, Klient, Klientin, Mandant, Mandantin, Mandanten, Patient, Patientin
dem Patienten, den Patienten, des Patienten, Pat., Proband, Probandin, des Probanden, Versicherter, Versicherte, der Versicherte
des Versicherten, Bewohner, Bewohnerin, Schüler, Schülerin, Student, Studentin, Mieter, Mieterin, Vermieter, Vermieterin, Gast, Zeuge
Zeugin, Verdächtiger, des Verdächtigen, der Verdächtige, den Täter, Beschuldigter, der Beschuldigte, Angeklagter, Pfleger, Pflegerin, Hausmeister
Fahrer, Fahrerin, unser Fahrer, Betriebsrat, Lehrer, Lehrerin, Verstorbene, der Verstorbene, Antragsteller, Antragstellerin, Betroffener
der Betroffene, die Betroffene, Kläger, Klägerin, geb., geboren am, wohnhaft
=I, i'm, i've, i'd, i'll, me, my, mine, he, he's, him, his, she, she's, her, hers, mr, mr., mrs, mrs., ms, ms., husband, wife, boyfriend
girlfriend, fiancé, fiancée, partner, daughter, son, mother, father, brother, sister, mom, mum, dad, grandmother, grandfather, uncle, aunt
nephew, niece, neighbour, neighbor, colleague, coworker, co-worker, boss, manager, intern, apprentice, our employee, your employee
the employee, employee, an employee, applicant, the candidate, candidate, customer, the client, client, patient, the patient, claimant
the insured, resident, student, pupil, tenant, landlord, guest, witness, suspect, the suspect, suspect's, defendant, the defendant
the accused, nurse, janitor, driver, our driver, teacher, participant, ex-husband, ex-wife, the child, our child, plaintiff, the deceased, y/o
year-old, years old, born on, dob
`

/** People in general, teaching, advertising, law, fiction: nobody in particular. */
export const nobody = `
Patienten mit, die Patienten, Patientinnen, viele Patienten, bei Patienten, unsere Mitarbeiter, die Mitarbeiter, alle Mitarbeiter, Menschen
Personen mit, Personen, Leute, Frauen, Männer, Erwachsene, Erwachsenen, Jugendliche, Bürger, Bevölkerung, Gesellschaft, Staatsbürger
Versicherten, Betroffenen, Migranten, Geflüchtete, Studie, Studien, Umfrage, Statistik, Kriminalitätsstatistik, Prozent, Anteil, Quote
weltweit, jährlich, jedes Jahr, in Deutschland, in Österreich, in der Schweiz, Jahrhundert, Jahrhunderts, im Mittelalter, Nationalsozialismus
DDR, Wikipedia, wenn Sie, falls Sie, sofern Sie, fragen Sie, wenden Sie, nehmen Sie, informieren Sie, Sie können, können Sie, Ihren Arzt
Ihr Arzt, Ihrem Arzt, Arzt oder Apotheker, Packungsbeilage, Nebenwirkung*, Wirkstoff, Wirkstoffe, Anwendungsgebiet*, Arzneimittel, bedeutet
Begriff, Definition, Symptome einer, Symptome von, was ist ein, was sind, kann man, man kann, sollte man, zum Thema, Ratgeber, Vortrag, Referat, Hausarbeit
Newsletter, Flyer zum, Blogartikel, Blogbeitrag, Broschüre, Pressemitteilung, Seminar, Schulung zum, Forschung, forscht, Forscher, Wissenschaftler*
Risiko für, Risikofaktor*, Vorbeugung, Prävention, vorbeugen, Film, der Roman, ein Roman, im Roman, des Romans, Serie, Krimi, Theaterstück, Hauptfigur, Protagonist*, handelt von
Geschichte eines, Geschichte einer, erzählt, schildert, Wahlprogramm*, Bundestag, Landtagswahl, Bundestagswahl, StGB, StPO, DSGVO, BDSG, Gesetz
Gesetzgeber, Paragraf, wird bestraft, zur Zahlung, zur Rückzahlung, Alkoholiker und, gilt als, gehört zu den häufigsten, Horoskop, Sternzeichen, Rezept für, Onlineshop, lieferbar
Übersetze, Erkläre, Erklär, Definiere, Fasse zusammen, beispielsweise
patients with, in patients, adults with, adults, children with, women, men, people, persons with, individuals, population, citizens, citizen
Americans, study, studies, survey, statistics, percent, per cent, worldwide, every year, each year, century, National Socialism
Nazi, Wikipedia, if you, when you, ask your, your doctor, your pharmacist, tell your, consult, do not take, do not use, side effects, side effect
package leaflet, medicine is, active substance, what is, what are, what does, how does, can you, can one, who may, explain, define, summarize
summarise, summary, translate, definition, the term, newsletter, blog post, article about, essay, brochure, seminar, training on, research
researchers, scientists, risk of, risk factor*, prevent, prevention, film, movie, novel, series, plot, character, protagonist, tells the story
describes the love, manifesto*, Senate, Congress, parliament, election campaign, GDPR, statute, gay marriage, same-sex marriage, the law, federal law, punishable, is prosecuted
are prosecuted, horoscope, recipe, out of stock, in the shop, for example
`
