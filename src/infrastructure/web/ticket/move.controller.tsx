import { Get, Query, Req, Post } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { RescheduleTicket } from '../../../application/booking/move-meeting';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { type Locale, meetingMode, type Mode, needsOf } from '../../../domain/ticket/facts';
import { recordingNoticeOf } from '../../../domain/ticket/request-ticket';
import { slotStarting } from '../../../domain/time/slot';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour, hour } from '../../phrasing/words/dates';
import { ForTicketHolder, Pages } from '../access/page-access';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { CarriedFields, HourPicker } from '../hours/hour-picker';
import { HourService, type HoursView } from '../hours/hour-service';
import { type Answer, formView, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { queryParametersOf } from '../page/query-parameters';
import { type Fault, useFault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';

/** Another way to meet, and of one online the notice that was accepted (A14). */
type Choice = { readonly mode?: Mode; readonly notice?: string };

/** Which ways there are, each one click away; of one online first what is recorded, and by whom (A14). */
const ModesToChoose = ({ ticket, choice }: { readonly ticket: CitizenTicket; readonly choice: Choice }): VNode => {
  const { locale, policies, recordingNotice } = usePage();
  const { ticket: own, booking, modes } = useWords();
  const words = own.changes;
  const path = `/tichet/${ticket.reference}/muta`;
  const { version, text } = recordingNoticeOf(policies, recordingNotice);
  const fault = useFault('mod');
  return (
    <section aria-labelledby="mod">
      <h2 id="mod" tabIndex={-1}>
        {words.mode}
      </h2>
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      <ul class="plain">
        {meetingMode.words.map((mode) => (
          <li>
            {mode === ticket.mode ? (
              words.modeNow({ mode: modes.names[mode] })
            ) : (
              <a href={`${path}?mod=${mode}`} aria-current={mode === choice.mode ? 'true' : undefined}>
                {modes.names[mode]}
              </a>
            )}
          </li>
        ))}
      </ul>
      {choice.mode === undefined || !needsOf(choice.mode).recording || choice.notice === version ? null : (
        <form method="get" action={path} class="notice">
          <h3>{booking.mode.notice}</h3>
          <p>{text[locale]}</p>
          <input type="hidden" name="mod" value={choice.mode} />
          <input type="hidden" name="acord" value={version} />
          <button class="second">{words.noticeButton}</button>
        </form>
      )}
    </section>
  );
};

const carriedOf = ({ mode, notice }: Choice): Readonly<Record<string, string>> | undefined =>
  mode === undefined ? undefined : { mod: mode, ...(notice === undefined ? {} : { acord: notice }) };

/** A19: the hours of the person whom the citizen meets, as in the booking, and how they meet. */
const MovePage = ({
  ticket,
  hours,
  choice,
}: {
  readonly ticket: CitizenTicket;
  readonly hours: HoursView;
  readonly choice: Choice;
}): VNode => {
  const { locale } = usePage();
  const { ticket: own, modes } = useWords();
  const words = own.changes;
  const { reference, slot, status } = ticket;
  const { mode } = choice;
  const path = `/tichet/${reference}/muta`;
  const lead = words.now({ when: dateAndHour(slot.startsAt, locale) });
  const carried = carriedOf(choice);
  const isReady = mode === undefined || !needsOf(mode).recording || choice.notice !== undefined;
  return (
    <ChangePage ticket={ticket} title={`${words.moveTitle}: ${reference}`} heading={words.moveTitle} lead={lead}>
      <ModesToChoose ticket={ticket} choice={choice} />
      {mode === undefined || !isReady ? null : (
        <div class="notice">
          <p>{words.newMode({ mode: modes.names[mode] })}</p>
          {status === 'scheduled' ? (
            <PlainForm action={path}>
              <CarriedFields carried={carried} />
              <input type="hidden" name="startsAt" value={slot.startsAt} />
              <button>{words.keepHour}</button>
            </PlainForm>
          ) : null}
        </div>
      )}
      {isReady ? <HourPicker hours={hours} path={path} submit={words.moveButton} carried={carried} /> : null}
    </ChangePage>
  );
};

type Asked = {
  readonly choice: Choice;
  readonly day?: unknown;
  readonly week?: unknown;
  readonly lost?: Instant;
  readonly faults?: readonly Fault[];
  readonly status?: number;
};

const faultsOfMove = (refusal: Refusal, startsAt: Instant, locale: Locale): readonly Fault[] => {
  if (refusal.code === 'slot-taken') {
    return [{ field: 'startsAt', message: sentences[locale].booking.hour.taken({ hour: hour(startsAt) }) }];
  }
  const aboutMode = refusal.code === 'notice-not-accepted' || refusal.details?.['field'] === 'mode';
  return faultsOf(refusal, locale, 'startsAt').map((fault) => (aboutMode ? { ...fault, field: 'mod' } : fault));
};

/** What was chosen of it already. The same form sent again is the same command, even if the meeting has changed meanwhile. */
const choiceOf = (mod: unknown, acord: unknown): Choice => {
  const mode = meetingMode.words.find((one) => one === mod);
  return mode === undefined
    ? {}
    : { mode, ...(needsOf(mode).recording && typeof acord === 'string' && acord !== '' ? { notice: acord } : {}) };
};

/** A19: another hour, chosen as the first one was. */
@Pages('tichet/:reference/muta')
export class MoveController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly hours: HourService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest, @Query('zi') day: unknown, @Query('sapt') week: unknown): Promise<Answer> {
    const ticket = await this.#ticket(request);
    const asked = queryParametersOf(request.query);
    const choice = choiceOf(asked('mod'), asked('acord'));
    if (ticket.allowed.includes('reschedule')) return this.#show(ticket, { day, week, choice });
    return seeOther(`/tichet/${ticket.reference}`);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForTicketHolder('ticket.change')
  async move(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const form = formOf(request);
    const locale = localeOfPage(request);
    const day = form.optional('zi');
    const slot = slotStarting(form.text('startsAt'));
    const choice = choiceOf(form.optional('mod'), form.optional('acord'));
    if (isRefusal(slot)) {
      const faults = [{ field: 'startsAt', message: sentences[locale].hours.choose }];
      return this.#show(await this.#ticket(request), { day, choice, faults, status: 422 });
    }
    const { startsAt } = slot;
    const wanted = defined({ mode: choice.mode, recordingNoticeVersion: choice.notice });
    const moved = await this.commands.carryOut(request, {
      useCase: RescheduleTicket,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ...wanted, ticketId, holdId, startsAt, by: 'citizen' as const }),
      ticketId,
    });
    const ticket = await this.#ticket(request);
    if (!isRefusal(moved)) return seeOther(`/tichet/${ticket.reference}?facut=${choice.mode === undefined ? 'mutat' : 'schimbat'}`);
    const faults = faultsOfMove(moved, startsAt, locale);
    const gone = moved.code === 'slot-taken' ? { lost: startsAt } : { day };
    return this.#show(ticket, { ...gone, choice, faults, status: statusOf(moved.code) });
  }

  #ticket(request: FastifyRequest): Promise<CitizenTicket> {
    return this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
  }

  async #show(ticket: CitizenTicket, { choice: typed, day, week, lost, faults, status }: Asked): Promise<Answer> {
    // the mode that the meeting has is no new one
    const choice = typed.mode === ticket.mode ? {} : typed;
    const hours = await this.hours.look({ ticketId: ticket.ticketId, ...defined({ mode: choice.mode }) }, { day, week, lost });
    return formView(<MovePage ticket={ticket} hours={hours} choice={choice} />, faults, status);
  }
}
