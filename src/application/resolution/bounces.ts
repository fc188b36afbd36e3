import { pause } from '@tichet-albastru/kernel/pause';
import { gradeBy } from '../../domain/kernel/grade';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { noteLetterBounced } from '../../domain/ticket/resolution';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { normalisedEmail } from '../booking/normalised-email';
import { type CommandContext, commandOf } from '../kernel/execute';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import { Command } from '../kernel/message';
import { forbiddenOnTicket } from '../kernel/permission';
import { type BounceMailbox, type DeliveryReport, MailboxUnavailable } from '../kernel/ports/bounce-mailbox';
import type { LetterKind } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar, currentTicket } from '../kernel/streams';
import { isToOfficial, officialLetterReturned } from '../staff/official-letters';

export type LetterBounced = { readonly letterId: string };

export class RecordBouncedLetter extends Command<LetterBounced, TicketDone> {}

/**
 * A code that came back says nothing about the ticket, whether it was to open or to verify; nor does a notice to an address that was
 * replaced.
 */
type SaysNothing = 'opening' | 'new-address' | 'address-changed';
const saysNothing = (kind: LetterKind): kind is SaysNothing => kind === 'opening' || kind === 'new-address' || kind === 'address-changed';

/** C18. A person, or the mailbox of bounces, saw a letter come back. Refuses `not-found` for a letter that we never made. */
export const letterBounced =
  (ports: Ports) =>
  async (context: CommandContext, { letterId }: LetterBounced): Promise<TicketDone | Refusal> => {
    const letter = await ports.operations.outbox.get(letterId);
    if (letter === undefined || isToOfficial(letter.kind) || letter.kind === 'text-message') return refuse('not-found');
    const { ticketId } = letter;
    const forbidden = await forbiddenOnTicket(ports, context.asker, 'letter.noted-bounced', ticketId);
    if (forbidden) return forbidden;
    const calendar = await currentCalendar(ports);
    const grade = gradeBy(context.actor);
    const kind = saysNothing(letter.kind) ? 'code' : letter.kind;
    const noted = await decideOnTicket(ports, context, {
      ticketId,
      step: `bounced ${letterId}`,
      decide: (state) => noteLetterBounced({ letterId, kind, grade, at: context.at, policies: ports.policies, calendar }, state),
    });
    // it keeps its place among the letters: one that left after it is still the newest
    if (!isRefusal(noted)) await ports.operations.outbox.note({ ...letter, state: 'bounced' });
    return noted;
  };

/**
 * `noted`: the letter came back, and the ticket says so. `ignored`: it is still on its way, or the person was forgotten meanwhile.
 * `unknown`: no letter of ours, or not to that address.
 */
type ReportOutcome = 'noted' | 'ignored' | 'unknown';

const source = 'bounces';

/** Where letters about this ticket have gone, or a code: a report may come once another address holds. */
const addressesOf = async ({ personalData }: Ports, { contact, newAddress }: RequestedTicket): Promise<readonly string[]> => {
  const sealed = [contact.email, newAddress?.awaited?.email, ...(newAddress?.former ?? []).map(({ email }) => email)];
  const opened = await Promise.all(sealed.filter((text) => text !== undefined).map((text) => personalData.open(text)));
  return opened.filter((email) => email !== undefined);
};

/**
 * C18. A report counts for a letter that was made here, and only for the address to which it went: a forger must know both, and gains only
 * that an official phones the citizen. The command is the same however often a report comes.
 */
export const noteReport =
  (ports: Ports) =>
  async ({ letterId, recipients }: DeliveryReport): Promise<ReportOutcome> => {
    const letter = await ports.operations.outbox.get(letterId);
    if (letter === undefined) return 'unknown';
    const goneTo = (address: string) => recipients.filter(({ addresses }) => addresses.some((one) => normalisedEmail(one) === address));
    const hasFailed = (ours: typeof recipients): boolean => ours.some(({ action }) => action === 'failed');
    if (isToOfficial(letter.kind)) {
      if (!hasFailed(recipients)) return 'ignored';
      return officialLetterReturned(ports, letter, (email) => hasFailed(goneTo(normalisedEmail(email))));
    }
    const ticket = await currentTicket(ports, letter.ticketId);
    if (!isRequested(ticket)) return 'unknown';
    const emails = ticket.erased ? [] : await addressesOf(ports, ticket);
    if (emails.length === 0) return 'ignored';
    const ours = [...new Set(emails.map(normalisedEmail))].flatMap(goneTo);
    if (ours.length === 0) return 'unknown';
    if (!hasFailed(ours)) return 'ignored';
    const context = commandOf({ kind: 'provider', name: source }, ports.identifiers.derive(source, letterId), ports.clock.now());
    return isRefusal(unlessContended(await letterBounced(ports)(context, { letterId }))) ? 'unknown' : 'noted';
  };

/** What was found, for numbers: a message that is no report of ours is `unknown`, a mailbox that is not read `not-read`. */
export type BounceFound = ReportOutcome | 'not-read';

export type BounceReading = {
  readonly mailbox: BounceMailbox;
  readonly watch: (found: BounceFound) => void;
  /** milliseconds from one reading to the next (60 000) */
  readonly pause?: number;
};

const usualPause = 60_000;
/** A mailbox that does not answer is asked less and less often, up to so many pauses apart. */
const longestPauses = 15;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Reads the mailbox once. Messages that are no report about a letter of ours are left alone, and counted when they are first seen. */
export const readBouncesOnce = async (ports: Ports, { mailbox, watch }: BounceReading, signal: AbortSignal): Promise<void> => {
  const note = noteReport(ports);
  await mailbox.read(async ({ report, again }) => {
    const outcome = report === undefined ? 'unknown' : await note(report);
    if (outcome !== 'unknown') {
      watch(outcome);
      const status = report?.recipients.find(({ action }) => action === 'failed')?.status;
      ports.logger.info('bounce.read', { letterId: report?.letterId, kind: outcome, status });
      return 'done';
    }
    if (!again) {
      watch('unknown');
      ports.logger.warn('bounce.unknown', {});
    }
    return 'left';
  }, signal);
};

/**
 * Reads it again and again until the signal aborts. A mailbox that cannot be read loses nothing, since the reports wait in it; it is told
 * in the log and in the numbers each time.
 */
export const readBounces = async (ports: Ports, reading: BounceReading, signal: AbortSignal): Promise<void> => {
  let failures = 0;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      await readBouncesOnce(ports, reading, signal);
      failures = 0;
    } catch (error) {
      if (isOver()) return;
      failures += 1;
      reading.watch('not-read');
      const why = error instanceof MailboxUnavailable ? { reason: error.reason, code: error.code } : {};
      ports.logger.error('bounces.not-read', { attempt: failures, error: nameOf(error), ...why });
    }
    const pauses = Math.min(longestPauses, 2 ** Math.max(0, failures - 1));
    await pause((reading.pause ?? usualPause) * pauses, signal);
  }
};
