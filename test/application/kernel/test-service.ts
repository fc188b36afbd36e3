import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { requestTicket } from '../../../src/application/booking/request-ticket';
import { verifyEmail } from '../../../src/application/booking/verify-email';
import type { Done } from '../../../src/application/kernel/done';
import type { CommandContext } from '../../../src/application/kernel/execute';
import { currentCalendar, currentRequest, currentStaff, currentTicket, requests, tickets } from '../../../src/application/kernel/streams';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { Actor } from '../../../src/domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../src/domain/kernel/refusal';
import type { PersonalText } from '../../../src/domain/kernel/personal-text';
import type { Mode } from '../../../src/domain/ticket/facts';
import { recordingNotice } from '../../../src/domain/ticket/request-ticket';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { contextAt } from '../../support/command-context';
import { awaitedCodeOf } from '../../support/codes';

/** 10:00 in Bucharest on Monday, 9 March 2026; the test clock begins a week earlier. */
export const startsAt = '2026-03-09T08:00:00.000Z';
export const request = { number: '154997', filedOn: '2026-01-12' };
export const civilServant: Actor = { kind: 'staff', id: 's002' };

type UseCase<Command, Value> = (ports: Ports) => (context: CommandContext, command: Command) => Promise<Done<Value> | Refusal>;

/** Use cases over memory: carried out as a given person, at the clock's time. */
export const createTestService = () => {
  const ports = createTestPorts();
  const { clock, identifiers } = ports;

  const contextOf = (actor: Actor, commandId = identifiers.next()): CommandContext => contextAt(clock.now(), commandId, actor);
  const run = <Command, Value>(useCase: UseCase<Command, Value>, command: Command, context = contextOf(civilServant)) =>
    useCase(ports)(context, command);
  /** The same, for steps that must succeed. */
  const must = async <Command, Value>(useCase: UseCase<Command, Value>, command: Command): Promise<Done<Value>> => {
    const outcome = await run(useCase, command);
    if (isRefusal(outcome)) throw new Error(`Refused: ${JSON.stringify(outcome)}`);
    return outcome;
  };

  const staff = (staffId: string) =>
    must(registerStaff, {
      staffId,
      name: 'Zoltán Marc',
      role: 'executive',
      department: 'Serviciul Autorizări urbanism',
      departmentCode: '425',
      email: `${staffId}@primarie.example`,
    });
  const registered = {
    ...request,
    applicantName: 'Ana Pop',
    subject: 'Certificat de urbanism',
    department: 'Serviciul Autorizări urbanism',
    departmentCode: '425',
    handlerStaffId: 's002',
    status: 'in-operation',
  } as const;
  const open = async (): Promise<void> => {
    await staff('s002');
    await must(registerRequest, registered);
  };
  /** A ticket that is scheduled; one with an e-mail has its code entered. */
  const book = async (mode: Mode = 'online'): Promise<string> => {
    const ticketId = identifiers.next();
    const email = mode === 'online' ? { email: 'ana.pop@example.ro', recordingNoticeVersion: recordingNotice.version } : {};
    await must(requestTicket, { ticketId, holdId: identifiers.next(), request, startsAt, mode, phone: '0740 111 222', ...email });
    if (mode === 'online') {
      await must(verifyEmail, { ticketId, code: await awaitedCodeOf(ports, ticketId) });
    }
    return ticketId;
  };

  return {
    ports,
    clock,
    contextOf,
    run,
    must,
    staff,
    registered,
    open,
    book,
    ticket: (ticketId: string) => currentTicket(ports, ticketId),
    request: () => currentRequest(ports, request),
    staffMember: (staffId: string) => currentStaff(ports, staffId),
    calendar: () => currentCalendar(ports),
    ticketFacts: async (ticketId: string) => (await tickets.of(ports, ticketId).load()).events.map(({ fact }) => fact),
    requestFacts: async () => (await requests.of(ports, request).load()).events.map(({ fact }) => fact),
    read: (text: PersonalText) => ports.personalData.open(text),
  };
};
export type TestService = ReturnType<typeof createTestService>;
