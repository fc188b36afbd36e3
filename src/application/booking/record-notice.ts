import type { Refusal } from '../../domain/kernel/refusal';
import { gradeBy } from '../../domain/kernel/grade';
import type { NoticeOutcome } from '../../domain/ticket/facts';
import { notifyCitizen } from '../../domain/ticket/changes';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from './on-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type RecordNoticeInput = { readonly ticketId: string; readonly channel: 'phone' | 'email'; readonly outcome: NoticeOutcome };

export class RecordNotice extends Command<RecordNoticeInput, TicketDone> {}

/** Art. 8 (A21). A person told the citizen, or tried to, just now. */
export const recordNotice =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, channel, outcome }: RecordNoticeInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'notice',
      decide: (state) => notifyCitizen({ channel, outcome, notifiedAt: context.at, grade: gradeBy(context.actor), at: context.at }, state),
    });
