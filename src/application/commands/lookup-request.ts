import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/instant';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { groundAt } from '../../domain/request/eligibility';
import type { Ground, RequestIdentity } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import { parseRegistrationNumber } from '../../domain/request/registration-number';
import type { RegisteredRequest, RequestState } from '../../domain/request/state';
import type { KnownStaff } from '../../domain/staff/staff-member';
import { currentRequest } from '../load';
import { responsibleStaff } from '../responsible-staff';
import type { Ports } from '../ports/ports';
import { type EligibilityRow, tables } from '../ports/tables';

/** Art. 3 b: all three, always. */
export type LookupRequest = {
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly filedOn: CivilDate;
  readonly at: Instant;
};

export type RequestFound = {
  readonly kind: 'found';
  readonly request: RequestIdentity;
  readonly ground: Ground;
  /** whom the citizen would meet */
  readonly staff: KnownStaff;
};

/**
 * Finds the request that a citizen may ask a ticket for. Whichever of the three was wrong, the answer and the work are the same
 * (A28): one request is folded, one name opened, one comparison made. Where there is no such request another one stands in,
 * and its name is compared to no effect.
 */
export const lookupRequest = (ports: Ports) => {
  let lastFound: RequestIdentity | undefined;
  const standIn = async (): Promise<RequestState> => {
    lastFound ??= await anyRequest(ports);
    return lastFound ? currentRequest(ports, lastFound) : { status: 'unknown' };
  };
  return async ({ requestNumber, applicantName, filedOn, at }: LookupRequest): Promise<RequestFound | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    if (!parsed) return refuse('invalid', { article: '3 b', field: 'requestNumber', reason: 'not-a-registration-number' });
    const identity = { number: parsed.number, filedOn };
    const found = await currentRequest(ports, identity);
    const compared = found.status === 'unknown' ? await standIn() : found;
    const matches = compared.status !== 'unknown' && (await isApplicant(ports, compared.applicantName, applicantName));
    const contradicts = parsed.filedOn !== undefined && parsed.filedOn !== filedOn;
    if (found.status === 'unknown' || contradicts || !matches) return refuse('request-not-found', { article: '3 b' });
    lastFound = identity;
    return answer(ports, found, at);
  };
};

const anyRequest = async (ports: Ports): Promise<RequestIdentity | undefined> => {
  const { rows } = await ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, { limit: 1 });
  const [row] = rows;
  return row && { number: row.number, filedOn: row.filedOn };
};

const isApplicant = async (ports: Ports, registered: PersonalText, typed: string): Promise<boolean> =>
  nameMatches((await ports.personalData.open(registered)) ?? '', typed);

const answer = async (ports: Ports, state: RegisteredRequest, at: Instant): Promise<RequestFound | Refusal> => {
  const ground = groundAt(state, at);
  if (isRefusal(ground)) return ground;
  if (state.admission) return refuse('active-ticket-exists', { article: '2' });
  const responsible = await responsibleStaff(ports, state, at);
  if (!responsible) return refuse('not-eligible', { article: '1', reason: 'nobody-responsible' });
  return { kind: 'found', request: { number: state.number, filedOn: state.filedOn }, ground, staff: responsible.staff };
};
