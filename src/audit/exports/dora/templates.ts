import type { ListName } from './lists.ts'

/**
 * The fifteen templates of the Register of Information: Annex I of Implementing Regulation (EU) 2024/2956 with its
 * corrigendum (B_06.01), in the layout of the EBA's reporting framework 4.0, module DORA 1.1.0.
 */

export type CellType =
  | 'text'
  | 'lei'
  | 'country'
  | 'currency'
  | 'date'
  | 'money'
  | 'integer'
  | 'link'
  /** `F1`, `F2` …, unique per entity. */
  | 'function'
  /** One of the EBA's licensed activities. */
  | 'activity'
  | ListName

export interface Column {
  /** `c0010`. */
  readonly code: string
  readonly type: CellType
  readonly isKey: boolean
  /** Empty only under a warning: an active not-null rule of 20 March 2025. */
  readonly isExpected: boolean
}

/** Cells that must be found together in the key of another template. */
export interface Reference {
  readonly columns: readonly string[]
  readonly template: string
  readonly target: readonly string[]
}

export interface Template {
  /** `B_02.02`. */
  readonly code: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly references: readonly Reference[]
}

/** `0010 lei key`, `0020 text expected`, … */
function columns(...lines: readonly string[]): Column[] {
  return lines.map(line => {
    const [code = '', type = '', ...marks] = line.split(' ')
    return {
      code: `c${code}`,
      type: type as CellType,
      isKey: marks.includes('key'),
      isExpected: marks.includes('expected')
    }
  })
}

/** A cell that is the first key of another template. */
const to = (template: string, ...from: readonly string[]): Reference[] =>
  from.map(code => ({ columns: [`c${code}`], template, target: ['c0010'] }))

const contract = (...from: readonly string[]): Reference[] => to('B_02.01', ...from)
const entity = (...from: readonly string[]): Reference[] => to('B_01.02', ...from)
const provider = (...from: readonly string[]): Reference[] => to('B_05.01', ...from)

export const TEMPLATES: readonly Template[] = [
  {
    code: 'B_01.01',
    title: 'Entity maintaining the register',
    columns: columns(
      '0010 lei key expected',
      '0020 text expected',
      '0030 country expected',
      '0040 entityType expected',
      '0050 text expected',
      '0060 date expected'
    ),
    references: []
  },
  {
    code: 'B_01.02',
    title: 'Entities within the scope of consolidation',
    columns: columns(
      '0010 lei key',
      '0020 text expected',
      '0030 country expected',
      '0040 groupEntityType expected',
      '0050 hierarchy expected',
      '0060 lei expected',
      '0070 date expected',
      '0080 date expected',
      '0090 date expected',
      '0100 currency',
      '0110 money expected'
    ),
    references: []
  },
  {
    code: 'B_01.03',
    title: 'Branches',
    columns: columns(
      '0010 text key expected',
      '0020 lei key expected',
      '0030 text expected',
      '0040 country expected'
    ),
    references: entity('0020')
  },
  {
    code: 'B_02.01',
    title: 'Contractual arrangements, general',
    columns: columns(
      '0010 text key',
      '0020 contractType expected',
      '0030 text',
      '0040 currency expected',
      '0050 money expected'
    ),
    references: contract('0030')
  },
  {
    code: 'B_02.02',
    title: 'Contractual arrangements, specific',
    columns: columns(
      '0010 text key',
      '0020 lei key',
      '0030 text key',
      '0040 codeType expected',
      '0050 function key expected',
      '0060 serviceType key expected',
      '0070 date expected',
      '0080 date expected',
      '0090 termination',
      '0100 integer',
      '0110 integer',
      '0120 country',
      '0130 country key',
      '0140 yesNo',
      '0150 country key',
      '0160 country key',
      '0170 sensitiveness',
      '0180 reliance'
    ),
    references: [
      ...contract('0010'),
      ...entity('0020'),
      ...provider('0030'),
      { columns: ['c0050', 'c0020'], template: 'B_06.01', target: ['c0010', 'c0040'] }
    ]
  },
  {
    code: 'B_02.03',
    title: 'Intra-group contractual arrangements',
    columns: columns('0010 text key', '0020 text key', '0030 link'),
    references: contract('0010', '0020')
  },
  {
    code: 'B_03.01',
    title: 'Entities signing to receive ICT services',
    columns: columns('0010 text key', '0020 lei key', '0030 link'),
    references: [...contract('0010'), ...entity('0020')]
  },
  {
    code: 'B_03.02',
    title: 'ICT third-party service providers signing',
    columns: columns('0010 text key', '0020 text key', '0030 codeType'),
    references: [...contract('0010'), ...provider('0020')]
  },
  {
    code: 'B_03.03',
    title: 'Entities signing to provide ICT services',
    columns: columns('0010 text key', '0020 lei key', '0031 link'),
    references: [...contract('0010'), ...entity('0020')]
  },
  {
    code: 'B_04.01',
    title: 'Entities making use of the ICT services',
    columns: columns('0010 text key', '0020 lei key', '0030 branchNature expected', '0040 text key'),
    references: [...contract('0010'), ...entity('0020'), ...to('B_01.03', '0040')]
  },
  {
    code: 'B_05.01',
    title: 'ICT third-party service providers',
    columns: columns(
      '0010 text key',
      '0020 codeType expected',
      '0030 text expected',
      '0040 codeType',
      '0050 text expected',
      '0060 text expected',
      '0070 personType expected',
      '0080 country expected',
      '0090 currency',
      '0100 money',
      '0110 text expected',
      '0120 codeType'
    ),
    references: provider('0110')
  },
  {
    code: 'B_05.02',
    title: 'ICT service supply chains',
    columns: columns(
      '0010 text key',
      '0020 serviceType key',
      '0030 text key',
      '0040 codeType',
      '0050 integer key',
      '0060 text key',
      '0070 codeType'
    ),
    references: [...contract('0010'), ...provider('0030', '0060')]
  },
  {
    code: 'B_06.01',
    title: 'Functions',
    columns: columns(
      '0010 function key',
      '0020 activity expected',
      '0030 text expected',
      '0040 lei key',
      '0050 yesNoUnassessed expected',
      '0060 text',
      '0070 date expected',
      '0080 integer expected',
      '0090 integer expected',
      '0100 impact expected'
    ),
    references: entity('0040')
  },
  {
    code: 'B_07.01',
    title: 'Assessment of the ICT services',
    columns: columns(
      '0010 text key',
      '0020 text key',
      '0030 codeType expected',
      '0040 serviceType key',
      '0050 substitutability',
      '0060 notSubstitutable expected',
      '0070 date',
      '0080 yesNo',
      '0090 reintegration',
      '0100 impact',
      '0110 yesNoUnassessed',
      '0120 text'
    ),
    references: [...contract('0010'), ...provider('0020')]
  },
  {
    code: 'B_99.01',
    title: 'Definitions of the entity',
    columns: columns(
      ...Array.from({ length: 19 }, (_, at) => `${String((at + 1) * 10).padStart(4, '0')} text`)
    ),
    references: []
  }
]

/** `B_02.02` → `b_02.02.csv`. */
export const fileOf = ({ code }: Template): string => `${code.toLowerCase()}.csv`
