import { calendarStream, workingCalendar } from '../../domain/calendar/calendar';
import { declareWorkingDay as declareWorkingDayDecision } from '../../domain/calendar/working-days';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done } from '../kernel/done';
import { type CommandContext, execute } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import type { DayDone, DeclareDay } from './declare-bridge-day';
import { Command } from '../kernel/message';

export class DeclareWorkingDay extends Command<DeclareDay, DayDone> {}

/** A dated decision makes a free day worked. */
export const declareWorkingDay =
  (ports: Ports) =>
  async (context: CommandContext, { date, decision }: DeclareDay): Promise<DayDone | Refusal> => {
    const declared = await execute(ports, context, {
      aggregate: workingCalendar,
      stream: calendarStream,
      step: 'working day',
      decide: (state) => declareWorkingDayDecision({ date, decision, at: context.at }, state),
    });
    return isRefusal(declared) ? declared : done({ date }, declared.position);
  };
