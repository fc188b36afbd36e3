import { defined } from '@tichet-albastru/kernel/defined';
import type { RefusalCode } from '../../domain/kernel/refusal';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { ticketStream } from '../../domain/ticket/facts';
import type { Done } from './done';
import type { CommandContext } from './execute';
import type { Ports } from './ports/ports';

/** Which stream a command is about, from its own fields; `undefined`: neither a ticket nor a request, and nothing is noted. */
export type About<C> = (command: C) => string | undefined;

export const aboutTicket: About<{ readonly ticketId: string }> = ({ ticketId }) => ticketStream(ticketId);
/** A booking that is refused makes no ticket: it is about the request, and is read with the ticket that came later. */
export const aboutRequest: About<{ readonly request: RequestIdentity }> = ({ request }) => requestStream(request);
export const aboutRegistered: About<RequestIdentity> = ({ number, filedOn }) => requestStream({ number, filedOn });
/** Staff, calendars, and every command that names neither ticket nor request: lookups say who asked for whom. */
export const aboutNeither: About<unknown> = () => undefined;

/** Never noted: what was not found (it would say who asked for what), and who was told to come later (it may be a machine). */
const passedOver: readonly RefusalCode[] = ['not-found', 'request-not-found', 'too-many-requests', 'conflict'];

type Run<C, T> = (context: CommandContext, command: C) => Promise<Done<T> | Refusal>;

/**
 * The same command, with its refusals noted in the operational journal: after the decision, and without changing it. A line that cannot
 * be written is told in the service's journal; the answer stands.
 */
export const notingRefusals =
  <C, T>({ operations, logger }: Pick<Ports, 'operations' | 'logger'>, name: string, about: About<C>, run: Run<C, T>): Run<C, T> =>
  async (context, command) => {
    const outcome = await run(context, command);
    if (!isRefusal(outcome) || passedOver.includes(outcome.code)) return outcome;
    const subject = about(command);
    if (subject === undefined) return outcome;
    const { code, article } = outcome;
    const { commandId, at, actor } = context;
    try {
      await operations.refusals.note({ subject, commandId, at, command: name, code, ...defined({ article }), actor });
    } catch (error) {
      logger.warn('refusal.not-noted', { command: name, code, kind: error instanceof Error ? error.name : 'unknown' });
    }
    return outcome;
  };
