import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from '../../support/service';
import { type Answered, type Caller, NoAnswer, type Options } from './caller';
import { officialToken } from '../../support/official-token';
import { codeIfKept, lookup, staffIds } from './city';

export type Deed = 'book' | 'verify' | 'reschedule' | 'cancel' | 'meeting-link' | 'start' | 'held' | 'absent' | 'resolution';
/** What the service has told somebody: it must be true for ever. */
export type Acknowledged = {
  readonly ticketId: string;
  readonly deed: Deed;
  readonly status: string;
  readonly position: string;
  /** where the meeting was moved to */
  readonly startsAt?: string;
};

type Known = {
  readonly ticketId: string;
  readonly manageToken: string;
  readonly number: string;
  readonly staffId: string;
  readonly online: boolean;
  startsAt: string;
  /** `unknown` when the connection broke before the last answer */
  status: string;
};
type Tokens = ReadonlyMap<string, string>;

/** A crowd of citizens and civil servants that goes on over restarts of the service. */
export type Crowd = {
  readonly acknowledged: readonly Acknowledged[];
  /** answers that nobody should get */
  readonly unexpected: readonly string[];
  /** Works until the signal aborts or, where there is one service only, it is gone. */
  work(signal: AbortSignal): Promise<void>;
};

const refusals = new Set([
  'slot-taken',
  'wrong-state',
  'active-ticket-exists',
  'wrong-code',
  'code-expired',
  'reschedule-limit',
  'too-soon',
  'no-time-for-link',
]);
const ended = new Set(['lapsed', 'cancelled', 'held', 'resolved', 'concluded', 'citizen-absent']);
const anyOf = <T>(items: readonly T[]): T | undefined => items[Math.floor(Math.random() * items.length)];
const chance = (probability: number): boolean => Math.random() < probability;
const dateAfter = (now: Date, days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Waits until it has done some more. */
export const untilBusy = async ({ acknowledged }: Crowd): Promise<void> => {
  const enough = acknowledged.length + 20;
  while (acknowledged.length < enough) await sleep(20);
};

export const createCrowd = (
  service: Service,
  caller: Caller,
  requests: readonly { readonly number: string; readonly staffId: string }[],
  people: number,
  oneOfSeveral = false,
): Crowd => {
  const acknowledged: Acknowledged[] = [];
  const unexpected: string[] = [];
  const free = [...requests];
  const tickets = new Map<string, Known>();
  const busy = new Set<string>();

  const told = (deed: string, { status, body, text }: Answered): boolean => {
    if (status >= 200 && status < 300) return true;
    // one that was frozen, or that waits for one, says so: whether it was done is not known
    const asksAgain = oneOfSeveral && status === 503;
    if (!asksAgain && !refusals.has(body.code)) unexpected.push(`${deed}: ${String(status)} ${text.slice(0, 300)}`);
    return false;
  };
  const settle = (known: Known, status: string): void => {
    known.status = status;
    if (!ended.has(status)) return;
    // `held` still awaits its resolution; the request is free for another ticket
    if (status !== 'held') tickets.delete(known.ticketId);
    free.push({ number: known.number, staffId: known.staffId });
  };

  /** A command on a ticket; what was acknowledged is kept. */
  const command = async (known: Known, deed: Deed, path: string, options: Options, startsAt?: string): Promise<void> => {
    const before = known.status;
    known.status = 'unknown';
    const answer = await caller.call('POST', `/api/v1/tickets/${known.ticketId}/${path}`, options);
    known.status = before;
    // a move whose answer a kill broke off was finished after the restart: the hours that were read meanwhile do not know it yet
    const finishedBefore = answer.body.reason === 'same-slot';
    if (finishedBefore || !told(deed, answer)) {
      known.status = 'unknown';
      return;
    }
    const { status } = answer.body;
    const position = String(answer.headers['tichet-position']);
    acknowledged.push({ ticketId: known.ticketId, deed, status, position, ...(startsAt === undefined ? {} : { startsAt }) });
    if (startsAt !== undefined) known.startsAt = startsAt;
    if (before !== 'held') settle(known, status);
    else tickets.delete(known.ticketId);
  };

  const freeSlot = async (token: string, ticketId?: string): Promise<string | undefined> => {
    const now = service.now();
    const range = `from=${dateAfter(now, 2)}&to=${dateAfter(now, 7)}`;
    const answer = await caller.call('GET', `/api/v1/slots?${range}${ticketId === undefined ? '' : `&ticketId=${ticketId}`}`, { token });
    // among the first of them, so that several want the same
    return told('slots', answer) ? anyOf(answer.body.slots.slice(0, 24))?.startsAt : undefined;
  };

  const book = async (): Promise<void> => {
    const [request] = free.splice(Math.floor(Math.random() * free.length), 1);
    if (!request) return;
    const online = chance(0.3);
    const withEmail = online || chance(0.4);
    let known: Known | undefined;
    try {
      const found = await lookup(caller, request.number);
      if (!told('lookup', found)) return;
      const token = found.body.bookingToken;
      const startsAt = await freeSlot(token);
      if (startsAt === undefined) return;
      const body = {
        startsAt,
        mode: online ? 'online' : 'in-person',
        ...(withEmail ? { email: `c${request.number}@exemplu.ro` } : {}),
        phone: '0740 123 456',
        ...(online ? { recordingNoticeVersion: '2026-1' } : {}),
      };
      const answer = await caller.call('POST', '/api/v1/tickets', { token, body });
      if (!told('book', answer)) return;
      const { ticketId, manageToken, status } = answer.body;
      acknowledged.push({ ticketId, deed: 'book', status, position: String(answer.headers['tichet-position']) });
      known = { ...request, ticketId, manageToken, online, startsAt, status };
      busy.add(ticketId);
      tickets.set(ticketId, known);
      if (status === 'awaiting-code' && chance(0.8)) await verify(known);
    } finally {
      if (known) busy.delete(known.ticketId);
      else free.push(request);
    }
  };

  const verify = async (known: Known): Promise<void> => {
    const token = known.manageToken;
    let code: string | undefined;
    try {
      code = await codeIfKept(service, known.ticketId);
    } catch {
      // the disk went with the service
      return;
    }
    if (code === undefined) {
      // it went with its time: whatever is typed is told to be too late; of a code that still counts it would be told to be wrong
      const answer = await caller.call('POST', `/api/v1/tickets/${known.ticketId}/verification`, { token, body: { code: '000000' } });
      if (answer.body.code === 'wrong-code') unexpected.push(`verify: the code of ${known.ticketId} is lost`);
      told('verify', answer);
      known.status = 'unknown';
      return;
    }
    if (chance(0.2)) {
      const wrong = code === '000000' ? '000001' : '000000';
      told('verify', await caller.call('POST', `/api/v1/tickets/${known.ticketId}/verification`, { token, body: { code: wrong } }));
    }
    await command(known, 'verify', 'verification', { token, body: { code } });
  };

  const change = async (known: Known, tokens: Tokens): Promise<void> => {
    const byStaff = chance(0.4);
    const token = byStaff ? (tokens.get(known.staffId) ?? '') : known.manageToken;
    const why = byStaff ? { reason: 'illness' } : {};
    if (byStaff && known.online && chance(0.5)) {
      await command(known, 'meeting-link', 'meeting-link', { token, body: { joinUrl: 'https://primaria.webex.com/j/1' } });
      return;
    }
    if (chance(0.4)) {
      await command(known, 'cancel', 'cancel', { token, body: why });
      return;
    }
    const startsAt = await freeSlot(token, known.ticketId);
    if (startsAt !== undefined) await command(known, 'reschedule', 'reschedule', { token, body: { ...why, startsAt } }, startsAt);
  };

  const meet = async (known: Known, tokens: Tokens): Promise<void> => {
    const token = tokens.get(known.staffId) ?? '';
    if (known.status === 'scheduled') {
      if (chance(0.2)) await command(known, 'absent', 'absent', { token, body: { who: 'citizen', waitedMinutes: 12 } });
      else await command(known, 'start', 'start', { token, body: { at: known.startsAt } });
    }
    const endedAt = new Date(Date.parse(known.startsAt) + 600_000).toISOString();
    if (known.status === 'in-progress') await command(known, 'held', 'held', { token, body: { startedAt: known.startsAt, endedAt } });
    if (known.status === 'held') await command(known, 'resolution', 'resolution', { token, body: { conclusions: 'S-a lămurit.' } });
  };

  const refresh = async (known: Known): Promise<void> => {
    const answer = await caller.call('GET', `/api/v1/tickets/${known.ticketId}`, { token: known.manageToken });
    if (!told('read', answer)) return;
    known.startsAt = answer.body.slot.startsAt;
    settle(known, answer.body.status);
  };

  const isDue = ({ startsAt }: Known): boolean => Date.parse(startsAt) + 900_000 < service.now().getTime();

  const onSomeTicket = async (tokens: Tokens): Promise<void> => {
    const idle = [...tickets.values()].filter(({ ticketId }) => !busy.has(ticketId));
    const known = (chance(0.5) ? anyOf(idle.filter(isDue)) : undefined) ?? anyOf(idle);
    if (!known) return;
    busy.add(known.ticketId);
    try {
      if (known.status === 'unknown') await refresh(known);
      if (known.status === 'awaiting-code') await verify(known);
      else if (isDue(known)) await meet(known, tokens);
      else if (known.status === 'scheduled') await change(known, tokens);
    } finally {
      busy.delete(known.ticketId);
    }
  };

  return {
    acknowledged,
    unexpected,
    work: async (signal) => {
      const tokens = new Map<string, string>();
      for (const staffId of staffIds) tokens.set(staffId, await officialToken(service, { role: 'staff', staffId }));
      const person = async (): Promise<void> => {
        while (!signal.aborted) {
          try {
            await (chance(0.5) ? book() : onSomeTicket(tokens));
          } catch (error) {
            if (!(error instanceof NoAnswer)) throw error;
            if (!oneOfSeveral) return;
          }
        }
      };
      await Promise.all(Array.from({ length: people }, person));
    },
  };
};
