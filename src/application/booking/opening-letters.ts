import type { Instant } from '../../domain/kernel/fact';
import { countCodeLetter } from './verify-email';
import { codeWaits, nextAttemptAt } from '../kernel/processes/process';
import { letterHeadOf, send } from '../kernel/processes/ticket-process';
import type { Opening } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { openableTicket, openingCode } from './opening';

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
