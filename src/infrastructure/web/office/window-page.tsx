import type { VNode } from 'preact';
import type { Eligibility } from '../../../application/requests/eligibility';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { ErrorSummary, type Fault, faultOf, TextArea, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { EligibilityShown } from './eligibility-shown';
import { type ExpiringParts, ExpiringWindows } from './expiring-windows';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-shown';

/** The form of a late admission (A27), as it was filled in so far. */
export type LateForm = { readonly until: string; readonly reason: string };

export type WindowPageParts = ExpiringParts & {
  readonly found: Eligibility | undefined;
  readonly ticketHref: string | undefined;
  /** where whoever looks may admit this request late, and there is a reason to */
  readonly late: LateForm | undefined;
  readonly done: boolean;
};

const Find = ({ context, typed, faults }: Pick<WindowPageParts, 'context' | 'typed' | 'faults'>): VNode => {
  const words = sentences[context.locale].office.windows;
  const fault = (field: string): string | undefined => faultOf(faults, field);
  return (
    <section class="card" aria-labelledby="cauta">
      <h2 id="cauta">{words.find}</h2>
      <form method="get" action="/termene" novalidate>
        <div class="parts">
          <TextField
            name="number"
            label={words.number}
            hint={words.numberHint}
            value={typed.number}
            width="middle"
            spellcheck={false}
            fault={fault('number')}
          />
          <TextField name="filedOn" type="date" label={words.filedOn} value={typed.filedOn} width="middle" fault={fault('filedOn')} />
        </div>
        <div class="parts">
          <TextField
            name="asOfDate"
            type="date"
            label={words.asOf}
            hint={words.asOfHint}
            value={typed.asOfDate}
            width="middle"
            fault={fault('asOfDate')}
          />
          <TextField
            name="asOfTime"
            type="time"
            label={words.time}
            hint={words.timeHint}
            value={typed.asOfTime}
            width="middle"
            fault={fault('asOfTime')}
          />
        </div>
        <button>{words.show}</button>
      </form>
    </section>
  );
};

const AdmitLate = ({
  found,
  late,
  context,
  faults,
}: {
  readonly found: Eligibility;
  readonly late: LateForm;
  readonly context: PageContext;
  readonly faults: readonly Fault[];
}): VNode => {
  const words = sentences[context.locale].office.windows;
  return (
    <section class="card" aria-labelledby="admite">
      <h2 id="admite">{words.admit}</h2>
      <p>{words.admitLead}</p>
      <TypedForm action={`/termene/${found.number}/${found.filedOn}/admitere`}>
        <TextField
          name="until"
          type="date"
          label={words.until}
          hint={words.untilHint}
          value={late.until}
          width="middle"
          fault={faultOf(faults, 'until')}
        />
        <TextArea
          name="reason"
          rows={3}
          label={words.reason}
          hint={words.reasonHint}
          value={late.reason}
          fault={faultOf(faults, 'reason')}
        />
        <button>{words.admitButton}</button>
      </TypedForm>
    </section>
  );
};

/** The 30-day view (Art. 2 b): one request at a moment, and the windows that are about to close. */
export const WindowPage = ({ context, typed, faults, found, ticketHref, late, before, expiring, done }: WindowPageParts): VNode => {
  const words = sentences[context.locale].office.windows;
  return (
    <Document context={context} title={words.title} side="office" faulty={faults.length > 0}>
      <DoneNotice text={done ? words.admitted : undefined} />
      <ErrorSummary title={words.faulty} faults={faults} />
      <Heading lead={words.lead}>{words.title}</Heading>
      <div class="with-side">
        <div>
          <Find context={context} typed={typed} faults={faults} />
          {found === undefined ? null : <EligibilityShown found={found} ticketHref={ticketHref} locale={context.locale} />}
          {found === undefined || late === undefined ? null : <AdmitLate found={found} late={late} context={context} faults={faults} />}
        </div>
        <ExpiringWindows context={context} typed={typed} faults={faults} before={before} expiring={expiring} />
      </div>
    </Document>
  );
};
