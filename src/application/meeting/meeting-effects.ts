import { noChange } from '../../domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { attachMeetingLink, noteMeetingRemoved } from '../../domain/ticket/meeting';
import { stillStands, type RequestedTicket } from '../../domain/ticket/ticket';
import { plusMinutes } from '../../domain/time/civil-time';
import { AskedToWait } from '../kernel/ports/asked-to-wait';
import type { Ports } from '../kernel/ports/ports';
import type { AutomaticMeetings, MadeMeeting, VideoPlace, WantedMeeting } from '../kernel/ports/video-meetings';
import type { MeetingTodo } from './meeting-todo';
import { noteOutcome, raiseTaskOn, type TicketWork } from '../kernel/processes/ticket-process';
import { placesOf } from './recordings';

type MeetingWork = TicketWork<MeetingTodo>;

/** Art. 5 word for word: a person makes the meeting and pastes its link. */
export const askForLink = async (ports: Ports, work: MeetingWork): Promise<void> => {
  const { holdId, invitationDueAt } = work.todo;
  await raiseTaskOn(ports, work, {
    kind: 'create-meeting',
    staffId: work.ticket.booking.staffId,
    subjectId: holdId,
    ...defined({ dueAt: invitationDueAt }),
  });
};

/** The meeting was cancelled and is still there: an official removes it, so that no citizen waits in it in vain. */
export const askToRemove = async (ports: Ports, work: MeetingWork): Promise<void> => {
  const { booking } = work.ticket;
  await raiseTaskOn(ports, work, {
    kind: 'remove-meeting',
    staffId: work.todo.made?.staffId ?? booking.staffId,
    subjectId: work.todo.holdId,
    dueAt: booking.slot.startsAt,
  });
};

/** `undefined` when the official who is to hold it has no address any more. */
const wantedMeeting = async (ports: Ports, { ticketId, ticket }: MeetingWork): Promise<WantedMeeting | undefined> => {
  const [place, ...before] = await placesOf(ports, ticket);
  if (place === undefined) return undefined;
  const { reference, erased, contact } = ticket;
  const invitee = erased || contact.email === undefined ? undefined : await ports.personalData.open(contact.email);
  return { ...place, ticketId, reference, before, ...defined({ invitee }) };
};

const madeMeeting = async (ports: Ports, video: AutomaticMeetings, work: MeetingWork, wanted: WantedMeeting) => {
  const { todo, ticket } = work;
  const { made } = todo;
  if (made?.staffId === ticket.booking.staffId) {
    const moved = await video.move({ ...wanted, meetingId: made.meetingId });
    if (moved !== 'gone') return moved;
  }
  if (made !== undefined && (await removeFormer(video, wanted, made.meetingId)) === 'refused') {
    // about the meeting, not about the hold: the machine has still to make the new one
    const { meetingId: subjectId, staffId } = made;
    await raiseTaskOn(ports, work, { kind: 'remove-meeting', staffId, subjectId, dueAt: wanted.slot.startsAt });
  }
  return video.create(wanted);
};

/** Another host, or what could not be moved: the old one goes before a new one comes. */
const removeFormer = (video: AutomaticMeetings, { ticketId, before, slot, host }: WantedMeeting, meetingId: string) => {
  const places: readonly VideoPlace[] = before.length === 0 ? [{ slot, host }] : before;
  return video.cancel({ ticketId, meetingId, places });
};

/** So long an answer that was lost is waited for even when the invitation is late: a meeting may be there already. */
const shortWaitMinutes = 2;

/** A wait beyond the hour by which the invitation must be out is no wait: a person is asked now. */
const isTooLate = (error: unknown, { todo, at }: MeetingWork): boolean =>
  error instanceof AskedToWait &&
  todo.invitationDueAt !== undefined &&
  error.notBefore >= todo.invitationDueAt &&
  error.notBefore > plusMinutes(at, shortWaitMinutes);

/** A link that a person pasted meanwhile counts. A meeting for a place that the ticket has left meanwhile is not attached. */
const attach = async (ports: Ports, work: MeetingWork, { joinUrl, meetingId }: MadeMeeting): Promise<void> => {
  const { slot } = work.ticket.booking;
  await noteOutcome(ports, work, 'attach', (state) =>
    state.status === 'scheduled' && state.meetingLink === undefined && state.booking.holdId === work.todo.holdId
      ? attachMeetingLink(
          { joinUrl: personal('contact', joinUrl), meetingId, sameLink: false, slot, grade: 'observed', at: work.at },
          state,
        )
      : noChange(),
  );
};

const stillWaits = (ticket: RequestedTicket): boolean => stillStands(ticket) && ticket.meetingLink === undefined;

/** Makes or moves the meeting and attaches its link. A link that stands already, from a person or from the service, is left alone. */
export const arrangeMeeting = async (ports: Ports, work: MeetingWork): Promise<void> => {
  const { video } = ports;
  if (!stillWaits(work.ticket)) return;
  const wanted = video.kind === 'manual' ? undefined : await wantedMeeting(ports, work);
  if (video.kind === 'manual' || wanted === undefined) {
    await askForLink(ports, work);
    return;
  }
  try {
    const made = await madeMeeting(ports, video, work, wanted);
    await (made === undefined ? askForLink(ports, work) : attach(ports, work, made));
  } catch (error) {
    if (!isTooLate(error, work)) throw error;
    await askForLink(ports, work);
  }
};

/** After a cancellation: the meeting goes, and the fact that it is gone ends the effect. */
export const removeMeeting = async (ports: Ports, work: MeetingWork): Promise<void> => {
  const { video } = ports;
  const { todo, ticket, ticketId, at } = work;
  if (video.kind === 'manual') {
    // made by a machine that is no longer there: only a person can remove it
    if (todo.made !== undefined) await askToRemove(ports, work);
    return;
  }
  const meetingId = todo.made?.meetingId;
  const named = defined({ meetingId });
  const removed = await video.cancel({ ticketId, ...named, places: await placesOf(ports, ticket) });
  if (removed === 'refused') await askToRemove(ports, work);
  else await noteOutcome(ports, work, 'removed', (state) => noteMeetingRemoved({ ...named, removedAt: at }, state));
};
