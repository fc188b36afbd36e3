import type { Caller } from './caller';
import { lookup, staffIds } from './city';

export type Booked = { readonly ticketId: string; readonly manageToken: string };

export const statusOf = async (caller: Caller, { ticketId, manageToken }: Booked): Promise<number> =>
  (await caller.call('GET', `/api/v1/tickets/${ticketId}`, { token: manageToken })).status;

/**
 * The requests of these turns book, one after the other and each at another of the processes, a quarter of an hour of its own of a Monday;
 * then every process is asked for it, so that each remembers its stream.
 * @throws Error with the answer that is no ticket
 */
export const bookInTurn = async (
  callers: readonly Caller[],
  requests: readonly { readonly number: string }[],
  from: number,
  to: number,
): Promise<readonly Booked[]> => {
  const booked: Booked[] = [];
  for (let turn = from; turn < to; turn += 1) {
    const caller = callers[turn % callers.length];
    // of one civil servant all of them, so that each needs another time
    const number = requests[turn * staffIds.length]?.number;
    if (!caller || number === undefined) throw new Error('There is nobody to ask, or nothing to ask for.');
    const found = await lookup(caller, number);
    if (found.status !== 200) throw new Error(found.text);
    const startsAt = new Date(Date.parse('2026-03-09T06:00:00.000Z') + turn * 900_000).toISOString();
    const answer = await caller.call('POST', '/api/v1/tickets', {
      token: found.body.bookingToken,
      body: { startsAt, mode: 'in-person', phone: '0740 123 456' },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    booked.push(answer.body);
    for (const each of callers) {
      const status = await statusOf(each, answer.body);
      if (status !== 200) throw new Error(`${answer.body.ticketId} is told with ${String(status)}.`);
    }
  }
  return booked;
};
