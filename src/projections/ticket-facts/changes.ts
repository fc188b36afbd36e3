import type { ActingParty, TicketChange, TicketFactsRow, TicketNotice } from '../../application/kernel/ports/tables';
import { gradeOf } from '../../domain/audit/grades';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Actor, RecordedFact } from '../../domain/kernel/fact';
import type { TicketFact } from '../../domain/ticket/facts';

type Told = Pick<RecordedFact<TicketFact>, 'fact' | 'actor'>;
type Place = Pick<TicketFactsRow, 'staffId' | 'mode' | 'scheduledFor'>;

const parties: Readonly<Partial<Record<Actor['kind'], ActingParty>>> = { citizen: 'citizen', staff: 'staff' };

/** Of programs and of whoever works at the console only that it was the service: their ids may say who it was. */
const actedBy = ({ kind, id }: Actor): Pick<TicketChange, 'actedBy' | 'actor'> => ({
  actedBy: parties[kind] ?? 'service',
  actor: kind === 'staff' ? id : null,
});

const placeOf = ({ staffId, mode, scheduledFor }: Place): TicketChange['from'] => ({ staffId, mode, startsAt: scheduledFor });

/** What this fact changed of the hour, as it stood before and stands after; `undefined` where it changed nothing of it. */
const changeOf = ({ fact, actor }: Told, before: TicketFactsRow, after: TicketFactsRow): TicketChange | undefined => {
  const [from, to] = [placeOf(before), placeOf(after)];
  const acted = actedBy(actor);
  switch (fact.type) {
    case 'Rescheduled':
    case 'ModeChanged': {
      const { by, reason = null, requestedAt: at, citizenAgreed } = fact.data;
      const kind = fact.type === 'Rescheduled' ? 'moved' : 'mode-changed';
      return { kind, askedBy: by, ...acted, reason, at, from, to, agreed: by === 'staff' && citizenAgreed };
    }
    case 'Reassigned':
      return { kind: 'reassigned', askedBy: 'staff', ...acted, reason: null, at: fact.data.reassignedAt, from, to, agreed: false };
    case 'Cancelled': {
      const { by, reason = null, cancelledAt: at } = fact.data;
      return { kind: 'cancelled', askedBy: by, ...acted, reason, at, from, to: null, agreed: false };
    }
    case 'Lapsed': {
      const { cause: reason, lapsedAt: at, slot } = fact.data;
      return { kind: 'lapsed', askedBy: null, ...acted, reason, at, from: { ...from, startsAt: slot.startsAt }, to: null, agreed: false };
    }
    case 'CitizenAbsent':
    case 'StaffAbsent': {
      const kind = fact.type === 'CitizenAbsent' ? 'citizen-absent' : 'staff-absent';
      return { kind, askedBy: null, ...acted, reason: null, at: fact.data.absentAt, from, to: null, agreed: false };
    }
    default:
      return undefined;
  }
};

const noticeOf = ({ fact, actor }: Told): TicketNotice | undefined => {
  switch (fact.type) {
    case 'CitizenNotified': {
      const { about, channel, outcome, notifiedAt: at, letterId, postedOn } = fact.data;
      return { about, channel, outcome, grade: gradeOf(fact), at, ...actedBy(actor), ...defined({ letterId, postedOn }) };
    }
    case 'InvitationBounced':
    case 'ResolutionBounced': {
      const { letterId, bouncedAt: at } = fact.data;
      const about = fact.type === 'InvitationBounced' ? 'invitation' : 'resolution';
      return { about, channel: 'email', outcome: 'bounced', grade: gradeOf(fact), at, ...actedBy(actor), letterId };
    }
    default:
      return undefined;
  }
};

/** The row with what this fact adds to the story of its hour and of what the citizen was told. */
export const withStory = (before: TicketFactsRow, after: TicketFactsRow, told: Told): TicketFactsRow => {
  const change = changeOf(told, before, after);
  if (change !== undefined) return { ...after, changes: [...after.changes, change] };
  const notice = noticeOf(told);
  return notice === undefined ? after : { ...after, notices: [...after.notices, notice] };
};
