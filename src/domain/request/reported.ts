import { accept, type Decision, fold } from '../kernel/decider';
import { isRefusal } from '../kernel/refusal';
import { type CorrectAnswer, correctAnswer, withdrawAnswer } from './corrections';
import type { RequestFact } from './facts';
import { type CommunicateAnswer, type RegisterRequest, registerAsReported } from './registering';
import { registeredRequest, type RequestState } from './request';

/** An answer that the register had told with a mistake: it is otherwise, or never was. */
export type MistakenAnswer = CorrectAnswer & { readonly mistake: 'corrected' | 'withdrawn' };

/** Under which number of these two the answer stands here; nothing where neither is known. */
const standingNumber = (state: RequestState, { ofDocument, documentNumber }: MistakenAnswer): string | undefined => {
  if (state.status === 'unknown') return undefined;
  return [ofDocument, documentNumber].find((number) => state.answers.some((answer) => answer.documentNumber === number.trim()));
};

const putRight = (told: MistakenAnswer, state: RequestState): Decision<RequestFact> => {
  const ofDocument = standingNumber(state, told);
  // told before, or never told with the mistake: nothing has to be put right
  if (ofDocument === undefined) return accept();
  return told.mistake === 'withdrawn' ? withdrawAnswer({ ...told, ofDocument }, state) : correctAnswer({ ...told, ofDocument }, state);
};

const withoutMistake = ({ documentNumber, communicatedOn, channel, answeredBy, ...rest }: MistakenAnswer): CommunicateAnswer => {
  const { grade, at, policies, calendar } = rest;
  return {
    documentNumber,
    communicatedOn,
    channel,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(grade === undefined ? {} : { grade }),
    at,
    policies,
    calendar,
  };
};

/**
 * What the register says of a request, and of answers that it had told with a mistake (A25): these are put right first, by the rules that hold
 * for a clerk. One that was corrected and is not known here comes in as it is right; one that was taken back and is not known stays out.
 * Told again, it changes nothing. All of it, or nothing.
 */
export const registerWithMistakes = (
  register: RegisterRequest,
  answers: readonly CommunicateAnswer[],
  mistaken: readonly MistakenAnswer[],
  state: RequestState,
): Decision<RequestFact> => {
  const facts: RequestFact[] = [];
  let standing = state;
  // of another applicant's request nothing goes in (A29)
  for (const told of register.otherApplicant === undefined ? mistaken : []) {
    const decision = putRight(told, standing);
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
    standing = fold(registeredRequest, decision.facts, standing);
  }
  const right = mistaken.filter(({ mistake }) => mistake === 'corrected').map(withoutMistake);
  const registered = registerAsReported(register, [...answers, ...right], standing);
  return isRefusal(registered) ? registered : accept(...facts, ...registered.facts);
};
