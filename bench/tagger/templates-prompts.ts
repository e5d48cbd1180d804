/** What people write to assistants, with the slots of `templates.ts`. None of it is a text of `bench/accuracy/prompts`. */
export const germanPrompts = `
Antworte {1} freundlich, dass die {W} erst am {D} kommt. {2g} soll in Kopie.
---
Verfasse eine E-Mail an {1s} und {2s} wegen der {W}. Unterschreiben soll {3}.
---
[{T}] {1g}: Wo ist die {W}?
[{T}] {2g}: keine Ahnung, frag {3g}
[{T}] {1g}: ok
---
{T} {1i}: {W} bestellt. {T} {2i}: {W} geprüft, alles in Ordnung. {T} {1i}: erledigt.
---
Anwesend: {1s}, {2s} (Protokoll). Entschuldigt: {3s}. Nächster Termin am {D}.
---
Fasse den Verlauf zusammen: {1i} -> {2i} -> {3i}, letzter Stand {W} offen.
---
was mache ich wenn {1g} die {W} nicht zurückgibt, {2g} sagt ich soll warten
---
morgen kommt {1g} zu uns, {2g} hat geburtstag, schreib mir eine karte
---
Mein Mann {1g} und meine Tochter {2g} brauchen eine {W}. Was muss ich beachten?
---
Soll ich {1g} oder {2g} zuerst fragen? Beide kennen die {W}, aber {3g} ist der Chef.
---
Erkundige dich bei {1g}, ob die {W} von {2g} fertig ist.
---
Liefern an: {1}, Gartenweg {N}, {N} {L}. Rechnung an: {2}. Abholer: {3}
---
Adressänderung: bisher {1s}, jetzt {2s} (Heirat). Vorname {1g} bleibt.
---
a) {1} geb. {2s}, b) {3}, beide aus {L}, je zur Hälfte. Erkläre mir die {W}.
---
1. {1r} 2. {2r} 3. {3r} – bitte nach Vornamen ordnen
---
N:{1s};{1g}
FN:{1}
ORG:{O}
Ist diese {W} so richtig?
---
Wir laden {1g}, {2g} und {3g} ein. Schreib etwas Lustiges über die {W}.
---
ich muss {1s} eine {W} schreiben, er heißt {1g}, {2s} ist seine vorgesetzte
---
Liebe KI, erkläre mir bitte, was eine {W} ist. Warum heißt es {W} und nicht {W}?
---
Welche {W} ist besser, {O} oder {O}? Schreibe drei Sätze über {L}.
---
Korrigiere: Der Bäcker, der Müller und der Schmied kaufen eine {W}. Der Jäger fragt den Fischer.
---
Patient in Zimmer {N}: {1s}, {W} gewechselt. Zimmer {N}: {2s}, {W} kontrolliert, Tochter {3} informiert.
---
Der Code stammt von {1g}, {2g} hat ihn geprüft. Was macht er? // frag {3g}
---
Nenne Vor- und Nachteile: {1s} schlägt {W} vor, {2s} lieber {W}, {3s} enthält sich.`

export const englishPrompts = `
Tell {1} politely that the {W} is late. Copy {2g}.
---
Write an email to {1s} and {2s} about the {W}. It should be signed by {3}.
---
[{T}] {1g}: where's the {W}?
[{T}] {2g}: no idea, ask {3g}
---
{T} {1i}: {W} ordered. {T} {2i}: {W} checked. {T} {1i}: closed.
---
Present: {1s}, {2s} (minutes). Apologies: {3s}. Next meeting on {D}.
---
what do i do if {1g} won't give back my {W}, {2g} says wait
---
tomorrow {1g} is coming over and {2g} has a birthday, write me a card
---
My husband {1g} and my daughter {2g} need a {W}. What should we know?
---
Should I ask {1g} or {2g} first? Both know the {W}, but {3g} is the boss.
---
Deliver to: {1}, {N} Garden Lane, {L}. Invoice to: {2}. Pick-up: {3}
---
Name change: formerly {1s}, now {2s} (marriage). First name {1g} stays.
---
Please change the name on my {W} from {1s} to {2s}, and add {3} as second holder.
---
1. {1r} 2. {2r} 3. {3r} - sort by first name please
---
N:{1s};{1g}
FN:{1}
ORG:{O}
Is this {W} valid?
---
We are inviting {1g}, {2g} and {3g}. {1g} can't eat nuts. Plan the {W}.
---
i have to write {1s} a {W}, his first name is {1g}, {2s} is his manager
---
Explain what a {W} is. Why is it called {W} and not {W}? Is {L} far from {L}?
---
Which {W} is better, {O} or {O}? Write three sentences about {L}.
---
Fix the grammar: The Baker, the Miller and the Smith buys a {W}.
---
Room {N}: {1s}, {W} changed. Room {N}: {2s}, {W} checked, daughter {3} informed.
---
This code is from {1g}, {2g} reviewed it. What does it do? // ask {3g}
---
List pros and cons: {1s} wants {W}, {2s} prefers {W}, {3s} abstains.
---
{1g}'s idea was {W}, {2g}'s was {W}. Write a reply to {3g} that thanks both.`
