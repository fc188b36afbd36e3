import type { VNode } from 'preact';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { dueShown } from './due-shown';
import { Icon } from './icons';
import { type Step, stepsOf } from './meeting-steps';
import { sentences } from '../../phrasing/sentences';

const icon = { done: 'held', now: 'next', later: 'next' } as const satisfies Readonly<Record<Step['state'], string>>;

const Due = ({ dueAt, at, locale }: { readonly dueAt: Instant; readonly at: Instant; readonly locale: Locale }): VNode => {
  const words = sentences[locale].meetings.card;
  return (
    <span class={at > dueAt ? 'step-due step-late' : 'step-due'}>
      {at > dueAt ? words.overdue : words.until} {dueShown(dueAt, locale)}
    </span>
  );
};

/** „Ce mai e de făcut”: every step of the procedure with its article, and by when a person must have done it. */
export const CardSteps = ({ card, at, locale }: { readonly card: MeetingCard; readonly at: Instant; readonly locale: Locale }): VNode => {
  const words = sentences[locale].meetings.card;
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
                {dueAt === undefined || state === 'done' ? null : <Due dueAt={dueAt} at={at} locale={locale} />}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
};
