import type { VNode } from 'preact';
import { civilDateOf } from '../../../domain/time/civil-time';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Article } from '../parts/article';
import { ErrorSummary, type Fault } from '../parts/fields';
import { hour, longDate } from '../../phrasing/words/dates';
import type { Known, Typed } from './act-form';
import { actForms } from './act-forms';
import { aboutAct, type Act, cardPath } from './acts';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

/** One thing that is done about a meeting: which meeting, what the article asks, the fields, one button. */
export const ActPage = ({
  context,
  act,
  known,
  typed,
  faults,
}: {
  readonly context: PageContext;
  readonly act: Act;
  readonly known: Known;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
}): VNode => {
  const { locale } = context;
  const words = sentences[locale].meetings.acts[act];
  const { applicant, slot, ticketId } = known.card;
  return (
    <Document context={context} title={words.title} side="office" faulty={faults.length > 0}>
      <a class="back" href={cardPath(ticketId)}>
        <bdi>{applicant.name}</bdi>
      </a>
      <ErrorSummary title={sentences[locale].meetings.fields.summary} faults={faults} />
      <p class="step">
        {longDate(civilDateOf(slot.startsAt), locale)}, {hour(slot.startsAt)}–{hour(slot.endsAt)}
      </p>
      <h1>{words.title}</h1>
      <p class="lead">
        {words.lead} <Article article={aboutAct[act].article} locale={locale} />
      </p>
      <TypedForm action={context.url} class="act" leads={act === 'reschedule'}>
        {actForms[act].fields(known, typed, faults)}
        <div class="actions">
          <button class={act === 'cancel' ? 'grave' : undefined}>{words.button}</button>
        </div>
      </TypedForm>
    </Document>
  );
};
