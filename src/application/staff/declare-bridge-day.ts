import { declareBridgeDay as declareBridgeDayDecision } from '../../domain/calendar/working-days';
import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { calendars } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

/** `decision`: the government decision, as one cites it. */
export type DeclareDay = { readonly date: CivilDate; readonly decision: string };
export type DayDone = Done<{ readonly date: CivilDate }>;

export class DeclareBridgeDay extends Command<DeclareDay, DayDone> {}

/** A dated decision frees public staff on a working day. */
export const declareBridgeDay =
  (ports: Ports) =>
  async (context: CommandContext, { date, decision }: DeclareDay): Promise<DayDone | Refusal> => {
    const declared = await calendars
      .of(ports)
      .transact(context, 'bridge day', (state) => declareBridgeDayDecision({ date, decision, at: context.at }, state));
    return isRefusal(declared) ? declared : done({ date }, declared.position);
  };
