import t from 'tap'
import { splice } from '../../../src/core/json/splice.ts'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()

function findings(text: string, label = '') {
  return analyzer.analyze([{ kind: 'text', text, label }])[0] ?? []
}

function addresses(text: string, label = ''): string[] {
  return findings(text, label)
    .filter(({ type }) => type === 'ADDRESS')
    .map(({ start, end }) => text.slice(start, end))
}

t.test('letter head, window and date line', async t => {
  const letter = `Hausverwaltung Lindner GmbH · Große Elbstraße 145d · 22767 Hamburg

Frau
Dr. Jana Petersen
Alte Landstraße 7b
24106 Kiel

                                                   Hamburg, 3. März 2026

Nebenkostenabrechnung 2025, Objekt Am Sandtorkai 12, 20457 Hamburg

Sehr geehrte Frau Dr. Petersen,

im Jahr 2025 haben wir auf Seite 3, Abschnitt 4 alles zusammengefasst. Der Betrag von 12345 Euro ist bis zum
15. April 2026 fällig. Stellplatz 12 bleibt frei.
`
  t.same(addresses(letter), [
    'Große Elbstraße 145d · 22767 Hamburg',
    'Alte Landstraße 7b\n24106 Kiel',
    'Am Sandtorkai 12, 20457 Hamburg'
  ])
})

t.test('signature block', async t => {
  const signature = `Mit freundlichen Grüßen
Lukas Brandner

Brandner & Söhne OG
Mariahilfer Straße 88a/2/14
A-1070 Wien
Tel. +43 1 5223344 | office@brandner.example`
  t.same(addresses(signature), ['Mariahilfer Straße 88a/2/14\nA-1070 Wien'])
})

t.test('Austrian and Swiss villages without a street name', async t => {
  t.same(addresses('der Serge Kunzler, Almosen 10, 4843 Innerleiten, Österreich, vom'), [
    'Almosen 10, 4843 Innerleiten'
  ])
  t.same(addresses('Anna Huber, Oberdorf 3, 9107 Waldstatt, ist umgezogen'), ['Oberdorf 3, 9107 Waldstatt'])
  t.same(addresses('Bahnhofstrasse 1\nCH-8001 Zürich'), ['Bahnhofstrasse 1\nCH-8001 Zürich'])
})

t.test('running text', async t => {
  t.same(addresses('Sie wohnt seit 2019 in der Kastanienallee 12 in Berlin.'), ['Kastanienallee 12'])
  t.same(addresses('Treffen Unter den Linden 77, dann weiter'), ['Unter den Linden 77'])
  t.same(addresses('Das Paket liegt bei Familie Özdemir, Zur Alten Mühle 4, 35037 Marburg.'), [
    'Zur Alten Mühle 4, 35037 Marburg'
  ])
  t.same(addresses('Schick es an Postfach 10 20 30, 50668 Köln'), ['Postfach 10 20 30, 50668 Köln'])
})

t.test('tables and CSV keep their cells', async t => {
  const csv = 'name;strasse;plz;ort\nBerg, Ida;Feldweg 3;04109;Leipzig\nKurz, Tom;Ringstr. 19;99084;Erfurt'
  t.same(addresses(csv), ['Feldweg 3', '04109', 'Leipzig', 'Ringstr. 19', '99084', 'Erfurt'])
  const table = '| Ida Berg | Feldweg 3 | 04109 Leipzig |'
  t.same(addresses(table), ['Feldweg 3', '04109 Leipzig'])
  const code = splice(
    csv,
    findings(csv).map(({ start, end }) => ({ start, end, text: 'X' }))
  )
  t.same(
    code.split('\n').map(line => line.split(';').length),
    csv.split('\n').map(line => line.split(';').length)
  )
})

t.test('JSON values by their key', async t => {
  t.same(addresses('Obere Zeil 12', 'street'), ['Obere Zeil 12'])
  t.same(addresses('60313', 'plz'), ['60313'])
  t.same(addresses('SW1A 1AA', 'postcode'), ['SW1A 1AA'])
  t.same(addresses('7 bis', 'name'), [])
  t.same(addresses('10.0.0.1', 'address'), [])
  t.same(addresses('{"street": "Lindenweg 4", "zip": "10115", "city": "Berlin"}'), ['Lindenweg 4', '10115'])
})

t.test('other countries', async t => {
  for (const address of [
    '221B Baker Street, London NW1 6XE',
    '1600 Pennsylvania Avenue NW, Washington, DC 20500',
    '12 bis, rue des Martyrs\n75009 Paris',
    'Prinsengracht 263-267, 1016 GV Amsterdam',
    'Via della Conciliazione 4, 00193 Roma',
    'Calle de Alcalá, 42, 28014 Madrid',
    'ul. Nowogrodzka 84/86, 02-018 Warszawa',
    'P.O. Box 4711, Springfield, IL 62704',
    'Vesterbrogade 3, 1630 København'
  ])
    t.same(addresses(`Adresse: ${address}\n\nDanke`), [address])
})

t.test('what is no address', async t => {
  for (const text of [
    'Berlin ist die Hauptstadt, München die heimliche.',
    'Im Jahr 2024 Deutschland, 2023 Österreich.',
    'Kapitel 3, Abschnitt 12, Seite 45',
    'Platz 1 in Gruppe 3, Weg 2 ist gesperrt',
    'GET /street/5 HTTP/1.1 200 1234 Mozilla',
    '2026-01-01 12:00:00 INFO Worker 12345 Started',
    'BGH NJW 2016, 2504 Rn. 33',
    'Windows 11 Pro, Office 365 Business',
    'const street = 5; place(3); road: 12',
    'Arbeitsplatz 12, Parkplatz 3, Rückweg 2',
    '10000 Mitarbeiter, 12000 Kunden, 50000 Euro',
    'in 5 Schritten am Ziel, am 5. Mai um 10 Uhr',
    'The 3 Way Handshake, 5 Star Hotel, Top 10 Places',
    'IP address: 192.168.0.1, MAC address 00:11:22:33:44:55',
    'Version 10.15 Build 12345 Release Notes'
  ])
    t.same(addresses(text), [], text)
})
