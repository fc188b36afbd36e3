import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { ResolutionIssued } from './facts';
import { isHeld, isRequested, type TicketState } from './state';

export type IssueResolution = {
  /** key `record` */
  readonly conclusions: ClearText;
  /** whether they are those on record: the state holds them sealed, so the use case compares */
  readonly sameConclusions: boolean;
  readonly documentNumber?: string;
  readonly issuedBy: string;
  readonly at: Instant;
};

/**
 * Art. 7. The document of type "Tichetul albastru" with the conclusions, from the start of the meeting on (A18).
 * The same conclusions again change nothing. Refuses `invalid` without conclusions, `wrong-state` before the start
 * and for other conclusions once issued.
 */
export const issueResolution = (command: IssueResolution, state: TicketState): Decision<ResolutionIssued> => {
  if (!isRequested(state)) return refuse('not-found');
  const { conclusions, sameConclusions, documentNumber, issuedBy, at } = command;
  if (conclusions.clear.trim() === '') return refuse('invalid', { article: '7', field: 'conclusions', reason: 'required' });
  if (state.resolution.issued !== undefined) {
    return sameConclusions ? nothing() : refuse('wrong-state', { article: '7', reason: 'already-issued' });
  }
  if (state.status !== 'in-progress' && !isHeld(state)) return refuse('wrong-state', { article: '7', reason: 'not-started' });
  return accept({
    type: 'ResolutionIssued',
    data: { conclusions, ...defined({ documentNumber }), issuedBy, issuedAt: at },
  });
};
