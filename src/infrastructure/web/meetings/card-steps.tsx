import type { VNode } from 'preact';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale, TaskKind } from '../../../domain/ticket/facts';
import { deadlineOf } from '../../../application/kernel/ports/tables';
import { type Deadline, resolutionDeadline } from '../../../domain/ticket/deadlines';
import { Article } from '../parts/article';
import { Deadlines } from '../parts/deadlines';
import { Icon } from './icons';
import { sentences } from '../../phrasing/sentences';
import { usePage, useWords } from '../page/page-context';
import { dateAndHour, hour } from '../../phrasing/words/dates';
import { defined } from '@tichet-albastru/kernel/defined';
import { mustBeToldByAPerson } from './acts';
import { durationView } from './typed-time';

/** One line of „Ce mai e de făcut”: `done`; `now`, by a person; `later`, by itself or once something else is done. */
type Step = {
  readonly state: 'done' | 'now' | 'later';
  readonly text: string;
  readonly article: string;
  readonly due?: Deadline;
};

/** Tasks that are a step of their own; the others belong to the steps of the meeting. */
const apart: readonly (readonly [TaskKind, string])[] = [
  ['assign-staff', '1'],
  ['must-be-rescheduled', '8'],
  ['request-changed', '2'],
  ['send-letter', '3 e'],
  ['follow-up-bounce', '8'],
  ['file-resolution', '7'],
  ['correct-filing', '7'],
  ['remove-meeting', '5'],
  ['facts-lost', '8'],
  ['correction-disputed', '7'],
  ['accept-move', '8'],
];

const dueOf = ({ tasks }: MeetingCard, kind: TaskKind): Deadline | undefined => {
  const task = tasks.find((one) => one.kind === kind);
  return task && deadlineOf(task);
};
const limitedTo = (limitAt: Instant | undefined): Deadline | undefined => (limitAt === undefined ? undefined : { limitAt });
const done = (article: string, text: string): Step => ({ state: 'done', text, article });
const now = (article: string, text: string, due?: Deadline): Step => ({ state: 'now', text, article, ...defined({ due }) });
const later = (article: string, text: string, due?: Deadline): Step => ({ state: 'later', text, article, ...defined({ due }) });

/** Art. 8: a citizen with an e-mail address is told by a letter, without an official. */
const tellStep = (card: MeetingCard, { about, told, dueAt }: NonNullable<MeetingCard['notice']>, locale: Locale): Step => {
  const { steps, tell } = sentences[locale].meetings.card;
  if (told) return done('8', steps.told);
  const limit = limitedTo(dueAt);
  return mustBeToldByAPerson(card) ? now('8', tell[about], dueOf(card, 'notify-citizen') ?? limit) : later('8', steps.tells, limit);
};

const tasksApart = (card: MeetingCard, locale: Locale): readonly Step[] => {
  const words = sentences[locale].meetings.card;
  const steps = apart.flatMap(([kind, article]): readonly Step[] => {
    const task = card.tasks.find((one) => one.kind === kind);
    if (task === undefined) return [];
    if (task.waiting === true) return [later(article, words.steps.filing, deadlineOf(task))];
    // what is cancelled is not moved any more: another ticket takes its place
    const owesAnother = kind === 'must-be-rescheduled' && card.status === 'cancelled';
    return [now(article, owesAnother ? words.steps.newHour({ reference: card.reference }) : words.tasks[kind], deadlineOf(task))];
  });
  return card.notice === undefined ? steps : [tellStep(card, card.notice, locale), ...steps];
};

const linkStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  if (card.linkSentAt !== undefined) return done('5', `${steps.linkSent} ${dateAndHour(card.linkSentAt, locale)}`);
  if (card.link !== undefined) return done('5', steps.linkThere);
  const open = card.status === 'scheduled' || card.status === 'in-progress';
  return open ? now('5', tasks['create-meeting'], dueOf(card, 'create-meeting')) : later('5', steps.link);
};

const meetingStep = (card: MeetingCard, at: Instant, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const { held, startedAt, slot } = card;
  const outcome = tasks['record-outcome'];
  const outcomeDue = dueOf(card, 'record-outcome');
  if (held !== undefined) return done('6', `${steps.held} ${dateAndHour(held.startedAt, locale)}–${hour(held.endedAt)}`);
  if (startedAt !== undefined) return now('6', `${steps.started} ${hour(startedAt)}. ${outcome}`, outcomeDue);
  return at < slot.startsAt ? later('6', `${steps.meeting} ${dateAndHour(slot.startsAt, locale)}`) : now('6', outcome, outcomeDue);
};

/** Art. 5: only where Webex could not be used to the end. */
const continuedStep = ({ continued }: MeetingCard, locale: Locale): readonly Step[] =>
  continued === undefined
    ? []
    : [done('5', `${sentences[locale].modes.continued[continued.mode]} ${dateAndHour(continued.continuedAt, locale)}`)];

const recordingStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const [first] = card.recordings;
  if (first !== undefined) return done('5', `${steps.recorded} ${first.recordingId} (${durationView(first.durationSeconds)})`);
  if (card.recordingDeleted) return done('5', steps.deleted);
  if (card.continued?.wasOnline === false) return done('5', steps.notOnline);
  if (card.recordingWaived) return done('5', steps.waived);
  if (card.recordingMissing) return done('5', steps.missing);
  return card.held === undefined
    ? later('5', steps.recording)
    : now('5', tasks['attach-recording'], dueOf(card, 'attach-recording') ?? limitedTo(card.held.recordingDueAt));
};

const resolutionStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const { issued } = card.resolution;
  if (issued !== undefined) return done('7', `${steps.issued} ${dateAndHour(issued.issuedAt, locale)}`);
  return card.held === undefined ? later('7', steps.resolution) : now('7', tasks['write-resolution'], resolutionDeadline(card.held));
};

const deliveryStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps } = sentences[locale].meetings.card;
  const { issued, sentAt, bounced, sentAgain, handedOver } = card.resolution;
  if (handedOver !== undefined) return done('7', `${steps[handedOver.channel]} ${dateAndHour(handedOver.at, locale)}`);
  if (sentAt !== undefined && !bounced) return done('7', `${steps.sent} ${dateAndHour(sentAt, locale)}`);
  if (sentAgain) return later('7', steps.sentAgain);
  if (bounced) return now('7', steps.bounced, dueOf(card, 'follow-up-bounce'));
  if (card.applicant.email !== undefined) return later('7', issued === undefined ? steps.send : steps.sends);
  const ready = issued !== undefined && card.held !== undefined;
  return ready ? now('7', steps.handOver, dueOf(card, 'hand-over-resolution')) : later('7', steps.handOver);
};

/** Of the newest amendment: what left with it held those before it as well. */
const amendmentStep = (card: MeetingCard, locale: Locale): readonly Step[] => {
  const { amended } = sentences[locale].meetings.card.steps;
  const newest = card.resolution.amendments.at(-1);
  if (newest === undefined) return [];
  if (newest.leftAt !== undefined) return [done('7', `${amended.sent} ${dateAndHour(newest.leftAt, locale)}`)];
  return card.applicant.email === undefined || (card.resolution.bounced && !card.resolution.sentAgain)
    ? [now('7', amended.handOver, dueOf(card, 'hand-over-resolution') ?? resolutionDeadline(newest))]
    : [later('7', amended.waits)];
};

const takesPlace: readonly MeetingCard['status'][] = ['scheduled', 'in-progress', 'held', 'resolved', 'concluded'];

/** All that Art. 5–8 ask about this meeting, in order: what is done, what is to be done now and by when, what comes later. */
const stepsOf = (card: MeetingCard, at: Instant, locale: Locale): readonly Step[] => {
  const first = tasksApart(card, locale);
  if (!takesPlace.includes(card.status)) return first;
  const online = card.mode === 'online';
  return [
    ...first,
    ...(online ? [linkStep(card, locale)] : []),
    meetingStep(card, at, locale),
    ...continuedStep(card, locale),
    ...(online ? [recordingStep(card, locale)] : []),
    resolutionStep(card, locale),
    deliveryStep(card, locale),
    ...amendmentStep(card, locale),
  ];
};

const icon = { done: 'held', now: 'next', later: 'next' } as const satisfies Readonly<Record<Step['state'], string>>;

/** „Ce mai e de făcut”: every step of the procedure with its article, and by when a person must have done it. */
export const CardSteps = ({ card }: { readonly card: MeetingCard }): VNode => {
  const { at, locale } = usePage();
  const words = useWords().meetings.card;
  const steps = stepsOf(card, at, locale);
  const open = steps.some(({ state }) => state !== 'done');
  return (
    <>
      {open ? null : <p class="step-all">{card.status === 'awaiting-code' ? words.waiting : words.nothing}</p>}
      {steps.length === 0 ? null : (
        <ol class="card-steps">
          {steps.map(({ state, text, article, due }) => (
            <li class={`step-${state}`}>
              <Icon name={icon[state]} />
              <div>
                {text}
                {state === 'done' ? <span class="unseen"> ({words.done})</span> : null}{' '}
                <small>
                  <Article article={article} locale={locale} />
                </small>
                {due === undefined || state === 'done' ? null : <Deadlines {...due} />}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
