import { calendarStream, workingCalendar } from '../../domain/calendar/calendar';
import { restoreDay as restoreDayDecision } from '../../domain/calendar/working-days';
import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done } from '../kernel/done';
import { type CommandContext, execute } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import type { DayDone } from './declare-bridge-day';
import { Command } from '../kernel/message';

export type RestoreDayInput = { readonly date: CivilDate };

export class RestoreDay extends Command<RestoreDayInput, DayDone> {}

/** The day is again what the law says. */
export const restoreDay =
  (ports: Ports) =>
  async (context: CommandContext, { date }: RestoreDayInput): Promise<DayDone | Refusal> => {
    const restored = await execute(ports, context, {
      aggregate: workingCalendar,
      stream: calendarStream,
      step: 'restore day',
      decide: (state) => restoreDayDecision({ date, at: context.at }, state),
    });
    return isRefusal(restored) ? restored : done({ date }, restored.position);
  };
