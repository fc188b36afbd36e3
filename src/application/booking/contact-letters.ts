import type { Instant } from '../../domain/kernel/fact';
import { addressAwaited } from '../../domain/ticket/contact';
import { codeOfTicket } from './codes';
import { codeWaits, dueAfter, letterAttempts, letterWaits } from '../kernel/processes/process';
import { causedBy, isAddress, letterHeadOf, letterIdOf, send, ticketProcess, type TicketTodo } from '../kernel/processes/ticket-process';

/** The newest code that went to another address, until it is used or its time is over. */
type NewAddressTodo = TicketTodo & { readonly n: number; readonly expiresAt: Instant };

/** Art. 3 e: the code that verifies another address of a ticket that stands. One that was replaced, used or is too old is not sent any more. */
export const newAddressLetters = ticketProcess<NewAddressTodo>({
  name: 'process-new-address-letters',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  waits: codeWaits,
  uselessAfter: ({ expiresAt }) => expiresAt,
  evolve: (todo, event) => {
    const { fact } = event;
    if (fact.type === 'ContactCorrectionRequested') {
      const { n, issuedAt, expiresAt } = fact.data;
      return { ...causedBy(event), dueAt: issuedAt, countedFrom: event.recordedAt, n, expiresAt };
    }
    return fact.type === 'PersonalDataErased' || isAddress(event) ? undefined : todo;
  },
  perform: async (ports, { todo, ticket, ticketId, at }) => {
    const awaited = addressAwaited(ticket);
    const code = await ports.operations.codes.get(codeOfTicket(ticketId, todo.n), at);
    if (awaited?.n !== todo.n || at >= todo.expiresAt || code === undefined) return;
    const { email: address, issuedAt, expiresAt } = awaited;
    const head = await letterHeadOf(ports, { ticket, ticketId, letterId: letterIdOf(todo), issuedAt, address });
    // An address that refuses it is not verified: letters go on to the one before, and there is no other person to tell.
    if (head !== undefined) await send(ports, { ...head, kind: 'new-address', code, expiresAt }, at);
  },
  // The page of the code has said all along that the letter does not leave.
  giveUp: () => Promise.resolve(),
});

/**
 * To every address that was replaced: a citizen who did not ask for the change hears of it there. Of two addresses replaced soon one after
 * the other, both are told.
 */
export const addressChangedLetters = ticketProcess<TicketTodo>({
  name: 'process-address-changed-letters',
  version: 1,
  attempts: letterAttempts,
  waits: letterWaits,
  evolve: (todo, event) => {
    if (isAddress(event)) return { ...causedBy(event), ...dueAfter(event) };
    return event.fact.type === 'PersonalDataErased' ? undefined : todo;
  },
  perform: async (ports, { ticket, ticketId, at }) => {
    const failures: unknown[] = [];
    for (const { email: address, until } of ticket.newAddress?.former ?? []) {
      const letterId = ports.identifiers.derive('address-changed', ticketId, until);
      const earlier = await ports.operations.outbox.get(letterId);
      if (earlier !== undefined && earlier.state !== 'failed') continue;
      const head = await letterHeadOf(ports, { ticket, ticketId, letterId, issuedAt: until, address });
      if (head === undefined) continue;
      try {
        await send(ports, { ...head, kind: 'address-changed' }, at);
      } catch (error) {
        // one that cannot be reached now keeps no other address from being told
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  },
  // No article asks for this letter: no official has to tell the citizen instead.
  giveUp: () => Promise.resolve(),
});
