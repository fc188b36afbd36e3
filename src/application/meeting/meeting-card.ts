import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { WithTexts } from '../../domain/kernel/personal-text';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import {
  type AbsenceWay,
  allowedAbsences,
  allowedActions,
  allowedRecordings,
  citizenAbsentFrom,
  deletableRecordings,
  type RecordingWay,
  type TicketAction,
} from '../../domain/ticket/allowed';
import { isTold, isToldOnPaperAlone } from '../../domain/ticket/changes';
import { proposedContinuation } from '../../domain/ticket/continued';
import { isOnlyKept } from '../../domain/ticket/restriction';
import { amendmentLeftAt, isBeingSentAgain } from '../../domain/ticket/resolution';
import {
  type Companion,
  type Locale,
  type Mode,
  type CorrectionDisputed,
  type ResolutionAmended,
  type ResolutionIssued,
  ticketStream,
} from '../../domain/ticket/facts';
import {
  type HeldMeeting,
  isHeld,
  isRequested,
  type NoticeDuty,
  publicStatus,
  type RequestedTicket,
  type TicketStatus,
} from '../../domain/ticket/ticket';
import { openObjections } from '../../domain/ticket/objection';
import { openOffer } from '../../domain/ticket/offered';
import { type SaidOfRecording, saidOfRecording } from '../../domain/ticket/taken-back';
import { momentAfter } from '../../domain/time/civil-time';
import type { Slot } from '../../domain/time/slot';
import { Query } from '../kernel/message';
import { restrictedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TaskRow } from '../kernel/ports/tables';
import { currentCalendar, currentStaff, currentTicket } from '../kernel/streams';
import { opened } from '../kernel/typed-values';
import { type MoveOfferView, offerView } from '../booking/move-offers';
import { meetWith, type MeetWith } from '../staff/meet-with';
import { isOpenStill } from '../staff/open-tasks';

type RecordingView = { readonly recordingId: string; readonly url?: string; readonly durationSeconds: number };
/** Art. 7, how far the resolution has come. */
export type ResolutionView = {
  readonly issued?: WithTexts<ResolutionIssued['data'], string>;
  /** given by the official who issued it, else by the register where it was filed */
  readonly documentNumber?: string;
  readonly filedAt?: Instant;
  readonly sentAt?: Instant;
  /** the newest letter came back */
  readonly bounced: boolean;
  /** another one was asked for, and is on its way */
  readonly sentAgain: boolean;
  readonly handedOver?: { readonly channel: 'post' | 'pickup'; readonly at: Instant };
  /** each with the text that it has of its own; the first resolution stands beside them as it was written */
  readonly amendments: readonly AmendmentView[];
};

type AmendmentView = WithTexts<ResolutionAmended['data'], string> & {
  readonly filedAt?: Instant;
  /** a letter or a paper that holds it has left, and has not come back */
  readonly leftAt?: Instant;
};

type MeetingTexts = {
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string; readonly postalAddress?: string };
  readonly companion?: WithTexts<Companion, string>;
  readonly notes?: string;
  readonly link?: { readonly joinUrl: string; readonly meetingId?: string };
  /** when the citizen's mail server took the letter with the link for this hour */
  readonly linkSentAt?: Instant;
  readonly recordings: readonly RecordingView[];
  readonly resolution: ResolutionView;
};

/** GDPR 18: of a ticket that is only kept it is seen what there is, and what has become of it, but not what it says. */
const readable = (ports: Ports, ticket: RequestedTicket): Ports =>
  isOnlyKept(ticket) ? { ...ports, personalData: { ...ports.personalData, open: () => Promise.resolve(restrictedMark) } } : ports;

/** What is sealed in the log of one meeting, opened for the official who handles it. */
const meetingTexts = async (ports: Pick<Ports, 'personalData'>, ticket: RequestedTicket): Promise<MeetingTexts> => {
  const { contact, companion, meetingLink, invitation, recording, booking } = ticket;
  const sent = invitation.sent.findLast(
    ({ slot, withLink, letterId }) => withLink && slot.startsAt === booking.slot.startsAt && !invitation.bounced.includes(letterId),
  );
  const { notes, ...applicant } = await opened(ports, contact);
  const link = meetingLink && { joinUrl: meetingLink.joinUrl, ...defined({ meetingId: meetingLink.meetingId }) };
  return {
    applicant,
    ...defined({
      companion: companion && (await opened(ports, companion)),
      notes,
      link: link && (await opened(ports, link)),
      linkSentAt: link && sent?.acceptedAt,
    }),
    recordings: await Promise.all(
      recording.attached.map(({ recordingId, url, durationSeconds }) =>
        opened(ports, { recordingId, durationSeconds, ...defined({ url }) }),
      ),
    ),
    resolution: await resolutionView(ports, ticket),
  };
};

const resolutionView = async (ports: Pick<Ports, 'personalData'>, { resolution }: RequestedTicket): Promise<ResolutionView> => {
  const { issued, filed, sent, bounced, handedOver, amendments } = resolution;
  const newest = sent.at(-1);
  const last = handedOver.at(-1);
  const documentNumber = issued?.documentNumber ?? filed?.documentNumber;
  return {
    ...(issued === undefined ? {} : { issued: await opened(ports, issued) }),
    ...defined({ documentNumber, filedAt: filed?.filedAt, sentAt: newest?.acceptedAt }),
    bounced: newest === undefined ? bounced.length > 0 : bounced.includes(newest.letterId),
    sentAgain: (sent.length > 0 || bounced.length > 0) && isBeingSentAgain(resolution),
    amendments: await Promise.all(
      amendments.map(async ({ amended, filed: document }) => ({
        ...(await opened(ports, amended)),
        ...defined({
          documentNumber: document?.documentNumber ?? amended.documentNumber,
          filedAt: document?.filedAt,
          leftAt: amendmentLeftAt(resolution, amended.amendment),
        }),
      })),
    ),
    ...(last === undefined ? {} : { handedOver: { channel: last.channel, at: last.handedOverAt } }),
  };
};

export type MeetingCardQuery = { readonly ticketId: string; readonly viewer: 'staff' | 'head' };

/** Everything that a civil servant needs around one meeting (Art. 5–8), and what may be done now. */
export type MeetingCard = MeetingTexts & {
  readonly ticketId: string;
  readonly reference: string;
  readonly status: TicketStatus;
  readonly mode: Mode;
  readonly slot: Slot;
  readonly staffId: string;
  readonly departmentCode: string;
  readonly meetWith: MeetWith | null;
  readonly request: RequestIdentity;
  /** the language in which the citizen reads letters */
  readonly locale: Locale;
  readonly startedAt?: Instant;
  readonly held?: HeldMeeting;
  /** Webex could not be used, or not to the end */
  readonly continued?: NonNullable<RequestedTicket['continued']>;
  /** from when on that is proposed to have been so */
  readonly proposedContinuation: Instant;
  readonly recordingMissing: boolean;
  readonly recordingWaived: boolean;
  /** A13: one was deleted once its time was over */
  readonly recordingDeleted: boolean;
  /** ids of the recordings that can be declared deleted now */
  readonly deletable: readonly string[];
  /** Art. 7: what the citizen objects to, and no official has answered */
  readonly objections: readonly WithTexts<CorrectionDisputed['data'], string>[];
  /** A13, A11: what a person said and could have mistyped */
  readonly saidOfRecording: readonly SaidOfRecording[];
  readonly handOvers: readonly { readonly channel: 'post' | 'pickup'; readonly handedOverAt: Instant }[];
  /** Art. 8, what the citizen must be told */
  readonly notice?: NoticeDuty & {
    readonly told: boolean;
    /** by nothing but letters on paper, which may still come back */
    readonly posted: boolean;
  };
  /** Art. 8: offered to another official, while its head can accept */
  readonly offer?: MoveOfferView;
  readonly reschedules: number;
  readonly erased: boolean;
  readonly allowed: readonly TicketAction[];
  readonly recordingWays: readonly RecordingWay[];
  readonly absenceWays: readonly AbsenceWay[];
  /** A22 */
  readonly citizenAbsentFrom?: Instant;
  readonly tasks: readonly TaskRow[];
  /** something that was acknowledged about it is gone from the log: this is how it stood before that */
  readonly incomplete: boolean;
};

const mostTasks = 50;

export class GetMeetingCard extends Query<MeetingCardQuery, MeetingCard | Refusal> {}

/** The meeting from the log itself, its tasks from their table. */
export const meetingCard =
  (ports: Ports) =>
  async ({ ticketId, viewer }: MeetingCardQuery): Promise<MeetingCard | Refusal> => {
    const ticket = await currentTicket(ports, ticketId);
    const status = publicStatus(ticket);
    if (!isRequested(ticket) || status === undefined) return refuse('not-found');
    const { booking, reference, locale, recording, noticeDuty, left, erased } = ticket;
    const at = ports.clock.now();
    const reader = readable(ports, ticket);
    const [staff, calendar, tasks, texts] = await Promise.all([
      currentStaff(ports, booking.staffId),
      currentCalendar(ports),
      tasksOf(ports, ticketId, at),
      meetingTexts(reader, ticket),
    ]);
    const rules = { policies: ports.policies, calendar };
    const offer = openOffer(ticket, at);
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
      ...texts,
      ...(ticket.status === 'in-progress' ? { startedAt: ticket.startedAt } : {}),
      ...(isHeld(ticket) ? { held: ticket.held } : {}),
      ...defined({ continued: ticket.continued }),
      proposedContinuation: proposedContinuation(ticket, at),
      recordingMissing: recording.missingSince !== undefined,
      recordingWaived: recording.waivedAt !== undefined,
      recordingDeleted: recording.deleted.length > 0,
      deletable: deletableRecordings(ticket, at),
      objections: await Promise.all(openObjections(ticket).map((objection) => opened(reader, objection))),
      saidOfRecording: saidOfRecording(ticket),
      handOvers: ticket.resolution.handedOver.map(({ channel, handedOverAt }) => ({ channel, handedOverAt })),
      ...(noticeDuty === undefined ? {} : { notice: { ...noticeDuty, told: isTold(ticket), posted: isToldOnPaperAlone(ticket) } }),
      ...defined({ offer: offer && (await offerView(reader, ticketId, ticket, offer)) }),
      reschedules: left.length,
      erased,
      allowed: allowedActions(ticket, at, viewer, ports.policies),
      recordingWays: allowedRecordings(ticket, at),
      absenceWays: allowedAbsences(ticket, at, rules),
      ...defined({ citizenAbsentFrom: absentFrom }),
      tasks,
      incomplete: ports.store.lacks?.(ticketStream(ticketId)) === true,
    };
  };

const tasksOf = async (ports: Ports, ticketId: string, at: Instant): Promise<readonly TaskRow[]> => {
  const { rows } = await ports.readModels.select<TaskRow>(tables.tasks, {
    where: [
      { column: 'ticketId', is: ticketId },
      { column: 'from', before: momentAfter(at) },
    ],
    orderBy: [{ column: 'dueAt' }],
    limit: mostTasks,
  });
  return rows.filter((row) => isOpenStill(row, at));
};
