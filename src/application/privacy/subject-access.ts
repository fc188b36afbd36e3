import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { isClear, isPersonalText, type PersonalText } from '../../domain/kernel/personal-text';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestFact, RequestIdentity } from '../../domain/request/facts';
import { requestStream } from '../../domain/request/facts';
import { nameMatches } from '../../domain/request/name-matching';
import { type TicketFact, ticketStream } from '../../domain/ticket/facts';
import { isRequested, publicStatus, referenceOf, type TicketStatus } from '../../domain/ticket/ticket';
import { normalisedEmail } from '../booking/normalised-email';
import { Query } from '../kernel/message';
import type { LetterRecord } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { type ReadingRow, tables, type TicketStatusRow } from '../kernel/ports/tables';
import { currentRequest, currentTicket, requests, tickets } from '../kernel/streams';

/** Whose data are asked for: by a ticket, by a request and the applicant's name (A28), or by an e-mail address that a code has verified. */
export type SubjectAccessQuery =
  { readonly ticketId: string } | { readonly request: RequestIdentity; readonly applicantName: string } | { readonly email: string };

/** One text about the person, in clear, and from which fact it is. */
export type KeptText = { readonly at: Instant; readonly fact: string; readonly field: string; readonly text: string };
/** One step of a ticket or request: what was recorded, when, and by which kind of actor; officials stay unnamed. */
export type KeptStep = { readonly at: Instant; readonly fact: string; readonly by: string };
type Looks = Pick<ReadingRow, 'role' | 'departmentCode' | 'purpose' | 'lastAt' | 'times'>;

export type KeptTicket = {
  readonly ticketId: string;
  readonly reference: string;
  readonly request: RequestIdentity;
  readonly status: TicketStatus;
  readonly mode: string;
  readonly startsAt: Instant;
  readonly texts: readonly KeptText[];
  readonly steps: readonly KeptStep[];
  readonly letters: readonly Pick<LetterRecord, 'kind' | 'state' | 'at'>[];
  readonly lookedAt: readonly Looks[];
};
export type KeptRequest = RequestIdentity & {
  readonly status: string;
  readonly texts: readonly KeptText[];
  readonly steps: readonly KeptStep[];
  readonly lookedAt: readonly Looks[];
};

/** GDPR 15: everything that is kept about one person here. What was erased is not there any more, and is left out. */
export type SubjectAccess = {
  readonly madeAt: Instant;
  readonly tickets: readonly KeptTicket[];
  readonly requests: readonly KeptRequest[];
};

export class GetSubjectAccess extends Query<SubjectAccessQuery, SubjectAccess | Refusal> {}

const pageSize = 200;

/** Keys under which stands what officials wrote of the case, or who they are: not the person's own. */
const isOfPerson = (text: PersonalText): boolean => {
  const kind = isClear(text) ? text.keyKind : text.key.split(':')[0];
  return kind === 'contact' || kind === 'record' || kind === 'name';
};

/**
 * Under the number of a request the register may have told of another person (A29). Left out are the facts of that person: what is
 * disputed, and, where it was decided that the request is the other one's, what was registered until then. GDPR 15 (4).
 */
const withoutOtherApplicants = (events: readonly RecordedFact<RequestFact>[]): readonly RecordedFact<RequestFact>[] => {
  const corrected = events.findLastIndex(({ fact }) => fact.type === 'ApplicantDisputeSettled' && fact.data.decision === 'corrected');
  return events.filter(({ fact: { type } }, index) => {
    if (type === 'ApplicantDisputed') return false;
    return index > corrected || (type !== 'RequestRegistered' && type !== 'ApplicantCorrected');
  });
};

const textsOf = async (ports: Ports, events: readonly RecordedFact<TicketFact | RequestFact>[]): Promise<readonly KeptText[]> => {
  const texts: KeptText[] = [];
  const look = async (at: Instant, fact: string, field: string, value: unknown): Promise<void> => {
    if (isPersonalText(value)) {
      const text = isOfPerson(value) ? await ports.personalData.open(value) : undefined;
      if (text !== undefined) texts.push({ at, fact, field, text });
    } else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) await look(at, fact, Array.isArray(value) ? field : name, inner);
  };
  for (const { fact, recordedAt } of events)
    for (const [field, value] of Object.entries(fact.data)) {
      // who comes with them is another person (GDPR 15 (4))
      if (field !== 'companion') await look(recordedAt, fact.type, field, value);
    }
  return texts;
};

const stepsOf = (events: readonly RecordedFact<TicketFact | RequestFact>[]): readonly KeptStep[] =>
  events.map(({ fact, recordedAt, actor }) => ({ at: recordedAt, fact: fact.type, by: actor.kind }));

const looksAt = async (ports: Ports, stream: string): Promise<readonly Looks[]> => {
  const looks: Looks[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<ReadingRow>(tables.readings, {
      where: [{ column: 'subject', in: [stream] }],
      orderBy: [{ column: 'lastAt' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    looks.push(...page.rows.map(({ role, departmentCode, purpose, lastAt, times }) => ({ role, departmentCode, purpose, lastAt, times })));
    cursor = page.next;
  } while (cursor !== undefined);
  return looks;
};

const ticketKept = async (ports: Ports, ticketId: string): Promise<KeptTicket | undefined> => {
  const { state, events } = await tickets.of(ports, ticketId).load();
  const status = publicStatus(state);
  if (!isRequested(state) || status === undefined) return undefined;
  const { request, mode, slot } = state.booking;
  const letters = await ports.operations.outbox.ofTicket(ticketId);
  return {
    ticketId,
    reference: referenceOf(ticketId),
    request: { number: request.number, filedOn: request.filedOn },
    status,
    mode,
    startsAt: slot.startsAt,
    texts: await textsOf(ports, events),
    steps: stepsOf(events),
    letters: letters.map(({ kind, state: became, at }) => ({ kind, state: became, at })),
    lookedAt: await looksAt(ports, ticketStream(ticketId)),
  };
};

const requestKept = async (ports: Ports, identity: RequestIdentity): Promise<KeptRequest | undefined> => {
  const { state, events } = await requests.of(ports, identity).load();
  if (state.status === 'unknown') return undefined;
  return {
    number: state.number,
    filedOn: state.filedOn,
    status: state.status,
    texts: await textsOf(ports, withoutOtherApplicants(events)),
    steps: stepsOf(events),
    lookedAt: await looksAt(ports, requestStream(identity)),
  };
};

/** The tickets whose address is or was this one, verified by a code: one that was only typed may belong to another person. */
const ticketsOfEmail = async (ports: Ports, email: string): Promise<readonly string[]> => {
  const wanted = normalisedEmail(email);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, {
      orderBy: [{ column: 'startsAt' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    for (const { ticketId } of page.rows) {
      const state = await currentTicket(ports, ticketId);
      if (!isRequested(state) || state.verified === undefined) continue;
      const former = (state.newAddress?.former ?? []).map((address) => address.email);
      const sealed = [state.contact.email, ...former].filter((text) => text !== undefined);
      const addresses = await Promise.all(sealed.map((text) => ports.personalData.openUnseen(text)));
      if (addresses.some((address) => address !== undefined && normalisedEmail(address) === wanted)) found.push(ticketId);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
};

const subjectsOf = async (
  ports: Ports,
  asked: SubjectAccessQuery,
): Promise<{ readonly ticketIds: readonly string[]; readonly identity?: RequestIdentity } | undefined> => {
  if ('ticketId' in asked) return { ticketIds: [asked.ticketId] };
  if ('email' in asked) return { ticketIds: await ticketsOfEmail(ports, asked.email) };
  const state = await currentRequest(ports, asked.request);
  if (state.status === 'unknown') return undefined;
  const registered = await ports.personalData.openUnseen(state.applicantName);
  if (registered === undefined || !nameMatches(registered, asked.applicantName)) return undefined;
  return { ticketIds: state.admittedTicketIds, identity: asked.request };
};

/**
 * Everything that is kept about one person, opened: it is shown to the caller, which is a reading. Refuses `not-found` where nothing is
 * known, without saying whether number or name did not fit.
 */
export const subjectAccess =
  (ports: Ports) =>
  async (asked: SubjectAccessQuery): Promise<SubjectAccess | Refusal> => {
    const subjects = await subjectsOf(ports, asked);
    const found = await Promise.all((subjects?.ticketIds ?? []).map((ticketId) => ticketKept(ports, ticketId)));
    const kept = found.filter((one) => one !== undefined);
    const identities = [...(subjects?.identity === undefined ? [] : [subjects.identity]), ...kept.map(({ request }) => request)];
    const known = new Map(identities.map((identity) => [requestStream(identity), identity]));
    const ofRequests = await Promise.all([...known.values()].map((identity) => requestKept(ports, identity)));
    const keptRequests = ofRequests.filter((one) => one !== undefined);
    if (kept.length === 0 && keptRequests.length === 0) return refuse('not-found');
    return { madeAt: ports.clock.now(), tickets: kept, requests: keptRequests };
  };
