/**
 * Closed lists of the register as QNames of the EBA's dictionary: "List of possible values", DPM 4.0, 3 March 2025.
 * Keys are what a cell holds, values what they mean.
 */

const entityTypes = {
  'eba_CT:x12': 'credit institution',
  'eba_CT:x300': 'payment institution',
  'eba_CT:x301': 'account information service provider',
  'eba_CT:x302': 'electronic money institution',
  'eba_CT:x599': 'investment firm',
  'eba_CT:x303': 'crypto-asset service provider',
  'eba_CT:x310': 'issuer of asset-referenced tokens',
  'eba_CT:x304': 'central securities depository',
  'eba_CT:x643': 'central counterparty',
  'eba_CT:x305': 'trading venue',
  'eba_CT:x306': 'trade repository',
  'eba_CT:x307': 'manager of alternative investment funds',
  'eba_CT:x639': 'management company',
  'eba_CT:x308': 'data reporting service provider',
  'eba_CT:x309': 'insurance or reinsurance undertaking',
  'eba_CT:x320': 'insurance intermediary',
  'eba_CT:x311': 'institution for occupational retirement provision',
  'eba_CT:x312': 'credit rating agency',
  'eba_CT:x313': 'administrator of critical benchmarks',
  'eba_CT:x314': 'crowdfunding service provider',
  'eba_CT:x315': 'securitisation repository',
  'eba_CT:x316': 'other financial entity'
} as const

const impacts = {
  'eba_ZZ:x791': 'low',
  'eba_ZZ:x792': 'medium',
  'eba_ZZ:x793': 'high',
  'eba_ZZ:x799': 'assessment not performed'
} as const

const yesNo = { 'eba_BT:x28': 'yes', 'eba_BT:x29': 'no' } as const

/** S01 to S19: Annex III of Implementing Regulation (EU) 2024/2956. */
const serviceTypes = Object.fromEntries(
  [
    'ICT project management',
    'ICT development',
    'help desk and first-level support',
    'ICT security management services',
    'provision of data',
    'data analysis',
    'ICT facilities and hosting, cloud excluded',
    'computation, cloud excluded',
    'non-cloud data storage',
    'telecom carrier',
    'network infrastructure',
    'hardware and physical devices',
    'software licensing, cloud excluded',
    'ICT operation management',
    'ICT consulting',
    'ICT risk management',
    'cloud: IaaS',
    'cloud: PaaS',
    'cloud: SaaS'
  ].map((meaning, at) => [`eba_TA:S${String(at + 1).padStart(2, '0')}`, meaning])
)

export const LISTS = {
  entityType: entityTypes,
  groupEntityType: {
    ...entityTypes,
    'eba_CT:x317': 'non-financial: ICT intra-group provider',
    'eba_CT:x318': 'non-financial: other'
  },
  hierarchy: {
    'eba_RP:x53': 'ultimate parent',
    'eba_RP:x551': 'parent other than ultimate',
    'eba_RP:x56': 'subsidiary',
    'eba_RP:x21': 'not part of a group',
    'eba_RP:x210': 'outsourcing provider'
  },
  contractType: {
    'eba_CO:x1': 'standalone',
    'eba_CO:x2': 'overarching',
    'eba_CO:x3': 'subsequent or associated'
  },
  termination: {
    'eba_CO:x4': 'expired and not renewed',
    'eba_CO:x5': 'provider in breach',
    'eba_CO:x6': 'impediments found',
    'eba_CO:x7': 'weaknesses in handling sensitive data',
    'eba_CO:x8': 'on request of an authority',
    'eba_CO:x9': 'other'
  },
  sensitiveness: { 'eba_ZZ:x791': 'low', 'eba_ZZ:x792': 'medium', 'eba_ZZ:x793': 'high' },
  reliance: {
    'eba_ZZ:x794': 'not significant',
    'eba_ZZ:x795': 'low',
    'eba_ZZ:x796': 'material',
    'eba_ZZ:x797': 'full'
  },
  impact: impacts,
  substitutability: {
    'eba_ZZ:x959': 'not substitutable',
    'eba_ZZ:x960': 'highly complex',
    'eba_ZZ:x961': 'medium complexity',
    'eba_ZZ:x962': 'easily substitutable'
  },
  notSubstitutable: {
    'eba_ZZ:x963': 'no real alternatives',
    'eba_ZZ:x964': 'difficulties in migrating',
    'eba_ZZ:x965': 'both'
  },
  reintegration: {
    'eba_ZZ:x798': 'easy',
    'eba_ZZ:x966': 'difficult',
    'eba_ZZ:x967': 'highly complex',
    'eba_ZZ:x0': 'not applicable'
  },
  yesNo,
  yesNoUnassessed: { ...yesNo, 'eba_BT:x21': 'not assessed' },
  branchNature: { 'eba_ZZ:x838': 'branch', 'eba_ZZ:x839': 'not a branch' },
  personType: { 'eba_CT:x212': 'legal person', 'eba_CT:x213': 'individual in business' },
  codeType: {
    'eba_qCO:qx2000': 'LEI',
    'eba_qCO:qx2001': 'national code',
    'eba_qCO:qx2002': 'EUID',
    'eba_qCO:qx2003': 'company registration number',
    'eba_qCO:qx2004': 'VAT number',
    'eba_qCO:qx2005': 'passport number'
  },
  serviceType: serviceTypes
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>

export type ListName = keyof typeof LISTS

/** Cells that stand for "does not apply" where a key may not be empty (EBA Q&A 2024_7285). */
export const NOT_APPLICABLE = 'Not Applicable'
export const NO_COUNTRY = 'eba_GA:qx2007'
/** Open, never or not done. */
export const OPEN_DATE = '9999-12-31'
