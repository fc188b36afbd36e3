import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { ProcessingRestricted, RestrictionGround, RestrictionLifted } from './facts';
import { isActive, isRequested, type RequestedTicket, type TicketState } from './ticket';

/**
 * GDPR 18 (1): what was given for it is kept, and shown to no official. An official who still has to meet them may know who they are and
 * how to reach them.
 */
export const isOnlyKept = (ticket: RequestedTicket): boolean => ticket.restriction !== undefined && !isActive(ticket);

/**
 * GDPR 18 (1). What is kept of the person stays and is not used beyond what the procedure and the law ask: it is not erased, and no list or
 * paper shows their name. The same again changes nothing. Refuses `not-found` where there is nothing of them any more.
 */
export const restrictProcessing = (
  { ground, reason, at }: { readonly ground: RestrictionGround; readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<ProcessingRestricted> => {
  if (!isRequested(state) || state.erased) return refuse('not-found');
  if (state.restriction !== undefined) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  return accept({ type: 'ProcessingRestricted', data: { restrictedAt: at, restrictionGround: ground, reason } });
};

/** GDPR 18 (3): the person is told before the restriction ends. Refuses `invalid` for a day that is to come, or before it began. */
export const liftRestriction = (
  { personToldOn, reason, at }: { readonly personToldOn: CivilDate; readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<RestrictionLifted> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.restriction === undefined) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  if (!isCivilDate(personToldOn)) return refuse('invalid', { field: 'personToldOn', reason: 'not-a-date' });
  if (personToldOn > civilDateOf(at)) return refuse('invalid', { field: 'personToldOn', reason: 'in-the-future' });
  if (personToldOn < civilDateOf(state.restriction.restrictedAt))
    return refuse('invalid', { field: 'personToldOn', reason: 'before-the-restriction' });
  return accept({ type: 'RestrictionLifted', data: { liftedAt: at, personToldOn, reason } });
};
