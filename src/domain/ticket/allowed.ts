import type { Decision } from '../kernel/decider';
import type { Fact, Instant } from '../kernel/fact';
import { personal } from '../kernel/personal-text';
import { isRefusal } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusMinutes } from '../time/civil-time';
import { mayAmend } from './amendment';
import { checkCancel, hourIsGone, owesAWord } from './changes';
import { mayCorrectContact, mayVerifyContact } from './contact';
import { continueOtherwise } from './continued';
import { recordCitizenAbsent, recordStaffAbsent, type RulesInForce } from './meeting';
import { attachRecording, deleteRecording, reportRecordingMissing, waiveRecording } from './recording';
import { mayRecordFiled, maySendAgain } from './resolution';
import { openObjections } from './objection';
import { mayOffer, openOffer } from './offered';
import { saidOfRecording } from './taken-back';
import { isHeld, isRequested, stillStands, newestCode, type RequestedTicket, type TicketState } from './ticket';
import { needsOf } from './facts';

export type Viewer = 'citizen' | 'staff' | 'head';
/** Named like the routes. */
export type TicketAction =
  | 'verify'
  | 'new-code'
  | 'reschedule'
  | 'cancel'
  | 'contact'
  | 'verify-contact'
  | 'meeting-link'
  | 'start'
  | 'continued'
  | 'recording'
  | 'deleted'
  | 'recording-taken-back'
  | 'hand-over-taken-back'
  | 'held'
  | 'absent'
  | 'resolution'
  | 'amended'
  | 'filed'
  | 'send-again'
  | 'handed-over'
  | 'objection-answered'
  | 'notice'
  | 'offer'
  | 'offer-withdrawn'
  | 'reassign';

const changesSomething = (decision: Decision<Fact>): boolean => !isRefusal(decision) && decision.facts.length > 0;

/** Whether it can be said now that the meeting went on otherwise than on Webex, from some moment of it on. */
const mayContinue = (state: RequestedTicket, at: Instant): boolean =>
  changesSomething(
    // at its end, for what was recorded rules out its beginning and not the rest
    continueOtherwise({ mode: 'phone', cause: 'platform', continuedAt: isHeld(state) ? state.held.endedAt : at, at }, state),
  );

/** A13. Ids of the recordings whose time is over: that they were deleted can be said. */
export const deletableRecordings = (state: RequestedTicket, at: Instant): readonly string[] =>
  state.recording.attached
    .map(({ recordingId }) => recordingId)
    .filter((recordingId) => changesSomething(deleteRecording({ recordingId, deletedAt: at, at }, state)));

type CitizenAction = 'verify' | 'new-code' | 'reschedule' | 'cancel' | 'contact' | 'verify-contact';

type Question = { readonly state: RequestedTicket; readonly at: Instant; readonly policies: Policies };

const citizenMay: Readonly<Record<CitizenAction, (question: Question) => boolean>> = {
  verify: ({ state, at }) => {
    const code = newestCode(state);
    return state.status === 'awaiting-code' && code !== undefined && at < code.expiresAt && code.triesLeft !== 0;
  },
  'new-code': ({ state, at }) => state.status === 'awaiting-code' && at < state.heldUntil,
  reschedule: ({ state, at, policies }) =>
    state.status === 'staff-absent' ||
    (state.status === 'scheduled' &&
      at < state.booking.slot.startsAt &&
      state.reschedulesByCitizen < policies['reschedule-limit'].value.times),
  cancel: ({ state, at }) => checkCancel('citizen', at, state) === undefined,
  contact: ({ state }) => mayCorrectContact(state),
  'verify-contact': ({ state, at }) => mayVerifyContact(state, at),
};

const started = ({ state, at }: Question): boolean => at >= state.booking.slot.startsAt;
const meeting = ({ state }: Question): boolean => state.status === 'in-progress' || isHeld(state);

const staffMay: Readonly<
  Record<Exclude<TicketAction, 'verify' | 'new-code' | 'contact' | 'verify-contact' | 'reassign'>, (question: Question) => boolean>
> = {
  reschedule: ({ state }) => stillStands(state),
  cancel: ({ state, at }) => checkCancel('staff', at, state) === undefined,
  'meeting-link': ({ state }) => needsOf(state.booking.mode).link && (state.status === 'scheduled' || state.status === 'in-progress'),
  start: (question) => question.state.status === 'scheduled' && started(question),
  continued: ({ state, at }) => mayContinue(state, at),
  deleted: ({ state, at }) => deletableRecordings(state, at).length > 0,
  'recording-taken-back': ({ state }) => saidOfRecording(state).length > 0,
  'hand-over-taken-back': ({ state }) => state.resolution.handedOver.length > 0,
  recording: (question) => needsOf(question.state.booking.mode).recording && meeting(question),
  held: (question) => question.state.status === 'in-progress' || (question.state.status === 'scheduled' && started(question)),
  absent: ({ state, at, policies }) => {
    const { startsAt } = state.booking.slot;
    if (state.status === 'scheduled') return at >= startsAt;
    const waited = at >= plusMinutes(startsAt, policies['absence-wait'].value.minutes);
    return state.status === 'in-progress' && waited && state.resolution.issued === undefined && state.continued === undefined;
  },
  resolution: (question) => meeting(question) && question.state.resolution.issued === undefined,
  amended: ({ state }) => mayAmend(state),
  filed: ({ state }) => mayRecordFiled(state),
  'send-again': ({ state }) => maySendAgain(state),
  'handed-over': ({ state }) => isHeld(state) && state.resolution.issued !== undefined,
  'objection-answered': ({ state }) => openObjections(state).length > 0,
  notice: ({ state }) => owesAWord(state),
  offer: ({ state, at, policies }) => mayOffer(state, at, policies),
  'offer-withdrawn': ({ state, at }) => openOffer(state, at) !== undefined,
};

/** What may be done now, as the API's `allowed` says it: a promise about this instant, not about the next. */
export const allowedActions = (state: TicketState, at: Instant, viewer: Viewer, policies: Policies): readonly TicketAction[] => {
  if (!isRequested(state)) return [];
  const question = { state, at, policies };
  const allowed: TicketAction[] = [];
  const ask = (action: TicketAction, may: (question: Question) => boolean): void => {
    if (may(question)) allowed.push(action);
  };
  if (viewer === 'citizen') {
    ask('verify', citizenMay.verify);
    ask('new-code', citizenMay['new-code']);
    ask('reschedule', citizenMay.reschedule);
    ask('cancel', citizenMay.cancel);
    ask('contact', citizenMay.contact);
    ask('verify-contact', citizenMay['verify-contact']);
    return allowed;
  }
  ask('reschedule', staffMay.reschedule);
  ask('cancel', staffMay.cancel);
  ask('meeting-link', staffMay['meeting-link']);
  ask('start', staffMay.start);
  ask('continued', staffMay.continued);
  ask('recording', staffMay.recording);
  ask('deleted', staffMay.deleted);
  ask('recording-taken-back', staffMay['recording-taken-back']);
  ask('held', staffMay.held);
  ask('absent', staffMay.absent);
  ask('resolution', staffMay.resolution);
  ask('amended', staffMay.amended);
  ask('filed', staffMay.filed);
  ask('send-again', staffMay['send-again']);
  ask('handed-over', staffMay['handed-over']);
  ask('hand-over-taken-back', staffMay['hand-over-taken-back']);
  ask('objection-answered', staffMay['objection-answered']);
  ask('notice', staffMay.notice);
  ask('offer', staffMay.offer);
  ask('offer-withdrawn', staffMay['offer-withdrawn']);
  if (viewer === 'head') ask('reassign', ({ state: asked }) => stillStands(asked) && !hourIsGone(asked, at));
  return allowed;
};

export type RecordingWay = 'attached' | 'missing' | 'waived';
export type AbsenceWay = 'citizen' | 'staff';

const reason = personal('contact', '?');
/** An id that no recording has: ids have no control characters. */
const recordingId = 'new\u0000';

/** What can be said about the recording now (A13). The decisions themselves are asked, and nothing is written. */
export const allowedRecordings = (state: TicketState, at: Instant): readonly RecordingWay[] => [
  ...(changesSomething(attachRecording({ recordingId, startedAt: at, durationSeconds: 1, at }, state)) ? (['attached'] as const) : []),
  ...(changesSomething(reportRecordingMissing({ reason, at }, state)) ? (['missing'] as const) : []),
  ...(changesSomething(waiveRecording({ reason, offeredAlternative: true, at }, state)) ? (['waived'] as const) : []),
];

/** Whose absence can be recorded now (A22, A23). */
export const allowedAbsences = (state: TicketState, at: Instant, rules: RulesInForce): readonly AbsenceWay[] => [
  ...(changesSomething(recordCitizenAbsent({ at, policies: rules.policies }, state)) ? (['citizen'] as const) : []),
  ...(changesSomething(recordStaffAbsent({ ...rules, at }, state)) ? (['staff'] as const) : []),
];

/** From when on the citizen's absence can be recorded (A22); `undefined` where it never can. */
export const citizenAbsentFrom = (state: TicketState, { policies }: Pick<RulesInForce, 'policies'>): Instant | undefined =>
  isRequested(state) && (state.status === 'scheduled' || state.status === 'in-progress') && state.resolution.issued === undefined
    ? plusMinutes(state.booking.slot.startsAt, policies['absence-wait'].value.minutes)
    : undefined;
