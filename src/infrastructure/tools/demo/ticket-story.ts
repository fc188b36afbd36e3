import { cancelTicket } from '../../../application/booking/cancel-ticket';
import { codeOfTicket } from '../../../application/booking/codes';
import { rescheduleTicket } from '../../../application/booking/move-meeting';
import { recordNotice } from '../../../application/booking/record-notice';
import { requestTicket } from '../../../application/booking/request-ticket';
import { verifyEmail } from '../../../application/booking/verify-email';
import type { Done } from '../../../application/kernel/done';
import type { CommandContext } from '../../../application/kernel/execute';
import type { Ports } from '../../../application/kernel/ports/ports';
import { attachMeetingLink, recordAbsent, recordHeld, startMeeting } from '../../../application/meeting/hold-meeting';
import { recordRecording, type RecordRecordingInput } from '../../../application/meeting/recordings';
import { handOverResolution, issueResolution } from '../../../application/resolution/issue-resolution';
import { workingCalendar } from '../../../domain/calendar/calendar';
import { isWorkingDay } from '../../../domain/calendar/working-days';
import type { Actor, CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Refusal } from '../../../domain/kernel/refusal';
import type { RequestIdentity } from '../../../domain/request/facts';
import type { Locale, Mode } from '../../../domain/ticket/facts';
import { recordingNoticeOf } from '../../../domain/ticket/request-ticket';
import { addDays, atLocal, plusHours, plusMinutes } from '../../../domain/time/civil-time';
import type { DemoTicket } from './cast';
import type { Stage } from './stage';

/** What a person does on the stage, at the instant where its clock stands. */
export type Play = (stage: Stage) => Promise<unknown>;

/** A ticket and the two people of its story. */
type PlayedTicket = { readonly ticketId: string; readonly citizen: Actor; readonly staff: Actor };

export const playedTicket = (ticketId: string, staffId: string): PlayedTicket => ({
  ticketId,
  citizen: { kind: 'citizen', id: ticketId },
  staff: { kind: 'staff', id: staffId },
});

const conclusions = 'S-au clarificat documentele lipsă; cetățeanul le depune la registratură, iar termenul curge de la depunere.';

type Form = {
  readonly request: RequestIdentity;
  readonly startsAt: Instant;
  readonly mode: Mode;
  readonly locale: Locale;
  readonly email?: string;
  readonly phone: string;
};

type UseCase<Input> = (ports: Ports) => (context: CommandContext, input: Input) => Promise<Done<unknown> | Refusal>;

/** An actor carries out a use case. */
export const carryOut =
  <Input>(actor: Actor, useCase: UseCase<Input>) =>
  (input: (ports: Ports) => Input | Promise<Input>): Play =>
  ({ act, ports }) =>
    act(actor, async (context) => useCase(ports)(context, await input(ports)));

export const book = ({ ticketId, citizen }: PlayedTicket, { mode, phone, ...form }: Form): Play =>
  carryOut(
    citizen,
    requestTicket,
  )(({ identifiers, policies, cityHall }) => ({
    ticketId,
    holdId: identifiers.derive(ticketId, 'demo-hold'),
    mode,
    ...form,
    ...(mode === 'in-person' && form.email !== undefined ? {} : { phone }),
    ...(mode === 'online' ? { recordingNoticeVersion: recordingNoticeOf(policies, cityHall.recordingNotice).version } : {}),
  }));

export const enterCode = ({ ticketId, citizen }: PlayedTicket): Play =>
  carryOut(
    citizen,
    verifyEmail,
  )(async ({ operations, clock }) => ({
    ticketId,
    code: (await operations.codes.get(codeOfTicket(ticketId, 1), clock.now())) ?? '',
  }));

export const sendLink = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, attachMeetingLink)(() => ({ ticketId, joinUrl: `https://primaria.webex.com/meet/${ticketId.slice(-8)}` }));

export const cancel = ({ ticketId, citizen }: PlayedTicket): Play => carryOut(citizen, cancelTicket)(() => ({ ticketId, by: 'citizen' }));

export const move = ({ ticketId, citizen, staff }: PlayedTicket, by: 'citizen' | 'staff', startsAt: Instant): Play =>
  carryOut(
    by === 'staff' ? staff : citizen,
    rescheduleTicket,
  )(({ identifiers, clock }) => ({
    ticketId,
    holdId: identifiers.derive(ticketId, 'demo-hold', 'moved'),
    startsAt,
    by,
    ...(by === 'staff' ? { reason: 'illness', citizenAgreed: true, agreedBy: 'phone', agreedAt: clock.now() } : {}),
  }));

export const tellByPhone = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, recordNotice)(() => ({ ticketId, channel: 'phone', outcome: 'reached' }));

export const citizenStaysAway = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, recordAbsent)(() => ({ ticketId, who: 'citizen', waitedMinutes: 11 }));

const start = ({ ticketId, staff }: PlayedTicket): Play => carryOut(staff, startMeeting)(() => ({ ticketId }));

/** @param startsAt of the slot; the meeting itself begins a minute later */
export const hold = ({ ticketId, staff }: PlayedTicket, startsAt: Instant): Play =>
  carryOut(staff, recordHeld)(() => ({ ticketId, startedAt: plusMinutes(startsAt, 1), endedAt: plusMinutes(startsAt, 14) }));

const recordings: Readonly<
  Record<RecordRecordingInput['recording']['kind'], (ticketId: string, startedAt: Instant) => RecordRecordingInput['recording']>
> = {
  attached: (ticketId, startedAt) => ({ kind: 'attached', recordingId: `demo-${ticketId.slice(-8)}`, startedAt, durationSeconds: 13 * 60 }),
  missing: () => ({ kind: 'missing', reason: 'Butonul de înregistrare nu a fost apăsat.' }),
  waived: () => ({ kind: 'waived', reason: 'Cetățeanul nu a dorit să fie înregistrat.', offeredAlternative: true }),
};

/** @param startsAt of the slot; the recording begins with the meeting, a minute later */
export const keepRecording = (
  { ticketId, staff }: PlayedTicket,
  startsAt: Instant,
  kind: RecordRecordingInput['recording']['kind'],
): Play => carryOut(staff, recordRecording)(() => ({ ticketId, recording: recordings[kind](ticketId, plusMinutes(startsAt, 1)) }));

export const writeResolution = ({ ticketId, staff }: PlayedTicket): Play =>
  carryOut(staff, issueResolution)(() => ({ ticketId, conclusions }));

export const handOver = ({ ticketId, staff }: PlayedTicket, handedOverAt: Instant): Play =>
  carryOut(staff, handOverResolution)(() => ({ ticketId, channel: 'pickup', handedOverAt, proof: 'semnătură de primire' }));

/** The working day that is `count` of them away from `today`; 0 is today, or the next one when today is none. */
export const workingDayAround = (today: CivilDate, count: number): CivilDate => {
  const isOne = (date: CivilDate): boolean => isWorkingDay(workingCalendar.initial, date);
  let date = today;
  while (!isOne(date)) date = addDays(date, 1);
  const step = count < 0 ? -1 : 1;
  for (let left = Math.abs(count); left > 0;) {
    date = addDays(date, step);
    if (isOne(date)) left -= 1;
  }
  return date;
};

/** Something that happens at an instant of the story. */
type Scene = { readonly at: Instant; readonly play: Play };

/** The scenes of one ticket, from the form to the resolution; those after now are simply not played yet. */
export const ticketStory = (
  { mode, email, staffId, day, time, outcome, locale }: DemoTicket,
  request: RequestIdentity,
  today: CivilDate,
  place: number,
  ticketId: string,
): readonly Scene[] => {
  const ticket = playedTicket(ticketId, staffId);
  const wasMoved = outcome === 'moved-by-staff' || outcome === 'moved-by-citizen';
  const startsAt = atLocal(workingDayAround(today, day), time);
  const finalDay = wasMoved ? day + 3 : day;
  const finalStart = atLocal(workingDayAround(today, finalDay), wasMoved ? '10:45' : time);
  // a working week or so before, at an hour of its own
  const bookedAt = plusMinutes(atLocal(workingDayAround(today, day - 6), '18:00'), place * 7);
  const form = {
    request,
    startsAt,
    mode,
    locale,
    phone: `+40 700 000 ${String(100 + place)}`,
    ...(email ? { email: `cetatean.${place}@posta.example` } : {}),
  };
  const booked: Scene = { at: bookedAt, play: book(ticket, form) };
  if (outcome === 'not-verified') return [booked, { at: plusMinutes(bookedAt, 30), play: () => Promise.resolve() }];
  const linkAt = (at: Instant): readonly Scene[] => (mode === 'online' ? [{ at, play: sendLink(ticket) }] : []);
  const scenes: readonly Scene[] = [
    booked,
    ...(email ? [{ at: plusMinutes(bookedAt, 3), play: enterCode(ticket) }] : []),
    ...linkAt(plusHours(bookedAt, 15)),
  ];
  const changedAt = plusHours(bookedAt, 40);
  if (outcome === 'cancelled') return [...scenes, { at: changedAt, play: cancel(ticket) }];
  const meeting = meetingStory(ticket, { startsAt: finalStart, mode, email, outcome });
  if (!wasMoved) return [...scenes, ...meeting];
  const by = outcome === 'moved-by-staff' ? 'staff' : 'citizen';
  return [
    ...scenes,
    { at: changedAt, play: move(ticket, by, finalStart) },
    ...(by === 'staff' ? [{ at: plusHours(changedAt, 1), play: tellByPhone(ticket) }] : []),
    ...linkAt(plusHours(changedAt, 2)),
    ...meeting,
  ];
};

const meetingStory = (
  ticket: PlayedTicket,
  { startsAt, mode, email, outcome }: Pick<DemoTicket, 'mode' | 'email' | 'outcome'> & { readonly startsAt: Instant },
): readonly Scene[] => {
  const after = (minutes: number, play: Play): Scene => ({ at: plusMinutes(startsAt, minutes), play });
  if (outcome === 'citizen-absent') return [after(11, citizenStaysAway(ticket))];
  const scenes = [after(1, start(ticket)), after(15, hold(ticket, startsAt))];
  if (mode === 'online') {
    const isMissing = outcome === 'no-recording';
    scenes.push(after(isMissing ? 20 : 25, keepRecording(ticket, startsAt, isMissing ? 'missing' : 'attached')));
  }
  if (outcome === 'overdue-resolution') return scenes;
  scenes.push(after(50, writeResolution(ticket)));
  if (!email) scenes.push(after(90, handOver(ticket, plusMinutes(startsAt, 85))));
  return scenes;
};
