import type { CivilDate } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { grantLateAdmission as grantLateAdmissionDecision } from '../../domain/request/admission';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { requests } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

/** `until` is the last day, whole. */
export type GrantLateAdmissionInput = { readonly request: RequestIdentity; readonly reason: string; readonly until: CivilDate };

export class GrantLateAdmission extends Command<GrantLateAdmissionInput, Done<RequestIdentity>> {}

/** A27. A head admits a request whose 30 days are over. */
export const grantLateAdmission =
  (ports: Ports) =>
  async (context: CommandContext, { request, reason, until }: GrantLateAdmissionInput): Promise<Done<RequestIdentity> | Refusal> => {
    const granted = await requests
      .of(ports, request)
      .transact(context, 'late admission', (state) =>
        grantLateAdmissionDecision({ grantedBy: context.actor.id, reason: personal('office', reason), until, at: context.at }, state),
      );
    return isRefusal(granted) ? granted : done(request, granted.position);
  };
