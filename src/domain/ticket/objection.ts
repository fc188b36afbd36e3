import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { type CorrectedThing, correctedThing, type CorrectionDisputed, type ObjectionAnswered } from './facts';
import { type CorrectionState, isRequested, objectedTo, type TicketState } from './ticket';

/** When an answer to the ticket’s request was corrected or taken back last, as the request says; left out where none was. */
type OfRequest = { readonly answersCorrectedAt?: Instant | undefined };

const newestOf = (state: TicketState, of: CorrectedThing, { answersCorrectedAt: at }: OfRequest): CorrectionState | undefined => {
  if (!isRequested(state)) return undefined;
  const newest = state.corrections.findLast((correction) => correction.of === of && (of !== 'answer' || correction.at === at));
  return of === 'answer' && at !== undefined ? (newest ?? { of, at }) : newest;
};

/** What the citizen can object to now: the newest correction of each kind, once. */
export const disputable = (state: TicketState, ofRequest: OfRequest): readonly CorrectedThing[] =>
  correctedThing.words.filter((of) => {
    const newest = newestOf(state, of, ofRequest);
    return newest !== undefined && newest.disputed === undefined && isRequested(state) && !state.erased;
  });

/** Objections that nobody has answered yet. */
export const openObjections = (state: TicketState): readonly CorrectionDisputed['data'][] =>
  isRequested(state)
    ? state.corrections.flatMap(({ disputed, answered }) => (disputed === undefined || answered !== undefined ? [] : [disputed]))
    : [];

/** The newest correction of an answer, while the citizen has not objected to it: the others the ticket tells. */
export const answerCorrected = (state: TicketState, ofRequest: OfRequest): CorrectionState | undefined => {
  const newest = newestOf(state, 'answer', ofRequest);
  return newest?.disputed === undefined ? newest : undefined;
};

export type DisputeCorrection = OfRequest & {
  readonly correctionOf: CorrectedThing;
  /** key `contact` */
  readonly objection: ClearText;
  readonly at: Instant;
};

/**
 * Art. 7. The citizen objects to a correction; the correction stands, and a person has to answer. Objected to already, it changes nothing.
 * Refuses `wrong-state` where nothing of the kind was corrected, or who the citizen is was erased, and `invalid` without words.
 */
export const disputeCorrection = (command: DisputeCorrection, state: TicketState): Decision<CorrectionDisputed> => {
  if (!isRequested(state)) return refuse('not-found');
  const { correctionOf, objection, at } = command;
  const newest = newestOf(state, correctionOf, command);
  if (newest === undefined || state.erased) return refuse('wrong-state', { article: '7', reason: 'nothing-corrected' });
  if (isBlank(objection)) return refuse('invalid', { article: '7', field: 'objection', reason: 'required' });
  if (newest.disputed !== undefined) return noChange();
  const ofRequest = correctionOf === 'answer' ? { correctedAt: newest.at } : {};
  return accept({ type: 'CorrectionDisputed', data: { correctionOf, objection, disputedAt: at, ...ofRequest } });
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
