import type { VNode } from 'preact';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale, TaskKind } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { Icon } from './icons';
import { sentences } from '../../phrasing/sentences';
import { usePage, useWords } from '../page/page-context';
import { localTimeOf, plusSeconds } from '../../../domain/time/civil-time';
import { dateAndHour, longDate, hour } from '../../phrasing/words/dates';
import { defined } from '../../../domain/kernel/defined';
import { mustBeToldByAPerson } from './acts';
import { durationView } from './typed-time';

/** One line of „Ce mai e de făcut”: `done`; `now`, by a person; `later`, by itself or once something else is done. */
type Step = {
  readonly state: 'done' | 'now' | 'later';
  readonly text: string;
  readonly article: string;
  readonly dueAt?: Instant;
};

/** Tasks that are a step of their own; the others belong to the steps of the meeting. */
const apart: readonly (readonly [TaskKind, string])[] = [
  ['assign-staff', '1'],
  ['must-be-rescheduled', '8'],
  ['request-changed', '2'],
  ['send-letter', '3 e'],
  ['follow-up-bounce', '8'],
  ['file-resolution', '7'],
  ['remove-meeting', '5'],
];

const dueOf = ({ tasks }: MeetingCard, kind: TaskKind): Instant | undefined => tasks.find((task) => task.kind === kind)?.dueAt;
const due = (dueAt: Instant | undefined): Pick<Step, 'dueAt'> => defined({ dueAt });

/** Art. 8: a letter tells whoever has an e-mail, by itself. */
const tellStep = (card: MeetingCard, { about, told, dueAt }: NonNullable<MeetingCard['notice']>, locale: Locale): Step => {
  const { steps, tell } = sentences[locale].meetings.card;
  if (told) return { state: 'done', text: steps.told, article: '8' };
  return mustBeToldByAPerson(card)
    ? { state: 'now', text: tell[about], article: '8', ...due(dueOf(card, 'notify-citizen') ?? dueAt) }
    : { state: 'later', text: steps.tells, article: '8', ...due(dueAt) };
};

const tasksApart = (card: MeetingCard, locale: Locale): readonly Step[] => {
  const words = sentences[locale].meetings.card;
  const steps = apart.flatMap(([kind, article]): readonly Step[] => {
    const task = card.tasks.find((one) => one.kind === kind);
    if (task === undefined) return [];
    if (task.waiting === true) return [{ state: 'later', text: words.steps.filing, article, ...due(task.dueAt) }];
    return [{ state: 'now', text: words.tasks[kind], article, ...due(task.dueAt) }];
  });
  const { notice } = card;
  if (notice === undefined) return steps;
  return [tellStep(card, notice, locale), ...steps];
};

const linkStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  if (card.linkSentAt !== undefined)
    return { state: 'done', text: `${steps.linkSent} ${dateAndHour(card.linkSentAt, locale)}`, article: '5' };
  if (card.link !== undefined) return { state: 'done', text: steps.linkThere, article: '5' };
  const open = card.status === 'scheduled' || card.status === 'in-progress';
  return open
    ? { state: 'now', text: tasks['create-meeting'], article: '5', ...due(dueOf(card, 'create-meeting')) }
    : { state: 'later', text: steps.link, article: '5' };
};

const meetingStep = (card: MeetingCard, at: Instant, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const { held, startedAt, slot } = card;
  if (held !== undefined) {
    return { state: 'done', text: `${steps.held} ${dateAndHour(held.startedAt, locale)}–${hour(held.endedAt)}`, article: '6' };
  }
  if (startedAt !== undefined) {
    return {
      state: 'now',
      text: `${steps.started} ${hour(startedAt)}. ${tasks['record-outcome']}`,
      article: '6',
      ...due(dueOf(card, 'record-outcome')),
    };
  }
  if (at < slot.startsAt) return { state: 'later', text: `${steps.meeting} ${dateAndHour(slot.startsAt, locale)}`, article: '6' };
  return { state: 'now', text: tasks['record-outcome'], article: '6', ...due(dueOf(card, 'record-outcome')) };
};

const recordingStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const [first] = card.recordings;
  if (first !== undefined) {
    return { state: 'done', text: `${steps.recorded} ${first.recordingId} (${durationView(first.durationSeconds)})`, article: '5' };
  }
  if (card.recordingWaived) return { state: 'done', text: steps.waived, article: '5' };
  if (card.recordingMissing) return { state: 'done', text: steps.missing, article: '5' };
  return card.held === undefined
    ? { state: 'later', text: steps.recording, article: '5' }
    : { state: 'now', text: tasks['attach-recording'], article: '5', ...due(dueOf(card, 'attach-recording') ?? card.held.recordingDueAt) };
};

/** A17: first the target, then the hard limit. */
const resolutionDue = ({ held }: MeetingCard, at: Instant): Instant | undefined =>
  held === undefined || at <= held.resolutionTargetAt ? held?.resolutionTargetAt : held.resolutionHardLimitAt;

const resolutionStep = (card: MeetingCard, at: Instant, locale: Locale): Step => {
  const { steps, tasks } = sentences[locale].meetings.card;
  const { issued } = card.resolution;
  if (issued !== undefined) return { state: 'done', text: `${steps.issued} ${dateAndHour(issued.issuedAt, locale)}`, article: '7' };
  return card.held === undefined
    ? { state: 'later', text: steps.resolution, article: '7' }
    : { state: 'now', text: tasks['write-resolution'], article: '7', ...due(resolutionDue(card, at)) };
};

const deliveryStep = (card: MeetingCard, locale: Locale): Step => {
  const { steps } = sentences[locale].meetings.card;
  const { issued, sentAt, bounced, handedOver } = card.resolution;
  if (handedOver !== undefined)
    return { state: 'done', text: `${steps[handedOver.channel]} ${dateAndHour(handedOver.at, locale)}`, article: '7' };
  if (sentAt !== undefined && !bounced) return { state: 'done', text: `${steps.sent} ${dateAndHour(sentAt, locale)}`, article: '7' };
  if (bounced) return { state: 'now', text: steps.bounced, article: '7', ...due(dueOf(card, 'follow-up-bounce')) };
  if (card.applicant.email !== undefined) return { state: 'later', text: issued === undefined ? steps.send : steps.sends, article: '7' };
  const ready = issued !== undefined && card.held !== undefined;
  return { state: ready ? 'now' : 'later', text: steps.handOver, article: '7', ...(ready ? due(dueOf(card, 'hand-over-resolution')) : {}) };
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
    ...(online ? [recordingStep(card, locale)] : []),
    resolutionStep(card, at, locale),
    deliveryStep(card, locale),
  ];
};

/** Terms that end with a day end at its 24:00, which nobody should read as the next day's morning. */
export const dueView = (dueAt: Instant, locale: Locale): string =>
  localTimeOf(dueAt) === '00:00' ? `${longDate(plusSeconds(dueAt, -1), locale)}, 24:00` : dateAndHour(dueAt, locale);

const icon = { done: 'held', now: 'next', later: 'next' } as const satisfies Readonly<Record<Step['state'], string>>;

const Due = ({ dueAt }: { readonly dueAt: Instant }): VNode => {
  const { at, locale } = usePage();
  const words = useWords().meetings.card;
  return (
    <span class={at > dueAt ? 'step-due step-late' : 'step-due'}>
      {at > dueAt ? words.overdue : words.until} {dueView(dueAt, locale)}
    </span>
  );
};

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
          {steps.map(({ state, text, article, dueAt }) => (
            <li class={`step-${state}`}>
              <Icon name={icon[state]} />
              <div>
                {text}
                {state === 'done' ? <span class="unseen"> ({words.done})</span> : null}{' '}
                <small>
                  <Article article={article} locale={locale} />
                </small>
                {dueAt === undefined || state === 'done' ? null : <Due dueAt={dueAt} />}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
