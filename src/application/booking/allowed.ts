import { isRefusal } from '../../domain/kernel/refusal';
import type { Instant } from '../../domain/kernel/fact';
import type { Policies } from '../../domain/policies';
import { checkCancel, checkReschedule } from '../../domain/ticket/changes';
import { issueCode } from '../../domain/ticket/verification';
import { isPending, newestCode, type RequestedTicket } from '../../domain/ticket/state';
import type { CalendarState } from '../../domain/calendar/calendar';
import { earliestStart, nextGridPoint, slotMinutes } from '../../domain/time/slot';
import { plusMinutes } from '../../domain/time/civil-time';

export type AllowedAction = 'verify' | 'new-code' | 'reschedule' | 'cancel';

type Rules = { readonly policies: Policies; readonly calendar: CalendarState };

/** Whether some hour could be asked for now: the domain is asked with the first two that Art. 4 permits. */
const mayMove = (by: 'citizen' | 'staff', at: Instant, ticket: RequestedTicket, rules: Rules): boolean => {
  const first = nextGridPoint(earliestStart(at, rules.policies['lead-time']));
  return [first, plusMinutes(first, slotMinutes)].some((startsAt) => {
    const slot = { startsAt, endsAt: plusMinutes(startsAt, slotMinutes) };
    return checkReschedule({ ...rules, slot, by, reason: 'technical', citizenAgreed: false, at }, ticket) === undefined;
  });
};

/** What may be done to the ticket at that instant. Every answer is the domain's: it is asked, and nothing is written. */
export const allowedActions = (by: 'citizen' | 'staff', at: Instant, ticket: RequestedTicket, rules: Rules): readonly AllowedAction[] => {
  const code = by === 'citizen' && isPending(ticket) && ticket.status === 'awaiting-code' ? newestCode(ticket) : undefined;
  return [
    ...(code !== undefined && at < code.expiresAt && code.triesLeft !== 0 ? (['verify'] as const) : []),
    ...(by === 'citizen' && !isRefusal(issueCode({ at, policies: rules.policies }, ticket)) ? (['new-code'] as const) : []),
    ...(mayMove(by, at, ticket, rules) ? (['reschedule'] as const) : []),
    ...(checkCancel(by, at, ticket) === undefined ? (['cancel'] as const) : []),
  ];
};
