import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseRequest } from '../../domain/request/erase-request';
import type { RequestIdentity } from '../../domain/request/facts';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { requests } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { reportOnRequest } from './erasure-done';
import type { ErasureReport } from './erasure-report';
import { Command } from '../kernel/message';

export type ForgetRequestInput = { readonly request: RequestIdentity; readonly reason: string };

export class ForgetRequest extends Command<ForgetRequestInput, Done<ErasureReport>> {}

/**
 * Erases the applicant's name and the subject of a request, after which nobody finds it by name.
 * Its tickets hold what the citizen gave for them: they are named in the report, and forgotten one by one.
 */
export const forgetRequest =
  (ports: Ports) =>
  async (context: CommandContext, { request, reason }: ForgetRequestInput): Promise<Done<ErasureReport> | Refusal> => {
    const stream = requests.of(ports, request);
    const before = await ports.seal?.checkpoint();
    const erased = await stream.transact(context, 'erase', (state) =>
      eraseRequest({ reason: personal('office', reason), at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (erased.state.status === 'unknown') return refuse('request-not-found');
    await ports.personalData.destroy([`name:${stream.name}`]);
    return done(await reportOnRequest(ports, erased.state, stream, before), erased.position);
  };
