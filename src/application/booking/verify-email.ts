import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { lapse } from '../../domain/ticket/request-ticket';
import type { PendingTicket, TicketState } from '../../domain/ticket/state';
import { failVerification, verifyEmail as verifyEmailDecision } from '../../domain/ticket/verification';
import { advanceBooking } from './advance-booking';
import { normalisedEmail } from './code-letters';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { tickets } from '../kernel/streams';
import { alternativesTo } from './free-slots';
import { openTicket } from './open-ticket';
import type { Position } from '../kernel/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type VerifyEmailInput = { readonly ticketId: string; readonly code: string };

export class VerifyEmail extends Command<VerifyEmailInput, Done<{ readonly ticketId: string }>> {}

/**
 * Art. 3 e. Step 4 of a booking, then as far as it goes: answers after `Scheduled`.
 * A try is counted before anything is compared, so a thousand at once compare no more often than the policy allows.
 */
export const verifyEmail =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, code }: VerifyEmailInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { state, events, position } = await tickets.of(ports, ticketId).load();
    if (state.status === 'absent') return refuse('not-found');
    // This very command verified it before: it is answered as the first time.
    const again = events.some(({ fact, commandId }) => fact.type === 'EmailVerified' && commandId === context.commandId);
    if (again) return finish(ports, context, ticketId, state, position);
    if (state.status === 'lapsed') return refuse('code-expired', { article: '3 e' });
    if (state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e', status: state.status });
    const compared = await compare(ports, context, ticketId, state, code);
    if (isRefusal(compared)) return compared;

    const capped = await claimPlace(ports, context, ticketId, state);
    if (capped) return capped;
    const verified = await tickets
      .of(ports, ticketId)
      .transact(context, 'verify', (current) => verifyEmailDecision({ n: compared.n, at: context.at }, current));
    if (isRefusal(verified)) {
      // It may have lapsed since it was looked at: then nobody else would give its place under the address back.
      await advanceBooking(ports, context, { ticketId, request: state.booking.request });
      return verified;
    }
    await ports.operations.verification.spend(ticketId, compared.n);
    return finish(ports, context, ticketId, verified.state, verified.position);
  };

const compare = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  state: PendingTicket,
  typed: string,
): Promise<{ readonly n: number } | Refusal> => {
  const { triesPerCode, digits } = ports.policies.verification.value;
  const newest = state.codes.at(-1);
  if (!newest) return refuse('code-expired', { article: '3 e' });
  // The fact may stand without its row when a crash came in between; opening it again changes nothing.
  await ports.operations.verification.open(ticketId, newest.n, newest.expiresAt);
  const attempt = await ports.operations.verification.takeTry(ticketId, context.at, triesPerCode);
  if (attempt.kind !== 'compare') return refuse('code-expired', { article: '3 e' });
  const { n, triesLeft } = attempt;
  if (typed.trim() === ports.personalData.verificationCode(ticketId, n, digits)) return { n };
  await tickets
    .of(ports, ticketId)
    .transact(context, `fail ${String(n)} ${String(triesLeft)}`, (current) => failVerification({ n, triesLeft, at: context.at }, current));
  return triesLeft > 0 ? refuse('wrong-code', { article: '3 e', triesLeft }) : refuse('code-expired', { article: '3 e' });
};

/** A24: at most so many active tickets for one verified address, decided here because earlier would reveal the others. */
const claimPlace = async (ports: Ports, context: CommandContext, ticketId: string, state: PendingTicket): Promise<Refusal | undefined> => {
  const email = state.contact.email && (await ports.personalData.open(state.contact.email));
  if (email === undefined) return refuse('wrong-state');
  const limit = ports.policies['tickets-per-email'].value.active;
  const tag = ports.personalData.tag('email-cap', normalisedEmail(email));
  if (await ports.operations.places.claim(tag, ticketId, limit)) return undefined;
  const { request, staffId, slot, holdId } = state.booking;
  await tickets
    .of(ports, ticketId)
    .transact(context, 'too-many', (current) =>
      lapse({ cause: 'too-many-tickets', at: context.at, request, place: { staffId, slot, holdId } }, current),
    );
  await advanceBooking(ports, context, { ticketId, request });
  return refuse('too-many-tickets', { limit });
};

const finish = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  state: TicketState,
  verifiedAt: Position,
): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
  const booking = openTicket(state);
  if (isRefusal(booking)) return booking;
  const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request });
  if (standing.status !== 'lapsed') return done({ ticketId }, position > verifiedAt ? position : verifiedAt);
  const { staffId, slot } = booking;
  return refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, staffId, slot.startsAt, context.at) });
};
