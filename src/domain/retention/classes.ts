import type { Period } from './period';

/**
 * What is kept, by why it is kept:
 * - `archive`: facts, verdicts, seals: never deleted by this software, and no period can be set
 * - `contact`: who the citizen of a ticket is and how to reach them, from the end of the ticket
 * - `names`: the applicant and the subject of a request, from when it can have no ticket any more and the last one has ended
 * - `conclusions`: the text of a resolution and its evidence, an archive document, from the end of the ticket
 * - `letters`: letters that lie in the outbox, and what became of letters, from the end of their ticket
 * - `refused-attempts`: the journal of what was refused
 * - `operational`: idempotency keys and codes that open a ticket elsewhere
 */
export const retentionClasses = ['archive', 'contact', 'names', 'conclusions', 'letters', 'refused-attempts', 'operational'] as const;
export type RetentionClass = (typeof retentionClasses)[number];

/** Those for which an installation may choose a period; `null`: kept until somebody erases it by hand. */
export type ChosenClass = Exclude<RetentionClass, 'archive'>;
export type RetentionPeriods = Readonly<Record<ChosenClass, Period | null>>;

/** Those that are destroyed with a person's data, ticket by ticket or request by request. */
export const personalClasses = ['contact', 'names', 'conclusions', 'letters'] as const satisfies readonly ChosenClass[];
export type PersonalClass = (typeof personalClasses)[number];

const period = (text: string, parts: Partial<Period>): Period => ({ text, years: 0, months: 0, weeks: 0, days: 0, hours: 0, ...parts });

/** Nothing personal is erased by itself before an installation has said after how long. */
export const defaultRetention: RetentionPeriods = {
  contact: null,
  names: null,
  conclusions: null,
  letters: null,
  'refused-attempts': period('P1Y', { years: 1 }),
  operational: period('PT24H', { hours: 24 }),
};
