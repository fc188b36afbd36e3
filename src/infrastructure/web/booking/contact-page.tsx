import type { VNode } from 'preact';
import type { Mode } from '../../../domain/ticket/facts';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf, LongTextField, TextField } from '../parts/fields';
import { BookingPage } from './booking-page';
import type { Draft } from './draft';
import { pathOf } from './steps';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-view';

export type ContactTyped = { readonly email: string; readonly phone: string; readonly notes: string };

/** Step 4 (Art. 3 d, e): what is asked depends on the mode. */
export const ContactPage = ({
  context,
  mode,
  typed,
  faults,
  draft,
  back,
}: {
  readonly context: PageContext;
  readonly mode: Mode;
  readonly typed: ContactTyped;
  readonly faults: readonly Fault[];
  readonly draft: Draft;
  readonly back?: string | undefined;
}): VNode => {
  const words = sentences[context.locale].booking.contact;
  const optional = <span class="optional"> {words.optional}</span>;
  return (
    <BookingPage context={context} step="contact" back={back} title={words.title} lead={words.leads[mode]} faults={faults} draft={draft}>
      <TypedForm action={pathOf('contact')}>
        <TextField
          name="email"
          label={mode === 'online' ? words.email : [words.email, optional]}
          hint={words.emailWhy[mode]}
          value={typed.email}
          type="email"
          inputmode="email"
          autocomplete="email"
          spellcheck={false}
          fault={faultOf(faults, 'email')}
        />
        <TextField
          name="phone"
          label={mode === 'in-person' ? [words.phone, optional] : words.phone}
          hint={words.phoneWhy[mode]}
          value={typed.phone}
          type="tel"
          inputmode="tel"
          width="middle"
          autocomplete="tel"
          fault={faultOf(faults, 'phone')}
        />
        <LongTextField
          name="notes"
          label={[words.notes, optional]}
          hint={words.notesWhy}
          value={typed.notes}
          rows={4}
          fault={faultOf(faults, 'notes')}
        />
        <p class="hint">
          {mode === 'online' ? null : `${words.withoutEmail} `}
          {words.policy} <a href="/date-personale">{words.policyLink}</a>
        </p>
        <p class="actions">
          <button>{sentences[context.locale].booking.steps.next}</button>
        </p>
      </TypedForm>
    </BookingPage>
  );
};
