import type { Decision } from '../domain/kernel/decider';
import type { Instant } from '../domain/kernel/instant';
import type { PersonalText } from '../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../domain/kernel/refusal';
import { ticketStream, type TicketFact } from '../domain/ticket/facts';
import { isRequested, type TicketState } from '../domain/ticket/state';
import { ticket } from '../domain/ticket/ticket';
import { parseInstant } from '../domain/time/civil-time';
import { advance } from './advance';
import { done, type Done } from './done';
import { type CommandContext, execute } from './execute';
import type { Ports } from './ports/ports';

export type TicketDone = Done<{ readonly ticketId: string }>;

/** One decision about one ticket: one append to its stream, answered with its id. */
export const decideOnTicket = async (
  ports: Ports,
  context: CommandContext,
  target: {
    readonly ticketId: string;
    readonly step: string;
    readonly decide: (state: TicketState) => Decision<TicketFact> | Promise<Decision<TicketFact>>;
  },
): Promise<TicketDone | Refusal> => {
  const { ticketId, step, decide } = target;
  const executed = await execute(ports, context, { aggregate: ticket, stream: ticketStream(ticketId), step, decide });
  return isRefusal(executed) ? executed : done({ ticketId }, executed.position);
};

/** The same for a decision that may end the ticket: its request is freed at once, and not only when the booking process passes. */
export const decideAndAdvance = async (
  ports: Ports,
  context: CommandContext,
  target: Parameters<typeof decideOnTicket>[2],
): Promise<TicketDone | Refusal> => {
  const { ticketId, step, decide } = target;
  const executed = await execute(ports, context, { aggregate: ticket, stream: ticketStream(ticketId), step, decide });
  if (isRefusal(executed)) return executed;
  if (!isRequested(executed.state)) return refuse('not-found');
  const advanced = await advance(ports, context, { ticketId, request: executed.state.booking.request });
  return done({ ticketId }, advanced.position > executed.position ? advanced.position : executed.position);
};

/** An instant from outside, in canonical form; refuses `invalid` naming the field. */
export const instantOf = (field: string, text: string): { readonly instant: Instant } | Refusal => {
  const instant = parseInstant(text);
  return instant === undefined ? refuse('invalid', { field, reason: 'not-an-instant' }) : { instant };
};

/** Whether a text from outside is the one on record, which is opened only to compare. */
export const isSameText = async (
  ports: Pick<Ports, 'personalData'>,
  recorded: PersonalText | undefined,
  text: string | undefined,
): Promise<boolean> =>
  recorded === undefined ? text === undefined : text !== undefined && (await ports.personalData.open(recorded)) === text;
