import { attachMeetingLink } from '../../application/commands/attach-meeting-link';
import { cancelTicket } from '../../application/commands/cancel-ticket';
import { handOverResolution } from '../../application/commands/hand-over-resolution';
import { issueResolution } from '../../application/commands/issue-resolution';
import { recordAbsent } from '../../application/commands/record-absent';
import { recordHeld } from '../../application/commands/record-held';
import { recordNotice } from '../../application/commands/record-notice';
import { recordRecording } from '../../application/commands/record-recording';
import { requestTicket } from '../../application/commands/request-ticket';
import { rescheduleTicket } from '../../application/commands/reschedule-ticket';
import { startMeeting } from '../../application/commands/start-meeting';
import { verifyEmail } from '../../application/commands/verify-email';
import type { Actor } from '../../domain/kernel/fact';
import type { CivilDate, Instant } from '../../domain/kernel/instant';
import type { RequestIdentity } from '../../domain/request/facts';
import { recordingNotice } from '../../domain/ticket/recording-notice';
import { atLocal, plusHours, plusMinutes } from '../../domain/time/civil-time';
import type { DemoTicket } from './cast';
import type { Stage } from './stage';
import { workingDayAround } from './working-days-around';

/** Something that happens at an instant of the story. */
export type Scene = { readonly at: Instant; play(stage: Stage): Promise<unknown> };

const conclusions = 'S-au clarificat documentele lipsă; cetățeanul le depune la registratură, iar termenul curge de la depunere.';

/** The scenes of one ticket, from the form to the resolution; those after now are simply not played yet. */
export const ticketStory = (
  { mode, email, staffId, day, time, outcome, locale }: DemoTicket,
  request: RequestIdentity,
  today: CivilDate,
  place: number,
  ticketId: string,
): readonly Scene[] => {
  const citizen: Actor = { kind: 'citizen', id: ticketId };
  const staff: Actor = { kind: 'staff', id: staffId };
  const wasMoved = outcome === 'moved-by-staff' || outcome === 'moved-by-citizen';
  const startsAt = atLocal(workingDayAround(today, day), time);
  const finalDay = wasMoved ? day + 3 : day;
  const finalStart = atLocal(workingDayAround(today, finalDay), wasMoved ? '10:45' : time);
  // a working week or so before, at an hour of its own
  const bookedAt = plusMinutes(atLocal(workingDayAround(today, day - 6), '18:00'), place * 7);
  const scenes: Scene[] = [
    {
      at: bookedAt,
      play: ({ act, ports }) =>
        act(citizen, (context) =>
          requestTicket(ports)(context, {
            ticketId,
            holdId: ports.identifiers.derive(ticketId, 'demo-hold'),
            request,
            startsAt,
            mode,
            locale,
            ...(email ? { email: `cetatean.${place}@posta.example` } : {}),
            ...(mode === 'in-person' ? {} : { phone: `+40 700 000 ${String(100 + place)}` }),
            ...(mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {}),
          }),
        ),
    },
  ];
  const add = (at: Instant, actor: Actor, command: (stage: Stage) => Parameters<Stage['act']>[1]): void => {
    scenes.push({ at, play: (stage) => stage.act(actor, command(stage)) });
  };
  if (outcome === 'not-verified') return [...scenes, { at: plusMinutes(bookedAt, 30), play: () => Promise.resolve() }];
  if (email) {
    add(plusMinutes(bookedAt, 3), citizen, ({ ports }) => (context) => {
      const code = ports.personalData.verificationCode(ticketId, 1, ports.policies.verification.value.digits);
      return verifyEmail(ports)(context, { ticketId, code });
    });
  }
  const link = (at: Instant): void => {
    if (mode !== 'online') return;
    const joinUrl = `https://primaria.webex.example/meet/${ticketId.slice(-8)}`;
    add(
      at,
      staff,
      ({ ports }) =>
        (context) =>
          attachMeetingLink(ports)(context, { ticketId, joinUrl }),
    );
  };
  link(plusHours(bookedAt, 15));
  if (outcome === 'cancelled') {
    add(
      plusHours(bookedAt, 40),
      citizen,
      ({ ports }) =>
        (context) =>
          cancelTicket(ports)(context, { ticketId, by: 'citizen' }),
    );
    return scenes;
  }
  if (wasMoved) {
    const movedAt = plusHours(bookedAt, 40);
    const by = outcome === 'moved-by-staff' ? 'staff' : 'citizen';
    add(
      movedAt,
      by === 'staff' ? staff : citizen,
      ({ ports }) =>
        (context) =>
          rescheduleTicket(ports)(context, {
            ticketId,
            holdId: ports.identifiers.derive(ticketId, 'demo-hold', 'moved'),
            startsAt: finalStart,
            by,
            ...(by === 'staff' ? { reason: 'illness', citizenAgreed: true } : {}),
          }),
    );
    if (by === 'staff')
      add(
        plusHours(movedAt, 1),
        staff,
        ({ ports }) =>
          (context) =>
            recordNotice(ports)(context, { ticketId, channel: 'phone', outcome: 'reached' }),
      );
    link(plusHours(movedAt, 2));
  }
  return [...scenes, ...meetingStory({ ticketId, staff, startsAt: finalStart, mode, email, outcome })];
};

const meetingStory = ({
  ticketId,
  staff,
  startsAt,
  mode,
  email,
  outcome,
}: Pick<DemoTicket, 'mode' | 'email' | 'outcome'> & {
  readonly ticketId: string;
  readonly staff: Actor;
  readonly startsAt: Instant;
}): readonly Scene[] => {
  const scenes: Scene[] = [];
  const add = (minutes: number, command: (stage: Stage) => Parameters<Stage['act']>[1]): void => {
    scenes.push({ at: plusMinutes(startsAt, minutes), play: (stage) => stage.act(staff, command(stage)) });
  };
  if (outcome === 'citizen-absent') {
    add(
      11,
      ({ ports }) =>
        (context) =>
          recordAbsent(ports)(context, { ticketId, who: 'citizen', waitedMinutes: 11 }),
    );
    return scenes;
  }
  add(
    1,
    ({ ports }) =>
      (context) =>
        startMeeting(ports)(context, { ticketId }),
  );
  add(
    15,
    ({ ports }) =>
      (context) =>
        recordHeld(ports)(context, { ticketId, startedAt: plusMinutes(startsAt, 1), endedAt: plusMinutes(startsAt, 14) }),
  );
  if (mode === 'online' && outcome === 'no-recording')
    add(
      20,
      ({ ports }) =>
        (context) =>
          recordRecording(ports)(context, {
            ticketId,
            recording: { kind: 'missing', reason: 'Butonul de înregistrare nu a fost apăsat.' },
          }),
    );
  if (mode === 'online' && outcome !== 'no-recording')
    add(
      25,
      ({ ports }) =>
        (context) =>
          recordRecording(ports)(context, {
            ticketId,
            recording: { kind: 'attached', recordingId: `demo-${ticketId.slice(-8)}`, durationSeconds: 13 * 60 },
          }),
    );
  if (outcome === 'overdue-resolution') return scenes;
  add(
    50,
    ({ ports }) =>
      (context) =>
        issueResolution(ports)(context, { ticketId, conclusions }),
  );
  if (!email)
    add(
      90,
      ({ ports }) =>
        (context) =>
          handOverResolution(ports)(context, {
            ticketId,
            channel: 'pickup',
            handedOverAt: plusMinutes(startsAt, 85),
            proof: 'semnătură de primire',
          }),
    );
  return scenes;
};
