import { accept, type Decision, fold } from '../kernel/decider';
import { isRefusal } from '../kernel/refusal';
import { type CorrectAnswer, correctAnswer, withdrawAnswer } from './corrections';
import type { RequestFact } from './facts';
import { type CommunicateAnswer, type RegisterRequest, registerAsReported } from './registering';
import { type RegisteredRequest, registeredRequest, type RequestState, type SaidOfAnswer } from './request';

/** An answer that the register had told with a mistake: it is otherwise, or never was. */
export type MistakenAnswer = CorrectAnswer & { readonly mistake: 'corrected' | 'withdrawn' };

/** The number under which it stood, and the right one. */
const numbersOf = ({ ofDocument, documentNumber }: MistakenAnswer) => ({ wrong: ofDocument.trim(), right: documentNumber.trim() });

const isAbout = (one: SaidOfAnswer, number: string): boolean =>
  (one.mistake === 'withdrawn' ? one.ofDocument : one.documentNumber) === number;

/** Under a number that it did not have before. */
const isBroughtIn = (one: SaidOfAnswer, number: string): boolean =>
  one.mistake !== 'withdrawn' && one.documentNumber === number && one.ofDocument !== number;

/** Word for word what is told, but for the number under which it stood when it was put right. */
const isWhatIsTold = (one: SaidOfAnswer, told: MistakenAnswer): boolean => {
  const { wrong, right } = numbersOf(told);
  if (told.mistake === 'withdrawn') return one.mistake === 'withdrawn' && (one.ofDocument === wrong || one.ofDocument === right);
  const { communicatedOn, channel, answeredBy } = told;
  return (
    // what a person first wrote of an answer is not yet a word of the register
    (one.mistake === 'corrected' || (one.mistake === 'none' && one.byRegister)) &&
    one.documentNumber === right &&
    one.communicatedOn === communicatedOn &&
    one.channel === channel &&
    (answeredBy === undefined || one.answeredBy === answeredBy)
  );
};

/**
 * What of it is new. Where it was put right already, or came in as it is told, the register says nothing new: what a person has written of
 * that answer since stands. Where the register itself has said something else since, it is new. For an answer that came in as it is told,
 * it may be new that another number was mistaken, unless a person has recorded that number since.
 */
const newIn = ({ saidOfAnswers = [] }: RegisteredRequest, told: MistakenAnswer): 'all' | 'mistaken-number' | 'nothing' => {
  const last = saidOfAnswers.findLastIndex((one) => isWhatIsTold(one, told));
  const { wrong, right } = numbersOf(told);
  const since = saidOfAnswers.slice(last + 1);
  if (last === -1 || since.some((one) => one.byRegister && isAbout(one, right))) return 'all';
  const isRecordedSince = since.some((one) => !one.byRegister && isBroughtIn(one, wrong));
  return saidOfAnswers[last]?.mistake === 'none' && wrong !== right && !isRecordedSince ? 'mistaken-number' : 'nothing';
};

/** Taken as they come, save that a number which another one leaves is free before it is given anew. */
const inOrder = (mistaken: readonly MistakenAnswer[]): readonly MistakenAnswer[] => {
  const waiting = [...mistaken];
  const ordered: MistakenAnswer[] = [];
  while (waiting.length > 0) {
    const isFree = (told: MistakenAnswer): boolean =>
      !waiting.some((other) => other !== told && numbersOf(other).wrong === numbersOf(told).right);
    // numbers that were exchanged wait for each other: each is put right where it stands
    ordered.push(...waiting.splice(Math.max(waiting.findIndex(isFree), 0), 1));
  }
  return ordered;
};

const putRight = (told: MistakenAnswer, others: readonly MistakenAnswer[], state: RequestState): Decision<RequestFact> => {
  if (state.status === 'unknown') return accept();
  const whatIsNew = newIn(state, told);
  if (whatIsNew === 'nothing') return accept();
  const { wrong, right } = numbersOf(told);
  const stands = (number: string): boolean => state.answers.some(({ documentNumber }) => documentNumber === number);
  const ofDocument = (whatIsNew === 'all' ? [wrong, right] : [wrong]).find(stands);
  // never told with the mistake, or told already: nothing has to be put right
  if (ofDocument === undefined) return accept();
  if (told.mistake === 'withdrawn') return withdrawAnswer({ ...told, ofDocument }, state);
  if (wrong === right || !stands(wrong) || !stands(right)) return correctAnswer({ ...told, ofDocument }, state);
  // one document under two numbers (A25): the mistaken one goes, unless it is the right number of another one
  const corrected = whatIsNew === 'all' ? correctAnswer({ ...told, ofDocument: right }, state) : accept<RequestFact>();
  if (isRefusal(corrected) || others.some((other) => other !== told && numbersOf(other).right === wrong)) return corrected;
  const gone = withdrawAnswer({ ...told, ofDocument: wrong }, fold(registeredRequest, corrected.facts, state));
  return isRefusal(gone) ? gone : accept<RequestFact>(...corrected.facts, ...gone.facts);
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
 * Told again, it changes nothing, also where a person has corrected since what it says. All of it, or nothing.
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
  for (const told of register.otherApplicant === undefined ? inOrder(mistaken) : []) {
    const decision = putRight(told, mistaken, standing);
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
    standing = fold(registeredRequest, decision.facts, standing);
  }
  const right = mistaken.filter(({ mistake }) => mistake === 'corrected').map(withoutMistake);
  const registered = registerAsReported(register, [...answers, ...right], standing);
  return isRefusal(registered) ? registered : accept(...facts, ...registered.facts);
};
