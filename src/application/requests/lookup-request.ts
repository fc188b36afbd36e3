import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isSameSeal, type PersonalText } from '../../domain/kernel/personal-text';
import { withLaterFreeDays } from '../../domain/request/later-free-days';
import { groundAt } from '../../domain/request/admission';
import { type Ground, requestStream, type RequestIdentity } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import { parseRegistrationNumber } from '../../domain/request/registering';
import { type RegisteredRequest, registeredRequest, type RequestState } from '../../domain/request/request';
import type { KnownStaff } from '../../domain/staff/staff-member';
import { isFresh, takeReading } from './readings';
import { responsibleStaff } from './responsible-staff';
import { currentCalendar } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { type AskedRegister, RegisterUnavailable } from '../kernel/ports/document-register';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { type ApplicantRow, tables } from '../kernel/ports/tables';

/**
 * Art. 3 b. Asks the register about the three data, and brings in what it says. False when it knows no such request.
 * @throws RegisterUnavailable when it cannot say, or says what is not believed: nothing is accepted unverified
 */
const confirmRequest = async (
  ports: Ports,
  register: AskedRegister,
  asked: RequestIdentity & { readonly applicantName: string },
  { at, contradicts }: { readonly at: Instant; readonly contradicts: boolean },
): Promise<boolean> => {
  const { number, filedOn } = asked;
  const reading = await register.verify(asked);
  // The number itself names another date: asked all the same, so that the answer takes as long as for any other fault.
  if (contradicts || reading.kind === 'no-such-request') return false;
  // The register may be lax about names. Nothing comes in for half a name, so that the time of the answer tells nothing of it either.
  if (reading.kind === 'told' && !nameMatches(reading.request.applicantName, asked.applicantName)) return false;
  const taken = await takeReading(ports, { number, filedOn }, reading, at);
  if (taken === 'refused') throw new RegisterUnavailable('verify', 'not-believed');
  return taken === 'taken';
};

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

/** What was typed, read: the number in its one form, and whether it names another date than the one given. */
type Typed = { readonly identity: RequestIdentity; readonly applicantName: string; readonly contradicts: boolean };

/**
 * Finds the request that a citizen may ask a ticket for. The answer and the work are the same, however much has happened to the request and
 * no matter which of the three was wrong (A28): the first facts of two streams are read, one of them empty, two rows are asked for, one
 * name opened, one comparison made. Where there is no such request another one stands in, and its name is compared to no effect. Only once
 * the name fits is the log read whole, and decides.
 *
 * Where there is a register that is asked, it is asked once about everything that does not match what it told lately, so that a refusal
 * always comes from it, after the same work; then the log decides, as it always does.
 * @throws RegisterUnavailable when the register cannot say: nothing is accepted unverified
 */
export const lookupRequest = (ports: Ports) => {
  const match = matchInLog(ports);
  return async ({ requestNumber, applicantName, filedOn, at }: LookupRequest): Promise<RequestFound | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    if (!parsed) return refuse('invalid', { article: '3 b', field: 'requestNumber', reason: 'not-a-registration-number' });
    const identity = { number: parsed.number, filedOn };
    const typed = { identity, applicantName, contradicts: parsed.filedOn !== undefined && parsed.filedOn !== filedOn };
    const known = await match(typed);
    const found = ports.requests.kind === 'asked' ? await askedAbout(ports, ports.requests, typed, known, at) : known;
    return found === undefined ? refuse('request-not-found', { article: '3 b' }) : mayBeAskedFor(ports, found, at);
  };
};

const askedAbout = async (
  ports: Ports,
  register: AskedRegister,
  typed: Typed,
  known: RegisteredRequest | undefined,
  at: Instant,
): Promise<RegisteredRequest | undefined> => {
  const { identity, applicantName, contradicts } = typed;
  if (known !== undefined && (await isFresh(ports, register, identity, at))) return known;
  const confirmed = await confirmRequest(ports, register, { ...identity, applicantName }, { at, contradicts });
  return confirmed ? decidedByLog(ports, typed) : undefined;
};

/** The three data of a request, as a user typed them. */
export type RequestData = Omit<LookupRequest, 'at'>;

/** Whether the log has a request that all three name; the work is the same where it has none, and for a number that is none. */
export const matchRequest = (ports: Ports) => {
  const match = matchInLog(ports);
  return async ({ requestNumber, applicantName, filedOn }: RequestData) => {
    const parsed = parseRegistrationNumber(requestNumber);
    const identity: RequestIdentity = { number: parsed?.number ?? '0', filedOn };
    const contradicts = parsed === undefined || (parsed.filedOn !== undefined && parsed.filedOn !== filedOn);
    return { identity, matches: (await match({ identity, applicantName, contradicts })) !== undefined };
  };
};

/** The request that all three name. */
const matchInLog = (ports: Ports) => {
  let standIn: RequestIdentity | undefined;
  return async (typed: Typed): Promise<RegisteredRequest | undefined> => {
    const { identity, applicantName, contradicts } = typed;
    standIn ??= await anyRequest(ports);
    const nobody = { ...identity, filedOn: neverFiledOn };
    const first = await firstNameOf(ports, identity);
    const otherFirst = await firstNameOf(ports, first === undefined ? (standIn ?? nobody) : nobody);
    const newest = await newestNameOf(ports, identity);
    const otherNewest = await newestNameOf(ports, newest === undefined ? (standIn ?? nobody) : nobody);
    // a request that was registered a moment ago is in no table yet
    const name = first === undefined ? (otherNewest ?? otherFirst) : (newest ?? first);
    const fits = name !== undefined && (await isApplicant(ports, name, applicantName));
    if (first === undefined || contradicts || !fits) return undefined;
    standIn = identity;
    return decidedByLog(ports, typed, name);
  };
};

/** The name under which it was registered; nothing where no such request ever was. */
const firstNameOf = async ({ store, codec }: Ports, identity: RequestIdentity): Promise<PersonalText | undefined> => {
  for await (const recorded of store.read(requestStream(identity), 0, 1)) {
    const state = registeredRequest.evolve(registeredRequest.initial, codec.decodeOf('request', recorded).fact);
    return state.status === 'unknown' ? undefined : state.applicantName;
  }
  return undefined;
};

/** The name that it has by now. The table may be a moment behind a correction: then the name from before fits here, and not in the log. */
const newestNameOf = async ({ readModels }: Ports, { number, filedOn }: RequestIdentity): Promise<PersonalText | undefined> => {
  try {
    return (await readModels.get<ApplicantRow>(tables.applicants, `${number}_${filedOn}`))?.applicantName;
  } catch (error) {
    // that this row waits for a person would say that there is one
    if (error instanceof RowParked) return undefined;
    throw error;
  }
};

/**
 * From the log, without what is remembered of streams: all of it, once the name is known to be right.
 * @param fitting the name that was found to be right, if one of ours was compared
 */
const decidedByLog = async (
  ports: Ports,
  { identity, applicantName }: Typed,
  fitting?: PersonalText,
): Promise<RegisteredRequest | undefined> => {
  const { store, codec } = ports;
  let state: RequestState = registeredRequest.initial;
  for await (const recorded of store.read(requestStream(identity))) {
    state = registeredRequest.evolve(state, codec.decodeOf('request', recorded).fact);
  }
  if (state.status === 'unknown') return undefined;
  const known = fitting !== undefined && isSameSeal(fitting, state.applicantName);
  return known || (await isApplicant(ports, state.applicantName, applicantName)) ? state : undefined;
};

const anyRequest = async (ports: Ports): Promise<RequestIdentity | undefined> => {
  const { rows } = await ports.readModels.select<ApplicantRow>(tables.applicants, { limit: 1 });
  const [row] = rows;
  return row && { number: row.number, filedOn: row.filedOn };
};

const isApplicant = async (ports: Ports, registered: PersonalText, typed: string): Promise<boolean> =>
  nameMatches((await ports.personalData.open(registered)) ?? '', typed);

/** Whether and with whom a ticket of this request may be had now, once it is known which request it is. */
export const mayBeAskedFor = async (ports: Ports, stored: RegisteredRequest, at: Instant): Promise<RequestFound | Refusal> => {
  const policy = ports.policies['days-declared-later'];
  const state = policy.value === 'as-then' ? stored : withLaterFreeDays(stored, policy, await currentCalendar(ports));
  const ground = groundAt(state, at);
  if (isRefusal(ground)) return ground;
  if (state.admission) return refuse('active-ticket-exists', { article: '2' });
  const responsible = await responsibleStaff(ports, state, at);
  if (!responsible) return refuse('not-eligible', { article: '1', reason: 'nobody-responsible' });
  return { kind: 'found', request: { number: state.number, filedOn: state.filedOn }, ground, staff: responsible.staff };
};
