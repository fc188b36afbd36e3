import { isBlank } from '../kernel/blank';
import { accept, type Decision } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { ApplicantCorrected, ApplicantDisputeSettled } from './facts';
import type { RequestState } from './request';

export type SettleDispute = {
  readonly decision: ApplicantDisputeSettled['data']['decision'];
  /** why, key `office` */
  readonly reason: ClearText;
  readonly settledBy: string;
  /** as the register told it, opened and to be sealed anew */
  readonly disputed?: { readonly applicantName: ClearText; readonly subject?: ClearText };
  readonly at: Instant;
};

/**
 * A1, A29. A person has looked at the papers and says whose the request is: of whom it was registered for, or of whom the register told
 * since. The other one is told again to no effect. Refuses `request-not-found`, `wrong-state` where nothing is disputed (any more), and
 * `invalid` without a reason.
 */
export const settleDispute = (command: SettleDispute, state: RequestState): Decision<ApplicantDisputeSettled | ApplicantCorrected> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const { decision, reason, settledBy, disputed, at } = command;
  if (state.dispute === undefined) return refuse('wrong-state', { article: '3 b', reason: 'not-disputed' });
  if (isBlank(reason)) return refuse('invalid', { article: '3 b', field: 'reason', reason: 'empty' });
  const settled: ApplicantDisputeSettled = { type: 'ApplicantDisputeSettled', data: { decision, reason, settledBy, settledAt: at } };
  // erased meanwhile, there is no name left to put in its place
  if (decision === 'kept' || disputed === undefined || state.erased) return accept(settled);
  const { applicantName, subject } = disputed;
  return accept<ApplicantDisputeSettled | ApplicantCorrected>(settled, {
    type: 'ApplicantCorrected',
    data: { applicantName, ...defined({ subject }), correctedAt: at, grade: 'declared' },
  });
};
