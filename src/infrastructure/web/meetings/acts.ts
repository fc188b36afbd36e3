import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Instant } from '../../../domain/kernel/fact';
import type { TicketAction } from '../../../domain/ticket/allowed';
import { needsOf } from '../../../domain/ticket/facts';

/** What a civil servant does around a meeting, each on a page of its own (Art. 5–8). */
export const acts = [
  'link',
  'start',
  'continued',
  'held',
  'recording',
  'no-recording',
  'recording-waived',
  'recording-deleted',
  'recording-taken-back',
  'resolution',
  'amended',
  'filed',
  'send-again',
  'handed-over',
  'hand-over-taken-back',
  'objection-answered',
  'notice',
  'reschedule',
  'citizen-absent',
  'staff-absent',
  'reassign',
  'offer',
  'offer-withdrawn',
  'cancel',
] as const;
export type Act = (typeof acts)[number];

type About = {
  /** the last part of its address */
  readonly path: string;
  /** what must be allowed */
  readonly action: TicketAction;
  /** which article asks for it */
  readonly article: string;
  /** of an action that can be done in more than one way: this one */
  readonly way?: MeetingCard['recordingWays'][number] | MeetingCard['absenceWays'][number];
};

export const aboutAct: Readonly<Record<Act, About>> = {
  link: { path: 'link', action: 'meeting-link', article: '5' },
  start: { path: 'incepere', action: 'start', article: '6' },
  continued: { path: 'continuare', action: 'continued', article: '5' },
  held: { path: 'incheiere', action: 'held', article: '6' },
  recording: { path: 'inregistrare', action: 'recording', article: '5', way: 'attached' },
  'no-recording': { path: 'fara-inregistrare', action: 'recording', article: '5', way: 'missing' },
  'recording-waived': { path: 'inregistrare-refuzata', action: 'recording', article: '5', way: 'waived' },
  'recording-deleted': { path: 'inregistrare-stearsa', action: 'deleted', article: '5' },
  'recording-taken-back': { path: 'inregistrare-retrasa', action: 'recording-taken-back', article: '5' },
  resolution: { path: 'rezolutie', action: 'resolution', article: '7' },
  amended: { path: 'rectificare', action: 'amended', article: '7' },
  filed: { path: 'conexare', action: 'filed', article: '7' },
  'send-again': { path: 'retrimitere', action: 'send-again', article: '7' },
  'handed-over': { path: 'predare', action: 'handed-over', article: '7' },
  'hand-over-taken-back': { path: 'predare-retrasa', action: 'hand-over-taken-back', article: '7' },
  'objection-answered': { path: 'obiectie', action: 'objection-answered', article: '7' },
  notice: { path: 'instiintare', action: 'notice', article: '8' },
  reschedule: { path: 'reprogramare', action: 'reschedule', article: '8' },
  'citizen-absent': { path: 'neprezentare', action: 'absent', article: '6', way: 'citizen' },
  'staff-absent': { path: 'absenta-functionarului', action: 'absent', article: '8', way: 'staff' },
  reassign: { path: 'repartizare', action: 'reassign', article: '1' },
  offer: { path: 'oferire', action: 'offer', article: '8' },
  'offer-withdrawn': { path: 'oferta-retrasa', action: 'offer-withdrawn', article: '8' },
  cancel: { path: 'anulare', action: 'cancel', article: '8' },
};

export const isAct = (text: unknown): text is Act => acts.some((act) => act === text);
export const actOfPath = (path: string): Act | undefined => acts.find((act) => aboutAct[act].path === path);
export const cardPath = (ticketId: string): string => `/programari/${ticketId}`;
/** Where the head who is asked answers. */
export const offerPath = (ticketId: string): string => `${cardPath(ticketId)}/oferta`;
export const actPath = (ticketId: string, act: Act): string => `${cardPath(ticketId)}/${aboutAct[act].path}`;

type Allowed = Pick<MeetingCard, 'allowed' | 'recordingWays' | 'absenceWays'>;

/** What may be done now, and in which way, as the domain says it; nothing else is offered. */
export const allowedActs = ({ allowed, recordingWays, absenceWays }: Allowed): readonly Act[] => {
  const open = new Set<About['way']>([...recordingWays, ...absenceWays, undefined]);
  return acts.filter((act) => allowed.includes(aboutAct[act].action) && open.has(aboutAct[act].way));
};

/** Art. 8: the citizen has not been told, and no letter will do it by itself. */
export const mustBeToldByAPerson = ({ notice, applicant, tasks }: MeetingCard): boolean =>
  notice !== undefined && !notice.told && (applicant.email === undefined || tasks.some(({ kind }) => kind === 'notify-citizen'));

const isRecordingSettled = ({ mode, continued, recordings, ...card }: MeetingCard): boolean =>
  !needsOf(mode).recording ||
  continued?.wasOnline === false ||
  recordings.length > 0 ||
  card.recordingMissing ||
  card.recordingWaived ||
  card.recordingDeleted;

/** Art. 7: the citizen has it, or a letter is on its way by itself. */
const mustBeHandedOver = ({ resolution, applicant }: MeetingCard): boolean =>
  resolution.issued !== undefined &&
  (resolution.handedOver === undefined || resolution.amendments.some(({ leftAt }) => leftAt === undefined)) &&
  (applicant.email === undefined || (resolution.bounced && !resolution.sentAgain));

/** Art. 7: the register has given up, or everything is filed by hand here, or the number that was given is wrong. */
const mustBeFiledByHand = ({ tasks }: MeetingCard): boolean =>
  tasks.some(({ kind, waiting }) => kind === 'correct-filing' || (kind === 'file-resolution' && waiting !== true));

/** Art. 8: no official can hold it at its hour, because of an absence or a day that was closed since. */
const mustBeMoved = ({ tasks }: MeetingCard): boolean => tasks.some(({ kind }) => kind === 'must-be-rescheduled');

const wanted = (card: MeetingCard, at: Instant): readonly (Act | false)[] => {
  const { status, mode, slot, link, resolution } = card;
  const tell = mustBeToldByAPerson(card) && 'notice';
  const missesLink = needsOf(mode).link && link === undefined && 'link';
  switch (status) {
    case 'scheduled':
      if (at < slot.startsAt) return [tell, mustBeMoved(card) && 'reschedule', missesLink];
      return at < slot.endsAt ? [missesLink, 'start'] : ['held'];
    case 'in-progress':
      return ['held'];
    case 'staff-absent':
      return [tell, 'reschedule'];
    case 'held':
    case 'resolved':
    case 'concluded':
      return [
        !isRecordingSettled(card) && 'recording',
        resolution.issued === undefined && 'resolution',
        mustBeFiledByHand(card) && 'filed',
        mustBeHandedOver(card) && 'handed-over',
      ];
    case 'cancelled':
      return [tell];
    case 'awaiting-code':
    case 'lapsed':
    case 'citizen-absent':
      return [];
  }
};

/** The one thing to do next, among what may be done; nothing when the person can wait. */
export const nextAct = (card: MeetingCard, at: Instant): Act | undefined => {
  const may = allowedActs(card);
  return wanted(card, at).find((act): act is Act => act !== false && may.includes(act));
};
