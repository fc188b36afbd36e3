import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { forgetPerson as forgetPersonDecision } from '../../domain/ops/ops';
import { eraseRequest } from '../../domain/request/registering';
import type { RequestIdentity } from '../../domain/request/facts';
import { eraseConclusions, eraseTicket, type SelectionMinute } from '../../domain/ticket/erasure';
import { isRequested } from '../../domain/ticket/ticket';
import { done, type Done } from '../kernel/done';
import { keyOfPerson } from '../kernel/access';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { operationsOn, requests, tickets } from '../kernel/streams';
import { hasRestrictedTicket } from './erasure-preview';
import { type ErasureReport, reportOnConclusions, reportOnRequest, reportOnTicket } from './erasure-report';

export type ForgetRequestInput = { readonly request: RequestIdentity; readonly reason: string };

export class ForgetRequest extends Command<ForgetRequestInput, Done<ErasureReport>> {}

/**
 * Erases the applicant's name and the subject of a request; afterwards no search finds it by name. Its tickets hold what the citizen gave
 * for them: they are named in the report, and forgotten one by one.
 */
export const forgetRequest =
  (ports: Ports) =>
  async (context: CommandContext, { request, reason }: ForgetRequestInput): Promise<Done<ErasureReport> | Refusal> => {
    const stream = requests.of(ports, request);
    const { state: known } = await stream.load();
    const forbidden = await stream.forbids(context, known, { type: 'PersonalDataErased', data: {} });
    if (forbidden) return forbidden;
    const before = await ports.signedLog?.checkpoint();
    const restricted = await hasRestrictedTicket(ports, known);
    const erased = await stream.transact(context, 'erase', (state) =>
      eraseRequest({ reason: personal('office', reason), restricted, at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (erased.state.status === 'unknown') return refuse('request-not-found');
    await ports.personalData.destroy([`name:${stream.name}`]);
    return done(await reportOnRequest(ports, erased.state, stream, before), erased.position);
  };

export type ForgetTicketInput = { readonly ticketId: string; readonly reason: string };

export class ForgetTicket extends Command<ForgetTicketInput, Done<ErasureReport>> {}

/**
 * Erases who the citizen of a ticket is: the fact first, then the key, then what is kept of letters.
 * Asked again after a crash in between, it does the rest. The facts, their order, hashes and verdicts stay.
 */
export const forgetTicket =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, reason }: ForgetTicketInput): Promise<Done<ErasureReport> | Refusal> => {
    const stream = tickets.of(ports, ticketId);
    const forbidden = await stream.forbids(context, (await stream.load()).state, { type: 'PersonalDataErased', data: {} });
    if (forbidden) return forbidden;
    const before = await ports.signedLog?.checkpoint();
    const erased = await stream.transact(context, 'erase', (state) =>
      eraseTicket({ reason: personal('office', reason), at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    await ports.personalData.destroyTicket(ticketId);
    const letters = await ports.operations.outbox.ofTicket(ticketId);
    const deletedLetters = await ports.mailer.forget(ticketId);
    await ports.operations.places.release(ticketId);
    await ports.operations.drafts.forget(ticketId);
    const report = await reportOnTicket(ports, erased.state, stream, { before, lettersSent: letters.length > 0 });
    return done({ ...report, deletedLetters }, erased.position);
  };

export type ForgetConclusionsInput = { readonly ticketId: string; readonly reason: string; readonly minute?: SelectionMinute };

export class ForgetConclusions extends Command<ForgetConclusionsInput, Done<ErasureReport>> {}

/**
 * Erases what the resolution of a ticket says, under a minute of the selection commission: the fact first, then the key, then the letters
 * that repeat it. With the key go the addresses of recordings and the proofs of handing over. Asked again after a crash in between, it
 * does the rest.
 */
export const forgetConclusions =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, reason, minute }: ForgetConclusionsInput): Promise<Done<ErasureReport> | Refusal> => {
    const stream = tickets.of(ports, ticketId);
    const forbidden = await stream.forbids(context, (await stream.load()).state, { type: 'ConclusionsErased', data: {} });
    if (forbidden) return forbidden;
    const before = await ports.signedLog?.checkpoint();
    const erased = await stream.transact(context, 'erase-conclusions', (state) =>
      eraseConclusions({ reason: personal('office', reason), minute, at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    const letters = await ports.operations.outbox.ofTicket(ticketId);
    await ports.personalData.destroy([`record:${stream.name}`]);
    const deletedLetters = await ports.mailer.forget(ticketId);
    const report = await reportOnConclusions(ports, erased.state, stream, { before, lettersSent: letters.length > 0 });
    return done({ ...report, deletedLetters }, erased.position);
  };

/**
 * Erases who an official behind a pseudonym is: their tokens end first, then comes the fact, then goes the key of the name, then the way
 * from the person to the pseudonym. What they did stays, and names no person. Asked again after a crash in between, it does the rest.
 * Refuses `not-found` for an unknown person.
 */
export const forgetPerson =
  (ports: Ports) =>
  async (context: CommandContext, { person }: { readonly person: string }): Promise<Done<{ readonly person: string }> | Refusal> => {
    const stream = await operationsOn(ports, 'people');
    const forbidden = await stream.forbids(context, (await stream.load()).state, { type: 'PersonForgotten', data: {} });
    if (forbidden) return forbidden;
    const { people, tokens } = ports.operations;
    if (!(await people.list()).some((one) => one.person === person)) return refuse('not-found');
    // cut off at any point, it leaves no caller who acts under a pseudonym without a name
    for (const token of await tokens.list())
      if (token.person === person && token.revokedAt === undefined) await tokens.revoke(token.id, context.at, token.expiresAt);
    const erased = await stream.transact(context, 'forget', (state) => forgetPersonDecision({ person, at: context.at }, state));
    if (isRefusal(erased)) return erased;
    await ports.personalData.destroy([keyOfPerson(person)]);
    await people.remove(person);
    return done({ person }, erased.position);
  };
