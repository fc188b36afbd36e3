import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { CorrectedThing, CorrectionDisputed, ObjectionAnswered } from './facts';
import { type CorrectionState, isRequested, objectedTo, type TicketState } from './ticket';

const newestOf = (state: TicketState, of: CorrectedThing): CorrectionState | undefined =>
  isRequested(state) ? state.corrections.findLast((correction) => correction.of === of) : undefined;

/** What the citizen can object to now: the newest correction of each kind, once. */
export const disputable = (state: TicketState): readonly CorrectedThing[] =>
  (['resolution', 'recording', 'hand-over'] as const).filter((of) => {
    const newest = newestOf(state, of);
    return newest !== undefined && newest.disputed === undefined && isRequested(state) && !state.erased;
  });

/** Objections that nobody has answered yet. */
export const openObjections = (state: TicketState): readonly CorrectionDisputed['data'][] =>
  isRequested(state)
    ? state.corrections.flatMap(({ disputed, answered }) => (disputed === undefined || answered !== undefined ? [] : [disputed]))
    : [];

export type DisputeCorrection = {
  readonly correctionOf: CorrectedThing;
  /** key `contact` */
  readonly objection: ClearText;
  readonly at: Instant;
};

/**
 * Art. 7. The citizen objects to a correction; the correction stands, and a person has to answer. Objected to already, it changes nothing.
 * Refuses `wrong-state` where nothing of the kind was corrected, or who the citizen is was erased, and `invalid` without words.
 */
export const disputeCorrection = ({ correctionOf, objection, at }: DisputeCorrection, state: TicketState): Decision<CorrectionDisputed> => {
  if (!isRequested(state)) return refuse('not-found');
  const newest = newestOf(state, correctionOf);
  if (newest === undefined || state.erased) return refuse('wrong-state', { article: '7', reason: 'nothing-corrected' });
  if (isBlank(objection)) return refuse('invalid', { article: '7', field: 'objection', reason: 'required' });
  if (newest.disputed !== undefined) return noChange();
  return accept({ type: 'CorrectionDisputed', data: { correctionOf, objection, disputedAt: at } });
};

export type AnswerObjection = {
  readonly correctionOf: CorrectedThing;
  /** key `contact` */
  readonly answer: ClearText;
  readonly by: string;
  readonly at: Instant;
};

/**
 * Art. 7. What a person answers to the newest objection that is open, also after another correction; the citizen reads it on the ticket’s
 * page. Answered already, it changes nothing. Refuses `wrong-state` where there is no objection, `invalid` without words.
 */
export const answerObjection = ({ correctionOf, answer, by, at }: AnswerObjection, state: TicketState): Decision<ObjectionAnswered> => {
  if (!isRequested(state)) return refuse('not-found');
  const isDisputed = state.corrections.some(({ of, disputed }) => of === correctionOf && disputed !== undefined);
  if (!isDisputed) return refuse('wrong-state', { article: '7', reason: 'no-objection' });
  if (isBlank(answer)) return refuse('invalid', { article: '7', field: 'answer', reason: 'required' });
  if (objectedTo(state, correctionOf) === undefined) return noChange();
  return accept({ type: 'ObjectionAnswered', data: { correctionOf, answer, answeredBy: by, answeredAt: at } });
};
