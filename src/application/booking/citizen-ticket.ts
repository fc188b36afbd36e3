import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { requestStream } from '../../domain/request/facts';
import { type CorrectedThing, type LapseCause, type NoticeSubject, type ResolutionAmended, ticketStream } from '../../domain/ticket/facts';
import { movesLeft } from '../../domain/ticket/changes';
import { mayWantEarlierHour } from '../../domain/ticket/earlier-hour';
import { answersOfRequest } from './answers-of-request';
import { answerCorrected, disputable } from '../../domain/ticket/objection';
import { type CorrectionState, isHeld, isRequested, referenceOf, type RequestedTicket } from '../../domain/ticket/ticket';
import type { Slot } from '../../domain/time/slot';
import { opened } from '../kernel/typed-values';
import { currentTicket } from '../kernel/streams';
import type { LetterKind } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { type ReadingRow, type StaffDirectoryRow, tables } from '../kernel/ports/tables';
import { letterStatus } from '../kernel/letter-status';
import { hoursThatBecameFree } from './slots';
import { awaitedAddress, type TicketView, ticketView } from './ticket-view';
import { Query } from '../kernel/message';

/** That officials of a role and a department were shown what is personal in the ticket or its request: on that day so often, and when last. */
export type ReadingTold = Pick<ReadingRow, 'role' | 'purpose' | 'lastAt' | 'times'> & {
  readonly department: string | undefined;
  /** on the first day on which an official did */
  readonly firstAt: Instant;
};

/** Art. 7, as far as it has come. `bounced`: the e-mail came back, and nothing replaced it yet. */
export type ResolutionStage =
  | { readonly kind: 'none' }
  | { readonly kind: 'awaited'; readonly dueAt: Instant }
  | { readonly kind: 'issued' | 'sent' | 'handed-over' | 'bounced'; readonly at: Instant; readonly documentNumber?: string };

type CorrectionTold = Pick<CorrectionState, 'of' | 'at'> & { readonly objection?: string; readonly answer?: string };

const told = async (ports: Pick<Ports, 'personalData'>, { of, at, disputed, answered }: CorrectionState): Promise<CorrectionTold> => {
  const texts = await opened(ports, defined({ objection: disputed?.objection, answer: answered?.answer }));
  return { of, at, ...texts };
};

/** A ticket as its own page tells it: what the API says of it, and what became of it so far. */
export type CitizenTicket = TicketView & {
  readonly resolution: ResolutionStage;
  /** Art. 7: what was corrected since, with the citizen's objection and what was answered */
  readonly corrections: readonly CorrectionTold[];
  /** those of them that the citizen can object to now: of each thing the newest */
  readonly disputable: readonly CorrectedThing[];
  /** Art. 7: what was put right in it since, the oldest first */
  readonly amendments: readonly Pick<ResolutionAmended['data'], 'amendment' | 'form' | 'amendedAt'>[];
  /** A14 */
  readonly noticeAcceptedAt?: Instant;
  /** for how long that notice says that the recording is kept */
  readonly recordingKeptDays?: number;
  /** A19: how often the citizen may still move it */
  readonly movesLeft: number;
  readonly hasEmail: boolean;
  readonly lapsedBecause?: LapseCause;
  /** Art. 8: what the city hall changed last, and when */
  readonly changedByUs?: { readonly about: NoticeSubject; readonly since: Instant };
  /** Art. 8: of a ticket that we cancelled, what became of the new hour that we owe */
  readonly newHour?: { readonly stage: 'owed' | 'declined' } | { readonly stage: 'given'; readonly reference: string; readonly slot: Slot };
  /** of the newest letter about the ticket; left out where nothing is wrong with it */
  readonly letter?: 'not-left' | 'returned';
  /** who looked at it, the newest first; never by name */
  readonly readings: readonly ReadingTold[];
  /** A19: left out where the citizen could not be told of an earlier hour, or not take it; `free`: the one they were told of last, if it still is */
  readonly earlierHour?: { readonly wanted: boolean; readonly free?: Slot };
  /** has a calendar entry that can be taken away */
  readonly hasEntry: boolean;
};

/** Art. 3 to 8: the ticket as its own page tells it. */
export class GetCitizenTicket extends Query<{ readonly ticketId: string }, CitizenTicket | Refusal> {}

export const citizenTicket =
  (ports: Ports) =>
  async ({ ticketId }: { readonly ticketId: string }): Promise<CitizenTicket | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const view = await ticketView(ports)({ ticketId, viewer: 'citizen' });
    if (isRefusal(view)) return view;
    if (!isRequested(ticket)) return refuse('not-found');
    const request = await answersOfRequest(ports, ticketId, ticket);
    const corrected = answerCorrected(ticket, request);
    const letter = await letterStatus(ports, { ticketId, kinds: kindsView(ticket) });
    return {
      ...view,
      ...defined({ awaitedAddress: await awaitedAddress(ports, ticket, true) }),
      resolution: stageOf(ticket),
      corrections: await Promise.all(
        [...ticket.corrections, ...(corrected === undefined ? [] : [corrected])].map((one) => told(ports, one)),
      ),
      disputable: disputable(ticket, request),
      amendments: ticket.resolution.amendments.map(({ amended: { amendment, form, amendedAt } }) => ({ amendment, form, amendedAt })),
      ...defined({ noticeAcceptedAt: ticket.recordingNotice?.acceptedAt, recordingKeptDays: ticket.recordingNotice?.keptDays }),
      movesLeft: movesLeft(ticket, ports.policies),
      hasEmail: ticket.contact.email !== undefined,
      ...(ticket.status === 'lapsed' ? { lapsedBecause: ticket.cause } : {}),
      ...defined({ changedByUs: ticket.noticeDuty, newHour: newHourOf(ticket, view) }),
      ...(letter === 'not-left' || letter === 'returned' ? { letter } : {}),
      readings: await readingsOf(ports, ticket, ticketId),
      ...defined({ earlierHour: await earlierHourOf(ports, ticket, ticketId) }),
      hasEntry: ticket.sequence >= 0 && view.meetWith !== null,
    };
  };

const earlierHourOf = async (ports: Ports, ticket: RequestedTicket, ticketId: string): Promise<CitizenTicket['earlierHour']> => {
  const at = ports.clock.now();
  if (!mayWantEarlierHour({ at, policies: ports.policies }, ticket)) return undefined;
  const { wantedAt, offered } = ticket.earlierHour;
  const told = offered.at(-1)?.slot;
  if (wantedAt === undefined || told === undefined) return { wanted: wantedAt !== undefined };
  const { booking } = ticket;
  const free = (await hoursThatBecameFree(ports, { ticketId, booking }, wantedAt, at)).find(({ startsAt }) => startsAt === told.startsAt);
  return { wanted: true, ...defined({ free }) };
};
const newHourOf = ({ newHour }: RequestedTicket, { newHourOwed }: TicketView): CitizenTicket['newHour'] => {
  if (newHour?.stage === 'owed') return newHourOwed && { stage: 'owed' };
  return newHour?.stage === 'given' ? { stage: 'given', reference: referenceOf(newHour.ticketId), slot: newHour.slot } : newHour;
};

/** More than officials are shown a ticket while it lives: a row for each day, role, department and purpose. */
const mostRows = 5000;

/**
 * One line for each role, department and purpose, however often: so the daily readings of many officials do not hide a single reading by
 * one.
 */
const readingsOf = async ({ readModels }: Ports, { booking }: RequestedTicket, ticketId: string): Promise<readonly ReadingTold[]> => {
  const { rows } = await readModels.select<ReadingRow>(tables.readings, {
    where: [{ column: 'subject', in: [ticketStream(ticketId), requestStream(booking.request)] }],
    orderBy: [{ column: 'lastAt', descending: true }],
    limit: mostRows,
  });
  const lines = new Map<string, Omit<ReadingTold, 'department'> & { readonly departmentCode: string | null }>();
  for (const { role, departmentCode, purpose, lastAt, times } of rows) {
    const name = [role, departmentCode ?? '', purpose].join('/');
    const newer = lines.get(name);
    lines.set(name, {
      role,
      departmentCode,
      purpose,
      lastAt: newer?.lastAt ?? lastAt,
      firstAt: lastAt,
      times: times + (newer?.times ?? 0),
    });
  }
  const departmentOf = async (departmentCode: string | null): Promise<string | undefined> => {
    if (departmentCode === null) return undefined;
    const known = await readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      where: [{ column: 'departmentCode', is: departmentCode }],
      limit: 1,
    });
    return known.rows[0]?.department ?? departmentCode;
  };
  const codes = [...new Set(rows.map(({ departmentCode }) => departmentCode))];
  const names = new Map(await Promise.all(codes.map(async (code) => [code, await departmentOf(code)] as const)));
  return [...lines.values()].map(({ departmentCode, ...line }) => ({ ...line, department: names.get(departmentCode) }));
};

/** While the code is awaited there is no other letter; afterwards what became of it is of no matter. */
const kindsView = ({ status }: RequestedTicket): readonly LetterKind[] =>
  status === 'awaiting-code' ? ['code'] : ['invitation', 'change', 'cancellation', 'resolution'];

const stageOf = (ticket: RequestedTicket): ResolutionStage => {
  const { issued, filed, sent, bounced, handedOver } = ticket.resolution;
  const documentNumber = filed?.documentNumber ?? issued?.documentNumber;
  const about = defined({ documentNumber });
  const paper = handedOver.at(-1);
  if (paper !== undefined) return { kind: 'handed-over', at: paper.handedOverAt, ...about };
  const letter = sent.find(({ letterId }) => !bounced.includes(letterId));
  if (letter !== undefined) return { kind: 'sent', at: letter.acceptedAt, ...about };
  if (issued !== undefined) return { kind: bounced.length > 0 ? 'bounced' : 'issued', at: issued.issuedAt, ...about };
  return isHeld(ticket) ? { kind: 'awaited', dueAt: ticket.held.resolutionHardLimitAt } : { kind: 'none' };
};
