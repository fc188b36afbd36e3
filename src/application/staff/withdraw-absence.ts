import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { withdrawAbsence as withdrawAbsenceDecision } from '../../domain/staff/staff-member';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { staffMembers } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { AbsenceDone } from './record-absence';
import { Command } from '../kernel/message';

export type WithdrawAbsenceInput = { readonly staffId: string; readonly absenceId: string };

export class WithdrawAbsence extends Command<WithdrawAbsenceInput, AbsenceDone> {}

/** The person will be there after all: the time is free again. */
export const withdrawAbsence =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, absenceId }: WithdrawAbsenceInput): Promise<AbsenceDone | Refusal> => {
    const withdrawn = await staffMembers
      .of(ports, staffId)
      .transact(context, 'withdraw absence', (state) => withdrawAbsenceDecision({ absenceId, at: context.at }, state));
    return isRefusal(withdrawn) ? withdrawn : done({ staffId, absenceId }, withdrawn.position);
  };
