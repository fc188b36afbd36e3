import type { OpenTask } from '../../application/kernel/ports/tables';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { leavesNothingToTell } from '../../domain/tasks/tasks';
import { countsAsTold } from '../../domain/ticket/changes';
import { needsOf, type TicketFact } from '../../domain/ticket/facts';
import { type ChangeMade, isSeenInActing, isToldIn, noticeOwedOf } from '../../domain/audit/change-checks';
import { policyStamped, policyThen } from '../../domain/audit/in-force';
import {
  type Deadline,
  linkDeadline,
  noticeLimit,
  type NoticeOwed,
  personTellsFrom,
  resolutionDeadline,
} from '../../domain/ticket/deadlines';
import { plusMinutes } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { requestedStatus, statusAfter, type StatusParts } from '../../domain/ticket/status-after';
import type { Booking } from '../../domain/ticket/facts';

/** The register mostly answers at once: nobody needs to see a task that is gone before they have read it. */
const minutesBeforeFilingIsTold = 5;

type Due = Deadline & { readonly from: Instant };

type Change = Extract<TicketFact, { type: ChangeMade['type'] }>;

/** What the duties of one ticket depend on, and what was raised for a person. */
export type TicketDuties = StatusParts & {
  readonly ticketId: string;
  readonly reference: string | null;
  readonly staffId: string;
  readonly departmentCode: string | null;
  readonly startsAt: Instant;
  readonly hasEmail: boolean;
  /** A20: when the start passed, what became of it must be recorded by then */
  readonly outcome?: Due;
  readonly resolution?: Due;
  readonly recording?: Due;
  readonly newSlot?: Due;
  /** A21: changes by staff of which the citizen was not told, the newest last */
  readonly notices?: readonly (NoticeOwed & ChangeMade & { readonly byLetter: boolean })[];
  /** Art. 5: of the meeting as it stands, by when its link is with the citizen */
  readonly link?: Deadline;
  /** of the policies that the ticket was asked for under */
  readonly hours: { readonly ofNotice: number; readonly ofLink: number };
  readonly handedOver: boolean;
  /** how many amendments there are of the resolution; left out, none */
  readonly amendments?: number;
  /** Art. 7: written and not in the register yet; told once it takes longer than it should */
  readonly filing?: { readonly from: Instant; readonly amendment?: number };
  readonly raised: readonly OpenTask[];
  /** Art. 8: offered to somebody else, whose head is asked */
  readonly offer?: Due & { readonly offerId: string; readonly askedOf: string; readonly departmentCode: string };
};

export const dutiesOfRequested = (ticketId: string, { data }: Extract<TicketFact, { type: 'Requested' }>): TicketDuties => ({
  ticketId,
  ...requestedStatus,
  reference: data.reference,
  staffId: data.staffId,
  departmentCode: data.departmentCode,
  startsAt: data.slot.startsAt,
  hasEmail: data.contact.email !== undefined,
  hours: {
    ofNotice: policyThen({ ticket: [] }, 'notice-deadline', data.policies).value.hours,
    ofLink: policyThen({ ticket: [] }, 'invitation-lead', data.policies).value.hours,
  },
  handedOver: false,
  raised: [],
});

const withLink = (duties: TicketDuties, slot: Slot, placedAt: Instant): TicketDuties => ({
  ...duties,
  link: linkDeadline(slot, duties.hours.ofLink, placedAt),
});

const placed = (
  duties: TicketDuties,
  { staffId, departmentCode, slot }: Booking,
  at: Instant,
  outcomeDueAt: Instant | undefined,
): TicketDuties => {
  const { newSlot: _, offer: __, ...rest } = withLink(duties, slot, at);
  const limitAt = outcomeDueAt ?? duties.outcome?.limitAt;
  return {
    ...rest,
    staffId,
    departmentCode,
    startsAt: slot.startsAt,
    ...(limitAt === undefined ? {} : { outcome: { from: slot.startsAt, limitAt } }),
  };
};

const withNotice = (duties: TicketDuties, fact: Change): TicketDuties => {
  const hours = policyStamped(fact.data.policies ?? [], 'notice-deadline')?.value.hours ?? duties.hours.ofNotice;
  const notice = { ...noticeOwedOf({ fact }, hours), type: fact.type, byLetter: duties.hasEmail };
  return { ...duties, notices: [...(duties.notices ?? []), notice] };
};

const afterNotice = (duties: TicketDuties, notice: Extract<TicketFact, { type: 'CitizenNotified' }>['data']): TicketDuties => ({
  ...duties,
  notices: (duties.notices ?? []).filter((change, place, all) => notice.notifiedAt < change.since || !isToldIn(all.slice(place), notice)),
});

/** Art. 8: of several absences and cancellings, each asks for a new hour by its own limit. */
const soonest = (before: Due | undefined, due: Due): Due => (before !== undefined && before.limitAt < due.limitAt ? before : due);

const noticeDue = ([first, ...later]: NonNullable<TicketDuties['notices']>): Due | undefined => {
  if (first === undefined) return undefined;
  const limitAt = noticeLimit([first, ...later]);
  return { from: personTellsFrom(first.byLetter, { since: first.since, limitAt }), limitAt };
};

const actedUpon = (duties: TicketDuties): TicketDuties => ({
  ...duties,
  notices: (duties.notices ?? []).filter((change) => !isSeenInActing(change)),
});

const without = <K extends keyof TicketDuties>(duties: TicketDuties, name: K): Omit<TicketDuties, K> => {
  const { [name]: _, ...rest } = duties;
  return rest;
};

export const dutiesAfter = (before: TicketDuties, fact: TicketFact): TicketDuties => {
  const changed: TicketDuties = { ...before, ...statusAfter(before, fact) };
  const duties = leavesNothingToTell(fact) ? without(changed, 'notices') : changed;
  switch (fact.type) {
    case 'Scheduled':
      return placed(duties, fact.data, fact.data.scheduledAt, fact.data.outcomeDueAt);
    case 'Rescheduled': {
      const { by, requestedAt, outcomeDueAt } = fact.data;
      const moved = placed(duties, fact.data, requestedAt, outcomeDueAt);
      return by === 'staff' ? withNotice(moved, fact) : actedUpon(moved);
    }
    case 'ContactCorrected':
      return { ...duties, hasEmail: duties.hasEmail || fact.data.email !== undefined };
    case 'ModeChanged': {
      const { by, slot, requestedAt } = fact.data;
      const changed = withLink(duties, slot, requestedAt);
      return by === 'staff' ? withNotice(changed, fact) : actedUpon(changed);
    }
    case 'Reassigned':
      return withNotice(placed(duties, fact.data, fact.data.reassignedAt, undefined), fact);
    case 'Held': {
      const { mode, endedAt, recordingDueAt } = fact.data;
      return {
        ...duties,
        resolution: { from: endedAt, ...resolutionDeadline(fact.data) },
        ...(!needsOf(mode).recording || recordingDueAt === undefined ? {} : { recording: { from: endedAt, limitAt: recordingDueAt } }),
      };
    }
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return without(duties, 'recording');
    case 'RecordingTakenBack': {
      const { owed, recordingDueAt, takenBackAt } = fact.data;
      return owed && recordingDueAt !== undefined ? { ...duties, recording: { from: takenBackAt, limitAt: recordingDueAt } } : duties;
    }
    case 'HandOverTakenBack':
      return { ...duties, handedOver: fact.data.stands?.by === 'paper' };
    case 'ContinuedOtherwise':
      return fact.data.wasOnline ? duties : without(duties, 'recording');
    case 'MoveOffered': {
      const { offerId, askedOf, to, offeredAt, validUntil } = fact.data;
      return { ...duties, offer: { offerId, askedOf, departmentCode: to.departmentCode, from: offeredAt, limitAt: validUntil } };
    }
    case 'MoveOfferDeclined':
    case 'MoveOfferWithdrawn':
      return duties.offer?.offerId === fact.data.offerId ? without(duties, 'offer') : duties;
    case 'StaffAbsent': {
      const { absentAt, newSlotDueAt } = fact.data;
      return withNotice({ ...duties, newSlot: soonest(duties.newSlot, { from: absentAt, limitAt: newSlotDueAt }) }, fact);
    }
    case 'Cancelled': {
      const { by, cancelledAt, newHourOwed, newSlotDueAt } = fact.data;
      const owed =
        newHourOwed && newSlotDueAt !== undefined ? { newSlot: soonest(duties.newSlot, { from: cancelledAt, limitAt: newSlotDueAt }) } : {};
      const cancelled = { ...without(duties, 'newSlot'), ...owed };
      return by === 'staff' ? withNotice(cancelled, fact) : actedUpon(cancelled);
    }
    case 'NewHourGiven':
      return without(duties, 'newSlot');
    case 'PersonalDataErased':
      return without(without(duties, 'newSlot'), 'notices');
    case 'CitizenNotified': {
      const { outcome } = fact.data;
      if (!countsAsTold(outcome)) return duties;
      return afterNotice(outcome === 'declined-new-slot' ? without(duties, 'newSlot') : duties, fact.data);
    }
    case 'ResolutionIssued':
      return { ...duties, filing: { from: plusMinutes(fact.data.issuedAt, minutesBeforeFilingIsTold) } };
    case 'ResolutionAmended': {
      const { amendment, amendedAt } = fact.data;
      return {
        ...duties,
        amendments: amendment,
        handedOver: duties.hasEmail && duties.handedOver,
        resolution: { from: amendedAt, ...resolutionDeadline(fact.data) },
        filing: { from: plusMinutes(amendedAt, minutesBeforeFilingIsTold), amendment },
      };
    }
    case 'ResolutionFiled':
      return duties.filing?.amendment === fact.data.amendment ? without(duties, 'filing') : duties;
    case 'ResolutionHandedOver':
      return { ...duties, handedOver: duties.handedOver || (fact.data.amendments ?? 0) >= (duties.amendments ?? 0) };
    case 'TaskRaised': {
      const { taskId, kind, staffId, raisedAt, dueAt, subjectId } = fact.data;
      if (duties.raised.some((task) => task.taskId === taskId)) return duties;
      const task: OpenTask = {
        taskId,
        kind,
        staffId,
        from: raisedAt,
        ...defined({ dueAt, subjectId }),
      };
      return { ...duties, raised: [...duties.raised, task] };
    }
    case 'TaskDone':
      return { ...duties, raised: duties.raised.filter(({ taskId }) => taskId !== fact.data.taskId) };
    default:
      return duties;
  }
};

/** Tasks that are about the resolution, and so have its target as well (A17). */
const aboutResolution: readonly OpenTask['kind'][] = ['write-resolution', 'hand-over-resolution'];

/** `dueAt`: the limit, as it was told before there were two. */
const dated = ({ from, targetAt, limitAt }: Due): Pick<OpenTask, 'from' | 'dueAt' | 'targetAt' | 'limitAt'> => ({
  from,
  dueAt: limitAt,
  ...defined({ targetAt }),
  limitAt,
});

/** A duty that goes on may have another limit than when the task was raised: that of the change before, or of the one that follows. */
const dueNow = (kind: OpenTask['kind'], duties: TicketDuties): Deadline | undefined => {
  switch (kind) {
    case 'create-meeting':
      return duties.link;
    case 'notify-citizen':
      return noticeDue(duties.notices ?? []);
    case 'must-be-rescheduled':
      return duties.newSlot;
    case 'record-outcome':
      return duties.outcome;
    case 'attach-recording':
      return duties.recording;
    default:
      return undefined;
  }
};

/** A task that was raised says one date: what its duty says now stands for it, of the resolution both dates. */
const withDates = (task: OpenTask, duties: TicketDuties): OpenTask => {
  const { kind, dueAt } = task;
  const { resolution } = duties;
  const due = dueNow(kind, duties);
  if (due !== undefined) {
    const { targetAt, limitAt } = due;
    return { ...task, dueAt: targetAt ?? limitAt, ...defined({ targetAt }), limitAt };
  }
  const isAbout = aboutResolution.includes(kind) || (kind === 'send-letter' && dueAt === resolution?.limitAt);
  if (isAbout && resolution !== undefined) return { ...task, ...defined({ targetAt: resolution.targetAt }), limitAt: resolution.limitAt };
  return { ...task, ...defined({ limitAt: dueAt }) };
};

/** Everything that a person has to do about this ticket: what was raised, and what the procedure itself asks for. */
export const openTasks = (duties: TicketDuties): readonly OpenTask[] => {
  const { status, staffId, issued, hasEmail, handedOver, filing, resolution, raised, offer } = duties;
  const own: OpenTask[] = [];
  const add = (kind: OpenTask['kind'], due: Due | undefined): void => {
    if (due !== undefined && !raised.some((task) => task.kind === kind)) own.push({ taskId: kind, kind, staffId, ...dated(due) });
  };
  if (status === 'scheduled' || status === 'in-progress') add('record-outcome', duties.outcome);
  if (!issued) add('write-resolution', duties.resolution);
  if (issued && !hasEmail && !handedOver) add('hand-over-resolution', duties.resolution);
  add('attach-recording', duties.recording);
  add('must-be-rescheduled', status === 'staff-absent' || status === 'cancelled' ? duties.newSlot : undefined);
  add('notify-citizen', noticeDue(duties.notices ?? []));
  if (status === 'scheduled' && offer !== undefined) {
    const { askedOf, departmentCode } = offer;
    own.push({ taskId: 'accept-move', kind: 'accept-move', staffId: askedOf, departmentCode, ...dated(offer) });
  }
  if (filing !== undefined && !raised.some(({ kind }) => kind === 'file-resolution')) {
    const limit = resolution?.limitAt;
    own.push({
      taskId: 'file-resolution',
      kind: 'file-resolution',
      staffId,
      from: filing.from,
      ...defined({ dueAt: limit, limitAt: limit }),
      waiting: true,
    });
  }
  return [...own, ...raised.map((task) => withDates(task, duties))];
};
