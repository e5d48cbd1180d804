import t from 'tap'
import { isInComment, isProgramText } from '../../../src/filters/tagger/program-text.ts'

const programs = {
  typescript: `import { Router } from './router.ts'\n\nexport class Gateway {\n  run(request: Request) {\n    return this.route(request);\n  }\n}\n`,
  python: 'import os\n\ndef main(path):\n    for name in os.listdir(path):\n        print(name)\n',
  java: 'package de.firma;\n\npublic class Kunde {\n  private final String name = "Meier";\n}\n'
}

const others = {
  json: '{\n  "kunde": {\n    "name": "Anna Weber",\n    "ort": "Bremen"\n  },\n  "offen": true\n}\n',
  csv: 'Name;Ort;Telefon\nAnna Weber;Bremen;0421 55;\nJens Meier;Kiel;0431 77;\n',
  mail: 'Hallo Frau Weber,\n\nfor the record: if Jens (Vertrieb) calls, return to me;\nalles Weitere später.\n\nGruß\nPetra',
  yaml: 'kunde:\n  name: Anna Weber\n  ort: Bremen\nvertrag: 2026-11\n',
  words: 'while the import of pumps was slow, Anna Weber let us know.'
}

for (const [name, text] of Object.entries(programs)) t.test(name, async t => t.ok(isProgramText(text)))
for (const [name, text] of Object.entries(others)) t.test(name, async t => t.notOk(isProgramText(text)))

t.test('comments are told from the code around them', async t => {
  const text = 'const a = 1 // written by Anna Weber\n * @author Jens Meier\nreturn Petra.run()\n# Ada\n'
  t.ok(isInComment(text, text.indexOf('Anna')))
  t.ok(isInComment(text, text.indexOf('Jens')))
  t.ok(isInComment(text, text.indexOf('Ada')))
  t.notOk(isInComment(text, text.indexOf('Petra')))
  t.notOk(isInComment('see https://anna.example/Weber', 24))
})

t.test('hostile lines cost no more than their length', async t => {
  for (const piece of ['= ', '(', '}', ' ', 'if ', '\n}']) isProgramText(piece.repeat(500_000))
  t.pass()
})
