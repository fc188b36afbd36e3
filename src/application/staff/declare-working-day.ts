import { declareWorkingDay as declareWorkingDayDecision } from '../../domain/calendar/working-days';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { calendars } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { DayDone, DeclareDay } from './declare-bridge-day';
import { Command } from '../kernel/message';

export class DeclareWorkingDay extends Command<DeclareDay, DayDone> {}

/** A dated decision makes a free day worked. */
export const declareWorkingDay =
  (ports: Ports) =>
  async (context: CommandContext, { date, decision }: DeclareDay): Promise<DayDone | Refusal> => {
    const declared = await calendars
      .of(ports)
      .transact(context, 'working day', (state) => declareWorkingDayDecision({ date, decision, at: context.at }, state));
    return isRefusal(declared) ? declared : done({ date }, declared.position);
  };
