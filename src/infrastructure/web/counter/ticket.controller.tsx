import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { RescheduleTicket } from '../../../application/booking/move-meeting';
import { GetTicket, type TicketView } from '../../../application/booking/ticket-view';
import type { CityHall } from '../../../application/kernel/ports/city-hall';
import { restrictedMark } from '../../../application/kernel/ports/personal-data';
import type { Ports } from '../../../application/kernel/ports/ports';
import { findNewHour } from '../../../application/requests/find-new-hour';
import { currentTicket } from '../../../application/kernel/streams';
import type { RequestIdentity } from '../../../domain/request/facts';
import { isRefusal } from '../../../domain/kernel/refusal';
import { type AskedThrough, counterChannel, type Locale } from '../../../domain/ticket/facts';
import { isRequested } from '../../../domain/ticket/ticket';
import { slotStarting } from '../../../domain/time/slot';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { HttpProblem, statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { unseen } from '../../runtime/opened-for';
import { saidOf, sentences } from '../../phrasing/sentences';
import { dateAndHour, hour, plainDate } from '../../phrasing/words/dates';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import { ForOfficials, Pages } from '../access/page-access';
import { BookingService } from '../booking/booking-service';
import { draftExpiry } from '../booking/draft';
import { lookupFaults } from '../booking/request-step.controller';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { HourPicker } from '../hours/hour-picker';
import { HourService, type HoursView } from '../hours/hour-service';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type Fault, Radios } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import { newHourDraft } from '../ticket/new-hour.controller';
import { TicketCard } from '../ticket/ticket-card';

type Channel = AskedThrough['channel'];
const channelOf = (text: string): Channel | undefined => counterChannel.words.find((word) => word === text);
const pathOf = ({ ticketId }: Pick<TicketView, 'ticketId'>): string => `/ghiseu/tichete/${ticketId}`;

const ChannelField = (): VNode => {
  const { counter: words } = useWords();
  const options = counterChannel.words.map((word) => ({ value: word, label: words.channels[word] }));
  return <Radios name="channel" label={words.channel} value={undefined} options={options} />;
};

const awaitedInWords = ({ email = '', until }: NonNullable<TicketView['awaitedAddress']>, locale: Locale): string =>
  sentences[locale].counter.contact.awaited({ email, until: hour(until) });

/** The ticket of a citizen at the counter or on the phone. */
const TicketPage = ({ ticket }: { readonly ticket: TicketView }): VNode => {
  const { locale } = usePage();
  const { counter: words } = useWords();
  const { reference, applicant, companion, allowed, awaitedAddress, newHourOwed, slot } = ticket;
  const here = pathOf(ticket);
  return (
    <HeadedPage
      title={words.ticketTitle({ reference })}
      summary={words.summary}
      done={words.done}
      back={{ href: '/ghiseu', text: words.back }}
    >
      <TicketCard ticket={ticket} />
      <SummaryList
        rows={[
          { label: words.name, value: <bdi>{applicant?.name}</bdi> },
          { label: words.email, value: applicant?.email ?? words.none },
          { label: words.phone, value: applicant?.phone ?? words.none },
          ...(companion === undefined
            ? []
            : [
                {
                  label: words.companions[companion.kind],
                  value: [companion.name, companion.shown].filter((part) => part !== undefined).join(' · '),
                },
              ]),
          ...(applicant?.postalAddress === undefined
            ? []
            : [{ label: words.postal, value: <span class="as-typed">{applicant.postalAddress}</span> }]),
        ]}
      />
      <p class="actions">
        <a class="button" href={`${here}/tipar`}>
          {words.print}
        </a>
        {allowed.includes('reschedule')
          ? counterChannel.words.map((word) => (
              <a class="button second" href={`${here}/mutare/${word}`}>
                {words.moveBy[word]}
              </a>
            ))
          : null}
      </p>
      {allowed.includes('contact') ? (
        <p class="actions">
          {awaitedAddress === undefined ? null : <span>{awaitedInWords(awaitedAddress, locale)} </span>}
          <a href={`${here}/contact`}>{words.contact.change}</a>
        </p>
      ) : null}
      {newHourOwed ? (
        <section aria-labelledby="requestNumber">
          <p id={applicant?.name === restrictedMark ? 'requestNumber' : undefined}>
            {words.newHourLead({ when: dateAndHour(slot.startsAt, locale) })}
          </p>
          {applicant?.name === restrictedMark ? (
            <p>
              {words.newHourRestricted} <a href="/programare/cerere">{words.newHour}</a>
            </p>
          ) : (
            <PlainForm action={`${here}/ora-noua`} novalidate>
              <p>{words.newHourFilled}</p>
              <button id="requestNumber">{words.newHour}</button>
            </PlainForm>
          )}
        </section>
      ) : null}
      {allowed.includes('cancel') ? (
        <details>
          <summary>{words.cancel}</summary>
          <p>{words.cancelLead({ when: dateAndHour(slot.startsAt, locale) })}</p>
          <PlainForm action={`${here}/anulare`} novalidate>
            <ChannelField />
            <button class="grave">{words.yes}</button>
          </PlainForm>
        </details>
      ) : null}
    </HeadedPage>
  );
};

type MoveParts = { readonly ticket: TicketView; readonly hours: HoursView; readonly channel: Channel };

const MovePage = ({ ticket, hours, channel }: MoveParts): VNode => {
  const { locale, policies } = usePage();
  const { counter: words } = useWords();
  return (
    <HeadedPage
      title={words.moveBy[channel]}
      summary={words.summary}
      back={{ href: pathOf(ticket), text: words.ticketTitle({ reference: ticket.reference }) }}
      lead={words.moveLead({ when: dateAndHour(ticket.slot.startsAt, locale), ...leadTimeInWords(policies['lead-time'].value) })}
    >
      <HourPicker hours={hours} path={`${pathOf(ticket)}/mutare/${channel}`} submit={words.moveButton} />
    </HeadedPage>
  );
};

type PaperParts = { readonly ticket: TicketView; readonly request: RequestIdentity; readonly cityHall: CityHall };

/** What the citizen takes along: one sheet, complete without anything that is only on the screen. */
const PaperPage = ({ ticket, request, cityHall }: PaperParts): VNode => {
  const { locale, at } = usePage();
  const { counter, modes } = useWords();
  const { paper: words } = counter;
  const { reference, slot, mode, meetWith, place } = ticket;
  const where = place ?? saidOf(modes.onPaper, mode);
  const phone = cityHall.informationCentre?.phone;
  const bring = words.bringText({ number: request.number, date: plainDate(request.filedOn, locale) });
  return (
    <HeadedPage title={`${words.ticket}: ${reference}`} back={{ href: pathOf(ticket), text: counter.ticketTitle({ reference }) }}>
      <p>
        <strong>{words.city}</strong>
      </p>
      <SummaryList
        rows={[
          { label: words.number, value: <b class="reference">{reference}</b> },
          {
            label: words.when,
            value: (
              <>
                <b>{`${dateAndHour(slot.startsAt, locale)}–${hour(slot.endsAt)}`}</b> {words.lasts}
              </>
            ),
          },
          ...(meetWith === null ? [] : [{ label: words.meets, value: `${meetWith.name}, ${meetWith.department}` }]),
          { label: words.how, value: modes.names[mode] },
          ...(where === undefined ? [] : [{ label: words.where, value: where }]),
        ]}
      />
      <h2>{words.bring}</h2>
      <p>{bring}</p>
      <h2>{words.change}</h2>
      <p>{words.changeText({ url: cityHall.publicUrl })}</p>
      {phone === undefined ? null : <p>{words.centre({ phone })}</p>}
      <p class="hint">{words.issued({ when: dateAndHour(at, locale) })}</p>
      <p class="actions">{words.button}</p>
    </HeadedPage>
  );
};

type Asked = {
  readonly day?: unknown;
  readonly week?: unknown;
  readonly lost?: string;
  readonly faults?: readonly Fault[];
  readonly status?: number;
};

/** Art. 3, A19: what the citizen may do with the ticket, done by a clerk, who says how they were asked. */
@Pages('ghiseu/tichete/:id')
export class CounterTicketController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly hours: HourService,
    private readonly booking: BookingService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('counter.book')
  async card(@Param('id') ticketId: string): Promise<Answer> {
    return view(<TicketPage ticket={await this.#ticket(ticketId)} />);
  }

  @Get('tipar')
  @ForOfficials('counter.book')
  async paper(@Param('id') ticketId: string): Promise<Answer> {
    // the sheet holds no name: it may be left lying somewhere
    const ticket = await unseen(() => this.#ticket(ticketId));
    const state = await currentTicket(this.ports, ticketId);
    if (!isRequested(state)) throw new HttpProblem({ code: 'not-found' });
    return view(<PaperPage ticket={ticket} request={state.booking.request} cityHall={this.ports.cityHall} />);
  }

  @Post('anulare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('counter.book')
  async cancel(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const channel = channelOf(formOf(request).text('channel'));
    const ticket = await this.#ticket(ticketId);
    if (channel === undefined)
      return formView(<TicketPage ticket={ticket} />, [{ field: 'channel', message: sentences[locale].counter.chooseChannel }]);
    const command = () => ({ ticketId, by: 'citizen' as const, askedThrough: { channel, clerk: officialOf(request).person } });
    const cancelled = await this.commands.carryOut(request, { useCase: CancelTicket, command, ticketId });
    if (!isRefusal(cancelled)) return seeOther(`${pathOf(ticket)}?facut=anulat`);
    return formView(<TicketPage ticket={ticket} />, faultsOf(cancelled, locale, 'channel'), statusOf(cancelled.code));
  }

  /** Art. 8: a new hour in place of the one that staff cancelled, by the steps of every booking; the request is known from the ticket. */
  @Post('ora-noua')
  @KeepsNothing('nothing-typed')
  @ForOfficials('counter.book')
  async newHour(@Req() request: FastifyRequest, @Param('id') ticketId: string): Promise<Answer> {
    const found = await findNewHour(this.ports)(ticketId, 'clerk');
    if (!isRefusal(found)) return this.booking.begin(request, newHourDraft(found, draftExpiry(this.ports.clock.now()), 'clerk'));
    const ticket = await this.#ticket(ticketId);
    // the card says how it stands
    if (found.code === 'wrong-state') return seeOther(pathOf(ticket));
    return formView(<TicketPage ticket={ticket} />, lookupFaults(found, localeOfPage(request)), statusOf(found.code));
  }

  @Get('mutare/:channel')
  @ForOfficials('counter.book')
  async moveForm(
    @Param('id') ticketId: string,
    @Param('channel') channel: string,
    @Query('zi') day: unknown,
    @Query('sapt') week: unknown,
  ): Promise<Answer> {
    const ticket = await this.#ticket(ticketId);
    return ticket.allowed.includes('reschedule') ? this.#hours(ticket, this.#channel(channel), { day, week }) : seeOther(pathOf(ticket));
  }

  @Post('mutare/:channel')
  @KeepsNothing('nothing-typed')
  @ForOfficials('counter.book')
  async move(@Req() request: FastifyRequest, @Param('id') ticketId: string, @Param('channel') by: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const channel = this.#channel(by);
    const form = formOf(request);
    const day = form.optional('zi');
    const slot = slotStarting(form.text('startsAt'));
    if (isRefusal(slot)) {
      const faults = [{ field: 'startsAt', message: sentences[locale].hours.choose }];
      return this.#hours(await this.#ticket(ticketId), channel, { day, faults, status: 422 });
    }
    const { startsAt } = slot;
    const askedThrough = { channel, clerk: officialOf(request).person };
    const moved = await this.commands.carryOut(request, {
      useCase: RescheduleTicket,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ticketId, holdId, startsAt, by: 'citizen' as const, askedThrough }),
      ticketId,
    });
    const ticket = await this.#ticket(ticketId);
    if (!isRefusal(moved)) return seeOther(`${pathOf(ticket)}?facut=mutat`);
    const faults =
      moved.code === 'slot-taken'
        ? [{ field: 'startsAt', message: sentences[locale].booking.hour.taken({ hour: hour(startsAt) }) }]
        : faultsOf(moved, locale, 'startsAt');
    return this.#hours(ticket, channel, {
      ...(moved.code === 'slot-taken' ? { lost: startsAt } : { day }),
      faults,
      status: statusOf(moved.code),
    });
  }

  /** @throws HttpProblem `not-found` for an address that names no channel */
  #channel(text: string): Channel {
    const channel = channelOf(text);
    if (channel === undefined) throw new HttpProblem({ code: 'not-found' });
    return channel;
  }

  #ticket(ticketId: string): Promise<TicketView> {
    return this.reads.ask(GetTicket, { ticketId, viewer: 'clerk' });
  }

  async #hours(ticket: TicketView, channel: Channel, { day, week, lost, faults, status }: Asked): Promise<Answer> {
    const hours = await this.hours.look({ ticketId: ticket.ticketId }, { day, week, lost });
    return formView(<MovePage ticket={ticket} hours={hours} channel={channel} />, faults, status);
  }
}
