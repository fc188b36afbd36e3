import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { GetSlots } from '../../../application/booking/slots';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Instant } from '../../../domain/kernel/fact';
import { isMode, type Mode, needsOf } from '../../../domain/ticket/facts';
import { recordingNoticeOf } from '../../../domain/ticket/request-ticket';
import { civilDateOf } from '../../../domain/time/civil-time';
import { latestStart, nextGridPoint } from '../../../domain/time/slot';
import { QueryService } from '../../api/commands/query-service';
import { formOf } from '../../api/body/form';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import { ForAnybody, Pages } from '../access/page-access';
import { PlainForm, useTyped } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { Radios, useFault } from '../parts/fields';
import { BookingPage } from './booking-page';
import { BookingService } from './booking-service';
import { type Draft, pathOf } from './draft';

/** A14: who records, why, for how long and what else can be chosen; its acceptance comes before the choice. */
const Notice = ({ accepted }: { readonly accepted: string | undefined }): VNode => {
  const words = useWords().booking.mode;
  const { locale, policies, recordingNotice } = usePage();
  const { version, text } = recordingNoticeOf(policies, recordingNotice);
  const fault = useFault('acord');
  return (
    <section class="notice" aria-labelledby="informare">
      <h2 id="informare">{words.notice}</h2>
      <p>{text[locale]}</p>
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
            value={version}
            checked={(useTyped('acord') ?? accepted) === version}
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

/** What can be chosen for the hour. */
type ModeChoice = {
  readonly modes: readonly Mode[];
  /** Art. 5: where it cannot be online, the first hour that can; `null` where there is none */
  readonly onlineFrom?: Instant | null;
};

/** Art. 5: why the hour that was chosen cannot be online, and the way to one that can. */
const NotOnline = ({ onlineFrom }: { readonly onlineFrom: Instant | null }): VNode => {
  const words = useWords().booking.mode;
  const { locale } = usePage();
  return (
    <p class="notice">
      {onlineFrom === null ? words.neverOnline : words.notOnline({ date: dayAndMonth(onlineFrom, locale), time: hour(onlineFrom) })}{' '}
      <a href={pathOf('ora')}>{words.otherHour}</a>
    </p>
  );
};

/** Step 3 (Art. 3 d): online, by phone or in person. */
const ModePage = ({ draft, back, modes, onlineFrom }: ModeChoice & { readonly draft: Draft; readonly back: string | undefined }): VNode => {
  const {
    booking: { mode: words, steps },
    modes: said,
  } = useWords();
  return (
    <BookingPage step="mod" back={back} words={words} draft={draft}>
      <PlainForm action={pathOf('mod')} novalidate>
        {modes.includes('online') ? <Notice accepted={draft.noticeVersion} /> : null}
        {onlineFrom === undefined ? null : <NotOnline onlineFrom={onlineFrom} />}
        <Radios
          name="mode"
          label={words.legend}
          value={draft.mode}
          options={modes.map((mode) => ({ value: mode, label: said.names[mode], hint: said.hints[mode] }))}
        />
        <p class="actions">
          <button>{steps.next}</button>
        </p>
      </PlainForm>
    </BookingPage>
  );
};

/** Step 3 (Art. 3 d, A14). */
@Pages('programare/mod')
export class ModeStepController {
  constructor(
    private readonly booking: BookingService,
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForAnybody()
  async modes(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'mod');
    return 'kind' in draft
      ? draft
      : formView(<ModePage draft={draft} back={this.booking.backFrom(request)} {...await this.#choice(draft)} />);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async choose(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.booking.at(request, 'mod');
    if ('kind' in draft) return draft;
    const form = formOf(request);
    const mode = form.text('mode');
    // another version than the one in force was not the one shown
    const { version } = recordingNoticeOf(this.ports.policies, this.ports.cityHall.recordingNotice);
    const accepted = form.text('acord') === version;
    const words = sentences[localeOfPage(request)].booking.mode;
    const choice = await this.#choice(draft);
    const again = (field: string, message: string) =>
      formView(<ModePage draft={draft} back={this.booking.backFrom(request)} {...choice} />, [{ field, message }]);
    if (!isMode(mode) || !choice.modes.includes(mode)) return again('mode', words.choose);
    if (needsOf(mode).recording && !accepted) return again('acord', words.notAccepted);
    const { noticeVersion: _, ...others } = draft;
    return this.booking.goOn(request, { ...others, mode, ...(needsOf(mode).recording ? { noticeVersion: version } : {}) });
  }

  /** Online only where a link that is made by hand can be made until the hour (Art. 5). */
  async #choice({ request, startsAt, modes: all }: Draft): Promise<ModeChoice> {
    const modes = all.filter(isMode);
    if (startsAt === undefined) return { modes };
    const day = civilDateOf(startsAt);
    const { onlineFrom } = await this.reads.ask(GetSlots, { request, mode: 'online', from: day, to: day });
    if (onlineFrom === undefined || onlineFrom <= startsAt) return { modes };
    const latest = latestStart(this.ports.clock.now(), this.ports.policies['booking-horizon']);
    return { modes: modes.filter((mode) => mode !== 'online'), onlineFrom: onlineFrom > latest ? null : nextGridPoint(onlineFrom) };
  }
}
