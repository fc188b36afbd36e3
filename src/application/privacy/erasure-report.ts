import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestFact, RequestIdentity } from '../../domain/request/facts';
import type { RegisteredRequest } from '../../domain/request/request';
import { needsOf, type TicketFact, ticketStream } from '../../domain/ticket/facts';
import type { SelectionMinute } from '../../domain/ticket/erasure';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import type { Ports } from '../kernel/ports/ports';
import type { LogCheckpoint } from '../kernel/ports/signed-log';
import { requests, type Stream, tickets } from '../kernel/streams';

/** Backups of the keys made before this erasure, and what makes them die. */
const backups: OutsidePlace = {
  place: 'backups',
  text: {
    ro: 'Copiile de siguranță făcute înainte de ștergere mai conțin cheia, sigilată cu cheia principală. Puse înapoi cu „tichet restore” în dosarul de acum, cheia se distruge din nou înainte de pornire; puse pe alt calculator, numai dacă jurnalul lor conține ștergerea. Ele mor când sunt șterse sau când cheia principală cu care au fost sigilate nu mai există.',
    en: 'Backups made before the erasure still hold the key, sealed with the master key. Put back with “tichet restore” into the present folder, the key is destroyed again before the start; put onto another machine, only if their log holds the erasure. They die when they are deleted, or when the master key that sealed them is no more.',
  },
};
const givenOut: OutsidePlace = {
  place: 'given-out',
  text: {
    ro: 'Dovezile și exporturile date mai departe conțin numai valori sigilate: cu cheile de aici nimeni nu le mai poate citi, iar dovezile se verifică în continuare.',
    en: 'Proofs and exports that were given out hold sealed values only: with the keys that are here nobody can read them any more, and the proofs still verify.',
  },
};
const journals: OutsidePlace = {
  place: 'journal',
  text: {
    ro: 'Jurnalul serviciului și cel al încercărilor refuzate nu conțin date personale. Motivul ștergerii rămâne în istoric, sigilat cu altă cheie: nu scrieți nume în el.',
    en: 'The log of the service and the journal of refused attempts hold no personal data. The reason of the erasure stays in the history, sealed with another key: write no name in it.',
  },
};
const integrators: OutsidePlace = {
  place: 'integrators',
  text: {
    ro: 'Celelalte sisteme (webhook-uri, cititorii jurnalului) nu au primit date personale în clar.',
    en: 'Other systems (webhooks, readers of the log) got no personal data in clear.',
  },
};

/** Where copies of what was erased may be, and whether they can still be read. The same in every report. */
export const erasureCopies: readonly OutsidePlace[] = [backups, givenOut, journals, integrators];

/** A place that this software cannot erase, and what a person has to do there. */
export type OutsidePlace = {
  readonly place: 'webex' | 'sent-mail' | 'infocet' | 'backups' | 'given-out' | 'journal' | 'integrators';
  readonly text: { readonly ro: string; readonly en: string };
};

/** A checkpoint that was signed: so many events, and the root over them, 64 hexadecimal digits. */
export type SealedThen = { readonly size: number; readonly root: string };
/** What the erasure left of the proof: everything. Left out of a report where the log is not sealed, or was not yet. */
export type SealAfterErasure = {
  /** what was signed last before the erasure; in a later report, what is signed now */
  readonly before: SealedThen;
  readonly after: SealedThen;
  /** events of the person in `before`, and how many of them still lead to its root, to the byte */
  readonly events: number;
  readonly stillProved: number;
};

/** What was erased here, and what lies outside. Nothing of it is personal. */
export type ErasureReport = {
  readonly subject: 'ticket' | 'request';
  readonly id: string;
  readonly erasedAt: Instant;
  /** names of the destroyed keys: what they sealed can never be read again, here or in a backup whose keys are destroyed at its next start */
  readonly destroyedKeys: readonly string[];
  /** letters deleted from the outbox */
  readonly deletedLetters: number;
  /** what stays readable, by design: the resolution is an archive document */
  readonly kept: readonly string[];
  /** of a request: its tickets, whose own personal data are erased ticket by ticket */
  readonly tickets: readonly string[];
  readonly outside: readonly OutsidePlace[];
  /** where copies may be, and whether they can still be read */
  readonly copies: readonly OutsidePlace[];
  /** looked up after the key was destroyed: what it sealed cannot be opened any more */
  readonly keyDestroyed: boolean;
  /** kind and pseudonymous id of who erased, as the fact says */
  readonly erasedBy: string;
  readonly seal?: SealAfterErasure;
  /** of the text of a resolution: the minute of the selection commission (Legea 16/1996, art. 9–12) */
  readonly minute?: SelectionMinute;
};

const webexRecordings: OutsidePlace = {
  place: 'webex',
  text: {
    ro: 'Înregistrările întâlnirii de pe Webex se șterg de către serviciul IT, potrivit termenului lor de păstrare.',
    en: 'Recordings of the meeting on Webex are deleted by the IT service, according to their retention period.',
  },
};
const sentMail: OutsidePlace = {
  place: 'sent-mail',
  text: {
    ro: 'Mesajele deja trimise rămân în căsuța poștală a destinatarului și, eventual, pe serverele de e-mail prin care au trecut.',
    en: 'Messages already sent remain in the recipient’s mailbox and possibly on the mail servers that they passed through.',
  },
};
export const infocet: OutsidePlace = {
  place: 'infocet',
  text: {
    ro: 'Cererea și rezoluția de tip „Tichetul albastru” rămân în INFOCET, ca documente de arhivă.',
    en: 'The request and the resolution of type “Tichetul albastru” remain in INFOCET as archive documents.',
  },
};

/** When, by whom and under which minute, as the first fact of the erasure says. */
const erasure = (
  events: readonly RecordedFact<TicketFact | RequestFact>[],
  of: 'PersonalDataErased' | 'ConclusionsErased' = 'PersonalDataErased',
): Pick<ErasureReport, 'erasedAt' | 'erasedBy' | 'minute'> => {
  for (const { fact, actor } of events) {
    if (fact.type !== of || !('erasedAt' in fact.data)) continue;
    const { minuteNumber: number, minuteDate: date } = fact.type === 'ConclusionsErased' ? fact.data : {};
    const minute = number === undefined || date === undefined ? undefined : { number, date };
    return { erasedAt: fact.data.erasedAt, erasedBy: `${actor.kind}:${actor.id}`, ...defined({ minute }) };
  }
  return { erasedAt: '', erasedBy: '' };
};

const sealOf = async (ports: Ports, stream: string, before: LogCheckpoint | undefined): Promise<Pick<ErasureReport, 'seal'>> => {
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
    ...(needsOf(booking.mode).recording && recording.attached.length > 0 ? [webexRecordings] : []),
    ...(lettersSent || wasWrittenTo(state) ? [sentMail] : []),
    ...(resolution.issued === undefined ? [] : [infocet]),
  ];
};

/** What an erasure of this ticket has left, looked up now. @param then.before the checkpoint that its events are held against */
export const reportOnTicket = async (
  ports: Ports,
  state: RequestedTicket,
  { name: stream, load }: Stream<'ticket'>,
  then: { readonly before: LogCheckpoint | undefined; readonly lettersSent: boolean },
): Promise<ErasureReport> => {
  const { events } = await load();
  const { issued } = state.resolution;
  const readable = issued !== undefined && (await ports.personalData.openUnseen(issued.conclusions)) !== undefined;
  return {
    subject: 'ticket',
    id: stream.slice(ticketStream('').length),
    ...erasure(events),
    ...defined({ minute: erasure(events, 'ConclusionsErased').minute }),
    destroyedKeys: [`contact:${stream}`, ...(state.conclusionsErased ? [`record:${stream}`] : [])],
    keyDestroyed: (await ports.personalData.openUnseen(state.contact.name)) === undefined,
    deletedLetters: 0,
    kept: readable ? [`record:${stream}`] : [],
    tickets: [],
    outside: outsideOf(state, then.lettersSent),
    copies: erasureCopies,
    ...(await sealOf(ports, stream, then.before)),
  };
};

/** The same of the text of a resolution. */
export const reportOnConclusions = async (
  ports: Ports,
  state: RequestedTicket,
  { name: stream, load }: Stream<'ticket'>,
  then: { readonly before: LogCheckpoint | undefined; readonly lettersSent: boolean },
): Promise<ErasureReport> => {
  const { events } = await load();
  const { issued } = state.resolution;
  return {
    subject: 'ticket',
    id: stream.slice(ticketStream('').length),
    ...erasure(events, 'ConclusionsErased'),
    destroyedKeys: [`record:${stream}`],
    keyDestroyed: issued === undefined || (await ports.personalData.openUnseen(issued.conclusions)) === undefined,
    deletedLetters: 0,
    kept: state.erased ? [] : [`contact:${stream}`],
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
  before: LogCheckpoint | undefined,
): Promise<ErasureReport> => {
  const { events } = await load();
  return {
    subject: 'request',
    id: stream,
    ...erasure(events),
    destroyedKeys: [`name:${stream}`],
    keyDestroyed: (await ports.personalData.openUnseen(state.applicantName)) === undefined,
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
    const before = await ports.signedLog?.checkpoint();
    if ('request' in subject) {
      const stream = requests.of(ports, subject.request);
      const { state } = await stream.load();
      return state.status === 'unknown' || !state.erased ? refuse('not-found') : reportOnRequest(ports, state, stream, before);
    }
    const stream = tickets.of(ports, subject.ticketId);
    const { state } = await stream.load();
    if (!isRequested(state) || !(state.erased || state.conclusionsErased)) return refuse('not-found');
    const letters = await ports.operations.outbox.ofTicket(subject.ticketId);
    const report = state.erased ? reportOnTicket : reportOnConclusions;
    return report(ports, state, stream, { before, lettersSent: letters.length > 0 });
  };

/** Looks at every event of the stream again: whether it is to the byte what the checkpoint of before the erasure holds. */
const sealAfterErasure = async (
  { store, signedLog }: Pick<Ports, 'store' | 'signedLog'>,
  stream: string,
  before: LogCheckpoint | undefined,
): Promise<SealAfterErasure | undefined> => {
  const after = await signedLog?.checkpoint();
  if (signedLog === undefined || before === undefined || after === undefined) return undefined;
  let events = 0;
  let stillProved = 0;
  for await (const event of store.read(stream)) {
    const { kind } = await signedLog.standing(event, before);
    if (kind === 'not-yet') continue;
    events += 1;
    if (kind === 'sealed') stillProved += 1;
  }
  const bare = ({ size, root }: LogCheckpoint) => ({ size, root });
  return { before: bare(before), after: bare(after), events, stillProved };
};
