import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { staffStream } from '../../domain/staff/facts';
import { staffMember, withdrawAbsence as withdrawAbsenceDecision } from '../../domain/staff/staff-member';
import { done } from '../kernel/done';
import { type CommandContext, execute } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import type { AbsenceDone } from './record-absence';
import { Command } from '../kernel/message';

export type WithdrawAbsenceInput = { readonly staffId: string; readonly absenceId: string };

export class WithdrawAbsence extends Command<WithdrawAbsenceInput, AbsenceDone> {}

/** The person will be there after all: the time is free again. */
export const withdrawAbsence =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, absenceId }: WithdrawAbsenceInput): Promise<AbsenceDone | Refusal> => {
    const withdrawn = await execute(ports, context, {
      aggregate: staffMember,
      stream: staffStream(staffId),
      step: 'withdraw absence',
      decide: (state) => withdrawAbsenceDecision({ absenceId, at: context.at }, state),
    });
    return isRefusal(withdrawn) ? withdrawn : done({ staffId, absenceId }, withdrawn.position);
  };
