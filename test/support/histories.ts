import { calendarVersion, workingCalendar } from '../../src/domain/calendar/calendar';
import type { Ground } from '../../src/domain/request/facts';
import type { Mode, ModeChanged } from '../../src/domain/ticket/facts';
import { plusMinutes } from '../../src/domain/time/civil-time';
import type { Slot } from '../../src/domain/time/slot';
import { booked, cancelled, held, invited, modeChanged, notified, reassigned, rescheduled, resolved, staffAbsent } from './chapters';
import { historyOf, type History } from './history';
import { withStaff } from './retelling';
import { type Plot, type TicketEntry, bookingFor, defaultPlot, otherSlot } from './plot';

const plotWith = (changes: Partial<Plot>): Plot => ({ ...defaultPlot, ...changes });
/** Booked and invited, and what came then. */
const invitedTo = (plot: Plot, ...then: readonly TicketEntry[]): History =>
  historyOf(plot, [...booked(plot), ...invited(plot, plusMinutes(plot.requestedAt, 5)), ...then]);

/** Online, verified, invited, held, recorded, resolved. */
export const onlineHistory = (changes: Partial<Plot> = {}): History => {
  const plot = plotWith(changes);
  return invitedTo(plot, ...held(plot), ...resolved(plot));
};
/** At City Hall, with a verified address. */
export const inPersonHistory = (changes: Partial<Plot> = {}): History => onlineHistory({ mode: 'in-person', ...changes });
/** By phone, without an address: the resolution is picked up. */
export const phoneHistory = (changes: Partial<Plot> = {}): History => onlineHistory({ mode: 'phone', withEmail: false, ...changes });

export const clarification = (changes: Partial<Extract<Ground, { kind: 'clarification' }>> = {}): Ground => ({
  kind: 'clarification',
  documentNumber: '154997/R1',
  communicatedOn: '2026-02-20',
  advertisedUntil: '2026-03-22',
  // day 30 is a Sunday
  enforcedUntil: '2026-03-23',
  policy: 'clarification-window@1',
  calendarVersion: calendarVersion(workingCalendar.initial),
  lateAdmission: false,
  ...changes,
});
/** About an answer of 20 February: the 30 days end on Sunday 22 March, so Monday counts too. */
export const clarificationHistory = (changes: Partial<Plot> = {}): History => onlineHistory({ ground: clarification(), ...changes });

/** Moved by staff on Tuesday to the Tuesday after, and held there. */
export const rescheduledHistory = (changes: Partial<Plot> = {}, to: Slot = otherSlot): History => {
  const plot = plotWith(changes);
  return invitedTo(
    plot,
    ...rescheduled(plot, '2026-03-03T08:00:00.000Z', to),
    ...held(plot, to, `hold-2-${plot.ticketId}`),
    ...resolved(plot, to),
  );
};
/** Reassigned the day before, with a reason, to a colleague who holds the meeting by a link of their own; the citizen is told. */
export const reassignedHistory = (changes: Partial<Plot> = {}): History => {
  const plot = plotWith(changes);
  const colleague = { ...plot, staffId: 'S-042' };
  const holdId = `hold-2-${plot.ticketId}`;
  const at = '2026-03-04T08:00:00.000Z';
  const history = invitedTo(
    plot,
    reassigned(plot, at, { noticeDueAt: plot.slot.startsAt }),
    notified(plusMinutes(at, 5), 'reassigned'),
    ...invited(colleague, plusMinutes(at, 6), plot.slot, 3),
    ...held(colleague, plot.slot, holdId),
    ...resolved(colleague),
  );
  return withStaff(history, 'S-042');
};
/** Changed by staff on Tuesday to another way to meet, at the same hour, and held so. */
export const modeChangedHistory = (changes: Partial<Plot> = {}, mode: Mode = 'phone', more: Partial<ModeChanged['data']> = {}): History => {
  const plot = plotWith(changes);
  const to = { ...plot, mode };
  const at = '2026-03-03T08:00:00.000Z';
  return invitedTo(
    plot,
    modeChanged(plot, mode, at, more),
    notified(plusMinutes(at, 5), 'mode-changed'),
    ...invited(to, plusMinutes(at, 6), to.slot, 2),
    ...held(to),
    ...resolved(to),
  );
};
/** By phone at first, and online from Tuesday on: the citizen accepted the notice with it. */
export const becameOnlineHistory = (
  more: Partial<ModeChanged['data']> = { recordingNotice: { version: '2026-1', acceptedAt: '2026-03-03T08:00:00.000Z' } },
): History => modeChangedHistory({ mode: 'phone' }, 'online', more);
/** The staff member did not come; told the same hour, moved the next morning, held in the new hour. */
export const staffAbsentHistory = (changes: Partial<Plot> = {}, to: Slot = otherSlot): History => {
  const plot = plotWith(changes);
  return invitedTo(
    plot,
    staffAbsent(plot, plusMinutes(plot.slot.startsAt, 15)),
    notified(plusMinutes(plot.slot.startsAt, 40), 'staff-absent', 'phone'),
    ...rescheduled(plot, '2026-03-06T07:30:00.000Z', to),
    ...held(plot, to, `hold-2-${plot.ticketId}`),
    ...resolved(plot, to),
  );
};
/** Cancelled by staff on Tuesday; told by e-mail, and by phone the citizen wants no other hour. */
export const cancelledHistory = (changes: Partial<Plot> = {}): History => {
  const plot = plotWith(changes);
  return invitedTo(
    plot,
    cancelled(plot, '2026-03-03T08:00:00.000Z'),
    notified('2026-03-03T08:01:00.000Z', 'cancelled'),
    notified('2026-03-03T09:00:00.000Z', 'cancelled', 'phone', 'declined-new-slot'),
  );
};
/** The citizen did not come. */
export const citizenAbsentHistory = (changes: Partial<Plot> = {}): History => {
  const plot = plotWith(changes);
  const absentAt = plusMinutes(plot.slot.startsAt, 10);
  return invitedTo(plot, [absentAt, { type: 'CitizenAbsent', data: { ...bookingFor(plot), waitedMinutes: 10, absentAt } }]);
};
/** The code was never entered. */
export const lapsedHistory = (changes: Partial<Plot> = {}): History => {
  const plot = plotWith(changes);
  const lapsedAt = plusMinutes(plot.requestedAt, 15);
  return historyOf(plot, [
    ...booked(plot).slice(0, 2),
    [lapsedAt, { type: 'Lapsed', data: { ...bookingFor(plot), cause: 'not-verified', lapsedAt } }],
  ]);
};

/** Each way that a ticket can go, by its name. */
export const everyHistory = {
  online: onlineHistory(),
  'in person': inPersonHistory(),
  'by phone': phoneHistory(),
  'for a clarification': clarificationHistory(),
  rescheduled: rescheduledHistory(),
  reassigned: reassignedHistory(),
  'mode changed': modeChangedHistory(),
  'became online': becameOnlineHistory(),
  'staff absent': staffAbsentHistory(),
  cancelled: cancelledHistory(),
  'citizen absent': citizenAbsentHistory(),
  lapsed: lapsedHistory(),
} as const;
