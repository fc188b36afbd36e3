import type { WhyNothing, WhyNotRead } from './calendar-read';
import { inBoth, type Sentence } from '../../phrasing/sentences';

/** Why a calendar changed nothing. Each is whole by itself. */
export const whyNothing: Readonly<Record<WhyNothing, Sentence>> = inBoth.outside.absences.whyNothing;

/** Why one event was left out; the line stands before it. */
export const whyNotRead: Readonly<Record<WhyNotRead, Sentence>> = inBoth.outside.absences.whyNotRead;
