import { isBlank } from '../kernel/blank';
import { accept, type Decision } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { HandOverTakenBack, RecordingSaid, RecordingTakenBack, ResolutionHandedOver } from './facts';
import { isHeld, isRequested, type RecordingState, type RequestedTicket, type TicketState } from './ticket';

/** One thing that a person said of the recording. */
export type SaidOfRecording = { readonly what: RecordingSaid; readonly recordingId?: string };

type TakeBack = {
  /** key `record` */
  readonly reason: ClearText;
  readonly by: string;
  readonly at: Instant;
};

const reasonFault = (reason: ClearText, article: string): Refusal | undefined =>
  isBlank(reason) ? refuse('invalid', { article, field: 'reason', reason: 'required' }) : undefined;

/** What a person said of the recording and could have mistyped; what the video service shows is not a person’s to take back. */
export const saidOfRecording = (state: TicketState): readonly SaidOfRecording[] => {
  if (!isRequested(state)) return [];
  const { attached, missingSince, missingSeen, waivedAt } = state.recording;
  return [
    ...attached.filter(({ grade }) => grade !== 'observed').map(({ recordingId }) => ({ what: 'attached' as const, recordingId })),
    ...(missingSince === undefined || missingSeen ? [] : [{ what: 'missing' as const }]),
    ...(waivedAt === undefined ? [] : [{ what: 'waived' as const }]),
  ];
};

/** Whether nothing else is said of the recording of this online meeting, and one is owed (A13). */
const isOwed = ({ what, recordingId }: SaidOfRecording, { continued, recording }: RequestedTicket): boolean => {
  const { attached, deleted, missingSince, waivedAt }: RecordingState = recording;
  const others = attached.filter((known) => known.recordingId !== recordingId);
  const isSaid = (missingSince !== undefined && what !== 'missing') || (waivedAt !== undefined && what !== 'waived');
  return continued?.wasOnline !== false && others.length + deleted.length === 0 && !isSaid;
};

/**
 * A13. What a person said of the recording was a mistake: another meeting’s recording, a reason that was not so. The duty opens again, with
 * the day that it had. Refuses `wrong-state` for what no person said, or what an outside system has seen, and `invalid` without a reason.
 */
export const takeBackRecording = (command: TakeBack & SaidOfRecording, state: TicketState): Decision<RecordingTakenBack> => {
  if (!isRequested(state)) return refuse('not-found');
  const { what, recordingId, reason, by, at } = command;
  const said = saidOfRecording(state).find((one) => one.what === what && one.recordingId === recordingId);
  if (said === undefined) return refuse('wrong-state', { article: '5', reason: 'not-declared' });
  const fault = reasonFault(reason, '5');
  if (fault !== undefined) return fault;
  return accept({
    type: 'RecordingTakenBack',
    data: {
      ...said,
      owed: isOwed(said, state),
      ...defined({ recordingDueAt: isHeld(state) ? state.held.recordingDueAt : undefined }),
      reason,
      takenBackBy: by,
      takenBackAt: at,
    },
  });
};

type Paper = Pick<ResolutionHandedOver['data'], 'channel' | 'handedOverAt'>;

/** In what else the resolution as it stands, with all its amendments, has reached the citizen, the soonest first. */
const standsBy = (
  { resolution: { amendments: all, sent, bounced, handedOver } }: RequestedTicket,
  paper: Paper,
): HandOverTakenBack['data']['stands'] => {
  const isWhole = ({ amendments = 0 }: Pick<ResolutionHandedOver['data'], 'amendments'>): boolean => amendments >= all.length;
  return [
    ...sent
      .filter((letter) => isWhole(letter) && !bounced.includes(letter.letterId))
      .map(({ acceptedAt }) => ({ by: 'email' as const, at: acceptedAt })),
    ...handedOver
      .filter((done) => isWhole(done) && (done.channel !== paper.channel || done.handedOverAt !== paper.handedOverAt))
      .map(({ handedOverAt }) => ({ by: 'paper' as const, at: handedOverAt })),
  ].toSorted((one, other) => (one.at < other.at ? -1 : 1))[0];
};

/**
 * Art. 7 (A11). A hand-over was recorded by mistake: with another day or channel, or of another ticket. The duty opens again where nothing
 * else has reached the citizen. Refuses `wrong-state` for one that there is not, `invalid` without a reason.
 */
export const takeBackHandOver = (
  { channel, handedOverAt, reason, by, at }: TakeBack & Paper,
  state: TicketState,
): Decision<HandOverTakenBack> => {
  if (!isRequested(state)) return refuse('not-found');
  const known = state.resolution.handedOver.some((done) => done.channel === channel && done.handedOverAt === handedOverAt);
  if (!known) return refuse('wrong-state', { article: '7', reason: 'not-handed-over' });
  const fault = reasonFault(reason, '7');
  if (fault !== undefined) return fault;
  const stands = standsBy(state, { channel, handedOverAt });
  return accept({
    type: 'HandOverTakenBack',
    data: { channel, handedOverAt, ...defined({ stands }), reason, takenBackBy: by, takenBackAt: at },
  });
};
