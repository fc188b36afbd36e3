import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { personal, type PersonalText } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import {
  addressAwaited,
  correctContact as decideCorrection,
  failContactCode,
  verifyContact as decideVerified,
} from '../../domain/ticket/contact';
import type { AskedThrough } from '../../domain/ticket/facts';
import { isActive, isRequested, type RequestedTicket, type TicketState } from '../../domain/ticket/ticket';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentTicket, tickets } from '../kernel/streams';
import { giveBackAll, type Place, takePlaces } from '../kernel/throttle';
import { codeOfTicket, keepCode } from './codes';
import { normalisedEmail } from './normalised-email';
import { giveHourBack, isAtHourOtherwise, takeHour, takeHourUnder } from './one-hour';
import type { TicketDone } from './on-ticket';
import { codeLetter, compareCode, spendCode, takePlaceUnder } from './verify-email';

export type CorrectContactInput = {
  readonly ticketId: string;
  readonly email?: string;
  readonly phone?: string;
  /** a clerk wrote it down, who says what was shown for it */
  readonly askedThrough?: AskedThrough;
  readonly shown?: string;
  /** the remote address that asks, if it is known */
  readonly address?: string;
};

/** What came of it: neither, where it was what holds already. */
type ContactGiven = Done<{ readonly ticketId: string; readonly phoneHolds: boolean; readonly codeSent: boolean }>;

export class CorrectContact extends Command<CorrectContactInput, ContactGiven> {}

const isSame = async (
  { personalData }: Ports,
  kept: PersonalText | undefined,
  given: string | undefined,
  form: (text: string) => string,
) => {
  const opened = given === undefined || kept === undefined ? undefined : await personalData.open(kept);
  return opened !== undefined && given !== undefined && form(opened) === form(given);
};

/** What the citizen says, held against what holds; the code is kept before anything says that there is one. */
const deciding =
  (ports: Ports, { ticketId, email, phone, askedThrough, shown }: CorrectContactInput, { at }: CommandContext, keep: boolean) =>
  async (state: TicketState) => {
    const { policies } = ports;
    const contact = isRequested(state) ? state.contact : undefined;
    const text = (given: string | undefined) => (given === undefined ? undefined : personal('contact', given));
    const decision = decideCorrection(
      {
        at,
        policies,
        sameEmail: await isSame(ports, contact?.email, email, normalisedEmail),
        samePhone: await isSame(ports, contact?.phone, phone, (number) => number.replaceAll(/[^\d+]/gu, '')),
        ...defined({ email: text(email), phone: text(phone), shown: text(shown), askedThrough }),
      },
      state,
    );
    if (isRefusal(decision) || !keep) return decision;
    for (const fact of decision.facts)
      if (fact.type === 'ContactCorrectionRequested') await keepCode(ports, codeOfTicket(ticketId, fact.data.n), at);
    return decision;
  };

/**
 * Art. 3 e, 8 (GDPR 16). Another e-mail address or phone number for a ticket that stands: the number holds at once, to the address goes a
 * code, counted as the codes that book are (A9, `code-letters`). Refuses as the domain does, and `too-many-requests`.
 */
export const correctContact =
  (asked: Ports) =>
  async (command: CommandContext, input: CorrectContactInput): Promise<ContactGiven | Refusal> => {
    const ports = inOneCommand(asked, command.known);
    const context = { ...command, at: ports.clock.now() };
    const { at } = context;
    const { ticketId, email, address } = input;
    const state = await currentTicket(ports, ticketId);
    const forbidden = await tickets
      .of(ports, ticketId)
      .forbids(context, state, { type: 'ContactCorrectionRequested', data: defined({ askedThrough: input.askedThrough }) });
    if (forbidden) return forbidden;
    const would = await deciding(ports, input, context, false)(state);
    const goesOut = !isRefusal(would) && would.facts.some(({ type }) => type === 'ContactCorrectionRequested');
    const places: readonly Place[] = goesOut && email !== undefined ? codeLetter(ports, { email, ...defined({ address }) }) : [];
    const throttled = await takePlaces(ports, places, at);
    if (throttled) return throttled;
    const corrected = await tickets.of(ports, ticketId).transact(context, 'contact', deciding(ports, input, context, true));
    if (isRefusal(corrected)) {
      await giveBackAll(ports, places, at);
      return corrected;
    }
    const { events } = await tickets.of(ports, ticketId).load();
    const made = events.flatMap(({ fact, commandId }) => (commandId === context.commandId ? [fact.type] : []));
    const outcome = { phoneHolds: made.includes('ContactCorrected'), codeSent: made.includes('ContactCorrectionRequested') };
    return done({ ticketId, ...outcome }, corrected.position);
  };

export type VerifyContactInput = { readonly ticketId: string; readonly code: string };

export class VerifyContact extends Command<VerifyContactInput, TicketDone> {}

/** A24: what the ticket has under its address, it has under the new one. Refuses `too-many-tickets` and `same-hour`, and leaves all as it was. */
const takeUnder = async (ports: Ports, ticketId: string, ticket: RequestedTicket, email: string): Promise<Refusal | undefined> => {
  if (!isActive(ticket)) return undefined;
  const full = await takePlaceUnder(ports, ticketId, email);
  if (full || ticket.status !== 'scheduled') return full;
  const { request, slot } = ticket.booking;
  const taken = await takeHourUnder(ports, ticketId, { email, request }, slot.startsAt);
  if (taken) await backUnder(ports, ticketId, ticket);
  return taken;
};

/** The new address does not hold: everything stands under the one before, as it did. */
const backUnder = async (ports: Ports, ticketId: string, ticket: RequestedTicket): Promise<void> => {
  if (!isActive(ticket)) return;
  const { contact, booking } = ticket;
  const before = contact.email && (await ports.personalData.open(contact.email));
  if (before === undefined) {
    await ports.operations.places.release(ticketId);
    if (ticket.status === 'scheduled') await giveHourBack(ports, ticketId, booking.slot.startsAt);
    return;
  }
  await takePlaceUnder(ports, ticketId, before);
  if (ticket.status === 'scheduled') await takeHour(ports, ticketId, ticket, booking.slot.startsAt);
};

/**
 * The meeting may have moved or ended while the code was entered: then the hour is given back that was taken for where it stood, and what the
 * ticket has now is under `email`. A meeting that stands keeps its hour although the new address has another there: the move was first.
 * @param asked ports that know nothing of this command
 */
const followTicket = async (
  asked: Ports,
  ticketId: string,
  looked: RequestedTicket,
  email: string | undefined,
  at: Instant,
): Promise<void> => {
  const now = await currentTicket(asked, ticketId);
  const isWhereItWas = isActive(now) && now.booking.slot.startsAt === looked.booking.slot.startsAt;
  if (isWhereItWas || !isActive(looked)) return;
  if (!(await isAtHourOtherwise(asked, ticketId, looked.booking, at))) await giveHourBack(asked, ticketId, looked.booking.slot.startsAt);
  if (!isActive(now)) await asked.operations.places.release(ticketId);
  else if (email !== undefined && now.status === 'scheduled')
    await takeHourUnder(asked, ticketId, { email, request: now.booking.request }, now.booking.slot.startsAt);
};

/**
 * Art. 3 e. The code that came to another address is entered: letters go there from here on. A try is counted before anything is compared.
 * Refuses `wrong-code` with `triesLeft`, `code-expired`, `too-many-tickets` and `same-hour` (A24), `wrong-state` where no code is awaited.
 */
export const verifyContact =
  (asked: Ports) =>
  async (context: CommandContext, { ticketId, code }: VerifyContactInput): Promise<TicketDone | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { state, events, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    const forbidden = await tickets.of(ports, ticketId).forbids(context, state, { type: 'ContactCorrected', data: {} });
    if (forbidden) return forbidden;
    // This very command verified it before: it is answered as the first time.
    if (events.some(({ fact, commandId }) => fact.type === 'ContactCorrected' && commandId === context.commandId))
      return done({ ticketId }, position);
    const awaited = addressAwaited(state);
    const email = awaited && (await ports.personalData.open(awaited.email));
    if (awaited === undefined || email === undefined) return refuse('wrong-state', { article: '3 e', status: state.status });
    const compared = await compareCode(ports, context, { ticketId, newest: awaited.code, typed: code, fail: failContactCode });
    if (isRefusal(compared)) return compared;
    const taken = await takeUnder(ports, ticketId, state, email);
    if (taken) return taken;
    const { n } = compared;
    const verified = await tickets
      .of(ports, ticketId)
      .transact(context, 'verify-contact', (current) =>
        decideVerified({ n, email: personal('contact', email), at: context.at, policies: ports.policies }, current),
      );
    if (isRefusal(verified)) {
      await backUnder(ports, ticketId, state);
      const before = state.contact.email && (await ports.personalData.open(state.contact.email));
      await followTicket(asked, ticketId, state, before, context.at);
      return verified;
    }
    await followTicket(asked, ticketId, state, email, context.at);
    await spendCode(ports, ticketId, n);
    return done({ ticketId }, verified.position);
  };
