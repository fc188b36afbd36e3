import type { Decision } from '../kernel/decider';
import type { Fact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import { personal } from '../kernel/personal-text';
import { isRefusal } from '../kernel/refusal';
import { plusMinutes } from '../time/civil-time';
import type { RulesInForce } from './deadlines';
import { recordCitizenAbsent, recordStaffAbsent } from './record-absence';
import { attachRecording, reportRecordingMissing, waiveRecording } from './record-recording';
import { isRequested, type TicketState } from './state';

export type RecordingWay = 'attached' | 'missing' | 'waived';
export type AbsenceWay = 'citizen' | 'staff';

const changesSomething = (decision: Decision<Fact>): boolean => !isRefusal(decision) && decision.facts.length > 0;

const reason = personal('contact', '?');
/** An id that no recording has: ids have no control characters. */
const recordingId = 'new\u0000';

/** What can be said about the recording now (A13). The decisions themselves are asked, and nothing is written. */
export const allowedRecordings = (state: TicketState, at: Instant): readonly RecordingWay[] => [
  ...(changesSomething(attachRecording({ recordingId, durationSeconds: 1, at }, state)) ? (['attached'] as const) : []),
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
