import { restoreDay as restoreDayDecision } from '../../domain/calendar/working-days';
import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { calendars } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { DayDone } from './declare-bridge-day';
import { Command } from '../kernel/message';

export type RestoreDayInput = { readonly date: CivilDate };

export class RestoreDay extends Command<RestoreDayInput, DayDone> {}

/** The day is again what the law says. */
export const restoreDay =
  (ports: Ports) =>
  async (context: CommandContext, { date }: RestoreDayInput): Promise<DayDone | Refusal> => {
    const restored = await calendars
      .of(ports)
      .transact(context, 'restore day', (state) => restoreDayDecision({ date, at: context.at }, state));
    return isRefusal(restored) ? restored : done({ date }, restored.position);
  };
