import { erasedMark, type PersonalData } from '../../../application/kernel/ports/personal-data';
import { type EncryptedText, isPersonalText, type PersonalText } from '../../../domain/kernel/personal-text';
import type { Locale, TicketFact } from '../../../domain/ticket/facts';
import { isDueByTarget } from '../../../domain/ticket/tasks';
import {
  type AmendmentState,
  type CorrectionState,
  type FilingState,
  type FencedTicket,
  isHeld,
  isRequested,
  type NewHour,
  publicStatus,
  referenceOf,
  type RequestedTicket,
  type TicketState,
} from '../../../domain/ticket/ticket';
import { parseInstant } from '../../../domain/time/civil-time';
import { inBoth, inEveryLanguage, saidOf, sentences } from '../sentences';
import { hourWithSeconds, numberInWords, plainDate } from '../words/dates';
import { dueMoment, moment, offeredToInWords, requestInWords, saysAnEnd, slotInWords } from './step-text';

/** What stands for personal text that this reader may not see; `broken`: the seal does not fit the place where it was found. */
const marks = {
  sealed: inBoth.audit.openedTexts.sealed,
  // the same in both languages, as everywhere
  erased: inEveryLanguage(() => erasedMark),
  broken: inBoth.audit.openedTexts.broken,
} as const;
type Mark = keyof typeof marks;

/** How each sealed text of a ticket reads to an auditor: never its words. */
export type Seals = { readonly read: (text: PersonalText, locale: Locale) => string };

const isSealed = (value: unknown): value is EncryptedText =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'key' in value && 'bound' in value;

/** Every sealed text in these plain data. */
const sealedIn = (value: unknown): readonly EncryptedText[] => {
  if (isSealed(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(sealedIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sealedIn) : [];
};

const markOf = async (personalData: PersonalData, text: EncryptedText): Promise<Mark> => {
  try {
    return (await personalData.openUnseen(text)) === undefined ? 'erased' : 'sealed';
  } catch {
    return 'broken';
  }
};

/** Looks at every seal once: whether its key is still there, and whether it fits. What it says is thrown away. */
export const sealsOf = async (personalData: PersonalData, ...values: readonly unknown[]): Promise<Seals> => {
  const known = new Map<string, Mark>();
  for (const text of sealedIn(values)) {
    if (!known.has(text.sealed)) known.set(text.sealed, await markOf(personalData, text));
  }
  return {
    read: (text, locale) => marks[isSealed(text) ? (known.get(text.sealed) ?? 'sealed') : 'sealed'][locale],
  };
};

/** The rows of a ticket's state, in their order. */
const stateRowNames = [
  'status',
  'reference',
  'request',
  'ground',
  'mode',
  'slot',
  'staff',
  'contact',
  'locale',
  'recordingNotice',
  'requestedAt',
  'heldUntil',
  'codes',
  'verified',
  'meetingLink',
  'invitation',
  'startedAt',
  'continued',
  'held',
  'recording',
  'resolution',
  'noticeDuty',
  'notices',
  'offer',
  'newHour',
  'left',
  'reschedules',
  'slotFreeFrom',
  'cause',
  'tasks',
  'erased',
  'sequence',
  'hold',
] as const;
type StateRowName = (typeof stateRowNames)[number];

type Lines = Readonly<Partial<Record<StateRowName, readonly string[]>>>;

/** Art. 8: what became of the new hour that is owed once staff cancelled. */
const newHourInWords = (newHour: NewHour, locale: Locale): string => {
  const words = sentences[locale].audit.state;
  if (newHour.stage === 'given') return `${words.newHour.given} ${referenceOf(newHour.ticketId)}, ${slotInWords(newHour.slot, locale)}`;
  const until = newHour.stage === 'owed' ? newHour.dueAt : undefined;
  return `${words.newHour[newHour.stage]}${until === undefined ? '' : `, ${words.until} ${dueMoment(until, locale)}`}`;
};

/** Art. 8: to whom it is offered, while nothing has ended that but perhaps its time. */
const offerLines = ({ offers: { newest, ended } }: RequestedTicket, locale: Locale): readonly string[] => {
  if (newest === undefined || ended.includes(newest.offerId)) return [];
  const { until } = sentences[locale].audit.state;
  return [`${offeredToInWords(newest.to, locale)}, ${until} ${dueMoment(newest.validUntil, locale)}`];
};

/** Codes, the meeting's link, invitations, and what the citizen was told (Art. 3 e, 5, 8). */
const letterLines = (state: RequestedTicket, seals: Seals, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { values } = sentences[locale].audit.facts;
  const { verified, meetingLink, invitation, noticeDuty, newHour } = state;
  const newest = invitation.sent.at(-1);
  return {
    codes: state.codes.map(({ n, issuedAt, expiresAt, triesLeft }) =>
      [
        `${words.code} ${n}: ${words.codeIssued} ${moment(issuedAt, locale)}`,
        `${words.codeExpires} ${moment(expiresAt, locale)}`,
        ...(triesLeft === undefined ? [] : [words.triesLeft({ count: triesLeft })]),
      ].join(', '),
    ),
    verified: verified === undefined ? [] : [`${moment(verified.verifiedAt, locale)}, ${words.code} ${verified.n}`],
    meetingLink:
      meetingLink === undefined
        ? []
        : [`${seals.read(meetingLink.joinUrl, locale)}, ${words.since} ${moment(meetingLink.attachedAt, locale)}`],
    invitation:
      newest === undefined
        ? []
        : [
            `${words.letters({ count: invitation.sent.length })}, ${newest.withLink ? words.withLink : words.withoutLink}, ${moment(newest.acceptedAt, locale)}`,
            ...(invitation.bounced.length === 0 ? [] : [words.cameBack({ count: invitation.bounced.length })]),
          ],
    noticeDuty:
      noticeDuty === undefined
        ? []
        : [
            `${values[noticeDuty.about]}, ${words.since} ${moment(noticeDuty.since, locale)}${noticeDuty.dueAt === undefined ? '' : `, ${words.until} ${dueMoment(noticeDuty.dueAt, locale)}`}`,
          ],
    offer: offerLines(state, locale),
    newHour: newHour === undefined ? [] : [newHourInWords(newHour, locale)],
    notices: state.notices.map(
      ({ about, channel, outcome, notifiedAt }) =>
        `${values[about]}: ${values[channel]}, ${values[outcome]}, ${moment(notifiedAt, locale)}`,
    ),
  };
};

/** When it was held, and what was recorded of it (Art. 5, 6). */
const recordingLines = (state: RequestedTicket, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { attached, deleted, missingSince, waivedAt } = state.recording;
  const { continued } = state;
  const seconds = attached.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
  return {
    continued:
      continued === undefined
        ? []
        : [
            `${sentences[locale].modes.history[continued.mode]}, ${words.since} ${moment(continued.continuedAt, locale)}, ${sentences[locale].audit.facts.values[continued.cause]}`,
          ],
    held: isHeld(state)
      ? [
          `${moment(state.held.startedAt, locale)} – ${hourWithSeconds(state.held.endedAt)}`,
          `${words.target} ${dueMoment(state.held.resolutionTargetAt, locale)}`,
          `${words.hardLimit} ${dueMoment(state.held.resolutionHardLimitAt, locale)}`,
          ...(state.held.recordingDueAt === undefined ? [] : [`${words.recordingDue} ${dueMoment(state.held.recordingDueAt, locale)}`]),
        ]
      : [],
    recording: [
      ...(attached.length === 0 ? [] : [`${words.recordings({ count: attached.length })}, ${words.seconds({ count: seconds })}`]),
      ...(deleted.length === 0 ? [] : [words.deletedRecordings({ count: deleted.length })]),
      ...(missingSince === undefined ? [] : [`${words.missingSince} ${moment(missingSince, locale)}`]),
      ...(waivedAt === undefined ? [] : [`${words.waivedAt} ${moment(waivedAt, locale)}`]),
    ],
  };
};

/** Where one document stands in the register. */
const filingLines = ({ filed, disproved }: FilingState, locale: Locale): readonly string[] => {
  const words = sentences[locale].audit.state;
  return [
    ...(filed === undefined ? [] : [`${words.document} ${filed.documentNumber}, ${words.connected} ${moment(filed.filedAt, locale)}`]),
    ...(disproved === undefined
      ? []
      : [`${words.document} ${disproved.documentNumber}: ${sentences[locale].audit.facts.values[disproved.finding]}`]),
  ];
};

const amendmentLines = ({ amended, ...filing }: AmendmentState, locale: Locale): readonly string[] => {
  const words = sentences[locale].audit.state;
  const { amendment, form, amendedAt, amendedBy } = amended;
  return [
    `${words.amended} ${moment(amendedAt, locale)}, ${words.by} ${amendedBy}: ${sentences[locale].audit.facts.values[form]} (${amendment})`,
    ...filingLines(filing, locale),
  ];
};

/** That the citizen objected to a correction, and that it was answered; the words stand in the facts. */
const objectionLines = (
  of: CorrectionState['of'],
  disputed: CorrectionState['disputed'],
  answered: CorrectionState['answered'],
  locale: Locale,
): readonly string[] => {
  const { values, fields } = sentences[locale].audit.facts;
  return [
    ...(disputed === undefined ? [] : [`${values[of]}: ${fields.disputedAt} ${moment(disputed.disputedAt, locale)}`]),
    ...(answered === undefined ? [] : [`${values[of]}: ${fields.answeredAt} ${moment(answered.answeredAt, locale)}`]),
  ];
};

/** The resolution on its way (Art. 7), and what people still had to do. */
const documentLines = (state: RequestedTicket, locale: Locale): Lines => {
  const words = sentences[locale].audit.state;
  const { issued, sent, bounced, askedAgain, handedOver, amendments } = state.resolution;
  return {
    resolution: [
      ...(issued === undefined ? [] : [`${words.written} ${moment(issued.issuedAt, locale)}, ${words.by} ${issued.issuedBy}`]),
      ...filingLines(state.resolution, locale),
      ...amendments.flatMap((amendment) => amendmentLines(amendment, locale)),
      ...sent.map(
        ({ acceptedAt, toVerifiedAddress }) =>
          `${words.sent} ${moment(acceptedAt, locale)}, ${toVerifiedAddress ? words.toVerified : words.notToVerified}`,
      ),
      ...(bounced.length === 0 ? [] : [words.cameBack({ count: bounced.length })]),
      ...(askedAgain === 0 ? [] : [words.sentAgain({ count: askedAgain })]),
      ...state.corrections.flatMap(({ of, disputed, answered }) => objectionLines(of, disputed, answered, locale)),
      ...handedOver.map(
        ({ channel, handedOverAt }) =>
          `${words.handedOver} ${moment(handedOverAt, locale)}, ${sentences[locale].audit.facts.values[channel]}`,
      ),
    ],
    tasks: Object.values(state.tasks).map(
      ({ kind, staffId, done, dueAt }) =>
        `${sentences[locale].audit.steps.tasks[kind]} (${staffId}): ${done ? words.done : words.open}${dueAt === undefined || done ? '' : `, ${isDueByTarget(kind) ? sentences[locale].office.deadlines.target : words.until} ${dueMoment(dueAt, locale)}`}`,
    ),
  };
};

/** Which of the names that a history step says to have changed each row shows. */
const shownBy: Readonly<Record<StateRowName, readonly string[]>> = {
  status: ['status'],
  reference: ['reference'],
  request: ['request'],
  ground: ['ground'],
  mode: ['mode'],
  slot: ['slot', 'place'],
  staff: ['staffId', 'department', 'departmentCode'],
  contact: ['contact', 'newAddress'],
  locale: ['locale'],
  recordingNotice: ['recordingNotice'],
  requestedAt: ['requestedAt'],
  heldUntil: ['heldUntil'],
  codes: ['codes'],
  verified: ['verified'],
  meetingLink: ['meetingLink'],
  invitation: ['invitation'],
  startedAt: ['startedAt'],
  continued: ['continued'],
  held: ['held'],
  recording: ['recording'],
  resolution: ['resolution', 'corrections'],
  noticeDuty: ['noticeDuty'],
  notices: ['notices'],
  offer: ['offers'],
  newHour: ['newHour'],
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
  if (ground.kind === 'new-hour-owed') return [words.newHourOwed({ reference: referenceOf(ground.ticketId) })];
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
  const { booking, contact, newAddress, companion, recordingNotice } = state;
  const fields = ['name', 'email', 'phone', 'postalAddress', 'notes'] as const;
  return {
    reference: [state.reference],
    request: [requestInWords(booking.request, locale)],
    ground: groundLines(state, locale),
    mode: [sentences[locale].modes.history[booking.mode]],
    slot: [slotInWords(state.status === 'lapsed' ? state.place.slot : booking.slot, locale)],
    staff: [`${booking.staffId} · ${booking.department}`],
    contact: [
      ...fields.flatMap((field) => {
        const text = contact[field];
        return text === undefined ? [] : [`${words.contact[field]}: ${seals.read(text, locale)}`];
      }),
      ...(newAddress?.awaited === undefined ? [] : [`${words.contact.awaited}: ${seals.read(newAddress.awaited.email, locale)}`]),
      ...(newAddress?.former ?? []).map(
        ({ email, until }) => `${words.contact.former} ${dueMoment(until, locale)}: ${seals.read(email, locale)}`,
      ),
      ...(companion === undefined ? [] : [`${words.companions[companion.kind]}: ${seals.read(companion.name, locale)}`]),
    ],
    locale: [words.locales[state.locale]],
    recordingNotice:
      recordingNotice === undefined
        ? []
        : [
            `${words.version} ${recordingNotice.version}, ${words.accepted} ${moment(recordingNotice.acceptedAt, locale)}`,
            ...(recordingNotice.keptDays === undefined ? [] : [words.keptDays({ count: recordingNotice.keptDays })]),
          ],
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

type FieldOf<F> = F extends { readonly data: infer Data } ? keyof Data : never;
/** Every field that a fact of a ticket may have. */
type FactField = FieldOf<TicketFact>;
/** What the state beside it already shows, and what only machines ask for. */
type FieldInState = keyof typeof inState;
type SaidField = Exclude<FactField, FieldInState>;

type FactRow = { readonly label: string; readonly value: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const date = /^\d{4}-\d{2}-\d{2}$/;
const codes: readonly string[] = ['reason', 'by', 'cause', 'recordKind', 'about', 'channel', 'outcome', 'matched', 'grade', 'finding'];

const textInWords = (field: string, text: string, locale: Locale): string => {
  if (parseInstant(text) === text) return saysAnEnd(field) ? dueMoment(text, locale) : moment(text, locale);
  if (date.test(text)) return plainDate(text, locale);
  if (field === 'formerMode') return saidOf(sentences[locale].modes.history, text) ?? text;
  return codes.includes(field) ? (saidOf(sentences[locale].audit.facts.values, text) ?? text) : text;
};

/** `hours 48` */
const policyValue = (value: unknown): string => {
  if (value === null) return '–';
  const parts = isObject(value) ? Object.entries(value).map(([name, amount]) => `${name} ${JSON.stringify(amount)}`) : [value];
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(', ');
};

const objectInWords = (value: Readonly<Record<string, unknown>>, seals: Seals, locale: Locale): string => {
  const { startsAt, endsAt, number, filedOn, slot, staffId, department, name, version, channel, agreedAt } = value;
  if (typeof startsAt === 'string' && typeof endsAt === 'string') return slotInWords({ startsAt, endsAt }, locale);
  if (typeof number === 'string' && typeof filedOn === 'string') return requestInWords({ number, filedOn }, locale);
  if (typeof channel === 'string' && typeof agreedAt === 'string')
    return `${textInWords('channel', channel, locale)}, ${moment(agreedAt, locale)}`;
  const { clerk } = value;
  // a clerk, for the citizen
  if (typeof clerk === 'string' && (channel === 'counter' || channel === 'phone'))
    return `${sentences[locale].audit.steps.channels[channel]} · ${clerk}`;
  // to whom a meeting is offered
  if (typeof department === 'string') {
    return [department, ...[staffId, slot].flatMap((part) => (part === undefined ? [] : [inWords('to', part, seals, locale)]))].join(' · ');
  }
  // a former place
  if (isObject(slot) && typeof staffId === 'string') return `${objectInWords(slot, seals, locale)} · ${staffId}`;
  // the stamp of a policy
  if (typeof name === 'string' && typeof version === 'number') return `${name} v${version}: ${policyValue(value['value'])}`;
  return JSON.stringify(value);
};

const inWords = (field: string, value: unknown, seals: Seals, locale: Locale): string => {
  // in the log every personal text is sealed; one that is not is no more for this reader’s eyes
  if (isPersonalText(value)) return seals.read(value, locale);
  if (Array.isArray(value)) return value.map((item) => inWords(field, item, seals, locale)).join('; ');
  if (isObject(value)) return objectInWords(value, seals, locale);
  if (typeof value === 'boolean') return value ? sentences[locale].audit.facts.yes : sentences[locale].audit.facts.no;
  if (typeof value === 'number') return numberInWords(value, locale);
  return typeof value === 'string' ? textInWords(field, value, locale) : JSON.stringify(value);
};

const inState = {
  request: true,
  staffId: true,
  department: true,
  departmentCode: true,
  mode: true,
  slot: true,
  holdId: true,
  reference: true,
  heldUntil: true,
  ground: true,
  contact: true,
  companion: true,
  recordingNotice: true,
  newHourOwed: true,
  newTicketId: true,
  locale: true,
} as const satisfies Readonly<Partial<Record<FactField, true>>>;
/** Every field that is not shown elsewhere has its name, or this does not compile. */
const fieldNames = (locale: Locale): Readonly<Record<SaidField, string>> => sentences[locale].audit.facts.fields;
const isSaidHere = (field: string, locale: Locale): field is SaidField => !(field in inState) && field in fieldNames(locale);

/** What a fact says beyond the state that it made: why, on whose part, by when, under which policies. */
export const factRows = ({ type, data }: TicketFact, seals: Seals, locale: Locale): readonly FactRow[] =>
  Object.entries(data).flatMap(([field, value]: readonly [string, unknown]) => {
    if (!isSaidHere(field, locale) || value === undefined) return [];
    const told =
      type === 'TaskRaised' && field === 'kind' ? sentences[locale].audit.steps.tasks[data.kind] : inWords(field, value, seals, locale);
    const isTarget = type === 'TaskRaised' && field === 'dueAt' && isDueByTarget(data.kind);
    return [{ label: fieldNames(locale)[isTarget ? 'resolutionTargetAt' : field], value: told }];
  });
