import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { AcceptOffer, DeclineOffer, getMoveOffer, type MoveOfferView } from '../../../application/booking/move-offers';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { type Form, formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { OfferAcceptedBody, OfferDeclinedBody } from '../../api/dto/staff';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { dateAndHour, dueInWords, hour, plainDate } from '../../phrasing/words/dates';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { ForOfficials, Pages } from '../access/page-access';
import { faultsOfBody } from '../forms/checked';
import { faultsOfFields, FormFields, type FormPart, typedInto } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import type { Colleague } from '../registry/request-parts';
import { cardPath, offerPath } from './acts';
import { CalendarService } from './calendar-service';
import { instantTyped } from './typed-time';

type Open = { readonly offer: MoveOfferView; readonly people: readonly Colleague[]; readonly leadTime: ReturnType<typeof leadTimeInWords> };

/** Of the person and the hour what the offer leaves open; why, as the citizen reads it, always. */
const acceptFields = ({ offer: { to }, people, leadTime }: Open, locale: Locale): readonly FormPart[] => {
  const { fields, offer: words } = sentences[locale].meetings;
  const person: FormPart = {
    kind: 'select',
    name: 'staffId',
    label: words.person,
    options: [{ value: '', label: fields.choose }, ...people.map(({ staffId, name }) => ({ value: staffId, label: name }))],
    missing: fields.staffFault,
  };
  const hours: readonly FormPart[] = [
    { kind: 'note', note: <p class="hint">{words.hourHint(leadTime)}</p> },
    {
      kind: 'beside',
      fields: [
        { name: 'date', type: 'date', width: 'middle', label: words.hour, optional: true },
        {
          name: 'startsAt',
          type: 'time',
          width: 'middle',
          label: fields.time,
          optional: true,
          wrong: (time, { date = '' }) =>
            (time === '' && date === '') || instantTyped(date, time) !== undefined ? undefined : fields.notATime,
        },
      ],
    },
  ];
  const because: FormPart = {
    kind: 'long',
    name: 'because',
    rows: 3,
    label: words.because,
    hint: words.becauseHint,
    missing: fields.whyFault,
  };
  return [...(to.staffId === undefined ? [person] : []), ...(to.slot === undefined ? hours : []), because];
};

const declineFields = (locale: Locale): readonly FormPart[] => {
  const { fields, offer: words } = sentences[locale].meetings;
  return [{ kind: 'long', name: 'reason', rows: 4, label: words.declineReason, missing: fields.whyFault }];
};

const OfferId = ({ offer: { offerId } }: Pick<Open, 'offer'>): VNode => <input type="hidden" name="offerId" value={offerId} />;

const OfferDetails = ({ offer }: Pick<Open, 'offer'>): VNode => {
  const { locale } = usePage();
  const { offer: words, fields } = useWords().meetings;
  const { slot, mode, request, meetWith, to, reason, agreement, validUntil } = offer;
  const asked = [to.name ?? words.anyPerson, to.slot === undefined ? words.anyHour : dateAndHour(to.slot.startsAt, locale)].join(', ');
  return (
    <SummaryList
      rows={[
        { label: words.stands, value: `${dateAndHour(slot.startsAt, locale)}–${hour(slot.endsAt)}, ${sentences[locale].modes.list[mode]}` },
        ...(meetWith === null ? [] : [{ label: words.withWhom, value: `${meetWith.name}, ${meetWith.department}` }]),
        { label: words.request, value: `${request.number}, ${plainDate(request.filedOn, locale)}` },
        { label: words.offered, value: `${to.department}: ${asked}` },
        {
          label: words.reason,
          value: (
            <span class="typed" dir="auto">
              {reason}
            </span>
          ),
        },
        ...(agreement === undefined
          ? []
          : [{ label: words.agreement, value: `${fields.agreedWays[agreement.channel]}, ${dateAndHour(agreement.agreedAt, locale)}` }]),
        { label: words.until, value: dueInWords(validUntil, locale) },
      ]}
    />
  );
};

type PageParts = { readonly ticketId: string; readonly open?: Open; readonly declined?: boolean };

/** For the head of a department: what was offered to the department, and the two answers. It says nothing of the citizen. */
const OfferPage = ({ ticketId, open, declined = false }: PageParts): VNode => {
  const { locale } = usePage();
  const words = useWords().meetings.offer;
  const path = offerPath(ticketId);
  const back = { href: '/sarcini', text: words.back };
  if (open === undefined) {
    return (
      <HeadedPage title={words.title} back={back}>
        <p class="notice">{declined ? words.declined : words.over}</p>
      </HeadedPage>
    );
  }
  return (
    <HeadedPage title={words.title} summary={words.acceptFault} back={back} lead={words.lead}>
      <OfferDetails offer={open.offer} />
      <section aria-labelledby="accepta">
        <h2 id="accepta" tabIndex={-1}>
          {words.accept}
        </h2>
        <TypedForm action={path}>
          <OfferId offer={open.offer} />
          <FormFields parts={acceptFields(open, locale)} />
          <button>{words.acceptButton}</button>
        </TypedForm>
      </section>
      <section aria-labelledby="refuza">
        <h2 id="refuza">{words.decline}</h2>
        <TypedForm action={`${path}/refuz`}>
          <OfferId offer={open.offer} />
          <FormFields parts={declineFields(locale)} />
          <button class="second">{words.declineButton}</button>
        </TypedForm>
      </section>
    </HeadedPage>
  );
};

/** In a field's own words where it has some, else by the rules that hold for programs too. */
const faultsIn = (
  parts: readonly FormPart[],
  form: Form,
  body: OfferAcceptedBody | OfferDeclinedBody,
  locale: Locale,
): readonly Fault[] => {
  const own = faultsOfFields(parts, typedInto(parts, form));
  return [...own, ...faultsOfBody(body, locale).filter(({ field }) => !own.some((fault) => fault.field === field))];
};

/** A refusal at its field; where the catalogue speaks to citizens, in the words of the one who asked. */
const refusalFaults = (refusal: Refusal, words: Sentences['meetings']['offer'], locale: Locale): readonly Fault[] => {
  if (refusal.code === 'slot-taken') return [{ field: 'accepta', message: words.taken }];
  return refusal.code === 'too-soon' ? [{ field: 'accepta', message: words.tooSoon }] : faultsOf(refusal, locale, 'accepta');
};

/** Art. 8, A3: the head to whose department a meeting was offered accepts it or not. */
@Pages('programari/:id/oferta')
export class OfferController {
  constructor(
    private readonly commands: CommandService,
    private readonly calendar: CalendarService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('ticket.take-over', 'offer')
  async show(@Req() request: FastifyRequest, @Param('id') ticketId: string, @Query('facut') done: unknown): Promise<Answer> {
    const open = await this.#open(request, ticketId);
    return formView(<OfferPage ticketId={ticketId} {...defined({ open })} declined={done === 'refuz'} />);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('ticket.take-over', 'offer')
  async accept(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const [form, open, locale] = [formOf(request), await this.#open(request, ticketId), localeOfPage(request)];
    const parts = open === undefined ? [] : acceptFields(open, locale);
    const { date = '', startsAt = '', staffId, because = '' } = typedInto(parts, form);
    const said = { offerId: form.text('offerId'), because, ...defined({ staffId, startsAt: instantTyped(date, startsAt) }) };
    const faults = faultsIn(parts, form, Object.assign(new OfferAcceptedBody(), said), locale);
    if (faults.length > 0) return this.#again(ticketId, open, faults);
    const outcome = await this.commands.carryOut(request, {
      useCase: AcceptOffer,
      ticketId,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ...said, ticketId, holdId }),
    });
    if (isRefusal(outcome)) return this.#refused(request, ticketId, outcome);
    return seeOther(`${cardPath(ticketId)}?facut=reassign`);
  }

  @Post('refuz')
  @KeepsTyped(({ id = '' }) => offerPath(id))
  @ForOfficials('ticket.take-over', 'offer')
  async decline(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const [form, locale] = [formOf(request), localeOfPage(request)];
    const said = { offerId: form.text('offerId'), reason: form.text('reason') };
    const faults = faultsIn(declineFields(locale), form, Object.assign(new OfferDeclinedBody(), said), locale);
    if (faults.length > 0) return this.#again(ticketId, await this.#open(request, ticketId), faults);
    const outcome = await this.commands.carryOut(request, { useCase: DeclineOffer, ticketId, command: () => ({ ...said, ticketId }) });
    if (isRefusal(outcome)) return this.#refused(request, ticketId, outcome);
    return seeOther(`${offerPath(ticketId)}?facut=refuz`);
  }

  async #refused(request: FastifyRequest, ticketId: string, refusal: Refusal): Promise<Answer> {
    const locale = localeOfPage(request);
    const faults = refusalFaults(refusal, sentences[locale].meetings.offer, locale);
    return this.#again(ticketId, await this.#open(request, ticketId), faults, statusOf(refusal.code));
  }

  #again(ticketId: string, open: Open | undefined, faults: readonly Fault[], status?: number): Answer {
    if (open === undefined) return view(<OfferPage ticketId={ticketId} />, 409);
    return formView(<OfferPage ticketId={ticketId} open={open} />, faults, status);
  }

  /** `undefined` once the offer can no longer be answered. */
  async #open(request: FastifyRequest, ticketId: string): Promise<Open | undefined> {
    const offer = await getMoveOffer(this.ports)({ ticketId });
    if (isRefusal(offer)) return undefined;
    const leadTime = leadTimeInWords(this.ports.policies['lead-time'].value);
    return { offer, people: await this.calendar.colleaguesOf(request), leadTime };
  }
}
