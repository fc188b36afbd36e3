import { defined } from '../../domain/kernel/defined';
import type { RecordedFact } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { RequestFact, RequestIdentity } from '../../domain/request/facts';
import type { RegisteredRequest } from '../../domain/request/request';
import { ticketStream, type TicketFact } from '../../domain/ticket/facts';
import { isRequested, type RequestedTicket } from '../../domain/ticket/state';
import { erasureCopies } from './erasure-copies';
import { infocet, sentMail, webexRecordings, type ErasureReport, type OutsidePlace } from './erasure-report';
import { requests, type Stream, tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { SealedUpTo } from '../kernel/ports/seal';
import { sealAfterErasure } from './seal-after-erasure';

/** When and by whom, as the first fact of the erasure says. */
const erasure = (events: readonly RecordedFact<TicketFact | RequestFact>[]): Pick<ErasureReport, 'erasedAt' | 'erasedBy'> => {
  for (const { fact, actor } of events)
    if (fact.type === 'PersonalDataErased') return { erasedAt: fact.data.erasedAt, erasedBy: `${actor.kind}:${actor.id}` };
  return { erasedAt: '', erasedBy: '' };
};

const sealOf = async (ports: Ports, stream: string, before: SealedUpTo | undefined): Promise<Pick<ErasureReport, 'seal'>> => {
  const seal = await sealAfterErasure(ports, stream, before);
  return defined({ seal });
};

/** Letters may have been forgotten before the person was: the facts still say that there were some. */
const wasWrittenTo = ({ invitation, resolution, notices }: RequestedTicket): boolean =>
  invitation.sent.length > 0 || resolution.sent.length > 0 || notices.some(({ letterId }) => letterId !== undefined);

/** Where else something of the citizen may be. */
export const outsideOf = (state: RequestedTicket, lettersSent: boolean): readonly OutsidePlace[] => {
  const { booking, recording, resolution } = state;
  return [
    ...(booking.mode === 'online' && recording.attached.length > 0 ? [webexRecordings] : []),
    ...(lettersSent || wasWrittenTo(state) ? [sentMail] : []),
    ...(resolution.issued === undefined ? [] : [infocet]),
  ];
};

/** What an erasure of this ticket has left, looked up now. @param then.before the checkpoint that its events are held against */
export const reportOnTicket = async (
  ports: Ports,
  state: RequestedTicket,
  { name: stream, load }: Stream<'ticket'>,
  then: { readonly before: SealedUpTo | undefined; readonly lettersSent: boolean },
): Promise<ErasureReport> => {
  const { events } = await load();
  const { issued } = state.resolution;
  const readable = issued !== undefined && (await ports.personalData.open(issued.conclusions)) !== undefined;
  return {
    subject: 'ticket',
    id: stream.slice(ticketStream('').length),
    ...erasure(events),
    destroyedKeys: [`contact:${stream}`, ...(state.conclusionsErased ? [`record:${stream}`] : [])],
    keyDestroyed: (await ports.personalData.open(state.contact.name)) === undefined,
    deletedLetters: 0,
    kept: readable ? [`record:${stream}`] : [],
    tickets: [],
    outside: outsideOf(state, then.lettersSent),
    copies: erasureCopies,
    ...(await sealOf(ports, stream, then.before)),
  };
};

export const reportOnRequest = async (
  ports: Ports,
  state: RegisteredRequest,
  { name: stream, load }: Stream<'request'>,
  before: SealedUpTo | undefined,
): Promise<ErasureReport> => {
  const { events } = await load();
  return {
    subject: 'request',
    id: stream,
    ...erasure(events),
    destroyedKeys: [`name:${stream}`],
    keyDestroyed: (await ports.personalData.open(state.applicantName)) === undefined,
    deletedLetters: 0,
    kept: [],
    tickets: state.admittedTicketIds,
    outside: [infocet],
    copies: erasureCopies,
    ...(await sealOf(ports, stream, before)),
  };
};

/** The report again, from the facts: when, by whom, whether the key is gone, what lies outside. Refuses `not-found` for who was never erased. */
export const erasureDone =
  (ports: Ports) =>
  async (subject: { readonly ticketId: string } | { readonly request: RequestIdentity }): Promise<ErasureReport | Refusal> => {
    const before = await ports.seal?.checkpoint();
    if ('request' in subject) {
      const stream = requests.of(ports, subject.request);
      const { state } = await stream.load();
      return state.status === 'unknown' || !state.erased ? refuse('not-found') : reportOnRequest(ports, state, stream, before);
    }
    const stream = tickets.of(ports, subject.ticketId);
    const { state } = await stream.load();
    if (!isRequested(state) || !state.erased) return refuse('not-found');
    const letters = await ports.operations.outbox.ofTicket(subject.ticketId);
    return reportOnTicket(ports, state, stream, { before, lettersSent: letters.length > 0 });
  };
