import type { Aggregate } from '../kernel/decider';
import type { CivilDate } from '../kernel/fact';
import { type FactOf, type FactsOf, factShape, instant, list, optional, personalText, text, type ValueOf, word } from '../kernel/shape';

/** What an official looked for, by the permission with which the page or route is entered. */
export const readingPurpose = word('meetings', 'ticket', 'registry', 'audit', 'erasure', 'administration', 'reports', 'subject-access');
export type ReadingPurpose = ValueOf<typeof readingPurpose>;

/** One answer is one fact, however many people it showed. */
export const readingFactShapes = {
  PersonalDataRead: factShape(
    'GDPR 5 (1) f',
    'One answer showed personal data to an official. Who it was is sealed with the stream’s own key.',
    {
      person: personalText('reader'),
      role: text,
      departmentCode: optional(text),
      purpose: readingPurpose,
      page: text,
      tickets: list(text),
      requests: list(text),
      readAt: instant,
    },
  ),
};
export type PersonalDataRead = FactOf<typeof readingFactShapes, 'PersonalDataRead'>;
export type ReadingFact = FactsOf<typeof readingFactShapes>;

/** What one official was shown on one day. The pseudonym is random: without the key it does not tell who it was. */
export const readingStream = (pseudonym: string, date: CivilDate): string => `reading-${pseudonym}_${date}`;

/** Nothing is decided by what was shown before. */
export type ReadingState = Readonly<Record<string, never>>;

export const reading = {
  category: 'reading',
  initial: {},
  evolve: (state: ReadingState): ReadingState => state,
} as const satisfies Aggregate<ReadingState, ReadingFact>;
