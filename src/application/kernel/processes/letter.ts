import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { isRequested, type RequestedTicket } from '../../../domain/ticket/state';
import { currentStaff, tickets } from '../streams';
import type { LetterHead, LetterRequest, MeetingDetails, MeetWith } from '../ports/correspondence';
import type { Delivery } from '../ports/mailer';
import type { LetterKind } from '../ports/operations';
import { erasedMark } from '../ports/personal-data';
import type { Ports } from '../ports/ports';
import { raiseTaskOn } from './raise-task-on';
import type { TicketTodo, TicketWork } from './ticket-process';

/** A letter has the id of the fact that asks for it: made again, it is the same letter. */
export const letterIdOf = ({ causeId }: TicketTodo): string => causeId;

/** To whom and on which ticket; `undefined` when there is no address to write to any more (an erased person gets no letter). */
export const letterHead = (ports: Ports, { ticket, ticketId, todo }: TicketWork<TicketTodo>, issuedAt: Instant) =>
  letterHeadOf(ports, { ticket, ticketId, letterId: letterIdOf(todo), issuedAt });

export const letterHeadOf = async (
  ports: Ports,
  letter: { readonly ticket: RequestedTicket; readonly ticketId: string; readonly letterId: string; readonly issuedAt: Instant },
): Promise<LetterHead | undefined> => {
  const { ticket, ticketId, letterId, issuedAt } = letter;
  if (ticket.erased || ticket.contact.email === undefined) return undefined;
  const to = await ports.personalData.open(ticket.contact.email);
  const name = await ports.personalData.open(ticket.contact.name);
  if (to === undefined || name === undefined) return undefined;
  const { reference, locale } = ticket;
  return { letterId, ticketId, reference, to, name, locale, publicUrl: ports.cityHall.publicUrl, issuedAt };
};

/** Art. 1: the person whom the citizen meets. */
export const meetWithOf = async (ports: Ports, staffId: string): Promise<MeetWith> => {
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw new StaffUnknown('The ticket names a person who was never registered.');
  const { role, department } = staff;
  return { name: (await ports.personalData.open(staff.name)) ?? erasedMark, role, department };
};
class StaffUnknown extends Error {
  override readonly name = 'StaffUnknown';
}

/** The meeting as it stands. */
export const meetingDetails = async (ports: Ports, { ticket }: TicketWork<TicketTodo>): Promise<MeetingDetails> => {
  const { booking, sequence, meetingLink } = ticket;
  const { slot, mode, staffId } = booking;
  const joinUrl = meetingLink && (await ports.personalData.open(meetingLink.joinUrl));
  return {
    slot,
    mode,
    meetWith: await meetWithOf(ports, staffId),
    sequence: Math.max(sequence, 0),
    ...(mode === 'in-person' ? { place: ports.cityHall.meetingPlace } : {}),
    ...defined({ joinUrl }),
  };
};

/** Erasing deletes the letters that it finds: one that was being written meanwhile is deleted by whoever wrote it. */
const forgetIfErased = async (ports: Ports, ticketId: string): Promise<void> => {
  const { state } = await tickets.of(ports, ticketId).load();
  if (isRequested(state) && state.erased) await ports.mailer.forget(ticketId);
};

/** Sends it, and keeps for `letters list` what became of it. A throw is worth another attempt. */
export const send = async (ports: Ports, request: LetterRequest, at: Instant): Promise<Delivery> => {
  const { letterId, ticketId, kind } = request;
  const attempts = ((await ports.operations.outbox.get(letterId))?.attempts ?? 0) + 1;
  const note = async (state: 'accepted' | 'failed' | 'bounced'): Promise<void> =>
    ports.operations.outbox.note({ letterId, ticketId, kind, state, at, attempts });
  try {
    const delivery = await ports.mailer.send(ports.correspondence.compose(request));
    await note(delivery.kind === 'accepted' ? 'accepted' : 'bounced');
    // By these two one finds the letter again in the logs of the mail server; neither says to whom it went.
    if (delivery.kind === 'accepted') ports.journal.info('letter.accepted', { letterId, kind, queueId: delivery.queueId });
    else ports.journal.warn('letter.refused', { letterId, kind, reason: delivery.reason });
    return delivery;
  } catch (error) {
    await note('failed');
    throw error;
  } finally {
    await forgetIfErased(ports, ticketId);
  }
};

/** Nobody could be written to: a person is asked to. */
export const askToSend =
  (kind: LetterKind) =>
  async (ports: Ports, work: TicketWork<TicketTodo>): Promise<void> => {
    const dueAt = kind === 'resolution' && 'held' in work.ticket ? work.ticket.held.resolutionHardLimitAt : work.ticket.noticeDuty?.dueAt;
    await raiseTaskOn(ports, work, {
      kind: 'send-letter',
      staffId: work.ticket.booking.staffId,
      subjectId: letterIdOf(work.todo),
      ...defined({ dueAt }),
    });
  };
