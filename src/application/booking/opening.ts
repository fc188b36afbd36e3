import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { lettersToVouched } from '../../domain/ticket/opening-letters';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import { plusMinutes, plusSeconds, secondsBetween } from '../../domain/time/civil-time';
import { keepCode } from './codes';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Opening } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketStatusRow } from '../kernel/ports/tables';
import { codeWaits, nextAttemptAt } from '../kernel/processes/process';
import { letterHeadOf, send } from '../kernel/processes/ticket-process';
import { currentTicket } from '../kernel/streams';
import { anyFull, type Bound, countedAddress, giveBack, giveBackAll, hits, isOver, type Place, takePlaces } from '../kernel/throttle';
import { lookupsOver, lookWithinBounds } from '../requests/find-request';
import { matchRequest, type RequestData } from '../requests/lookup-request';
import { lettersFrom, lettersTo } from './verify-email';

/** Which browser asks about which ticket. */
type Asking = { readonly reference: string; readonly browser: string };

/** Names what this browser has asked for: a code is good in the browser that asked for it, and in no other. */
const openingId = ({ personalData }: Pick<Ports, 'personalData'>, { reference, browser }: Asking): string =>
  personalData.tag('opening', `${browser}\u001f${reference}`);

/** Under which name the code is kept. */
const codeOfOpening = (id: string, n: number): string => `opening:${id}:${n}`;

type OpenableTicket = { readonly ticketId: string; readonly ticket: RequestedTicket };

const rowsWith = async ({ readModels }: Ports, reference: string): Promise<readonly TicketStatusRow[]> =>
  (await readModels.select<TicketStatusRow>(tables.ticketStatus, { where: [{ column: 'reference', is: reference }], limit: 2 })).rows;

/** The ticket of this reference, if its code can go somewhere: to the address that was verified for it. */
const openableTicket = async (ports: Ports, reference: string): Promise<OpenableTicket | undefined> => {
  for (const { ticketId } of await rowsWith(ports, reference)) {
    const ticket = await currentTicket(ports, ticketId);
    if (isRequested(ticket) && !ticket.erased && ticket.verified !== undefined && ticket.contact.email !== undefined) {
      return { ticketId, ticket };
    }
  }
  return undefined;
};

export type AskToOpenInput = Asking & {
  /** the remote address that asks, if it is known */
  readonly address?: string;
  /** the request that the ticket is about, where the citizen says it */
  readonly request?: RequestData;
};

const minutesOfAnHour = 60;
/** Longer than a ticket is of use. */
const minutesOfALife = 366 * 24 * 60;

const codesOf = (id: string) => ({ purpose: 'opening-codes', text: id });
const guessesOf = (reference: string) => ({ purpose: 'opening-guesses', text: reference });
const needsRequest = refuse('too-many-requests', { reason: 'request-needed' });

/**
 * What counts for a letter that was asked for with nothing but a reference: of the reference, and of the network address, apart from codes
 * that book. A citizen who is refused here may still say which request it is about.
 */
const lettersToStrangers = (ports: Ports, { reference, address }: Pick<AskToOpenInput, 'reference' | 'address'>): readonly Place[] => {
  const { letters, minutes } = ports.policies.openings.value;
  const ofReference = { counted: { purpose: 'opening-letters', text: reference }, bound: { limit: letters, minutes } };
  return [...lettersFrom(ports, address, 'opening-letters-address'), ofReference].map((place) => ({ ...place, full: needsRequest }));
};

/** The same where it was said which request the ticket is about. */
const lettersToApplicant = async (
  ports: Ports,
  { reference, address, browser }: AskToOpenInput,
  at: Instant,
): Promise<readonly Place[]> => {
  const { value } = ports.policies.openings;
  const { count } = await hits(ports, guessesOf(reference), minutesOfALife, at, false);
  const { ofAddress: one, ofAll } = lettersToVouched(value, count);
  // each bound has a count of its own: a hit counts as long as the window in which it was made
  const counted = (bound: Bound, who: string) => ({
    counted: { purpose: 'opening-letters-vouched', text: [reference, who, bound.limit, bound.minutes].join('\u001f') },
    bound,
  });
  return [counted(one, countedAddress(address ?? browser)), counted(ofAll, 'all')];
};

export class AskToOpen extends Command<AskToOpenInput, Done<{ readonly reference: string }>> {}

/**
 * A letter names a ticket by its reference only. A citizen who comes with the reference gets a code at the verified address, good in their
 * browser alone. Whether there is such a ticket is not looked up here, so the answer, the work and the time are the same for every
 * reference: the letter's process finds out. The bounds are those of the code that books (A9), of one browser. Strangers who have used up
 * the letters of a reference do not lock the citizen out: then the three data of the request are needed as well. Success does not say that
 * a letter goes out: a caller learns here neither whether there is such a ticket, nor how many letters its address has had. Refuses
 * `too-many-requests`, with `retryAt`, or with the reason `request-needed`; and `request-not-found` where the three are not those of this
 * ticket.
 */
export const askToOpen = (ports: Ports) => {
  const vouch = vouching(ports);
  return async (context: CommandContext, asked: AskToOpenInput): Promise<Done<{ readonly reference: string }> | Refusal> => {
    const { reference, request } = asked;
    const { policies, operations } = ports;
    const { codesPerHour, validMinutes } = policies.verification.value;
    const { seconds } = policies['code-interval'].value;
    const id = openingId(ports, asked);
    const ofBrowser = { counted: codesOf(id), bound: { limit: codesPerHour, minutes: minutesOfAnHour } };
    // The same form twice is one code; sent again later, from a page that was kept, it asks for another.
    const now = ports.clock.now();
    const at = secondsBetween(context.at, now) < seconds ? context.at : now;
    const vouched = request !== undefined;
    const n = Math.floor(Date.parse(at) / 1000);
    const opening = { id, reference, n, askedAt: at, expiresAt: plusMinutes(at, validMinutes), vouched };
    const name = codeOfOpening(id, n);
    const places = [ofBrowser, ...(vouched ? await lettersToApplicant(ports, asked, at) : lettersToStrangers(ports, asked))];
    const refused =
      (await isOver(ports, ofBrowser.counted, ofBrowser.bound, at)) ??
      (vouched ? await vouch({ ...asked, request }, at) : await guessedTooOften(ports, reference, at)) ??
      (await takePlaces(ports, places, at));
    // the twin of a double click has its place with the first of them
    if (refused) return (await operations.codes.get(name, at)) === undefined ? refused : done({ reference }, '');
    await keepCode(ports, name, at);
    const kept = await operations.openings.ask(opening, plusSeconds(at, -seconds));
    if (kept.kind !== 'asked') await giveBackAll(ports, places, at);
    if (kept.kind === 'too-soon') {
      await operations.codes.remove(name);
      const retryAt = plusSeconds(kept.askedAt, seconds);
      return refuse('too-many-requests', { retryAt, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, retryAt))) });
    }
    return done({ reference }, '');
  };
};

/** As `AskToOpen`; a browser without a session has asked for nothing yet. */
export type AskingAtTheDoor = Omit<AskToOpenInput, 'browser'> & { readonly browser?: string | undefined };

/**
 * Whether it is refused in any case: looked at before anything is kept of it, so that a caller who is over a bound does not fill the store.
 * A browser that has just got a code is not refused, for the request may be the second of a double click.
 */
export const askingOver = async (ports: Ports, asked: AskingAtTheDoor, at: Instant): Promise<Refusal | undefined> => {
  const { reference, browser, address = '', request } = asked;
  if (browser !== undefined && (await hits(ports, codesOf(openingId(ports, { reference, browser })), 1, at, false)).count > 0)
    return undefined;
  if (request !== undefined) return lookupsOver(ports, address, at);
  return (await guessedTooOften(ports, reference, at)) ?? anyFull(ports, lettersToStrangers(ports, asked), at);
};

/** Too many guesses in the ticket's life, from all callers together; a reference without a ticket is counted too. */
const guessedTooOften = async (ports: Ports, reference: string, at: Instant): Promise<Refusal | undefined> => {
  const bound = { limit: ports.policies.openings.value.guesses, minutes: minutesOfALife };
  return (await isOver(ports, guessesOf(reference), bound, at)) && needsRequest;
};

/**
 * Whether the three data are those of this ticket's request: a lookup among the others of its address, bounded with them, and the same
 * work whether it is so or not.
 */
const vouching = (ports: Ports) => {
  const match = matchRequest(ports);
  return async (
    { reference, browser, address = browser, request }: AskToOpenInput & { readonly request: RequestData },
    at: Instant,
  ): Promise<Refusal | undefined> => {
    const vouched = await lookWithinBounds(ports, { ...request, address }, at, async () => {
      const { identity, matches } = await match(request);
      const rows = await rowsWith(ports, reference);
      const isAbout = rows.some(({ requestNumber, filedOn }) => requestNumber === identity.number && filedOn === identity.filedOn);
      return matches && isAbout ? true : refuse('request-not-found', { article: '3 b' });
    });
    return isRefusal(vouched) ? vouched : undefined;
  };
};

/** `browser`: empty where it has no session; nothing was ever asked for there. */
export type OpenWithCodeInput = Asking & { readonly code: string };

export class OpenWithCode extends Command<OpenWithCodeInput, Done<{ readonly ticketId: string }>> {}

/**
 * The code from the letter opens the ticket in the browser that asked for it. A try is counted before anything is compared, for a
 * reference of no ticket too: refusals do not tell which is which. The form sent twice is answered twice, in that browser only. Refuses
 * `wrong-code` with `triesLeft`, and `code-expired`.
 */
export const openWithCode =
  (ports: Ports) =>
  async (context: CommandContext, asked: OpenWithCodeInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { reference, code } = asked;
    const { openings, codes } = ports.operations;
    const now = ports.clock.now();
    const id = openingId(ports, asked);
    const attempt = await openings.takeTry(id, now, ports.policies.verification.value.triesPerCode);
    const again = attempt.kind === 'spent' && attempt.by === context.commandId;
    if (attempt.kind !== 'compare' && !again) return refuse('code-expired');
    // of the ticket's life: it closes no browser that may still try
    if (attempt.kind === 'compare') await hits(ports, guessesOf(reference), minutesOfALife, now, true);
    const name = attempt.kind === 'compare' ? codeOfOpening(id, attempt.n) : '';
    const kept = await codes.get(name, now);
    const right = again || (kept !== undefined && ports.personalData.areSame(code, kept));
    const found = right ? await openableTicket(ports, reference) : undefined;
    if (found === undefined) {
      const triesLeft = attempt.kind === 'compare' ? attempt.triesLeft : 0;
      return triesLeft > 0 ? refuse('wrong-code', { triesLeft }) : refuse('code-expired');
    }
    if (attempt.kind === 'compare') {
      // the letter with it may have gone to an address that was left since
      if (wasLeftSince(found.ticket, attempt.n)) return refuse('code-expired');
      if (!(await openings.spend(id, attempt.n, context.commandId))) return refuse('code-expired');
      await codes.remove(name);
      // it was no guess
      await giveBack(ports, guessesOf(reference), now);
    }
    return done({ ticketId: found.ticketId }, '');
  };

/** Whether another address holds since this code was asked for; its number is the second of that. */
const wasLeftSince = ({ newAddress }: RequestedTicket, n: number): boolean => Date.parse(newAddress?.former.at(-1)?.until ?? '') > n * 1000;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'not-an-error');

/** Under this name their attempts are counted, by letter: no event asks for one. */
export const openingLetters = 'process-opening-letters';

/** Tried while the code lives. An attempt is noted before it is made, under a name like those of the other letters: `letters retry` finds it. */
const sendOne = async (ports: Ports, opening: Opening, at: Instant): Promise<void> => {
  const { id, reference, n, askedAt, expiresAt, vouched } = opening;
  const { openings, attempts, codes } = ports.operations;
  const found = await openableTicket(ports, reference);
  const code = at < expiresAt ? await codes.get(codeOfOpening(id, n), at) : undefined;
  const letterId = ports.identifiers.derive('opening', id, String(n));
  const effectId = found && `${openingLetters}:${found.ticketId}:${letterId}:${askedAt}`;
  const head = found && (await letterHeadOf(ports, { ...found, letterId, issuedAt: askedAt }));
  if (effectId === undefined || head === undefined || code === undefined) {
    // it may have been tried: no citizen waits for it any more
    if (effectId !== undefined) await attempts.done(effectId);
    await openings.settle(id, n);
    return;
  }
  const earlier = await attempts.get(effectId);
  if (earlier?.nextAt !== undefined && earlier.nextAt > at) return;
  const attempt = await attempts.begin(effectId, at);
  // apart from codes that book, and from openings by those who know no more than a number: strangers use up neither
  const counted = vouched ? 'opening-letters-email-vouched' : 'opening-letters-email';
  const overBound = attempt === 1 ? await takePlaces(ports, lettersTo(ports, head.to, counted), at) : undefined;
  try {
    if (overBound === undefined) await send(ports, { ...head, kind: 'opening', code, expiresAt }, at);
    await attempts.done(effectId);
    await openings.settle(id, n);
  } catch (error) {
    ports.logger.warn('effect-failed', { process: openingLetters, attempt, error: nameOf(error) });
    await attempts.failed(effectId, nextAttemptAt(ports.identifiers, at, attempt, codeWaits), nameOf(error));
  }
};

/**
 * Sends the codes that were asked for. They come from no fact, for a request to look at a ticket changes nothing in it: their queue is the
 * operations' table, and attempts, back-off and the outcome of each letter are kept as for all other letters.
 */
export const sendOpeningLetters = async (ports: Ports, at: Instant): Promise<void> => {
  await Promise.all((await ports.operations.openings.unsent()).map((opening) => sendOne(ports, opening, at)));
};
