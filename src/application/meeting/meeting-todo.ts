import type { Instant } from '../../domain/kernel/fact';
import type { TicketTodo } from '../kernel/processes/ticket-process';

/** The online meeting of a ticket: what is to be done about it, and what the machine has made. */
export type MeetingTodo = TicketTodo & {
  readonly step: 'arrange' | 'remove';
  readonly holdId: string;
  /** with whom it is */
  readonly staffId: string;
  readonly invitationDueAt?: Instant;
  /** a meeting that the machine made, and with whom; a link that a person pasted is none */
  readonly made?: { readonly meetingId: string; readonly staffId: string };
  /** a meeting may exist that no fact names: a person was faster than the answer, or was asked after the answer was lost */
  readonly unsure?: true;
};
