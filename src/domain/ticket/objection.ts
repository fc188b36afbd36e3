import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { type CorrectedThing, correctedThing, type CorrectionDisputed, type ObjectionAnswered } from './facts';
import { type CorrectionState, isPending, isRequested, objectedTo, type TicketState } from './ticket';

/** When an answer to the ticket’s request was corrected or taken back last, as the request says; left out where none was. */
type OfRequest = { readonly answersCorrectedAt?: Instant | undefined };

const newestOf = (state: TicketState, of: CorrectedThing, { answersCorrectedAt: at }: OfRequest): CorrectionState | undefined => {
  if (!isRequested(state)) return undefined;
  const newest = state.corrections.findLast((correction) => correction.of === of && (of !== 'answer' || correction.at === at));
  return of === 'answer' && at !== undefined ? (newest ?? { of, at }) : newest;
};

/** A citizen who never showed that the address is theirs, or whose ticket lapsed, is told of no correction of it. */
const mayObject = (state: TicketState): boolean => isRequested(state) && !state.erased && !isPending(state) && state.status !== 'lapsed';

/** What the citizen can object to now: the newest correction of each kind, once. */
export const disputable = (state: TicketState, ofRequest: OfRequest): readonly CorrectedThing[] =>
  correctedThing.words.filter((of) => {
    const newest = newestOf(state, of, ofRequest);
    return newest !== undefined && newest.disputed === undefined && mayObject(state);
  });

/** Objections without an answer yet. */
export const openObjections = (state: TicketState): readonly CorrectionDisputed['data'][] =>
  isRequested(state)
    ? state.corrections.flatMap(({ disputed, answered }) => (disputed === undefined || answered !== undefined ? [] : [disputed]))
    : [];

/** The newest correction of an answer, while the citizen has not objected to it: the others the ticket tells. */
export const answerCorrected = (state: TicketState, ofRequest: OfRequest): CorrectionState | undefined => {
  const newest = mayObject(state) ? newestOf(state, 'answer', ofRequest) : undefined;
  return newest?.disputed === undefined ? newest : undefined;
};

const articleOf = (correctionOf: CorrectedThing): string => (correctionOf === 'answer' ? '2 b' : '7');

export type DisputeCorrection = OfRequest & {
  readonly correctionOf: CorrectedThing;
  /** key `contact` */
  readonly objection: ClearText;
  readonly at: Instant;
};

/**
 * Art. 7; of an answer to the request Art. 2 b. The citizen objects to a correction; the correction stands, and a person has to answer.
 * Objected to already, it changes nothing. Refuses `wrong-state` where nothing of the kind was corrected, who the citizen is was erased, or
 * the ticket was never verified or has lapsed, and `invalid` without words.
 */
export const disputeCorrection = (command: DisputeCorrection, state: TicketState): Decision<CorrectionDisputed> => {
  if (!isRequested(state)) return refuse('not-found');
  const { correctionOf, objection, at } = command;
  const article = articleOf(correctionOf);
  const newest = newestOf(state, correctionOf, command);
  if (newest === undefined || !mayObject(state)) return refuse('wrong-state', { article, reason: 'nothing-corrected' });
  if (isBlank(objection)) return refuse('invalid', { article, field: 'objection', reason: 'required' });
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
 * Art. 7; of an answer to the request Art. 2 b. What a person answers to the newest objection that is open, also after another correction; the
 * citizen reads it on the ticket’s page. Answered already, it changes nothing. Refuses `wrong-state` where there is no objection, `invalid` without words.
 */
export const answerObjection = ({ correctionOf, answer, by, at }: AnswerObjection, state: TicketState): Decision<ObjectionAnswered> => {
  if (!isRequested(state)) return refuse('not-found');
  const article = articleOf(correctionOf);
  const isDisputed = state.corrections.some(({ of, disputed }) => of === correctionOf && disputed !== undefined);
  if (!isDisputed) return refuse('wrong-state', { article, reason: 'no-objection' });
  if (isBlank(answer)) return refuse('invalid', { article, field: 'answer', reason: 'required' });
  if (objectedTo(state, correctionOf) === undefined) return noChange();
  return accept({ type: 'ObjectionAnswered', data: { correctionOf, answer, answeredBy: by, answeredAt: at } });
};
