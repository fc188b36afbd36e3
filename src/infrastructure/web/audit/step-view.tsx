import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { Article } from '../parts/article';
import { SummaryList } from '../parts/summary-list';
import { factRows, type StateRow, stateRows } from '../../phrasing/audit/state-rows';
import { actorInWords, moment, stepInWords } from '../../phrasing/audit/step-text';
import { stepPath } from './ticket-query';
import type { ChosenStep, TicketView } from './ticket-view';
import { sentences } from '../../phrasing/sentences';

const Lines = ({ lines }: { readonly lines: readonly string[] }): VNode => (
  <>
    {lines.map((line, index) => (
      <>
        {index === 0 ? null : <br />}
        <bdi>{line}</bdi>
      </>
    ))}
  </>
);

const Value = ({ row: { lines, before }, locale }: { readonly row: StateRow; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  return (
    <>
      {lines.length === 0 ? words.noMore : <Lines lines={lines} />}
      {before === undefined ? null : (
        <small class="was">
          {words.was}: <Lines lines={before} />
        </small>
      )}
    </>
  );
};

const Rows = ({ rows, locale }: { readonly rows: readonly StateRow[]; readonly locale: Locale }): VNode => (
  <SummaryList
    rows={rows.map((row) => ({
      label: sentences[locale].audit.state.labels[row.name],
      value: <Value row={row} locale={locale} />,
      changed: row.changed,
    }))}
  />
);

const Around = ({ shown, chosen, locale }: { readonly shown: TicketView; readonly chosen: ChosenStep; readonly locale: Locale }): VNode => {
  const words = sentences[locale].audit.ticket;
  const { ticketId, asked, steps } = shown;
  return (
    <p class="actions">
      {chosen.number === 1 ? null : (
        <a class="button second" rel="prev" href={stepPath(ticketId, asked, chosen.number - 1)}>
          {words.previous}
        </a>
      )}
      {chosen.number === steps.length ? null : (
        <a class="button second" rel="next" href={stepPath(ticketId, asked, chosen.number + 1)}>
          {words.next}
        </a>
      )}
    </p>
  );
};

/** The ticket as one step left it, what that step changed, and what its fact says. */
export const StepView = ({
  shown,
  chosen,
  locale,
}: {
  readonly shown: TicketView;
  readonly chosen: ChosenStep;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].audit.ticket;
  const { number, step, event, seals } = chosen;
  const rows = stateRows({ ...chosen, changed: step.changed }, seals, locale);
  const [changed, rest] = [rows.filter((row) => row.changed), rows.filter((row) => !row.changed)];
  const facts = factRows(event.fact, seals, locale);
  return (
    <section class="card" id="pas" tabIndex={-1} aria-labelledby="cum">
      <h2 id="cum">
        {words.atStep[0]}
        {number}
        {words.atStep[1]}
        {shown.steps.length}
      </h2>
      <Around shown={shown} chosen={chosen} locale={locale} />
      <p>
        <strong>{stepInWords(step, shown.facts, locale)}</strong>
        <br />
        {moment(step.at, locale)} · {actorInWords(step.actor, locale)} · <Article article={step.article} locale={locale} />
      </p>
      {changed.length === 0 ? null : (
        <>
          <h3>{words.changedHere}</h3>
          <Rows rows={changed} locale={locale} />
        </>
      )}
      {facts.length === 0 ? null : (
        <>
          <h3>{words.says}</h3>
          <SummaryList rows={facts.map(({ label, value }) => ({ label, value: <bdi>{value}</bdi> }))} />
        </>
      )}
      {rest.length === 0 ? null : (
        <>
          <h3>{words.rest}</h3>
          <Rows rows={rest} locale={locale} />
        </>
      )}
      <p>
        <a href={`/audit/${shown.ticketId}/eveniment/${event.revision + 1}`}>{words.asKept}</a>
      </p>
    </section>
  );
};
