import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { noChange } from '../../domain/kernel/decider';
import { ofTheLog, settleLoss as settle } from '../../domain/ops/ops';
import { ticketStream } from '../../domain/ticket/facts';
import { finishTask } from '../../domain/ticket/tasks';
import { isRequested } from '../../domain/ticket/ticket';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import { operationsOn, tickets } from '../kernel/streams';

export type SettleLossInput = { readonly stream: string; readonly note: string };

/**
 * An official has looked after what is gone of this stream: the task about it, where the ticket is there, is done, and that is said. In
 * this order: if it ends in between, the same can be asked again.
 */
export const settleLoss =
  (ports: Pick<Ports, 'store' | 'codec' | 'identifiers' | 'streamCache'>) =>
  async (context: CommandContext, { stream, note }: SettleLossInput): Promise<Done<{ readonly stream: string }> | Refusal> => {
    const { at } = context;
    const aboutTheLog = await operationsOn(ports, ofTheLog);
    const { state: known } = await aboutTheLog.load();
    // before it is said whether anything is gone of it
    const forbidden = await aboutTheLog.forbids(context, known, { type: 'LossSettled', data: {} });
    if (forbidden) return forbidden;
    const settling = (state: typeof known) => settle({ stream, note, at }, state);
    const refused = settling(known);
    if (isRefusal(refused)) return refused;
    if (stream.startsWith(ticketStream(''))) {
      const ended = await tickets.of(ports, stream.slice(ticketStream('').length)).transact(context, 'end facts-lost', (state) => {
        const open = isRequested(state)
          ? Object.values(state.tasks).find(({ kind, done: over }) => kind === 'facts-lost' && !over)
          : undefined;
        return open === undefined ? noChange() : finishTask({ taskId: open.taskId, at }, state);
      });
      if (isRefusal(ended)) return ended;
    }
    const settled = await aboutTheLog.transact(context, 'settle', settling);
    return isRefusal(settled) ? settled : done({ stream }, settled.position);
  };
