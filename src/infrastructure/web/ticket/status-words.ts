import type { TicketStatus } from '../../../domain/ticket/state';

/** Before the meeting, after it, and where there is none. */
type Time = 'ahead' | 'held' | 'off';

const held: readonly TicketStatus[] = ['held', 'resolved', 'concluded'];
/** Ended without a meeting: another can be asked for. */
export const endedWithout: readonly TicketStatus[] = ['lapsed', 'cancelled', 'citizen-absent'];

export const timeOf = (status: TicketStatus): Time => (held.includes(status) ? 'held' : endedWithout.includes(status) ? 'off' : 'ahead');
