import { refuse, isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { skipEvent } from '../../domain/ops/ops';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { operationsOn } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

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
