import { allowedActions, type TicketAction } from '../../domain/ticket/allowed-actions';
import {
  type AbsenceWay,
  allowedAbsences,
  allowedRecordings,
  citizenAbsentFrom,
  type RecordingWay,
} from '../../domain/ticket/allowed-ways';
import type { Instant } from '../../domain/kernel/instant';
import type { PersonalText } from '../../domain/kernel/personal-text';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import type { Locale, Mode } from '../../domain/ticket/facts';
import { isTold } from '../../domain/ticket/notify-citizen';
import {
  type HeldMeeting,
  isHeld,
  isRequested,
  type NoticeDuty,
  publicStatus,
  type RequestedTicket,
  type TicketStatus,
} from '../../domain/ticket/state';
import type { Slot } from '../../domain/time/slot';
import { currentCalendar, currentStaff, currentTicket } from '../load';
import { erasedMark } from '../ports/personal-data';
import type { Ports } from '../ports/ports';
import { type TaskRow, tables } from '../ports/tables';
import { meetWith, type MeetWith } from './meet-with';

export type MeetingCardAsked = { readonly ticketId: string; readonly viewer: 'staff' | 'head' };

export type RecordingShown = { readonly recordingId: string; readonly url?: string; readonly durationSeconds: number };
/** Art. 7, how far the resolution has come. */
export type ResolutionShown = {
  readonly issued?: { readonly at: Instant; readonly conclusions: string };
  /** given by whoever issued it, else by the register where it was filed */
  readonly documentNumber?: string;
  readonly filedAt?: Instant;
  readonly sentAt?: Instant;
  /** the newest letter came back */
  readonly bounced: boolean;
  readonly handedOver?: { readonly channel: 'post' | 'pickup'; readonly at: Instant };
};

/** Everything that a civil servant needs around one meeting (Art. 5–8), and what may be done now. */
export type MeetingCard = {
  readonly ticketId: string;
  readonly reference: string;
  readonly status: TicketStatus;
  readonly mode: Mode;
  readonly slot: Slot;
  readonly staffId: string;
  readonly departmentCode: string;
  readonly meetWith: MeetWith | null;
  readonly request: RequestIdentity;
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly notes?: string;
  /** the language in which the citizen reads letters */
  readonly locale: Locale;
  readonly link?: { readonly joinUrl: string; readonly meetingId?: string };
  /** when the citizen's mail server took the letter with the link for this hour */
  readonly linkSentAt?: Instant;
  readonly startedAt?: Instant;
  readonly held?: HeldMeeting;
  readonly recordings: readonly RecordingShown[];
  readonly recordingMissing: boolean;
  readonly recordingWaived: boolean;
  readonly resolution: ResolutionShown;
  /** Art. 8, what the citizen must be told */
  readonly notice?: NoticeDuty & { readonly told: boolean };
  readonly reschedules: number;
  readonly erased: boolean;
  readonly allowed: readonly TicketAction[];
  readonly recordingWays: readonly RecordingWay[];
  readonly absenceWays: readonly AbsenceWay[];
  /** A22 */
  readonly citizenAbsentFrom?: Instant;
  readonly tasks: readonly TaskRow[];
};

const mostTasks = 50;

/** The meeting from the log itself, its tasks from their table. */
export const meetingCard =
  (ports: Ports) =>
  async ({ ticketId, viewer }: MeetingCardAsked): Promise<MeetingCard | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const status = publicStatus(ticket);
    if (!isRequested(ticket) || status === undefined) return refuse('not-found');
    const { booking, reference, locale, recording, noticeDuty, left, erased } = ticket;
    const at = ports.clock.now();
    const [staff, calendar, tasks, personalParts] = await Promise.all([
      currentStaff(ports, booking.staffId),
      currentCalendar(ports),
      tasksOf(ports, ticketId, at),
      opened(ports, ticket),
    ]);
    const rules = { policies: ports.policies, calendar };
    const absentFrom = citizenAbsentFrom(ticket, rules);
    return {
      ticketId,
      reference,
      status,
      mode: booking.mode,
      slot: booking.slot,
      staffId: booking.staffId,
      departmentCode: booking.departmentCode,
      meetWith: staff.status === 'unknown' ? null : await meetWith(ports, staff),
      request: booking.request,
      locale,
      ...personalParts,
      ...(ticket.status === 'in-progress' ? { startedAt: ticket.startedAt } : {}),
      ...(isHeld(ticket) ? { held: ticket.held } : {}),
      recordingMissing: recording.missingSince !== undefined,
      recordingWaived: recording.waivedAt !== undefined,
      ...(noticeDuty === undefined ? {} : { notice: { ...noticeDuty, told: isTold(ticket) } }),
      reschedules: left.length,
      erased,
      allowed: allowedActions(ticket, at, viewer, ports.policies),
      recordingWays: allowedRecordings(ticket, at),
      absenceWays: allowedAbsences(ticket, at, rules),
      ...(absentFrom === undefined ? {} : { citizenAbsentFrom: absentFrom }),
      tasks,
    };
  };

const tasksOf = async (ports: Ports, ticketId: string, at: Instant): Promise<readonly TaskRow[]> => {
  const { rows } = await ports.readModels.select<TaskRow>(tables.tasks, {
    where: [
      { column: 'ticketId', is: ticketId },
      { column: 'from', before: `${at}\u0000` },
    ],
    orderBy: [{ column: 'dueAt' }],
    limit: mostTasks,
  });
  return rows;
};

type Personal = Pick<MeetingCard, 'applicant' | 'notes' | 'link' | 'linkSentAt' | 'recordings' | 'resolution'>;

const opened = async (ports: Ports, ticket: RequestedTicket): Promise<Personal> => {
  const open = async (text: PersonalText): Promise<string> => (await ports.personalData.open(text)) ?? erasedMark;
  const { contact, meetingLink, invitation, recording, booking } = ticket;
  const sent = invitation.sent.findLast(
    ({ slot, withLink, letterId }) => withLink && slot.startsAt === booking.slot.startsAt && !invitation.bounced.includes(letterId),
  );
  return {
    applicant: {
      name: await open(contact.name),
      ...(contact.email === undefined ? {} : { email: await open(contact.email) }),
      ...(contact.phone === undefined ? {} : { phone: await open(contact.phone) }),
    },
    ...(contact.notes === undefined ? {} : { notes: await open(contact.notes) }),
    ...(meetingLink === undefined
      ? {}
      : {
          link: {
            joinUrl: await open(meetingLink.joinUrl),
            ...(meetingLink.meetingId === undefined ? {} : { meetingId: meetingLink.meetingId }),
          },
        }),
    ...(meetingLink === undefined || sent === undefined ? {} : { linkSentAt: sent.acceptedAt }),
    recordings: await Promise.all(
      recording.attached.map(async ({ recordingId, url, durationSeconds }) => ({
        recordingId,
        durationSeconds,
        ...(url === undefined ? {} : { url: await open(url) }),
      })),
    ),
    resolution: await resolutionShown(open, ticket),
  };
};

const resolutionShown = async (
  open: (text: PersonalText) => Promise<string>,
  { resolution: { issued, filed, sent, bounced, handedOver } }: RequestedTicket,
): Promise<ResolutionShown> => {
  const newest = sent.at(-1);
  const last = handedOver.at(-1);
  const documentNumber = issued?.documentNumber ?? filed?.documentNumber;
  return {
    ...(issued === undefined ? {} : { issued: { at: issued.issuedAt, conclusions: await open(issued.conclusions) } }),
    ...(documentNumber === undefined ? {} : { documentNumber }),
    ...(filed === undefined ? {} : { filedAt: filed.filedAt }),
    ...(newest === undefined ? {} : { sentAt: newest.acceptedAt }),
    bounced: newest === undefined ? bounced.length > 0 : bounced.includes(newest.letterId),
    ...(last === undefined ? {} : { handedOver: { channel: last.channel, at: last.handedOverAt } }),
  };
};
