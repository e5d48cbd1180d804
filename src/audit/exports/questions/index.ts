import { blocked, deletions, policyChanges } from './changes.ts'
import { completeness } from './completeness.ts'
import { dataClasses, masked } from './data.ts'
import type { Question } from './question.ts'
import { countries, functions, papers, vendors } from './vendors.ts'

/** The ten questions that auditors begin with, in the order they ask them. Adding one: its entry here. */
export const QUESTIONS: readonly Question[] = [
  vendors,
  papers,
  countries,
  dataClasses,
  masked,
  functions,
  policyChanges,
  blocked,
  completeness,
  deletions
]
