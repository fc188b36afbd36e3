import { type Refusal, isRefusal, refuse } from '../../domain/kernel/refusal';
import { closeStream as close, ofDamage, ops } from '../../domain/ops/ops';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import type { ExecutePorts } from '../kernel/aggregates';
import { Command } from '../kernel/message';
import type { StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import { operationsOn } from '../kernel/streams';

export type CloseStreamInput = { readonly stream: string; readonly reason: string };

export class CloseStream extends Command<CloseStreamInput, Done<StreamDamage>> {}

/**
 * An official decides that all other streams go on although this one is damaged: until an operator mends it, it is neither read nor
 * written.
 */
export const closeStream =
  (ports: ExecutePorts) =>
  async (context: CommandContext, { stream, reason }: CloseStreamInput): Promise<Done<StreamDamage> | Refusal> => {
    const ofStreams = await operationsOn(ports, ofDamage);
    // before it is said whether anything is damaged
    const forbidden = await ofStreams.forbids(context, ops.initial, { type: 'StreamClosed', data: {} });
    if (forbidden) return forbidden;
    const damage = (await ports.store.damaged?.())?.find((one) => one.stream === stream);
    if (damage === undefined) return refuse('not-found');
    const closed = await ofStreams.transact(context, 'close', (state) => close({ ...damage, reason, at: context.at }, state));
    return isRefusal(closed) ? closed : done(damage, closed.position);
  };
