import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { lapse } from '../../domain/ticket/request-ticket';
import { type CodeState, isRequested, newestCode, type PendingTicket, type TicketState } from '../../domain/ticket/ticket';
import { failVerification, issueCode, verifyEmail as verifyEmailDecision } from '../../domain/ticket/verification';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { Command } from '../kernel/message';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { currentTicket, tickets } from '../kernel/streams';
import { giveBackAll, ofAddress, type Place, takePlaces } from '../kernel/throttle';
import { codeOfTicket, issuing } from './codes';
import { advanceBooking } from './advance-booking';
import { normalisedEmail } from './normalised-email';
import { takeHour } from './one-hour';
import { openTicket } from './cancel-ticket';
import { alternativesTo } from './slots';

/** To whom a code would go, and the remote address that asks; none when the caller is not remote. */
type CodeLetter = { readonly email: string; readonly address?: string | undefined };

/**
 * `code-letters` bounds the letters to one mailbox. Each kind of letter has a count of its own, so that one kind does not use up another's.
 */
export const lettersTo = ({ policies }: Pick<Ports, 'policies'>, email: string, purpose: string): readonly Place[] => {
  const { value } = policies['code-letters'];
  if (value === null) return [];
  return [{ counted: { purpose, text: normalisedEmail(email) }, bound: { limit: value.perEmail, minutes: value.minutes } }];
};

/** No single address makes us write to many (`code-letters`). */
export const lettersFrom = ({ policies }: Pick<Ports, 'policies'>, address: string | undefined, purpose: string): readonly Place[] => {
  const { value } = policies['code-letters'];
  if (value === null || address === undefined) return [];
  return [{ counted: ofAddress(purpose, address), bound: { limit: value.perAddress, minutes: value.minutes } }];
};

/** The places of a code letter that is about to be sent; where none goes out they are given back. */
export const codeLetter = (ports: Ports, { email, address }: CodeLetter): readonly Place[] => [
  ...lettersTo(ports, email, 'code-letters-email'),
  ...lettersFrom(ports, address, 'code-letters-address'),
];

/** `address`: the remote address that asks, if it is known. */
export type NewCodeInput = { readonly ticketId: string; readonly address?: string };

export class SendNewCode extends Command<NewCodeInput, Done<{ readonly ticketId: string }>> {}

/**
 * A9. A new code replaces the old one, and the slot is held a little longer. It is asked for whenever it is asked: refused
 * `too-many-requests`, the same command may be repeated later, and a code that it gets late lives as long as any other.
 */
export const newCode =
  (asked: Ports) =>
  async (command: CommandContext, { ticketId, address }: NewCodeInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, command.known);
    const context = { ...command, at: ports.clock.now() };
    const { at } = context;
    const state = await currentTicket(ports, ticketId);
    const forbidden = await tickets.of(ports, ticketId).forbids(context, state, { type: 'VerificationCodeIssued', data: {} });
    if (forbidden) return forbidden;
    const places = await letterOf(ports, state, { address, at });
    const throttled = await takePlaces(ports, places, at);
    if (throttled) return throttled;
    const issued = await tickets.of(ports, ticketId).transact(context, 'new-code', issuing(ports, ticketId, { at }));
    if (isRefusal(issued)) {
      await giveBackAll(ports, places, at);
      return issued;
    }
    const booking = openTicket(issued.state);
    if (isRefusal(booking)) return booking;
    // The agenda hears of the longer hold; if another writer was faster there, the ticket ends here.
    const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request });
    return standing.status === 'lapsed' ? refuse('code-expired', { article: '3 e' }) : done({ ticketId }, position);
  };

/** Counted only where a code would be sent: what is refused anyway, or was done before, is not. */
const letterOf = async (
  ports: Ports,
  state: TicketState,
  { address, at }: { readonly address: string | undefined; readonly at: Instant },
): Promise<readonly Place[]> => {
  const { policies } = ports;
  if (!isRequested(state) || state.contact.email === undefined || isRefusal(issueCode({ at, policies }, state))) return [];
  const email = await ports.personalData.open(state.contact.email);
  return email === undefined ? [] : codeLetter(ports, { email, address });
};

export type VerifyEmailInput = { readonly ticketId: string; readonly code: string };

export class VerifyEmail extends Command<VerifyEmailInput, Done<{ readonly ticketId: string }>> {}

/**
 * Art. 3 e. Step 4 of a booking, then as far as it goes: answers after `Scheduled`.
 * A try is counted before anything is compared, so a thousand at once compare no more often than the policy allows.
 */
export const verifyEmail =
  (asked: Ports) =>
  async (context: CommandContext, { ticketId, code }: VerifyEmailInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { state, events, position } = await tickets.of(ports, ticketId).load();
    if (state.status === 'absent') return refuse('not-found');
    const forbidden = await tickets.of(ports, ticketId).forbids(context, state, { type: 'EmailVerified', data: {} });
    if (forbidden) return forbidden;
    // This very command verified it before: it is answered as the first time.
    const again = events.some(({ fact, commandId }) => fact.type === 'EmailVerified' && commandId === context.commandId);
    if (again) return finish(ports, context, ticketId, state, position);
    if (state.status === 'lapsed') return refuse('code-expired', { article: '3 e' });
    if (state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e', status: state.status });
    const newest = newestCode(state);
    if (!newest) return refuse('code-expired', { article: '3 e' });
    const compared = await compareCode(ports, context, { ticketId, newest, typed: code, fail: failVerification });
    if (isRefusal(compared)) return compared;

    const capped = (await claimPlace(ports, context, ticketId, state)) ?? (await claimHour(ports, context, ticketId, state));
    if (capped) return capped;
    const verified = await tickets
      .of(ports, ticketId)
      .transact(context, 'verify', (current) => verifyEmailDecision({ n: compared.n, at: context.at }, current));
    if (isRefusal(verified)) {
      // It may have lapsed since it was looked at: then no other step would give its place under the address back.
      await advanceBooking(ports, context, { ticketId, request: state.booking.request });
      return verified;
    }
    await spendCode(ports, ticketId, compared.n);
    return finish(ports, context, ticketId, verified.state, verified.position);
  };

/** The code that was entered rightly never works again. */
export const spendCode = async ({ operations }: Ports, ticketId: string, n: number): Promise<void> => {
  await operations.verification.spend(ticketId, n);
  await operations.codes.remove(codeOfTicket(ticketId, n));
};

type TypedCode = {
  readonly ticketId: string;
  readonly newest: Pick<CodeState, 'n' | 'expiresAt'>;
  readonly typed: string;
  /** what is noted of wrong digits */
  readonly fail: typeof failVerification;
};

/** Whether these are the digits of the newest code. A try is counted before anything is compared. Refuses `wrong-code` and `code-expired`. */
export const compareCode = async (
  ports: Ports,
  context: CommandContext,
  { ticketId, newest, typed, fail }: TypedCode,
): Promise<{ readonly n: number } | Refusal> => {
  const { triesPerCode } = ports.policies.verification.value;
  // The fact may stand without its row when a crash came in between; opening it again changes nothing.
  await ports.operations.verification.open(ticketId, newest.n, newest.expiresAt);
  const attempt = await ports.operations.verification.takeTry(ticketId, context.at, triesPerCode);
  if (attempt.kind !== 'compare') return refuse('code-expired', { article: '3 e' });
  const { n, triesLeft } = attempt;
  const kept = await ports.operations.codes.get(codeOfTicket(ticketId, n), context.at);
  // sent by a version that computed codes, or before the keys were rotated: the citizen asks for a new one
  if (kept === undefined) return refuse('code-expired', { article: '3 e' });
  if (ports.personalData.areSame(typed.trim(), kept)) return { n };
  await tickets
    .of(ports, ticketId)
    .transact(context, `fail ${String(n)} ${String(triesLeft)}`, (current) => fail({ n, triesLeft, at: context.at }, current));
  return triesLeft > 0 ? refuse('wrong-code', { article: '3 e', triesLeft }) : refuse('code-expired', { article: '3 e' });
};

/** A24: at most so many active tickets for one verified address, decided here because earlier would reveal the others. */
const claimPlace = async (ports: Ports, context: CommandContext, ticketId: string, state: PendingTicket): Promise<Refusal | undefined> => {
  const email = state.contact.email && (await ports.personalData.open(state.contact.email));
  if (email === undefined) return refuse('wrong-state');
  const full = await takePlaceUnder(ports, ticketId, email);
  if (full) await endPending(ports, context, ticketId, state, 'too-many-tickets');
  return full;
};

/** A24: a place of the address for this ticket, which has one in all: one that it had under another address is free. */
export const takePlaceUnder = async ({ policies, personalData, operations }: Ports, ticketId: string, email: string) => {
  const limit = policies['tickets-per-email'].value.active;
  const tag = personalData.tag('email-cap', normalisedEmail(email));
  return (await operations.places.claim(tag, ticketId, limit)) ? undefined : refuse('too-many-tickets', { limit });
};

/** A24: one hour of one verified address, decided here for the same reason. */
const claimHour = async (ports: Ports, context: CommandContext, ticketId: string, state: PendingTicket): Promise<Refusal | undefined> => {
  const taken = await takeHour(ports, ticketId, state, state.booking.slot.startsAt);
  if (taken) await endPending(ports, context, ticketId, state, 'same-hour');
  return taken;
};

const endPending = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  { booking: { request, staffId, slot, holdId } }: PendingTicket,
  cause: 'too-many-tickets' | 'same-hour',
): Promise<void> => {
  const place = { staffId, slot, holdId };
  await tickets
    .of(ports, ticketId)
    .transact(context, cause === 'same-hour' ? cause : 'too-many', (current) => lapse({ cause, at: context.at, request, place }, current));
  await advanceBooking(ports, context, { ticketId, request });
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
  const { staffId, slot, mode } = booking;
  return refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, { staffId, mode }, slot.startsAt, context.at) });
};
