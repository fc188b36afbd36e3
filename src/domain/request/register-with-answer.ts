import { accept, fold, nothing, type Decision } from '../kernel/decider';
import { isRefusal } from '../kernel/refusal';
import { communicateAnswer, type CommunicateAnswer } from './communicate-answer';
import type { RequestFact } from './facts';
import { registerRequest, type RegisterRequest } from './register-request';
import { registeredRequest, type RequestState } from './state';

/**
 * A line of the register that tells of a request together with its answer: both, or nothing at all.
 * The status of the line holds afterwards (a request answered and since closed stays closed).
 */
export const registerWithAnswer = (register: RegisterRequest, answer: CommunicateAnswer, state: RequestState): Decision<RequestFact> => {
  const known = state.status !== 'unknown' && state.answers.some(({ documentNumber }) => documentNumber === answer.documentNumber.trim());
  if (known) return registerRequest(register, state);
  const before = state.status === 'unknown' ? 'in-operation' : state.status;
  const registered = registerRequest({ ...register, status: before }, state);
  if (isRefusal(registered)) return registered;
  const withRequest = fold(registeredRequest, registered.facts, state);
  const answered = communicateAnswer(answer, withRequest);
  if (isRefusal(answered)) return answered;
  const withAnswer = fold(registeredRequest, answered.facts, withRequest);
  const settled = registerRequest({ ...register, sameApplicant: true, sameSubject: true }, withAnswer);
  if (isRefusal(settled)) return settled;
  const facts = [...registered.facts, ...answered.facts, ...settled.facts];
  return facts.length === 0 ? nothing() : accept(...facts);
};
