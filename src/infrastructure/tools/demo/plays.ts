import type { Done } from '../../../application/kernel/done';
import type { CommandContext } from '../../../application/kernel/execute';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Refusal } from '../../../domain/kernel/refusal';
import { attachMeetingLink, recordAbsent, recordHeld, startMeeting } from '../../../application/meeting/hold-meeting';
import { cancelTicket } from '../../../application/booking/cancel-ticket';
import { handOverResolution, issueResolution } from '../../../application/resolution/issue-resolution';
import { recordNotice } from '../../../application/booking/record-notice';
import { recordRecording, type RecordRecordingInput } from '../../../application/meeting/recordings';
import { requestTicket } from '../../../application/booking/request-ticket';
import { rescheduleTicket } from '../../../application/booking/move-meeting';
import { verifyEmail } from '../../../application/booking/verify-email';
import type { Actor, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import type { Locale, Mode } from '../../../domain/ticket/facts';
import { plusMinutes } from '../../../domain/time/civil-time';
import type { Stage } from './stage';

/** What somebody does on the stage, at the instant where its clock stands. */
export type Play = (stage: Stage) => Promise<unknown>;

/** A ticket and the two people of its story. */
export type PlayedTicket = { readonly ticketId: string; readonly citizen: Actor; readonly staff: Actor };

export const playedTicket = (ticketId: string, staffId: string): PlayedTicket => ({
  ticketId,
  citizen: { kind: 'citizen', id: ticketId },
  staff: { kind: 'staff', id: staffId },
});

const conclusions = 'S-au clarificat documentele lipsă; cetățeanul le depune la registratură, iar termenul curge de la depunere.';

export type Form = {
  readonly request: RequestIdentity;
  readonly startsAt: Instant;
  readonly mode: Mode;
  readonly locale: Locale;
  readonly email?: string;
  readonly phone: string;
};

type UseCase<Input> = (ports: Ports) => (context: CommandContext, input: Input) => Promise<Done<unknown> | Refusal>;

/** Somebody carries out a use case. */
export const carryOut =
  <Input>(actor: Actor, useCase: UseCase<Input>) =>
  (input: (ports: Ports) => Input): Play =>
  ({ act, ports }) =>
    act(actor, (context) => useCase(ports)(context, input(ports)));

export const book = ({ ticketId, citizen }: PlayedTicket, { mode, phone, ...form }: Form): Play =>
  carryOut(citizen, requestTicket)(({ identifiers }) => ({
    ticketId,
    holdId: identifiers.derive(ticketId, 'demo-hold'),
    mode,
    ...form,
    ...(mode === 'in-person' ? {} : { phone }),
    ...(mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {}),
  }));

export const enterCode = ({ ticketId, citizen }: PlayedTicket): Play =>
  carryOut(citizen, verifyEmail)(({ personalData, policies }) => ({
    ticketId,
    code: personalData.verificationCode(ticketId, 1, policies.verification.value.digits),
  }));

export const sendLink = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, attachMeetingLink)(() => ({ ticketId, joinUrl: `https://primaria.webex.example/meet/${ticketId.slice(-8)}` }));

export const cancel = ({ ticketId, citizen }: PlayedTicket): Play => carryOut(citizen, cancelTicket)(() => ({ ticketId, by: 'citizen' }));

export const move = ({ ticketId, citizen, staff }: PlayedTicket, by: 'citizen' | 'staff', startsAt: Instant): Play =>
  carryOut(by === 'staff' ? staff : citizen, rescheduleTicket)(({ identifiers }) => ({
    ticketId,
    holdId: identifiers.derive(ticketId, 'demo-hold', 'moved'),
    startsAt,
    by,
    ...(by === 'staff' ? { reason: 'illness', citizenAgreed: true } : {}),
  }));

export const tellByPhone = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, recordNotice)(() => ({ ticketId, channel: 'phone', outcome: 'reached' }));

export const citizenStaysAway = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, recordAbsent)(() => ({ ticketId, who: 'citizen', waitedMinutes: 11 }));

export const start = ({ ticketId, staff }: PlayedTicket): Play => carryOut(staff, startMeeting)(() => ({ ticketId }));

/** @param startsAt of the slot; the meeting itself begins a minute later */
export const hold = ({ ticketId, staff }: PlayedTicket, startsAt: Instant): Play =>
  carryOut(staff, recordHeld)(() => ({ ticketId, startedAt: plusMinutes(startsAt, 1), endedAt: plusMinutes(startsAt, 14) }));

const recordings: Readonly<Record<RecordRecordingInput['recording']['kind'], (ticketId: string) => RecordRecordingInput['recording']>> = {
  attached: (ticketId) => ({ kind: 'attached', recordingId: `demo-${ticketId.slice(-8)}`, durationSeconds: 13 * 60 }),
  missing: () => ({ kind: 'missing', reason: 'Butonul de înregistrare nu a fost apăsat.' }),
  waived: () => ({ kind: 'waived', reason: 'Cetățeanul nu a dorit să fie înregistrat.', offeredAlternative: true }),
};

export const keepRecording = ({ ticketId, staff }: PlayedTicket, kind: RecordRecordingInput['recording']['kind']): Play =>
  carryOut(staff, recordRecording)(() => ({ ticketId, recording: recordings[kind](ticketId) }));

export const writeResolution = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, issueResolution)(() => ({ ticketId, conclusions }));

export const handOver = ({ ticketId, staff }: PlayedTicket, handedOverAt: Instant): Play =>
  carryOut(staff, handOverResolution)(() => ({ ticketId, channel: 'pickup', handedOverAt, proof: 'semnătură de primire' }));
