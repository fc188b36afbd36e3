import type { VNode } from 'preact';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf, Radios } from '../parts/fields';
import { BookingPage } from './booking-page';
import { type Draft, isMode } from './draft';
import { pathOf } from './steps';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

export type ModeTyped = { readonly mode: string | undefined; readonly accepted: boolean };

/** A14: who records, why, for how long and what else can be chosen; its acceptance comes before the choice. */
const Notice = ({ context: { locale }, accepted, fault }: NoticeParts): VNode => {
  const words = sentences[locale].booking.mode;
  return (
    <section class="notice" aria-labelledby="informare">
      <h2 id="informare">{words.notice}</h2>
      <p>{recordingNotice.text[locale]}</p>
      <div class={fault === undefined ? 'field' : 'field field-faulty'}>
        {fault === undefined ? null : (
          <p class="fault" id="acord-fault">
            {fault}
          </p>
        )}
        <div class="choice">
          <input
            type="checkbox"
            id="acord"
            name="acord"
            value={recordingNotice.version}
            checked={accepted}
            aria-describedby={fault === undefined ? 'acord-hint' : 'acord-fault acord-hint'}
            aria-invalid={fault === undefined ? undefined : 'true'}
          />
          <label for="acord">{words.accept}</label>
        </div>
        <p class="hint" id="acord-hint">
          {words.acceptHint}
        </p>
      </div>
    </section>
  );
};
type NoticeParts = { readonly context: PageContext; readonly accepted: boolean; readonly fault: string | undefined };

/** Step 3 (Art. 3 d): online, by phone or in person. */
export const ModePage = ({
  context,
  typed,
  faults,
  draft,
  back,
}: {
  readonly context: PageContext;
  readonly typed: ModeTyped;
  readonly faults: readonly Fault[];
  readonly draft: Draft;
  readonly back?: string | undefined;
}): VNode => {
  const words = sentences[context.locale].booking.mode;
  const shared = sentences[context.locale].booking.steps;
  const modes = draft.modes.filter(isMode);
  return (
    <BookingPage context={context} step="mod" back={back} title={words.title} lead={words.lead} faults={faults} draft={draft}>
      <form method="post" action={pathOf('mod')} novalidate>
        <OnceField />
        {modes.includes('online') ? <Notice context={context} accepted={typed.accepted} fault={faultOf(faults, 'acord')} /> : null}
        <Radios
          name="mode"
          label={words.legend}
          value={typed.mode}
          fault={faultOf(faults, 'mode')}
          options={modes.map((mode) => ({ value: mode, label: shared.modes[mode], hint: words.hints[mode] }))}
        />
        <p class="actions">
          <button>{shared.next}</button>
        </p>
      </form>
    </BookingPage>
  );
};
