import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { CitizenNotified, NoticeOutcome, NoticeSubject } from './facts';
import { isRequested, type RequestedTicket, type TicketState } from './state';

export type NotifyCitizen = {
  /** left out, what the citizen must be told now */
  readonly about?: NoticeSubject;
  readonly channel: 'phone' | 'email';
  readonly outcome: NoticeOutcome;
  readonly notifiedAt: Instant;
  readonly at: Instant;
  readonly letterId?: string;
};

const byPhone: readonly NoticeOutcome[] = ['reached', 'voicemail', 'no-answer', 'declined-new-slot'];
const byEmail: readonly NoticeOutcome[] = ['accepted', 'bounced', 'declined-new-slot'];
const told: readonly NoticeOutcome[] = ['accepted', 'reached', 'declined-new-slot'];
/** A21: nothing else counts as told. */
export const countsAsTold = (outcome: NoticeOutcome): boolean => told.includes(outcome);

const fault = ({ channel, outcome, notifiedAt, at }: NotifyCitizen): Refusal | undefined => {
  const possible = channel === 'phone' ? byPhone : byEmail;
  if (!possible.includes(outcome)) return refuse('invalid', { article: '8', field: 'outcome', reason: 'not-of-channel', possible });
  return notifiedAt > at ? refuse('invalid', { field: 'notifiedAt', reason: 'in-the-future' }) : undefined;
};

/** Whether the citizen has been told what Art. 8 asks (A21): a letter that came back told nobody. True where nothing must be told. */
export const isTold = ({ noticeDuty, notices }: RequestedTicket): boolean => {
  if (noticeDuty === undefined) return true;
  const cameBack = new Set(notices.flatMap(({ outcome, letterId }) => (outcome === 'bounced' ? (letterId ?? []) : [])));
  return notices.some(
    ({ about, outcome, notifiedAt, letterId }) =>
      about === noticeDuty.about &&
      told.includes(outcome) &&
      notifiedAt >= noticeDuty.since &&
      (letterId === undefined || !cameBack.has(letterId)),
  );
};

/**
 * Whether there is something to note about telling the citizen: nobody has been told, or everybody has and the answer is still open,
 * a new hour or the citizen's refusal of one (C19).
 */
export const owesAWord = (state: RequestedTicket): boolean => {
  const { status, noticeDuty, notices } = state;
  if (noticeDuty === undefined) return false;
  if (!isTold(state)) return true;
  if (status !== 'staff-absent' && status !== 'cancelled') return false;
  return !notices.some(({ outcome, notifiedAt }) => outcome === 'declined-new-slot' && notifiedAt >= noticeDuty.since);
};

/**
 * Art. 8 (A21). Somebody told the citizen, or tried to. The same notice again changes nothing.
 * Refuses `invalid` for an outcome that the channel cannot have, `wrong-state` when there is nothing to tell.
 */
export const notifyCitizen = (command: NotifyCitizen, state: TicketState): Decision<CitizenNotified> => {
  if (!isRequested(state)) return refuse('not-found');
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  const { channel, outcome, notifiedAt, letterId } = command;
  const about = command.about ?? state.noticeDuty?.about;
  if (about === undefined) return refuse('wrong-state', { article: '8', reason: 'nothing-to-tell' });
  const known = state.notices.some(
    (notice) =>
      notice.about === about &&
      notice.channel === channel &&
      notice.outcome === outcome &&
      (letterId === undefined ? notice.notifiedAt === notifiedAt : notice.letterId === letterId),
  );
  if (known) return nothing();
  return accept({
    type: 'CitizenNotified',
    data: { about, channel, outcome, notifiedAt, ...defined({ letterId }) },
  });
};
