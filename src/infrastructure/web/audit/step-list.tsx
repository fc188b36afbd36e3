import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { hourWithSeconds, shortDate } from '../../phrasing/words/dates';
import { actorInWords, stepInWords } from '../../phrasing/audit/step-told';
import { stepPath } from './ticket-asked';
import type { TicketShown } from './ticket-shown';
import { sentences } from '../../phrasing/sentences';

/** The ticket's life from the first fact to the last that is known: what, when, who, which fact, under which article. */
export const StepList = ({ shown, locale }: { readonly shown: TicketShown; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  const { steps, facts, chosen, total, asked, ticketId } = shown;
  return (
    <section class="card" aria-labelledby="pasi">
      <h2 id="pasi">{words.steps}</h2>
      {steps.length === 0 ? <p>{words.notYet}</p> : null}
      <ol class="steps">
        {steps.map((step, index) => {
          const number = index + 1;
          const isChosen = chosen?.number === number;
          return (
            <li class={isChosen ? 'chosen' : chosen !== undefined && number > chosen.number ? 'ahead' : undefined}>
              <a href={stepPath(ticketId, asked, number)} aria-current={isChosen ? 'step' : undefined}>
                {stepInWords(step, facts, locale)}
              </a>
              <small>
                {shortDate(step.at, locale)}, {hourWithSeconds(step.at)} · {actorInWords(step.actor, locale)} · <code>{step.type}</code> ·{' '}
                <Article article={step.article} locale={locale} />
              </small>
            </li>
          );
        })}
      </ol>
      {total > steps.length && steps.length > 0 ? <p>{words.later({ count: total - steps.length })}</p> : null}
    </section>
  );
};
