import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import { type Fault, faultOf, Radios } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import { type Draft, isMode } from './draft';
import { type Answer, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/kept-form';
import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { BookingPage } from './booking-page';
import { pathOf } from './steps';
import { OnceField } from '../forms/forms-shown';

type ModeTyped = { readonly mode: string | undefined; readonly accepted: boolean };

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
const ModePage = ({
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

/** Step 3 (Art. 3 d, A14). */
@Pages('programare/mod')
export class ModeStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly desk: BookingDesk,
  ) {}

  @Get()
  @ForAnybody()
  async modes(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'mod');
    if ('kind' in draft) return draft;
    const typed = { mode: draft.mode, accepted: draft.noticeVersion === recordingNotice.version };
    return this.#show(request, draft, typed);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async choose(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'mod');
    if ('kind' in draft) return draft;
    const { locale } = await this.pages.contextOf(request);
    const form = formOf(request);
    const mode = form.text('mode');
    // another version than the one in force was not the one shown
    const accepted = form.text('acord') === recordingNotice.version;
    const words = sentences[locale].booking.mode;
    if (!isMode(mode) || !draft.modes.includes(mode)) {
      return this.#show(request, draft, { mode: undefined, accepted }, [{ field: 'mode', message: words.choose }]);
    }
    if (mode === 'online' && !accepted) {
      return this.#show(request, draft, { mode, accepted }, [{ field: 'acord', message: words.notAccepted }]);
    }
    const { noticeVersion: _, ...others } = draft;
    return this.desk.goOn(request, { ...others, mode, ...(mode === 'online' ? { noticeVersion: recordingNotice.version } : {}) });
  }

  async #show(request: FastifyRequest, draft: Draft, typed: ModeTyped, faults: readonly Fault[] = []): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const back = this.desk.backFrom(request);
    return view(<ModePage context={context} typed={typed} faults={faults} draft={draft} back={back} />, faults.length === 0 ? 200 : 422);
  }
}
