import type { Actor } from './fact';
import { optional, type Upcaster, type ValueOf, word } from './shape';

export const gradeShape = word('observed', 'declared');
/**
 * How an act is known, the stronger first. `observed`: an outside system, or our own form or clock, saw it. `declared`: a person says that
 * it happened elsewhere.
 */
export type Grade = ValueOf<typeof gradeShape>;

/** What rests on several is known no better than the weakest of them; of none there is nothing to say. */
export const weakest = (grades: readonly (Grade | undefined)[]): Grade | undefined =>
  grades.includes('declared') ? 'declared' : grades.includes('observed') ? 'observed' : undefined;

/** People at the console and programs that embed the service: they write what others have told them. */
const tellsForOthers = /^(?:command-line\.|host$)/;

/** What a process of ours, a provider or a program of another system tells, it has seen; what a person tells, the person declares. */
export const gradeBy = ({ kind, id }: Actor): Grade => (kind === 'system' && !tellsForOthers.test(id) ? 'observed' : 'declared');

/** The field of a fact that may be known in either way. Where it is left out, no system has seen the act: it is declared. */
export const graded = { grade: optional(gradeShape) };

/** An older version of such a fact did not say how it is known: who wrote it does. */
export const gradedByActor: Upcaster = (data, { actor }) => ({ ...data, grade: gradeBy(actor) });
