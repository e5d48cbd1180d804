import t from 'tap'
import { buildAnalyzer } from '../../../src/filters/analyzer.ts'

const analyzer = buildAnalyzer()

/** Names as people bear them, chosen by hand, not from the lists the model was trained with. */
const names = new Map(
  Object.entries({
    german:
      'Hannelore Pfannschmidt, Jörg Dobberstein, Kerstin Wulfmeier, Ole Hinrichsen, Friedhelm Kasulke, Mareike Tönnies',
    english:
      'Gareth Pemberton, Heather Ainsworth, Dwayne Kirkpatrick, Tabitha Crowe, Nigel Hathersage, Brooke Delaney',
    turkish: 'Hüseyin Karadağ, Emine Çetinkaya, Burak Yalçın, Gülşen Akbulut, Serkan Demirtaş, Nurcan Topal',
    polish:
      'Zbigniew Wójcicki, Małgorzata Sikorska, Grzegorz Brzęczyszczykiewicz, Halina Pawlak, Jacek Mazurek, Beata Gołąb',
    arabic:
      'Abdelrahman Al-Qaisi, Khadija Benmoussa, Yousef Hamdouni, Rasha Al-Zahrani, Tarek Abboud, Samia Ouali',
    vietnamese: 'Nguyễn Thị Hương, Tran Van Dung, Phạm Quốc Bảo, Le Thi Thu, Hoang Minh Tuan, Võ Thanh Sơn',
    'west-african':
      'Kwabena Asante, Adaeze Okonkwo, Mamadou Diallo, Folasade Adeyemi, Ousmane Sow, Chinonso Eze',
    indian:
      'Srinivas Venkataraman, Deepika Chowdhury, Harjit Dhillon, Lakshmi Narayanan, Faisal Qureshi, Rukmini Bhatt',
    balkan: 'Dragan Stojković, Vesna Jovanović, Goran Petković, Snežana Ilić, Bujar Krasniqi, Mirela Hodžić'
  }).map(([origin, list]) => [origin, list.split(', ')] as const)
)

const sentences = [
  'Gestern hat # angerufen und nach der Rechnung gefragt.',
  'Laut # wurde die Lieferung schon am Montag verschickt.',
  'Die neue Kollegin heißt # und kommt aus der Buchhaltung.',
  'Bitte leite das an # weiter.',
  'Das Angebot von # liegt bei, wir treffen uns morgen.',
  'Last week # told us that the parts had not arrived.',
  'Please ask # whether the contract was signed.',
  'The claim of # was closed after the second call.',
  'I met # at the office and we talked about the budget.',
  '# will join the meeting on Thursday.'
]

t.test('names of every origin are found about as well as those found best', async t => {
  const shares = [...names].map(([origin, list]) => {
    let chars = 0
    let found = 0
    for (const name of list)
      for (const sentence of sentences) {
        const start = sentence.indexOf('#')
        const text = sentence.replace('#', name)
        chars += name.length
        for (const finding of analyzer.analyze([{ kind: 'text', text, label: '' }])[0] ?? [])
          if (finding.type === 'PERSON')
            found += Math.max(0, Math.min(finding.end, start + name.length) - Math.max(finding.start, start))
      }
    return { origin, share: found / chars }
  })
  const best = Math.max(...shares.map(({ share }) => share))
  t.ok(best > 0.9, `best ${best}`)
  for (const { origin, share } of shares) t.ok(share >= 0.9 * best, `${origin} ${share.toFixed(3)}`)
})
