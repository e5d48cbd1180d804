import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookUpModel } from './onnx-file.ts'

const LABELS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'B-MISC']
/** Words it knows, each with its label. `##` goes on the token before, as WordPiece has it. */
const WORDS: readonly (readonly [token: string, label: string])[] = [
  ['Petra', 'B-PER'],
  ['Mus', 'I-PER'],
  ['##ter', 'O'],
  ['Ada', 'B-PER'],
  ['Bremen', 'B-LOC'],
  ['Messe', 'B-MISC'],
  ['und', 'O'],
  ['wohnt', 'O'],
  ['in', 'O']
]
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]']

/** A model directory for token classification, small enough to be made by the test that uses it. Remove it after. */
export function writeNameModel(): string {
  const folder = mkdtempSync(join(tmpdir(), 'schleuse-model-'))
  const tokens = [...SPECIAL, ...WORDS.map(([token]) => token)]
  const labels = [...SPECIAL.map(() => 'O'), ...WORDS.map(([, label]) => label)]
  const table = labels.map(label => LABELS.map(one => (one === label ? 4 : 0)))
  const write = (name: string, value: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(value))
  writeFileSync(join(folder, 'model.onnx'), lookUpModel(table))
  write('config.json', { id2label: Object.fromEntries(LABELS.map((label, at) => [String(at), label])) })
  write('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', do_lower_case: false })
  write('tokenizer.json', tokenizer(tokens))
  return folder
}

function tokenizer(tokens: readonly string[]): object {
  const special = (content: string) => ({ id: content, ids: [tokens.indexOf(content)], tokens: [content] })
  const opened = { SpecialToken: { id: '[CLS]', type_id: 0 } }
  const closed = { SpecialToken: { id: '[SEP]', type_id: 0 } }
  return {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: false
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [opened, { Sequence: { id: 'A', type_id: 0 } }, closed],
      pair: [],
      special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') }
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id]))
    }
  }
}
