import type { Instant } from '../../../domain/kernel/fact';
import { codeWaits } from '../../kernel/processes/process';
import { causedBy, letterHead, send, type TicketEvent, ticketProcess, type TicketTodo } from '../../kernel/processes/ticket-process';

/** The newest code of a ticket, until it is used or its time is over. */
export type CodeTodo = TicketTodo & { readonly n: number; readonly expiresAt: Instant };

const evolve = (todo: CodeTodo | undefined, event: TicketEvent): CodeTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'VerificationCodeIssued': {
      const { n, issuedAt, expiresAt } = fact.data;
      return { ...causedBy(event), dueAt: issuedAt, n, expiresAt };
    }
    case 'EmailVerified':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return todo;
  }
};

/** Art. 3 e: the validation code, computed again each time. One that was replaced, used or is too old is not sent any more. */
export const codeLetters = ticketProcess<CodeTodo>({
  name: 'process-code-letters',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  waits: codeWaits,
  uselessAfter: ({ expiresAt }) => expiresAt,
  evolve,
  perform: async (ports, work) => {
    const { todo, ticketId, at } = work;
    const head = at < todo.expiresAt ? await letterHead(ports, work, todo.dueAt ?? at) : undefined;
    if (head === undefined) return;
    const code = ports.personalData.verificationCode(ticketId, todo.n, ports.policies.verification.value.digits);
    // An address that refuses it is not verified: the ticket lapses, and there is nobody else to tell.
    await send(ports, { ...head, kind: 'code', code, expiresAt: todo.expiresAt }, at);
  },
  // The page of the code has said all along that the letter does not leave, and offers another address.
  giveUp: () => Promise.resolve(),
});
