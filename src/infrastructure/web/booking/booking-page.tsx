import type { ComponentChildren, VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault } from '../parts/fields';
import { Heading } from '../parts/heading';
import { dayAndMonth, hour, plainDate } from '../../phrasing/words/dates';
import type { Draft } from './draft';
import { numberOf, pathBefore, type Step } from './steps';
import { sentences } from '../../phrasing/sentences';

/** The blue ticket beside the questions: it fills itself in as one goes. */
const BlueTicket = ({ context: { locale }, draft }: { readonly context: PageContext; readonly draft: Draft | undefined }): VNode => {
  const words = sentences[locale].booking.steps;
  const { startsAt, mode } = draft ?? {};
  const rows: readonly (readonly [string, ComponentChildren])[] =
    draft === undefined
      ? []
      : [
          [words.request, `${draft.request.number}/${draft.request.filedOn.slice(0, 4)}`],
          [words.filedOn, plainDate(draft.request.filedOn, locale)],
          ...(draft.until === undefined ? [] : [[words.until, plainDate(draft.until, locale)] as const]),
          [
            words.meets,
            <>
              {draft.person} <span class="of">{draft.department}</span>
            </>,
          ],
          ...(mode === undefined ? [] : [[words.mode, words.modes[mode]] as const]),
        ];
  return (
    <aside class={draft === undefined ? 'ticket ticket-blank' : 'ticket'} aria-labelledby="tichet">
      <h2 id="tichet">{words.ticket}</h2>
      <dl>
        {rows.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{words.lasts}</dt>
          <dd>{words.minutes}</dd>
        </div>
      </dl>
      <dl class="tear">
        <div>
          <dt>{words.dayAndHour}</dt>
          <dd class="when" data-when>
            {startsAt === undefined ? words.notYet : `${dayAndMonth(startsAt, locale)}, ${hour(startsAt)}`}
          </dd>
        </div>
      </dl>
    </aside>
  );
};

/** One step: what is asked on the left, the ticket on the right; on phones the ticket comes after. */
export const BookingPage = ({
  context,
  step,
  back,
  title,
  lead,
  faults = [],
  draft,
  children,
}: {
  readonly context: PageContext;
  /** the code is asked for after the last of them */
  readonly step: Step;
  /** where „Înapoi” leads, if not to the step before; `null`: there is no way back */
  readonly back?: string | null | undefined;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly faults?: readonly Fault[];
  readonly draft?: Draft | undefined;
  readonly children: ComponentChildren;
}): VNode => {
  const words = sentences[context.locale].booking.steps;
  return (
    <Document context={context} title={title} side="public" faulty={faults.length > 0}>
      <div class="with-ticket">
        <div>
          {back === null ? null : (
            <a class="back" href={back ?? pathBefore(step)}>
              {words.back}
            </a>
          )}
          <ErrorSummary title={words.summary} faults={faults} />
          <Heading step={words.step({ n: numberOf(step) })} lead={lead}>
            {title}
          </Heading>
          {children}
        </div>
        <BlueTicket context={context} draft={draft} />
      </div>
    </Document>
  );
};

/** Whoever comes back after the end: what they began is done. */
export const AlreadyPage = ({ context, reference }: { readonly context: PageContext; readonly reference: string }): VNode => {
  const words = sentences[context.locale].booking.steps;
  return (
    <Document context={context} title={words.already} side="public">
      <Heading lead={words.alreadyLead}>{words.already}</Heading>
      <p class="actions">
        <a class="button" href={`/tichet/${reference}`}>{`${words.toTicket} ${reference}`}</a>
      </p>
      <p>
        {words.another} <a href="/programare/cerere">{words.newRequest}</a>
      </p>
    </Document>
  );
};
