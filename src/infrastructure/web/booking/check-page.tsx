import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { dateAndHour, plainDate } from '../../phrasing/words/dates';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { changing, pathOf, type Step } from './steps';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

/** Names the answers as they were shown: others are not sent in their place. */
export const answersField = 'raspunsuri';

const rowsOf = ({ locale }: PageContext, draft: Draft): readonly SummaryRow[] => {
  const words = sentences[locale].booking.check;
  const shared = sentences[locale].booking.steps;
  const row = (label: string, value: ComponentChildren, step?: Step): SummaryRow => ({
    label,
    value,
    ...(step === undefined ? {} : { change: { href: `${pathOf(step)}${changing}`, text: words.change, about: label } }),
  });
  const { request, mode, startsAt, email, phone, notes } = draft;
  return [
    row(shared.request, `${draft.requestNumber}, ${plainDate(request.filedOn, locale)}`, 'cerere'),
    row(words.name, draft.applicantName),
    row(shared.meets, `${draft.person}, ${draft.department}`),
    row(words.when, startsAt === undefined ? shared.notYet : dateAndHour(startsAt, locale), 'ora'),
    row(shared.mode, mode === undefined ? shared.notYet : shared.modes[mode], 'mod'),
    ...(mode === 'online' ? [row(words.notice, words.accepted)] : []),
    row(words.email, email ?? words.none, 'contact'),
    row(words.phone, phone ?? words.none, 'contact'),
    row(words.notes, notes === undefined ? words.none : <span class="as-typed">{notes}</span>, 'contact'),
  ];
};

/** Step 5: everything once more, each with a way to change it. */
export const CheckPage = ({
  context,
  faults,
  draft,
  answers,
}: {
  readonly context: PageContext;
  readonly faults: readonly Fault[];
  readonly draft: Draft;
  readonly answers: string;
}): VNode => {
  const words = sentences[context.locale].booking.check;
  const { email } = draft;
  return (
    <BookingPage context={context} step="verificare" title={words.title} lead={words.lead} faults={faults} draft={draft}>
      <div id={answersField} tabIndex={-1}>
        <SummaryList rows={rowsOf(context, draft)} />
      </div>
      <form method="post" action={pathOf('verificare')}>
        <OnceField />
        <input type="hidden" name={answersField} value={answers} />
        <p>
          {email === undefined ? words.atOnce : words.codeGoes({ email })} {words.rights}
        </p>
        <p class="actions">
          <button>{email === undefined ? words.book : words.sendCode}</button>
        </p>
      </form>
    </BookingPage>
  );
};
