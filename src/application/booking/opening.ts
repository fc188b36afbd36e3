import type { Instant } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import { isRequested, type RequestedTicket } from '../../domain/ticket/state';
import { plusMinutes, plusSeconds, secondsBetween } from '../../domain/time/civil-time';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Opening } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketStatusRow } from '../kernel/ports/tables';
import { codeWaits, nextAttemptAt } from '../kernel/processes/process';
import { letterHeadOf, send } from '../kernel/processes/ticket-process';
import { currentTicket } from '../kernel/streams';
import { countOne, isOver, ofAddress } from '../kernel/throttle';
import { countCodeLetter } from './verify-email';

/** The code that opens a ticket in another browser: never the same as the one that booked it, though made alike. */
const openingCode = ({ personalData, policies }: Pick<Ports, 'personalData' | 'policies'>, reference: string, n: number): string =>
  personalData.verificationCode(`opening:${reference}`, n, policies.verification.value.digits);

type OpenableTicket = { readonly ticketId: string; readonly ticket: RequestedTicket };

/** The ticket of this reference, if its code can go somewhere: to the address that was verified for it. */
const openableTicket = async (ports: Ports, reference: string): Promise<OpenableTicket | undefined> => {
  const { rows } = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, {
    where: [{ column: 'reference', is: reference }],
    limit: 2,
  });
  for (const { ticketId } of rows) {
    const ticket = await currentTicket(ports, ticketId);
    if (isRequested(ticket) && !ticket.erased && ticket.verified !== undefined && ticket.contact.email !== undefined) {
      return { ticketId, ticket };
    }
  }
  return undefined;
};

/** `address`: the remote address that asks, if it is known. */
export type AskToOpenInput = { readonly reference: string; readonly address?: string };

const minutesOfAnHour = 60;

export class AskToOpen extends Command<AskToOpenInput, Done<{ readonly reference: string }>> {}

/**
 * A letter names a ticket by its reference only; whoever comes with it gets a code at the verified address. Whether there is such
 * a ticket is not looked up here, so the answer, the work and the time are the same for every reference: the letter's process
 * finds out. The bounds are those of the code that books (A9). Refuses `too-many-requests` with `retryAt`.
 */
export const askToOpen =
  (ports: Ports) =>
  async (context: CommandContext, { reference, address }: AskToOpenInput): Promise<Done<{ readonly reference: string }> | Refusal> => {
    const { policies, operations } = ports;
    const { codesPerHour, validMinutes } = policies.verification.value;
    const { seconds } = policies['code-interval'].value;
    const ofReference = { purpose: 'opening-codes', text: reference };
    const bound = { limit: codesPerHour, minutes: minutesOfAnHour };
    // The same form twice is one code; sent again later, from a page that was kept, it asks for another.
    const now = ports.clock.now();
    const at = secondsBetween(context.at, now) < seconds ? context.at : now;
    const opening = { reference, n: Math.floor(Date.parse(at) / 1000), askedAt: at, expiresAt: plusMinutes(at, validMinutes) };
    const over = (await isOver(ports, ofReference, bound, at)) ?? (await overFromThere(ports, address, at));
    if (over) return over;
    const asked = await operations.openings.ask(opening, plusSeconds(at, -seconds));
    if (asked.kind === 'too-soon') {
      const retryAt = plusSeconds(asked.askedAt, seconds);
      return refuse('too-many-requests', { retryAt, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, retryAt))) });
    }
    if (asked.kind === 'asked') await countOne(ports, ofReference, bound, at);
    return done({ reference }, '');
  };

/** No single address makes us write to many. */
const overFromThere = async (ports: Ports, address: string | undefined, at: string): Promise<Refusal | undefined> => {
  const { value } = ports.policies['code-letters'];
  if (value === null || address === undefined) return undefined;
  return countOne(ports, ofAddress('code-letters-address', address), { limit: value.perAddress, minutes: value.minutes }, at);
};

export type OpenWithCodeInput = { readonly reference: string; readonly code: string };

export class OpenWithCode extends Command<OpenWithCodeInput, Done<{ readonly ticketId: string }>> {}

/**
 * The code from the letter opens the ticket for whoever entered it. A try is counted before anything is compared, for a reference
 * of no ticket too: refusals do not tell which is which. Refuses `wrong-code` with `triesLeft`, and `code-expired`.
 */
export const openWithCode =
  (ports: Ports) =>
  async (context: CommandContext, { reference, code }: OpenWithCodeInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { openings } = ports.operations;
    const attempt = await openings.takeTry(reference, ports.clock.now(), ports.policies.verification.value.triesPerCode);
    const again = attempt.kind === 'spent' && attempt.by === context.commandId;
    if (attempt.kind !== 'compare' && !again) return refuse('code-expired');
    const right = again || (attempt.kind === 'compare' && code === openingCode(ports, reference, attempt.n));
    const found = right ? await openableTicket(ports, reference) : undefined;
    if (found === undefined) {
      const triesLeft = attempt.kind === 'compare' ? attempt.triesLeft : 0;
      return triesLeft > 0 ? refuse('wrong-code', { triesLeft }) : refuse('code-expired');
    }
    if (attempt.kind === 'compare') await openings.spend(reference, attempt.n, context.commandId);
    return done({ ticketId: found.ticketId }, '');
  };

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Tried while the code lives. An attempt is noted before it is made, under a name like those of the other letters: `letters retry` finds it. */
const sendOne = async (ports: Ports, opening: Opening, at: Instant): Promise<void> => {
  const { reference, n, askedAt, expiresAt } = opening;
  const { openings, attempts } = ports.operations;
  const found = at < expiresAt ? await openableTicket(ports, reference) : undefined;
  const letterId = ports.identifiers.derive('opening', reference, String(n));
  const head = found && (await letterHeadOf(ports, { ...found, letterId, issuedAt: askedAt }));
  if (found === undefined || head === undefined) {
    await openings.settle(reference, n);
    return;
  }
  const effectId = `process-opening-letters:${found.ticketId}:${letterId}:${askedAt}`;
  const earlier = await attempts.get(effectId);
  if (earlier?.nextAt !== undefined && earlier.nextAt > at) return;
  const attempt = await attempts.begin(effectId, at);
  const overBound = attempt === 1 ? await countCodeLetter(ports, { email: head.to }, at) : undefined;
  try {
    if (overBound === undefined) await send(ports, { ...head, kind: 'opening', code: openingCode(ports, reference, n), expiresAt }, at);
    await attempts.done(effectId);
    await openings.settle(reference, n);
  } catch (error) {
    ports.logger.warn('effect-failed', { process: 'process-opening-letters', attempt, error: nameOf(error) });
    await attempts.failed(effectId, nextAttemptAt(ports.identifiers, at, attempt, codeWaits), nameOf(error));
  }
};

/**
 * The codes that were asked for. They come from no fact, for nothing happens to a ticket when somebody asks to look at it: their
 * queue is the operations' table, and attempts, back-off and what became of each letter are kept as for all the others.
 */
export const sendOpeningLetters = async (ports: Ports, at: Instant): Promise<void> => {
  await Promise.all((await ports.operations.openings.unsent()).map((opening) => sendOne(ports, opening, at)));
};
