/**
 * Texts with slots, one for each kind of text that apps send. `{1}` is the first person's full name, `{1g}` the given name,
 * `{1s}` the surname, `{1r}` surname, given name; `{1i}` initial and surname, `{1e}` e-mail address, `{1u}` user name; also
 * for persons 2 and 3. `{L}` a place, `{O}` a company, `{D}` a date, `{T}` a time, `{N}` a number, `{W}` an ordinary noun,
 * `{I}` an identifier of a program, `{A}` an abbreviation, `{H}` hexadecimal digits. A text of its own between lines of `---`.
 */
export const germanTexts = `
Sehr geehrte Frau Dr. {1s},

vielen Dank für Ihre Nachricht vom {D}. Herr {2s} hat die Unterlagen zu {W} und {W} geprüft. {1s} und {2s} treffen sich am {D} in {L}.

Mit freundlichen Grüßen
{3}
{O}
---
Sehr geehrter Herr {1s},
wie mit Ihrer Kollegin {2} besprochen, erhalten Sie anbei die {W}. {2s} erreichen Sie unter {N}.
Freundliche Grüße
i. A. {3}
---
Hallo {1g},
kannst du bitte {2} wegen der {W} anrufen? {2g} weiß Bescheid. Danke und viele Grüße
{3g}
---
Hi {1g}, ist {2g} heute im Büro? {3} hat nach der {W} gefragt.
---
Liebe {1g}, lieber {2g}, anbei die Liste von {3}. Bis {T} Uhr, LG {3g}
---
{O} · Hauptstraße {N} · {N} {L}

{1}
Bahnhofstraße {N}
{N} {L}

{L}, {D}

Betreff: {W} Nr. {N}
---
Patient: {1r}, geb. {D}
Überweisender Arzt: Dr. med. {2}
Wir berichten über {1}, der sich am {D} in unserer Ambulanz vorstellte. {1s} klagt über {W}. Z.n. {W} {D}. Dr. {2s}, Oberarzt
---
Arztbrief
Sehr geehrter Herr Kollege {2s}, wir berichten über Ihren Patienten {1}, geboren am {D}, wohnhaft in {L}. Herr {1s} wurde am {D} entlassen.
gez. Prof. Dr. {3}
---
Von: {1} <{1e}>
An: {2} <{2e}>
Cc: {3r}
Gesendet: {D} {T}
Betreff: AW: {W} und {W}

Hallo {2g}, wie {3} schon schrieb, brauchen wir die {W} bis {D}.
---
Teilnehmer: {1}, {2}, {3}
Protokoll: {1s}
TOP 1: {W}. {2s} berichtet, dass die {W} fehlt. {3} übernimmt das bis {D}.
TOP 2: {W} in {L}
---
Name;Ort;Betrag
{1};{L};{N}
{2};{L};{N}
{3r};{L};{N}
---
| Mitarbeiter | Abteilung | Ort |
|---|---|---|
| {1} | Vertrieb | {L} |
| {2} | Einkauf | {L} |
---
{"kunde": "{1}", "ort": "{L}", "firma": "{O}", "betrag": {N}, "notiz": "{2s} ruft zurück", "status": "offen"}
---
Zwischen der {O}, vertreten durch {1}, und {2}, wohnhaft in {L}, wird folgender {W} geschlossen. {2s} verpflichtet sich zur {W}.
---
Ticket #{N}: {1} kann sich nicht anmelden. Bearbeiter: {2}. {1s} meldet, dass die {W} seit {D} nicht geht. Bitte an {3g} weiterleiten.
---
Gestern rief {1} an, weil {2} die {W} nicht gefunden hat. {1s} meinte, {3} wisse mehr. Laut {3s} liegt das an der {W}.
---
{1} ({N}) aus {L} arbeitet bei {O}. Seine Kollegin {2} lobte die {W}: "{1s} ist immer da", sagte {2s}.
---
Der Vorsitzende {1s} erklärte am {D}, die {W} werde {2s} vorgelegt. Minister {3} widersprach. {1s}s Vorschlag sei {W}.
---
Bitte fasse zusammen: {1} schrieb an {2s}, dass {3} im Urlaub ist und {2} die {W} übernimmt.
---
Schreibe eine E-Mail an {1} von {O}, dass der Termin in {L} am {D} um {T} Uhr ausfällt. Gruß von {2g}
---
wer ist eigentlich {1} und warum hat {2g} {2s} die {W} bekommen
---
hallo ich bin {1g} {1s} und brauche hilfe bei meiner {W}, mein chef {2} sagt dass {O} das macht
---
Mit dabei waren {1g}, {2g} und {3g}. {1g} hat {W} mitgebracht, {2g} die {W}.
---
Kläger {1}, Prozessbevollmächtigter: Rechtsanwalt {2}, gegen {3}, Beklagte. Der Kläger {1s} beantragt {W}. Die Zeugin {3s} sagte aus.
---
{1} | Leiterin {W} | {O} | Tel. {N} | {1e}
---
Bitte {A} und {A} angeben. Die {A}-Nummer steht im {A}. {1s} braucht {A}, {A} oder {A}: {N}
{A}: {N}
{A} {H} {N}
---
Guten Tag, wie geht es Ihnen? Die {W} kostet {N} Euro. Donnerstag kommt die {W}, Freitag die {W}. Bitte Wecker stellen! Welche {W} empfiehlst du? Erkläre mir den Unterschied zwischen {W} und {W}. Deutsche, Türken und Franzosen mögen {W}.
---
Unterschrift: {1}
Datum: {D}
Zeuge: {2}
---
// TODO: mit {1} klären, ob die {W} bleibt ({2g} fragt)
---
# Ansprechpartner: {1} ({1e}), Vertretung {2}
---
Mein Name ist {1} und ich wohne in {L}. Meine Frau {2g} und unser Sohn {3g} sind bei {O} versichert.
---
Morbus Crohn, Morbus Basedow und die Parkinson-Krankheit wurden ausgeschlossen; Verdacht auf Alzheimer bei {1}. Chorea Huntington, Multiple Sklerose und Zustand nach Billroth unauffällig. Diabetes mellitus, Tinnitus, Herpes Zoster.
---
Frau {1s}s Tochter {2g} besucht die Grundschule in {L}. Bei Fragen bitte {1s} anrufen ({N}), nicht {3}.
---
Rechnung
Kunde: {1}
Kundennummer: {N}
Position  Menge  Preis
{W}  {N}  {N}
Vielen Dank für Ihren Auftrag, {1g}!
`

export const englishTexts = `
Dear Mr {1s},

Thank you for your letter of {D}. {2} from our {L} office will call you about the {W}. {2s} asked me to copy {3}.

Kind regards,
{3}
{O}
---
Hi {1g},
could you ask {2} about the {W}? {2g} knows. I talked to {3s} yesterday.
Thanks,
{3g}
---
Hey {1g}, is {2g} around today? {3} wants the {W} by {T}.
---
From: {1} <{1e}>
To: {2} <{2e}>
Cc: "{3r}" <{3e}>
Sent: {D} {T}
Subject: RE: {W} update

{2g}, as {3} mentioned, the {W} is due on {D}. Please call {1s} at {N}.
---
Attendees: {1}, {2}, {3}
Minutes: {1s}
{2s} reported that the {W} is missing. {3} will follow up with {O} by {D}.
---
name,city,amount
{1},{L},{N}
{2},{L},{N}
"{3r}",{L},{N}
---
{"customer": "{1}", "city": "{L}", "company": "{O}", "total": {N}, "note": "{2s} will call back", "status": "open"}
---
This agreement is made between {O}, represented by {1}, and {2}, residing in {L}. {2s} agrees to the {W}.
---
Ticket {N}: {1} cannot log in. Assignee: {2}. {1s} says the {W} has been down since {D}. Please forward to {3g}.
---
The applicant, Mr {1}, was born in {N} and lives in {L}. On {D} Ms {2s} lodged the {W}. {1s}'s lawyer, {3}, objected.
---
Patient {1}, seen by Dr. {2s} on {D}, complains of {W}. {1s} was referred to {3}, MD, at {O}.
---
Yesterday {1} called because {2} lost the {W}. {1s} thinks {3} knows more. According to {3s}, {L} is fine.
---
{1}, {N}, of {L} works for {O}. "{2g} is great," said {2s}, who met {3} in {L}.
---
Please summarise: {1} wrote to {2s} that {3} is on leave and {2} takes over the {W}.
---
Write an email to {1} at {O} saying that the meeting in {L} on {D} at {T} is cancelled. Sign it {2g}.
---
who is {1} and why did {2g} {2s} get the {W}
---
hi im {1g} {1s}, need help with my {W}, my boss {2} said {O} handles it. thx {1g}
---
{1g} and {2g} are coming over, {3g} brings the {W}. ask {1g} if {2g} needs a ride
---
{1} | Head of {W} | {O} | {N} | {1e}
---
Please send {A} and {A} to {1g}. The {A} of the {A} is {N}. {A} or {A}?
{A}: {N}
---
How do I write a function that sorts a list? Explain the difference between {W} and {W}. Thursday works, Friday does not. Americans and Germans like {W}. Write a poem about Spring, Hope and Winter. My cat is called Whiskers.
---
Signed: {1}
Witness: {2}
Date: {D}
---
// TODO({1u}): ask {1} whether the {W} stays, {2g} wants it gone
---
# Contact: {1} ({1e}), backup {2}
---
My name is {1} and I live in {L}. My wife {2g} and our son {3g} are insured with {O}.
---
{1s} scored twice for {L} before {2} equalised. Coach {3s} praised {1g} {1s}.
---
I would recommend {1g}. {2} at {O} was rude, but {3g} fixed the {W}. Thanks {3g}!
---
* {1} ({L}) - {W}
* {2} ({L}) - {W}
* {3} - {W}
---
{1}
{N} Main Street
{L}

Dear {1g} {1s}, your {W} from {O} is ready.
---
Crohn's disease, Parkinson's and Alzheimer's were ruled out for {1}. Ramadan and Christmas are holidays at {O}. Hodgkin lymphoma, Down syndrome, Bell's palsy.
`

/** Texts of machines: no names in them, but for what looks like one. */
export const technicalTexts = `
{D} {T} INFO {I}: {I} started on port {N}
{D} {T} WARN [{I}] Connection to {I}.{I} refused, retry {N}
{D} {T} ERROR {I} - Failed to load {I} from /var/lib/{I}/{I}: {W} not found
Jun {N} {T} combo sshd(pam_unix)[{N}]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost={N}.{N}.{N}.{N}
Jun {N} {T} combo ftpd[{N}]: connection from {N}.{N}.{N}.{N} () at Fri Jun {N} {T} 2026
Mon Jul {N} {T} [notice] workerEnv.init() ok /etc/httpd/conf/{I}.properties
Sat Aug {N} connection closed by host (adsl-{N}-{N}.dsl.{I}.net) at Sun Aug {N} {T} 2026
---
at {I}.{I}.{I}({I}.java:{N})
at {I}.{I}(Native Method)
Caused by: java.lang.{I}: {I} is null
	at org.apache.{I}.{I}Impl.{I}({I}.java:{N})
---
import {I} from '{I}'
export class {I} extends {I} {
  readonly {I}: Map<string, {I}> = new Map()
  constructor(options: {I}) { super(options.{I}) }
  async {I}({I}: {I}): Promise<{I}> { return this.{I}.get({I}) ?? new {I}() }
}
---
public static final {I} {I} = new {I}("{I}", {N});
private final Logger log = LoggerFactory.getLogger({I}.class);
@Override public void {I}({I} {I}) throws {I} { if ({I} == null) throw new IllegalArgumentException("{W}"); }
---
SELECT {I}, COUNT(*) FROM {I} WHERE {I} = '{H}' GROUP BY {I} ORDER BY {N} DESC;
INSERT INTO {I} ({I}, {I}) VALUES ({N}, '{W}');
---
{"{I}": "{I}", "{I}": [{N}, {N}], "id": "{H}-{H}", "type": "{I}", "status": "Open", "Enabled": true, "Region": "eu-central-1"}
---
apiVersion: apps/v1
kind: {I}
metadata:
  name: {I}
spec:
  replicas: {N}
  template: { containers: [{ name: {I}, image: registry/{I}:{N}.{N} }] }
---
def {I}(self, {I}: {I}) -> {I}:
    """Return the {W} of the {I}."""
    return self.{I}[{N}] if {I} else None
---
{I} {I} {T} UNKNOWN_LOCATION NULL DISCOVERY INFO {I} Node card VPD check: missing {I} node, VPD ecid {H}{H}
R{N}-M{N}-N{N} RAS KERNEL INFO instruction cache parity error corrected; Temperature Mask is asserted
{T}.{N}|Step_{I}|{N}|insert{I}Data() size = {N},app = 1,One Data Type
---
chore({I}): bump {I} from {N}.{N} to {N}.{N}
Merge branch '{I}' into main
feat: add {I} to {I}
Reset Password Button Click Handler Register Login Page Settings Menu
---
<div class="{I}"><a href="/{I}/{I}">{W}</a><Button onClick={{I}}>Save Draft</Button></div>
<PackageReference Include="{I}.{I}" Version="{N}.{N}" />
---
GET /api/{I}/{N} HTTP/1.1
Host: {I}.example.com
Accept: application/json
X-Request-Id: {H}-{H}-{H}
Server: Apache/{N}.{N}
---
| Field | Type | Default | Description |
|---|---|---|---|
| {I} | String | None | The {W} of the {I} |
| {I} | Boolean | True | Whether {I} is enabled |
---
Terms and Conditions. This Agreement shall be governed by the laws of the Federal Republic. The Licensor grants the Licensee a License to the Software. Confidential Information means any Information. Customer shall pay all Fees. Force Majeure. Privacy Policy. All Rights Reserved.
---
Allgemeine Geschäftsbedingungen. Der Auftragnehmer haftet für Vorsatz und grobe Fahrlässigkeit. Gerichtsstand ist der Sitz der Gesellschaft. Der Auftraggeber trägt die Kosten. Änderungen bedürfen der Schriftform. Datenschutzerklärung, Impressum, Widerrufsbelehrung, Lieferzeit, Versandkosten.
---
Kind: {I}; Art: {W}; Menge: {N}; Einheit: Stück; Lager: {W}; Farbe: Schwarz; Größe: Klein; Material: Baumwolle; Marke: Weiß; Zustand: Neu
---
Product: {W}; Size: Large; Color: Brown; Brand: Black; Material: Stone; Season: Summer; Price: {N}; Model: {I}-{N}; Version: {N}
---
[{T}] {I}[{N}]: com.apple.{I}: {H}-{H}: ({I}) QQ[{N}]: FA||Url||taskID[{N}] dealloc DB NC Disabled
{D} {T}, Info                  {A}    Loaded {I} v{N}.{N} with Core: /{I}/{I}.dll
{D} {T}, Info                  {A}    Session: {N}_{N} initialized by client {I}.
{T} kernel: {A}: {A} Root Bridge [{A}{N}:00] {A} interrupt
usb {N}: New {A} device found, {A} daemon started, at Thu Jul {N} {T} 2026, {A} {A} disabled
X-{I}-Limit, X-{I}-Scopes, X-Accepted-{I}, Content-Type, Cache-Control
ARPT: {N}.{N}: wl0: {I}: Error in {I}Handler: {N}
Setting SPACKET size to {N}; SIC JTAG Reset; Machine Check Enable; Core Configuration Register
`
