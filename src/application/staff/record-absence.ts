import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { recordAbsence as recordAbsenceDecision, withdrawAbsence as withdrawAbsenceDecision } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { staffMembers } from '../kernel/streams';
import { instantOf } from '../kernel/typed-values';

/** Instants: `from` inclusive, `to` exclusive. */
export type RecordAbsenceInput = { readonly staffId: string; readonly from: string; readonly to: string; readonly reason: string };
type AbsenceDone = Done<{ readonly staffId: string; readonly absenceId: string }>;

/** The id of the absence that this command records. */
export const absenceIdOf = ({ identifiers }: Pick<Ports, 'identifiers'>, commandId: string, staffId: string): string =>
  identifiers.derive(commandId, 'absence', staffId);

export class RecordAbsence extends Command<RecordAbsenceInput, AbsenceDone> {}

/** A16. Nothing can be booked in that time; meetings already there become tasks (Art. 8). The same command is the same absence. */
export const recordAbsence =
  (ports: Ports) =>
  async (context: CommandContext, command: RecordAbsenceInput): Promise<AbsenceDone | Refusal> => {
    const { staffId, reason } = command;
    const from = instantOf('from', command.from);
    if (isRefusal(from)) return from;
    const to = instantOf('to', command.to);
    if (isRefusal(to)) return to;
    const absenceId = absenceIdOf(ports, context.commandId, staffId);
    const absence = { absenceId, from: from.instant, to: to.instant, reason: personal('staff', reason), at: context.at };
    const recorded = await staffMembers.of(ports, staffId).transact(context, 'absence', (state) => recordAbsenceDecision(absence, state));
    return isRefusal(recorded) ? recorded : done({ staffId, absenceId }, recorded.position);
  };

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
