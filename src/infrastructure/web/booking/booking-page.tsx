import type { ComponentChildren, VNode } from 'preact';
import { dayAndMonth, hour, plainDate } from '../../phrasing/words/dates';
import { Document, HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { ErrorSummary } from '../parts/fields';
import { Heading } from '../parts/heading';
import { type Draft, numberOf, pathBefore, type Step } from './draft';

/** The blue ticket beside the questions: it fills itself in as one goes. */
const BlueTicket = ({ draft }: { readonly draft: Draft | undefined }): VNode => {
  const { locale } = usePage();
  const {
    booking: { steps: words },
    modes,
  } = useWords();
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
          ...(mode === undefined ? [] : [[words.mode, modes.names[mode]] as const]),
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
  step,
  back = pathBefore(step),
  words: { title, lead },
  draft,
  children,
}: {
  /** the code is asked for after the last of them */
  readonly step: Step;
  /** where „Înapoi” leads, if not to the step before; `null`: there is no way back */
  readonly back?: string | null | undefined;
  readonly words: { readonly title: string; readonly lead?: ComponentChildren };
  readonly draft?: Draft | undefined;
  readonly children: ComponentChildren;
}): VNode => {
  const words = useWords().booking.steps;
  return (
    <Document title={title} side="public">
      <div class="with-ticket">
        <div>
          {back === null ? null : (
            <a class="back" href={back}>
              {words.back}
            </a>
          )}
          <ErrorSummary title={words.summary} />
          <Heading step={words.step({ n: numberOf(step) })} lead={lead}>
            {title}
          </Heading>
          {children}
        </div>
        <BlueTicket draft={draft} />
      </div>
    </Document>
  );
};

/** For a citizen who comes back after the end: the booking that they began is done. */
export const AlreadyPage = ({ reference }: { readonly reference: string }): VNode => {
  const words = useWords().booking.steps;
  return (
    <HeadedPage title={words.already} side="public" lead={words.alreadyLead}>
      <p class="actions">
        <a class="button" href={`/tichet/${reference}`}>{`${words.toTicket} ${reference}`}</a>
      </p>
      <p>
        {words.another} <a href="/programare/cerere">{words.newRequest}</a>
      </p>
    </HeadedPage>
  );
};
