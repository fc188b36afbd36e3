import { isRefusal } from '../../domain/kernel/refusal';
import type { TicketState } from '../../domain/ticket/ticket';
import { type IssueCode, issueCode } from '../../domain/ticket/verification';
import { plusMinutes } from '../../domain/time/civil-time';
import type { Instant } from '../../domain/kernel/fact';
import type { Ports } from '../kernel/ports/ports';

/** The name under which the code that books is kept: code n of a ticket. */
export const codeOfTicket = (ticketId: string, n: number): string => `${ticketId}:${n}`;

/**
 * A random code, kept before any fact says that there is one: the process that writes its letter later finds it, also after a crash. A code
 * already kept under this name stays what it is.
 */
export const keepCode = ({ operations, personalData, policies }: Ports, name: string, at: Instant): Promise<string> => {
  const { digits, validMinutes } = policies.verification.value;
  return operations.codes.keep(name, personalData.randomCode(digits), plusMinutes(at, validMinutes));
};

/** Decides to issue a code (A9), and keeps it before the fact is written. */
export const issuing = (ports: Ports, ticketId: string, command: Omit<IssueCode, 'policies'>) => async (state: TicketState) => {
  const decision = issueCode({ ...command, policies: ports.policies }, state);
  if (isRefusal(decision)) return decision;
  for (const { data } of decision.facts) await keepCode(ports, codeOfTicket(ticketId, data.n), command.at);
  return decision;
};
