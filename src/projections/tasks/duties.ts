import type { OpenTask } from '../../application/kernel/ports/tables';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { countsAsTold } from '../../domain/ticket/changes';
import type { TicketFact } from '../../domain/ticket/facts';
import { plusMinutes } from '../../domain/time/civil-time';
import { requestedStatus, statusAfter, type StatusParts } from '../../domain/ticket/status-after';
import type { Booking } from '../../domain/ticket/facts';

/** The register mostly answers at once: nobody needs to see a task that is gone before they have read it. */
const minutesBeforeFilingIsTold = 5;

type Due = { readonly from: Instant; readonly dueAt: Instant };

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
  readonly notice?: Due;
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
  handedOver: false,
  raised: [],
});

const placed = (duties: TicketDuties, { staffId, departmentCode, slot }: Booking, outcomeDueAt: Instant | undefined): TicketDuties => {
  const { newSlot: _, offer: __, ...rest } = duties;
  const dueAt = outcomeDueAt ?? duties.outcome?.dueAt;
  return {
    ...rest,
    staffId,
    departmentCode,
    startsAt: slot.startsAt,
    ...(dueAt === undefined ? {} : { outcome: { from: slot.startsAt, dueAt } }),
  };
};

/** A21: a letter goes by itself where there is an address, so a person is needed only when nobody was told in time. */
const withNotice = (duties: TicketDuties, since: Instant, dueAt: Instant | undefined): TicketDuties =>
  dueAt === undefined ? duties : { ...duties, notice: { from: duties.hasEmail ? dueAt : since, dueAt } };

const without = <K extends keyof TicketDuties>(duties: TicketDuties, name: K): Omit<TicketDuties, K> => {
  const { [name]: _, ...rest } = duties;
  return rest;
};

export const dutiesAfter = (before: TicketDuties, fact: TicketFact): TicketDuties => {
  const duties: TicketDuties = { ...before, ...statusAfter(before, fact) };
  switch (fact.type) {
    case 'Scheduled':
      return placed(duties, fact.data, fact.data.outcomeDueAt);
    case 'Rescheduled': {
      const { by, requestedAt, noticeDueAt, outcomeDueAt } = fact.data;
      return withNotice(placed(duties, fact.data, outcomeDueAt), requestedAt, by === 'staff' ? noticeDueAt : undefined);
    }
    case 'ContactCorrected':
      return { ...duties, hasEmail: duties.hasEmail || fact.data.email !== undefined };
    case 'ModeChanged':
      return withNotice(duties, fact.data.requestedAt, fact.data.noticeDueAt);
    case 'Reassigned':
      return withNotice(placed(duties, fact.data, undefined), fact.data.reassignedAt, fact.data.noticeDueAt);
    case 'Held': {
      const { mode, endedAt, resolutionHardLimitAt, recordingDueAt } = fact.data;
      return {
        ...duties,
        resolution: { from: endedAt, dueAt: resolutionHardLimitAt },
        ...(mode !== 'online' || recordingDueAt === undefined ? {} : { recording: { from: endedAt, dueAt: recordingDueAt } }),
      };
    }
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return without(duties, 'recording');
    case 'RecordingTakenBack': {
      const { owed, recordingDueAt, takenBackAt } = fact.data;
      return owed && recordingDueAt !== undefined ? { ...duties, recording: { from: takenBackAt, dueAt: recordingDueAt } } : duties;
    }
    case 'HandOverTakenBack':
      return { ...duties, handedOver: fact.data.stands?.by === 'paper' };
    case 'ContinuedOtherwise':
      return fact.data.wasOnline ? duties : without(duties, 'recording');
    case 'MoveOffered': {
      const { offerId, askedOf, to, offeredAt, validUntil } = fact.data;
      return { ...duties, offer: { offerId, askedOf, departmentCode: to.departmentCode, from: offeredAt, dueAt: validUntil } };
    }
    case 'MoveOfferDeclined':
    case 'MoveOfferWithdrawn':
      return duties.offer?.offerId === fact.data.offerId ? without(duties, 'offer') : duties;
    case 'StaffAbsent': {
      const { absentAt, noticeDueAt, newSlotDueAt } = fact.data;
      return withNotice({ ...duties, newSlot: { from: absentAt, dueAt: newSlotDueAt } }, absentAt, noticeDueAt);
    }
    case 'Cancelled': {
      const { cancelledAt, noticeDueAt, newHourOwed, newSlotDueAt } = fact.data;
      const owed = newHourOwed && newSlotDueAt !== undefined ? { newSlot: { from: cancelledAt, dueAt: newSlotDueAt } } : {};
      return withNotice({ ...without(duties, 'newSlot'), ...owed }, cancelledAt, noticeDueAt);
    }
    case 'NewHourGiven':
    case 'PersonalDataErased':
      return without(duties, 'newSlot');
    case 'CitizenNotified':
      return countsAsTold(fact.data.outcome)
        ? without(fact.data.outcome === 'declined-new-slot' ? without(duties, 'newSlot') : duties, 'notice')
        : duties;
    case 'ResolutionIssued':
      return { ...duties, filing: { from: plusMinutes(fact.data.issuedAt, minutesBeforeFilingIsTold) } };
    case 'ResolutionAmended': {
      const { amendment, amendedAt, resolutionHardLimitAt } = fact.data;
      return {
        ...duties,
        amendments: amendment,
        handedOver: duties.hasEmail && duties.handedOver,
        resolution: { from: amendedAt, dueAt: resolutionHardLimitAt },
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

/** Everything that a person has to do about this ticket: what was raised, and what the procedure itself asks for. */
export const openTasks = (duties: TicketDuties): readonly OpenTask[] => {
  const { status, staffId, issued, hasEmail, handedOver, filing, resolution, raised, offer } = duties;
  const own: OpenTask[] = [];
  const add = (kind: OpenTask['kind'], due: Due | undefined): void => {
    if (due !== undefined && !raised.some((task) => task.kind === kind)) own.push({ taskId: kind, kind, staffId, ...due });
  };
  if (status === 'scheduled' || status === 'in-progress') add('record-outcome', duties.outcome);
  if (!issued) add('write-resolution', duties.resolution);
  if (issued && !hasEmail && !handedOver) add('hand-over-resolution', duties.resolution);
  add('attach-recording', duties.recording);
  add('must-be-rescheduled', status === 'staff-absent' || status === 'cancelled' ? duties.newSlot : undefined);
  add('notify-citizen', duties.notice);
  if (status === 'scheduled' && offer !== undefined) {
    const { askedOf, departmentCode, from, dueAt } = offer;
    own.push({ taskId: 'accept-move', kind: 'accept-move', staffId: askedOf, departmentCode, from, dueAt });
  }
  if (filing !== undefined && !raised.some(({ kind }) => kind === 'file-resolution')) {
    const due = defined({ dueAt: resolution?.dueAt });
    own.push({ taskId: 'file-resolution', kind: 'file-resolution', staffId, from: filing.from, ...due, waiting: true });
  }
  return [...own, ...raised];
};
