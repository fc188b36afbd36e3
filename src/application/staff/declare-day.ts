import {
  declareBridgeDay as declareBridgeDayDecision,
  declareWorkingDay as declareWorkingDayDecision,
  restoreDay as restoreDayDecision,
} from '../../domain/calendar/working-days';
import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { calendars } from '../kernel/streams';

/** `decision`: the government decision, as one cites it. */
export type DeclareDay = { readonly date: CivilDate; readonly decision: string };
type DayDone = Done<{ readonly date: CivilDate }>;

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
