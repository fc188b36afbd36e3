import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import type { PersonalText } from '../../domain/kernel/personal-text';
import type { RequestedTicket } from '../../domain/ticket/state';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';

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

export type MeetingTexts = {
  readonly applicant: { readonly name: string; readonly email?: string; readonly phone?: string };
  readonly notes?: string;
  readonly link?: { readonly joinUrl: string; readonly meetingId?: string };
  /** when the citizen's mail server took the letter with the link for this hour */
  readonly linkSentAt?: Instant;
  readonly recordings: readonly RecordingShown[];
  readonly resolution: ResolutionShown;
};

/** What is sealed in the log of one meeting, opened for whoever handles it. */
export const meetingTexts = async (ports: Pick<Ports, 'personalData'>, ticket: RequestedTicket): Promise<MeetingTexts> => {
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
            ...defined({ meetingId: meetingLink.meetingId }),
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
    ...defined({ documentNumber, filedAt: filed?.filedAt, sentAt: newest?.acceptedAt }),
    bounced: newest === undefined ? bounced.length > 0 : bounced.includes(newest.letterId),
    ...(last === undefined ? {} : { handedOver: { channel: last.channel, at: last.handedOverAt } }),
  };
};
