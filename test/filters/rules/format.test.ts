import t from 'tap'
import { patternOfExamples } from '../../../src/filters/rules/format.ts'
import { Pattern } from '../../../src/filters/rules/pattern.ts'

t.test('a pattern from examples', async t => {
  t.equal(patternOfExamples(['KD-4711-AB']), '\\p{Lu}{2}\\-\\d{4}\\-\\p{Lu}{2}')
  t.equal(patternOfExamples(['KD-4711-AB', 'KD-0815-XY']), 'KD\\-\\d{4}\\-\\p{Lu}{2}')
  t.equal(patternOfExamples(['4711/a', '12345']), '\\d{4}\\/\\p{Ll}|\\d{5}')
  t.equal(patternOfExamples(['R 12.3', 'R 45.6']), 'R \\d{2}\\.\\d')
  t.throws(() => patternOfExamples(['--']), /without a letter or digit/)
})

t.test('the pattern finds its own examples', async t => {
  for (const examples of [['Ä-1 (x)'], ['a+b*1', 'a+b*2'], ['€ 5'], ['A_1\\2']]) {
    const pattern = new Pattern(patternOfExamples(examples), { ignoreCase: false, wholeWords: true })
    for (const example of examples) t.equal(pattern.matchAt(example, 0), example.length, example)
  }
})
