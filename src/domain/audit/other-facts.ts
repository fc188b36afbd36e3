import type { Instant } from '../kernel/instant';
import type { CaseFile, Evidence } from './case-file';

/** A fact of another stream that a judgement looks at. `meeting`: the other meeting of the same person begins or ends to stand there. */
export type OtherFact = {
  readonly of: 'request' | 'staff' | 'calendar' | 'meeting';
  readonly at: Instant;
  readonly eventId: string;
  /** of the fact; a meeting is told by several */
  readonly type?: string;
};

type AnyEvidence = Pick<Evidence<{ readonly type: string; readonly data: object }>, 'id' | 'recordedAt' | 'fact'>;

const told = (of: Exclude<OtherFact['of'], 'meeting'>, events: readonly AnyEvidence[]): readonly OtherFact[] =>
  events.map(({ id, recordedAt, fact }) => ({ of, at: recordedAt, eventId: id, type: fact.type }));

/** Whatever of other streams can turn a verdict of this ticket, in the order in which it was recorded. */
export const otherFacts = ({ ticketId, request, staff, calendar, otherMeetings }: CaseFile): readonly OtherFact[] =>
  [
    ...told('request', request),
    ...Object.values(staff).flatMap((events) => told('staff', events)),
    ...told('calendar', calendar),
    ...otherMeetings
      .filter((meeting) => meeting.ticketId !== ticketId)
      .flatMap(({ eventId, liveFrom, liveUntil }) =>
        [liveFrom, ...(liveUntil === undefined ? [] : [liveUntil])].map((at) => ({ of: 'meeting' as const, at, eventId })),
      ),
  ].toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
