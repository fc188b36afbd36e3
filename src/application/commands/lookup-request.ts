import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/instant';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { groundAt, responsibleFor } from '../../domain/request/eligibility';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import { parseRegistrationNumber } from '../../domain/request/registration-number';
import type { RegisteredRequest, RequestState } from '../../domain/request/state';
import { currentRequest } from '../load';
import type { Ports } from '../ports/ports';

/** Art. 3 b: all three, always. */
export type LookupRequest = {
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly filedOn: CivilDate;
  readonly at: Instant;
};

export type RequestFound = { readonly kind: 'found'; readonly request: RequestIdentity; readonly ground: Ground; readonly staffId: string };

/**
 * Finds the request that a citizen may ask a ticket for. Whichever of the three was wrong, the answer and the work are the same
 * (A28): one request is folded, one name opened, one comparison made. Where there is no such request, the last one that was found
 * stands in, and its name is compared to no effect.
 */
export const lookupRequest = (ports: Ports) => {
  let stand: RegisteredRequest | undefined;
  return async ({ requestNumber, applicantName, filedOn, at }: LookupRequest): Promise<RequestFound | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    if (!parsed) return refuse('invalid', { article: '3 b', field: 'requestNumber', reason: 'not-a-registration-number' });
    const contradicts = parsed.filedOn !== undefined && parsed.filedOn !== filedOn;
    const state = await currentRequest(ports, { number: parsed.number, filedOn });
    if (state.status !== 'unknown') stand = state;
    const matches = await isApplicant(ports, state.status === 'unknown' ? stand?.applicantName : state.applicantName, applicantName);
    if (state.status === 'unknown' || contradicts || !matches) return refuse('request-not-found', { article: '3 b' });
    return answer(state, at);
  };
};

const isApplicant = async (ports: Ports, registered: PersonalText | undefined, typed: string): Promise<boolean> => {
  const name = registered && (await ports.personalData.open(registered));
  return nameMatches(name ?? '', typed);
};

const answer = (state: Exclude<RequestState, { status: 'unknown' }>, at: Instant): RequestFound | Refusal => {
  const ground = groundAt(state, at);
  if (isRefusal(ground)) return ground;
  if (state.admission) return refuse('active-ticket-exists', { article: '2' });
  return { kind: 'found', request: { number: state.number, filedOn: state.filedOn }, ground, staffId: responsibleFor(state) };
};
