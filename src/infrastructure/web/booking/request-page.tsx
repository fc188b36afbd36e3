import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf, TextField } from '../parts/fields';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-view';

export type RequestTyped = {
  readonly requestNumber: string;
  readonly applicantName: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
};

const DateField = ({ typed, words, fault }: DateParts): VNode => (
  <fieldset
    class={fault === undefined ? 'field' : 'field field-faulty'}
    aria-describedby={fault === undefined ? 'day-hint' : 'day-hint day-fault'}
  >
    <legend>{words.filedOn}</legend>
    <p class="hint" id="day-hint">
      {words.filedOnHint}
    </p>
    {fault === undefined ? null : (
      <p class="fault" id="day-fault">
        {fault}
      </p>
    )}
    <div class="parts">
      {(['day', 'month', 'year'] as const).map((part) => (
        <div>
          <label for={part}>{words[part]}</label>
          <input
            type="text"
            id={part}
            name={part}
            value={typed[part]}
            inputMode="numeric"
            autocomplete="off"
            class={part === 'year' ? 'date-year' : 'date-part'}
            aria-invalid={fault === undefined ? undefined : 'true'}
          />
        </div>
      ))}
    </div>
  </fieldset>
);
type DateParts = { readonly typed: RequestTyped; readonly words: Sentences['booking']['request']; readonly fault: string | undefined };

/** Step 1 (Art. 3 b): the number of the request, the applicant's name and the filing date. */
export const RequestPage = ({
  context,
  typed,
  faults,
  draft,
  expired,
  done,
}: {
  readonly context: PageContext;
  readonly typed: RequestTyped;
  readonly faults: readonly Fault[];
  readonly draft: Draft | undefined;
  readonly expired: boolean;
  /** reference of the ticket that was just booked here */
  readonly done: string | undefined;
}): VNode => {
  const words = sentences[context.locale].booking.request;
  const { requestNumber, applicantName } = typed;
  return (
    <BookingPage context={context} step="cerere" title={words.title} lead={words.lead} faults={faults} draft={draft}>
      {expired ? <p class="notice notice-warn">{words.expired}</p> : null}
      {done === undefined ? null : (
        <p class="notice notice-good">
          {words.done} <a href={`/tichet/${done}`}>{`${words.opensTicket} ${done}`}</a>
        </p>
      )}
      <form method="post" action="/programare/cerere" novalidate>
        <OnceField />
        <TextField
          name="requestNumber"
          label={words.number}
          hint={words.numberHint}
          value={requestNumber}
          width="middle"
          autocomplete="off"
          spellcheck={false}
          fault={faultOf(faults, 'requestNumber')}
        />
        <TextField
          name="applicantName"
          label={words.name}
          hint={words.nameHint}
          value={applicantName}
          autocomplete="name"
          spellcheck={false}
          fault={faultOf(faults, 'applicantName')}
        />
        <DateField typed={typed} words={words} fault={faultOf(faults, 'day')} />
        <p class="hint">{words.why}</p>
        <p class="actions">
          <button>{sentences[context.locale].booking.steps.next}</button>
          <a href="/tichet">{words.mine}</a>
        </p>
      </form>
    </BookingPage>
  );
};
