import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/instant';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { groundAt } from '../../domain/request/eligibility';
import { type Ground, requestStream, type RequestIdentity } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import { parseRegistrationNumber } from '../../domain/request/registration-number';
import { type RegisteredRequest, registeredRequest, type RequestState } from '../../domain/request/state';
import type { KnownStaff } from '../../domain/staff/staff-member';
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

/** No day of any calendar: nothing was ever filed on it. */
const neverFiledOn: CivilDate = '0000-00-00';

/**
 * Finds the request that a citizen may ask a ticket for. Whichever of the three was wrong, the answer and the work are the same
 * (A28): two streams are read, one of them empty, one request is folded from its first fact, one name opened, one comparison
 * made. Where there is no such request another one stands in, and its name is compared to no effect.
 */
export const lookupRequest = (ports: Ports) => {
  let standIn: RequestIdentity | undefined;
  return async ({ requestNumber, applicantName, filedOn, at }: LookupRequest): Promise<RequestFound | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    if (!parsed) return refuse('invalid', { article: '3 b', field: 'requestNumber', reason: 'not-a-registration-number' });
    const identity = { number: parsed.number, filedOn };
    standIn ??= await anyRequest(ports);
    const found = await foldedAnew(ports, identity);
    const other = await foldedAnew(ports, found.status === 'unknown' && standIn ? standIn : { ...identity, filedOn: neverFiledOn });
    const compared = found.status === 'unknown' ? other : found;
    const matches = compared.status !== 'unknown' && (await isApplicant(ports, compared.applicantName, applicantName));
    const contradicts = parsed.filedOn !== undefined && parsed.filedOn !== filedOn;
    if (found.status === 'unknown' || contradicts || !matches) return refuse('request-not-found', { article: '3 b' });
    standIn = identity;
    return answer(ports, found, at);
  };
};

/** Without what is remembered of streams: a request that somebody looked at before must not be told by how fast it answers. */
const foldedAnew = async ({ store, codec }: Ports, identity: RequestIdentity): Promise<RequestState> => {
  let state = registeredRequest.initial;
  for await (const recorded of store.read(requestStream(identity))) {
    state = registeredRequest.evolve(state, codec.decodeOf('request', recorded).fact);
  }
  return state;
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
