/**
 * How long records are kept, and which log they stand in: 13 months; 24 for AI systems of high risk (AI Act Art. 26(6), with
 * room); 60 for control records of financial entities.
 */
export const RETENTION_CLASSES = ['std_13m', 'ai_act_hr', 'fin_5y'] as const
