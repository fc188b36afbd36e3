import { isHeld, isRequested, publicStatus, type FencedTicket, type RequestedTicket, type TicketState } from '../../../domain/ticket/state';
import type { Locale } from '../../../domain/ticket/facts';
import { plainDate } from '../words/dates';
import type { Seals } from './opened-texts';
import { documentLines, letterLines, recordingLines } from './state-lines';
import { stateRowNames, type StateRowName } from './state-words';
import { moment, requestInWords, slotInWords } from './told';
import { saidOf, sentences } from '../sentences';

/** Which of the names that a history step says to have changed each row shows. */
const shownBy: Readonly<Record<StateRowName, readonly string[]>> = {
  status: ['status'],
  reference: ['reference'],
  request: ['request'],
  ground: ['ground'],
  mode: ['mode'],
  slot: ['slot', 'place'],
  staff: ['staffId', 'department', 'departmentCode'],
  contact: ['contact'],
  locale: ['locale'],
  recordingNotice: ['recordingNotice'],
  requestedAt: ['requestedAt'],
  heldUntil: ['heldUntil'],
  codes: ['codes'],
  verified: ['verified'],
  meetingLink: ['meetingLink'],
  invitation: ['invitation'],
  startedAt: ['startedAt'],
  held: ['held'],
  recording: ['recording'],
  resolution: ['resolution'],
  noticeDuty: ['noticeDuty'],
  notices: ['notices'],
  left: ['left'],
  reschedules: ['reschedulesByCitizen'],
  slotFreeFrom: ['slotFreeFrom'],
  cause: ['cause'],
  tasks: ['tasks'],
  erased: ['erased'],
  sequence: ['sequence'],
  hold: ['holdId'],
};
/** View at the step that changes them only: nobody asks for them otherwise. */
const quiet: readonly StateRowName[] = ['reference', 'sequence', 'hold', 'reschedules', 'requestedAt'];

export type StateRow = {
  readonly name: StateRowName;
  readonly lines: readonly string[];
  readonly changed: boolean;
  /** what stood there before this step, where something else did */
  readonly before?: readonly string[];
};
type Lines = Readonly<Partial<Record<StateRowName, readonly string[]>>>;

const fencedLines = ({ request, place, cause }: FencedTicket, locale: Locale): Lines => ({
  request: [requestInWords(request, locale)],
  slot: [slotInWords(place.slot, locale)],
  staff: [place.staffId],
  hold: [place.holdId],
  cause: [sentences[locale].audit.facts.values[cause]],
});

const groundLines = ({ ground }: RequestedTicket, locale: Locale): readonly string[] => {
  const words = sentences[locale].audit.state;
  if (ground.kind === 'in-operation') return [words.inOperation];
  const [answer, on, until] = words.clarification;
  const { documentNumber, communicatedOn, enforcedUntil, lateAdmission } = ground;
  return [
    `${answer}${documentNumber}${on}${plainDate(communicatedOn, locale)}${until}${plainDate(enforcedUntil, locale)}`,
    ...(lateAdmission ? [words.lateAdmission] : []),
  ];
};

const startOf = (state: RequestedTicket, locale: Locale): readonly string[] => {
  if (state.status === 'in-progress') return [moment(state.startedAt, locale)];
  return isHeld(state) ? [moment(state.held.startedAt, locale)] : [];
};

const requestedLines = (state: RequestedTicket, seals: Seals, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { booking, contact, recordingNotice } = state;
  const fields = ['name', 'email', 'phone', 'notes'] as const;
  return {
    reference: [state.reference],
    request: [requestInWords(booking.request, locale)],
    ground: groundLines(state, locale),
    mode: [sentences[locale].audit.steps.modes[booking.mode]],
    slot: [slotInWords(state.status === 'lapsed' ? state.place.slot : booking.slot, locale)],
    staff: [`${booking.staffId} · ${booking.department}`],
    contact: fields.flatMap((field) => {
      const text = contact[field];
      return text === undefined ? [] : [`${words.contact[field]}: ${seals.read(text, locale)}`];
    }),
    locale: [words.locales[state.locale]],
    recordingNotice:
      recordingNotice === undefined
        ? []
        : [`${words.version} ${recordingNotice.version}, ${words.accepted} ${moment(recordingNotice.acceptedAt, locale)}`],
    requestedAt: [moment(state.requestedAt, locale)],
    heldUntil: publicStatus(state) === 'awaiting-code' ? [moment(state.heldUntil, locale)] : [],
    sequence: state.sequence < 0 ? [] : [String(state.sequence)],
    hold: [booking.holdId],
    reschedules: state.reschedulesByCitizen === 0 ? [] : [words.moves({ count: state.reschedulesByCitizen })],
    startedAt: startOf(state, locale),
    slotFreeFrom: state.status === 'cancelled' ? [moment(state.slotFreeFrom, locale)] : [],
    cause: state.status === 'lapsed' ? [saidOf(sentences[locale].audit.facts.values, state.cause) ?? state.cause] : [],
    left: state.left.map(({ slot, staffId }) => `${slotInWords(slot, locale)} · ${staffId}`),
    erased: state.erased ? [words.erased] : [],
    ...letterLines(state, seals, locale),
    ...recordingLines(state, locale),
    ...documentLines(state, locale),
  };
};

const linesOf = (state: TicketState, seals: Seals, locale: Locale): Lines => {
  const status = publicStatus(state);
  if (status === undefined || state.status === 'absent') return {};
  return {
    status: [sentences[locale].audit.steps.statuses[status]],
    ...(isRequested(state) ? requestedLines(state, seals, locale) : fencedLines(state, locale)),
  };
};

/** What a ticket was after one step, row by row, with what this step changed (names as the history says them). */
export const stateRows = (
  { before, after, changed }: { readonly before: TicketState; readonly after: TicketState; readonly changed: readonly string[] },
  seals: Seals,
  locale: Locale,
): readonly StateRow[] => {
  const [was, is] = [linesOf(before, seals, locale), linesOf(after, seals, locale)];
  return stateRowNames.flatMap((name): readonly StateRow[] => {
    const [old = [], lines = []] = [was[name], is[name]];
    const isSame = old.join('\n') === lines.join('\n');
    const isNamed = shownBy[name].some((part) => changed.includes(part)) && (lines.length > 0 || old.length > 0);
    // the start only moves from one part of the state into another when the meeting was held
    const isChanged = isNamed && !(name === 'startedAt' && isSame);
    if (!isChanged && (lines.length === 0 || quiet.includes(name))) return [];
    const differs = isChanged && old.length > 0 && !isSame;
    return [{ name, lines, changed: isChanged, ...(differs ? { before: old } : {}) }];
  });
};
