import { accept, fold, nothing, type Decision } from '../kernel/decider';
import { isRefusal } from '../kernel/refusal';
import type { CommunicateAnswer } from './communicate-answer';
import type { RequestFact } from './facts';
import { registerRequest, type RegisterRequest } from './register-request';
import { registerWithAnswer } from './register-with-answer';
import { registeredRequest, type RequestState } from './state';

/**
 * The whole of what the document register says of a request, with every answer that was ever communicated, oldest first: all of it,
 * or nothing. The status that it tells holds afterwards. Answers that are known open nothing again (A25).
 */
export const registerAsTold = (
  register: RegisterRequest,
  answers: readonly CommunicateAnswer[],
  state: RequestState,
): Decision<RequestFact> => {
  const known = new Set(state.status === 'unknown' ? [] : state.answers.map(({ documentNumber }) => documentNumber));
  const further = answers.filter(({ documentNumber }) => !known.has(documentNumber.trim()));
  if (further.length === 0) return registerRequest(register, state);
  const facts: RequestFact[] = [];
  let standing = state;
  for (const [index, answer] of further.entries()) {
    // The name was compared with what stood before: the first answer brings it in, the others find it there.
    const asTold: RegisterRequest = index === 0 ? register : { ...register, sameApplicant: true, sameSubject: true };
    const status = index === further.length - 1 ? register.status : 'answered';
    const decision = registerWithAnswer({ ...asTold, status }, answer, standing);
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
    standing = fold(registeredRequest, decision.facts, standing);
  }
  return facts.length === 0 ? nothing() : accept(...facts);
};
