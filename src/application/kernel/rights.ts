import type { Category, FactsByCategory } from '../../domain/facts';
import type { RequestIdentity } from '../../domain/request/facts';
import { type Asker, type Principal, type Role, roles } from './access';

/** `own`: what is the person's own; `department`: also what is another's of the same department. */
type Reach = 'own' | 'department' | 'any';
type Grants = Partial<Record<Role | 'citizen' | 'booking', Reach>>;
/** Services and the command line reach everything of what they may cause at all. */
type FactGrants = Grants & {
  readonly 'command-line'?: 'any';
  readonly processes?: readonly string[];
  readonly providers?: readonly string[];
};
export type FactType<C extends Category> = FactsByCategory[C]['type'];

const ofStaff: FactGrants = { staff: 'own', head: 'department' };
/** For citizens who come to the counter or ring: what the citizen may, and said to be so in the fact. */
const atCounter: FactGrants = { registry: 'any' };
const administered: FactGrants = { admin: 'any' };
/** By the operator of the service, signed in or at its machine. */
const settled: FactGrants = { ...administered, 'command-line': 'any' };
/** GDPR 18 */
const restricted = settled;
const registered: FactGrants = { registry: 'any', admin: 'any', 'command-line': 'any', processes: ['registry'] };
const erased: FactGrants = { admin: 'any', 'command-line': 'any', processes: ['retention'] };
/** What follows on the other streams from an act about a meeting is as wide as the acts. */
const follows: FactGrants = { ...ofStaff, ...atCounter, citizen: 'own', booking: 'own', processes: ['process-booking'] };
/** The steps between asking for a ticket and having it. */
const booked: FactGrants = { ...atCounter, citizen: 'own', booking: 'own', processes: ['process-booking'] };
const blocked: FactGrants = { processes: ['process-blocking'] };
const byLetters = (...kinds: readonly string[]): readonly string[] => kinds.map((kind) => `process-${kind}-letters`);
const bouncing: Pick<FactGrants, 'providers'> = { providers: ['bounces'] };
const asksPeople = [
  'process-blocking',
  'process-deadlines',
  'process-filing',
  'process-meetings',
  'process-request-changes',
  ...byLetters('invitation', 'change', 'cancellation', 'resolution'),
  'registry',
];

/** Who may cause which fact, and how far. What does not stand here is refused to all but a host, which decides itself. */
export const factRights: { readonly [C in Category]: Readonly<Record<FactType<C>, FactGrants>> } = {
  request: {
    RequestRegistered: registered,
    HandlerAssigned: registered,
    AnswerCommunicated: registered,
    AnswerCorrected: registered,
    AnswerWithdrawn: registered,
    StatusChanged: registered,
    ApplicantCorrected: registered,
    ApplicantDisputed: registered,
    // a person looks at the papers
    ApplicantDisputeSettled: { registry: 'any', admin: 'any' },
    TicketAdmitted: { ...atCounter, booking: 'own' },
    AdmissionEnded: follows,
    NewHourDeclined: { processes: ['process-new-hours'] },
    LateAdmissionGranted: { head: 'department' },
    SharedHourAllowed: { head: 'department' },
    PersonalDataErased: erased,
  },
  agenda: {
    SlotHeld: follows,
    SlotConfirmed: follows,
    SlotReleased: follows,
    TimeBlocked: blocked,
    TimeUnblocked: blocked,
  },
  ticket: {
    Requested: { ...atCounter, booking: 'own' },
    VerificationCodeIssued: booked,
    VerificationFailed: { ...atCounter, citizen: 'own' },
    EmailVerified: { ...atCounter, citizen: 'own' },
    ContactCorrectionRequested: { ...atCounter, citizen: 'own' },
    ContactCorrected: { ...atCounter, citizen: 'own' },
    Scheduled: booked,
    Lapsed: booked,
    Rescheduled: { ...ofStaff, ...atCounter, citizen: 'own', processes: ['process-booking'] },
    // within the department, or to the official who has the file
    Reassigned: { head: 'department', processes: ['process-booking'] },
    MoveOffered: ofStaff,
    MoveOfferWithdrawn: ofStaff,
    // of the department that was asked, as for the head who accepts an offer
    MoveOfferDeclined: { head: 'department' },
    ModeChanged: { ...ofStaff, ...atCounter, citizen: 'own' },
    MeetingLinkAttached: { ...ofStaff, processes: ['process-meetings'] },
    MeetingRemoved: { processes: ['process-meetings'] },
    InvitationSent: { processes: byLetters('invitation', 'change') },
    InvitationBounced: { ...ofStaff, ...bouncing, processes: byLetters('invitation', 'change') },
    ReminderSent: { processes: byLetters('reminder') },
    ReminderLeftOut: { processes: byLetters('reminder') },
    EarlierHourWanted: { ...atCounter, citizen: 'own', booking: 'own' },
    EarlierHourNoLongerWanted: { citizen: 'own' },
    EarlierHourOffered: { processes: byLetters('earlier-hour') },
    MeetingStarted: ofStaff,
    ContinuedOtherwise: ofStaff,
    Held: ofStaff,
    RecordingAttached: { ...ofStaff, processes: ['process-recordings', 'process-recording-watch'] },
    RecordingWithdrawn: { processes: ['process-recording-watch'] },
    RecordingDeleted: ofStaff,
    RecordingMissing: { ...ofStaff, processes: ['process-recordings'] },
    RecordingWaived: ofStaff,
    RecordingTakenBack: ofStaff,
    CitizenAbsent: ofStaff,
    StaffAbsent: ofStaff,
    // a process where the hour was given away while the ticket could not be read
    Cancelled: { ...ofStaff, ...atCounter, citizen: 'own', processes: ['process-booking'] },
    NewHourGiven: { processes: ['process-new-hours'] },
    CitizenNotified: {
      ...ofStaff,
      providers: [...(bouncing.providers ?? []), 'text-messages'],
      processes: byLetters('change', 'cancellation'),
    },
    ResolutionIssued: ofStaff,
    ResolutionAmended: ofStaff,
    ResolutionFiled: { ...ofStaff, processes: ['process-filing', 'process-filing-confirmation'] },
    FilingDisproved: { processes: ['process-filing-confirmation'] },
    ResolutionSent: { processes: byLetters('resolution') },
    ResolutionToBeSentAgain: ofStaff,
    ResolutionHandedOver: ofStaff,
    HandOverTakenBack: ofStaff,
    ResolutionBounced: { ...ofStaff, ...bouncing, processes: byLetters('resolution') },
    CorrectionDisputed: { citizen: 'own' },
    ObjectionAnswered: ofStaff,
    TaskRaised: { 'command-line': 'any', processes: asksPeople },
    TaskDone: { 'command-line': 'any', processes: ['process-blocking', 'process-deadlines', 'registry'] },
    PersonalDataErased: erased,
    ConclusionsErased: erased,
    ProcessingRestricted: restricted,
    RestrictionLifted: restricted,
  },
  staff: {
    StaffRegistered: { admin: 'any', 'command-line': 'any' },
    WorkingHoursSet: ofStaff,
    AbsenceRecorded: { ...ofStaff, processes: ['absence-calendar'] },
    AbsenceWithdrawn: { ...ofStaff, processes: ['absence-calendar'] },
    DeputyNamed: { ...ofStaff, ...administered },
    DeputyWithdrawn: { ...ofStaff, ...administered },
    // no official makes themselves or another the deputy of all
    DepartmentDeputyNamed: { head: 'department', ...administered },
    DepartmentDeputyWithdrawn: { head: 'department', ...administered },
    // their own letters: no official chooses for another which letters come
    LettersChosen: { staff: 'own', head: 'own' },
    StaffLeft: administered,
  },
  calendar: {
    BridgeDayDeclared: administered,
    WorkingDayDeclared: administered,
    DayRestored: administered,
    // a head, of their department alone
    ServicePaused: { head: 'department', ...administered },
    ServiceResumed: { head: 'department', ...administered },
  },
  ops: {
    EventSkipped: settled,
    PersonForgotten: { 'command-line': 'any' },
    LogAccepted: { 'command-line': 'any' },
    LossSettled: { 'command-line': 'any' },
    StreamClosed: settled,
  },
  // no official notes what they looked at themselves: the service does
  reading: { PersonalDataRead: { processes: ['readings'] } },
};

const ownOnly: FactGrants = { staff: 'own', head: 'own' };
const atConsole: FactGrants = { 'command-line': 'any' };

/** What an asker may cause that is no fact: it stands beside the log, in a table or in the operational state. */
export const effects = [
  'letter.noted-bounced',
  'letter.tried-again',
  'recordings.looked-for',
  'draft.kept',
  'feed.renewed',
  'feed.ended',
  'calendar.followed',
  'calendar.left',
  'webhook.enabled',
  'row.tried-again',
  'table.rebuilt',
  'table.dropped',
  'alarm.cleared',
  'retention.applied',
  'retention.confirmed',
  'token.issued',
  'token.revoked',
] as const;
export type Effect = (typeof effects)[number];

/**
 * Who may cause which of them, and how far; asked in the use case before anything is written. What every visitor may do in their own
 * browser is none.
 */
export const effectRights: Readonly<Record<Effect, FactGrants>> = {
  // also for a code: no fact says that its letter came back
  'letter.noted-bounced': { ...ofStaff, ...bouncing },
  'letter.tried-again': settled,
  'recordings.looked-for': { providers: ['webex'] },
  // what is typed about a ticket
  'draft.kept': { ...ofStaff, citizen: 'own' },
  'feed.renewed': ownOnly,
  'feed.ended': ownOnly,
  'calendar.followed': ofStaff,
  'calendar.left': ofStaff,
  'webhook.enabled': settled,
  'row.tried-again': settled,
  'table.rebuilt': settled,
  'table.dropped': atConsole,
  'alarm.cleared': atConsole,
  'retention.applied': atConsole,
  'retention.confirmed': settled,
  'token.issued': atConsole,
  'token.revoked': atConsole,
};

/** Whose something is, as far as it is known. */
export type Whose = {
  readonly ticketId?: string | undefined;
  readonly request?: RequestIdentity | undefined;
  readonly staffId?: string | undefined;
  readonly departmentCode?: string | undefined;
};

const isOwn = (asker: Asker, whose: Whose): boolean => {
  switch (asker.kind) {
    case 'citizen':
      return whose.ticketId === asker.ticketId;
    case 'booking':
      return whose.request?.number === asker.request.number && whose.request.filedOn === asker.request.filedOn;
    case 'official':
      return asker.staffId !== undefined && whose.staffId === asker.staffId;
    default:
      return false;
  }
};
export const isOfDepartment = (asker: Asker, { departmentCode }: Whose): boolean =>
  asker.kind === 'official' && asker.departmentCode !== undefined && asker.departmentCode === departmentCode;

export const reaches = (asker: Asker, reach: Reach, whose: Whose): boolean =>
  reach === 'any' || isOwn(asker, whose) || (reach === 'department' && isOfDepartment(asker, whose));

const reachIn = (asker: Asker, row: FactGrants): Reach | undefined => {
  switch (asker.kind) {
    case 'host':
      return 'any';
    case 'everybody':
      return undefined;
    case 'process':
      return row.processes?.includes(asker.name) === true ? 'any' : undefined;
    case 'provider':
      return row.providers?.includes(asker.name) === true ? 'any' : undefined;
    case 'official':
      return row[asker.role];
    default:
      return row[asker.kind];
  }
};

/** How far this asker may cause facts of this type; `undefined`: not at all. */
export const reachOf = (asker: Asker, category: Category, type: string): Reach | undefined => {
  const rows: Readonly<Record<string, FactGrants>> = factRights[category];
  return reachIn(asker, rows[type] ?? {});
};
export const reachOfEffect = (asker: Asker, effect: Effect): Reach | undefined => reachIn(asker, effectRights[effect]);

export const actions = [
  'slots.read',
  'ticket.request',
  'counter.book',
  'ticket.verify',
  'ticket.read',
  'ticket.change',
  'ticket.wish',
  'ticket.contact',
  'ticket.object',
  'ticket.handle',
  'ticket.reassign',
  'ticket.take-over',
  'ticket.forget',
  'subject.access',
  'calendar.read',
  'staff.schedule',
  'staff.letters',
  'deputy.name',
  'deputy.name-for-department',
  'staff.administer',
  'request.register',
  'request.admit-late',
  'request.share-hour',
  'request.settle-dispute',
  'day.declare',
  'service.pause',
  'parked.settle',
  'streams.close',
  'webhooks.settle',
  'tables.rebuild',
  'letters.try-again',
  'operations.read',
  'eligibility.read',
  'audit.tickets',
  'audit.read',
  'events.read',
  'reports.read',
  'duties.read',
] as const;
/** What a route is for: its first door. What changes something is granted as the fact that it is for. */
export type Action = (typeof actions)[number];

/** What the action is about, as the log has it. `none`: nothing in particular, or only what is the caller's own. */
export type Subject =
  | { readonly kind: 'none' }
  | { readonly kind: 'ticket'; readonly ticketId: string; readonly staffId: string; readonly departmentCode: string }
  /** the department to which a meeting was offered */
  | { readonly kind: 'offer'; readonly departmentCode: string | undefined }
  | { readonly kind: 'staff'; readonly staffId: string; readonly departmentCode: string }
  | { readonly kind: 'request'; readonly departmentCode: string | undefined };

const grants: Readonly<Record<Action, Grants>> = {
  'slots.read': { ...ofStaff, ...atCounter, booking: 'own', citizen: 'own' },
  // a clerk books by another door, with the three data
  'ticket.request': { booking: 'own' },
  'counter.book': atCounter,
  'ticket.verify': factRights.ticket.EmailVerified,
  'ticket.read': { ...ofStaff, ...atCounter, citizen: 'own' },
  'ticket.change': factRights.ticket.Cancelled,
  'ticket.wish': factRights.ticket.EarlierHourNoLongerWanted,
  'ticket.contact': factRights.ticket.ContactCorrected,
  'ticket.object': factRights.ticket.CorrectionDisputed,
  'ticket.handle': factRights.ticket.Held,
  'ticket.reassign': factRights.ticket.Reassigned,
  'ticket.take-over': factRights.ticket.MoveOfferDeclined,
  'ticket.forget': factRights.ticket.PersonalDataErased,
  // GDPR 15: everything about one person at once
  'subject.access': administered,
  'calendar.read': ofStaff,
  'staff.schedule': factRights.staff.AbsenceRecorded,
  'deputy.name': factRights.staff.DeputyNamed,
  'deputy.name-for-department': factRights.staff.DepartmentDeputyNamed,
  'staff.letters': factRights.staff.LettersChosen,
  'staff.administer': factRights.staff.StaffRegistered,
  'request.register': factRights.request.RequestRegistered,
  'request.settle-dispute': factRights.request.ApplicantDisputeSettled,
  'request.admit-late': factRights.request.LateAdmissionGranted,
  'request.share-hour': factRights.request.SharedHourAllowed,
  'day.declare': factRights.calendar.BridgeDayDeclared,
  'service.pause': factRights.calendar.ServicePaused,
  'parked.settle': factRights.ops.EventSkipped,
  'streams.close': factRights.ops.StreamClosed,
  'webhooks.settle': effectRights['webhook.enabled'],
  'tables.rebuild': effectRights['table.rebuilt'],
  'letters.try-again': effectRights['letter.tried-again'],
  'operations.read': administered,
  'eligibility.read': { staff: 'any', head: 'any', auditor: 'any', registry: 'any' },
  'audit.tickets': { auditor: 'any', head: 'department' },
  // the whole log, its seal, and who looked
  'audit.read': { auditor: 'any' },
  'events.read': { auditor: 'any', integrator: 'any' },
  'reports.read': { reports: 'any', head: 'department' },
  'duties.read': { reports: 'any', head: 'department', auditor: 'any' },
};

const nameOf = (principal: Principal): keyof Grants => (principal.kind === 'official' ? principal.role : principal.kind);

/** Whether this principal may do this. Deny by default: a yes always stands in the tables above. */
export const may = (principal: Principal, action: Action, subject: Subject): boolean => {
  const reach = grants[action][nameOf(principal)];
  return reach !== undefined && (subject.kind === 'none' || reaches(principal, reach, subject));
};

/** Whether the role may do this to anything at all; asked before anything is looked up. */
export const mayEver = (principal: Principal, action: Action): boolean => grants[action][nameOf(principal)] !== undefined;

/** The department to which the reader is bound where a list names nothing in particular; `undefined`: all of them. */
export const departmentBound = (principal: Principal, action: Action): { readonly departmentCode: string | undefined } | undefined =>
  grants[action][nameOf(principal)] === 'any'
    ? undefined
    : { departmentCode: principal.kind === 'official' ? principal.departmentCode : undefined };

/** The roles of officials that may do this to something. */
export const rolesFor = (action: Action): readonly Role[] => roles.filter((role) => grants[action][role] !== undefined);
