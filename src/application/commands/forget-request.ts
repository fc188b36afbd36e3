import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseRequest } from '../../domain/request/erase-request';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { registeredRequest } from '../../domain/request/state';
import { done, type Done } from '../done';
import { type CommandContext, execute } from '../execute';
import type { Ports } from '../ports/ports';
import { infocet, type ErasureReport } from './erasure-report';

export type ForgetRequest = { readonly request: RequestIdentity; readonly reason: string };

/**
 * Erases the applicant's name and the subject of a request, after which nobody finds it by name.
 * Its tickets hold what the citizen gave for them: they are named in the report, and forgotten one by one.
 */
export const forgetRequest =
  (ports: Ports) =>
  async (context: CommandContext, { request, reason }: ForgetRequest): Promise<Done<ErasureReport> | Refusal> => {
    const stream = requestStream(request);
    const erased = await execute(ports, context, {
      aggregate: registeredRequest,
      stream,
      step: 'erase',
      decide: (state) => eraseRequest({ reason: personal('office', reason), at: context.at }, state),
    });
    if (isRefusal(erased)) return erased;
    if (erased.state.status === 'unknown') return refuse('request-not-found');
    const key = `name:${stream}`;
    await ports.personalData.destroy([key]);
    return done(
      {
        subject: 'request',
        id: stream,
        erasedAt: context.at,
        destroyedKeys: [key],
        deletedLetters: 0,
        kept: [],
        tickets: erased.state.admittedTicketIds,
        outside: [infocet],
      },
      erased.position,
    );
  };
