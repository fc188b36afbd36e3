import { refuse, isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { ops, skipEvent, skipEvents } from '../../domain/ops/ops';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { operationsOn } from '../kernel/streams';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';
import { isChosen, isSeen } from './parked-groups';

export type SkipParkedInput = { readonly id: string; readonly reason: string };

export class SkipParked extends Command<SkipParkedInput, Done<{ readonly id: string }>> {}

/** An official decides that a table goes on without an event that it cannot take; a rebuild leaves it out too. */
export const skipParked =
  (ports: Ports) =>
  async (context: CommandContext, { id, reason }: SkipParkedInput): Promise<Done<{ readonly id: string }> | Refusal> => {
    const parked = (await ports.readModels.parked()).find((row) => row.id === id);
    if (parked === undefined) return refuse('not-found');
    const { projection, key, eventId } = parked;
    const aboutTheTable = await operationsOn(ports, projection);
    const skipped = await aboutTheTable.transact(context, 'skip', (state) =>
      skipEvent({ projection, key, eventId, reason, at: context.at }, state),
    );
    return isRefusal(skipped) ? skipped : done({ id }, skipped.position);
  };

/** The rows of a table, or of one error there; `upTo`: id of the newest row that the operator who decides has seen. */
export type SkipParkedGroupInput = {
  readonly projection: string;
  readonly error?: string;
  readonly upTo: string;
  readonly reason: string;
};

export class SkipParkedGroup extends Command<SkipParkedGroupInput, Done<{ readonly rows: number }>> {}

/** So many characters, however it is asked for. */
export const longestReason = 1000;
/** So many facts are appended at once: with the longest reason they stay well below what a store takes. */
const togetherAtMost = 100;

/**
 * The same decision about all of them, a fact for each row. Nothing is skipped where a row waits that was parked after the newest that was
 * seen: no operator has decided about it. Cut off between two appends and asked for again, it goes on with what still waits.
 */
export const skipParkedGroup =
  (ports: Ports) =>
  async (
    context: CommandContext,
    { upTo, reason, ...choice }: SkipParkedGroupInput,
  ): Promise<Done<{ readonly rows: number }> | Refusal> => {
    const { projection } = choice;
    const aboutTheTable = await operationsOn(ports, projection);
    // before it is said whether anything waits
    const forbidden = await aboutTheTable.forbids(context, ops.initial, { type: 'EventSkipped', data: {} });
    if (forbidden) return forbidden;
    const chosen = (await ports.readModels.parked()).filter((item) => isChosen(choice, item));
    if (chosen.length === 0) return refuse('not-found');
    if (chosen.some((item) => !isSeen(item, upTo))) return refuse('precondition-failed');
    let position: Position = '';
    for (let from = 0; from < chosen.length; from += togetherAtMost) {
      const part = chosen.slice(from, from + togetherAtMost);
      const commands = part.map(({ key, eventId }) => ({ projection, key, eventId, reason, at: context.at }));
      // an append of the same rows is the same append, also when other rows still wait
      const step = `skip ${part.map(({ id }) => id).join(' ')}`;
      const skipped = await aboutTheTable.transact(context, step, (state) => skipEvents(commands, state));
      if (isRefusal(skipped)) return skipped;
      position = skipped.position;
    }
    return done({ rows: chosen.length }, position);
  };
