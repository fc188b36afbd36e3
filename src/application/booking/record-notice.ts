import { gradeBy } from '../../domain/kernel/grade';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import type { NoticeChannel, NoticeOutcome } from '../../domain/ticket/facts';
import { notifyCitizen } from '../../domain/ticket/changes';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from './on-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type RecordNoticeInput = {
  readonly ticketId: string;
  readonly channel: Exclude<NoticeChannel, 'text-message'>;
  readonly outcome: NoticeOutcome;
  /** by post: the day on which the letter was posted, also of one that came back */
  readonly postedOn?: CivilDate;
  /** by post: the number that the post gave the letter */
  readonly dispatchNumber?: string;
};

export class RecordNotice extends Command<RecordNoticeInput, TicketDone> {}

/** Art. 8 (A21). A person told the citizen, or tried to, just now; by post, on the day that they say. */
export const recordNotice =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, dispatchNumber, ...said }: RecordNoticeInput): Promise<TicketDone | Refusal> => {
    const number = defined({ dispatchNumber: dispatchNumber === undefined ? undefined : personal('record', dispatchNumber) });
    const notice = { ...said, ...number, notifiedAt: context.at, grade: gradeBy(context.actor), at: context.at };
    return decideOnTicket(ports, context, { ticketId, step: 'notice', decide: (state) => notifyCitizen(notice, state) });
  };
