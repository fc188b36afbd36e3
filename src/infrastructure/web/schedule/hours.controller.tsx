import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { currentStaff } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type InTheWayQuery, ListMeetingsInTheWay, type MeetingInTheWay } from '../../../application/staff/in-the-way';
import { SetWorkingHours } from '../../../application/staff/register-staff';
import { isRefusal } from '../../../domain/kernel/refusal';
import { weekdays, weekOn } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import { HoursBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import { type Fault, faultOf, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { type QueryParameters, queryParametersOf } from './query';
import { faultsOfBody } from '../forms/checked';
import { hoursInText, typedWeek } from './hours-text';
import { typedDate } from './wall-time';
import { whoseTime } from './whose';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsTyped } from '../forms/stored-form';
import type { VNode } from 'preact';
import type { WeeklyHours } from '../../../domain/staff/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { longDate } from '../../phrasing/words/dates';
import { type ChangeWanted, ChangeFrame, type Whose } from './change-frame';
import { MeetingsInTheWay } from './meetings-in-the-way';
import { WeekList } from './week-list';
import { TypedForm } from '../forms/forms-view';

/** The fields of a week as they were typed: `from`, and a text a day. */
type HoursTyped = Readonly<Record<string, string>>;

/** Step 1: from when, and the hours of each day. */
const HoursForm = ({ context, whose, typed, faults }: ChangeWanted<HoursTyped>): VNode => {
  const words = sentences[context.locale].office.changes;
  return (
    <ChangeFrame context={context} whose={whose} faults={faults} what="hours" step="ore">
      <TextField
        name="from"
        type="date"
        label={words.hoursFrom}
        hint={words.hoursFromHint}
        value={typed['from']}
        width="middle"
        fault={faultOf(faults, 'from')}
      />
      <fieldset class="field" aria-describedby="zile-hint">
        <legend>{words.hoursDay}</legend>
        <p class="hint" id="zile-hint">
          {words.hoursDayHint}
        </p>
        <div class="week-fields">
          {weekdays.map((day) => (
            <TextField
              name={day}
              label={sentences[context.locale].office.schedule.days[day]}
              value={typed[day]}
              spellcheck={false}
              autocomplete="off"
              fault={faultOf(faults, day)}
            />
          ))}
        </div>
      </fieldset>
    </ChangeFrame>
  );
};

/** Step 2: the week as it was understood, what is left outside it, and yes. */
const HoursCheck = ({
  context,
  whose,
  typed,
  from,
  week,
  meetings,
}: {
  readonly context: PageContext;
  readonly whose: Whose;
  readonly typed: HoursTyped;
  readonly from: string;
  readonly week: WeeklyHours;
  readonly meetings: readonly MeetingInTheWay[];
}): VNode => {
  const words = sentences[context.locale].office.changes;
  const path = `/program/${whose.staffId}`;
  const again = `${path}/ore?${new URLSearchParams({ ...typed, change: '1' }).toString()}`;
  return (
    <Document context={context} title={words.checkHours} side="office">
      <Heading back={{ href: again, text: words.hours }}>{words.checkHours}</Heading>
      <SummaryList
        rows={[
          ...(whose.own ? [] : [{ label: words.of, value: whose.name }]),
          {
            label: words.hoursFrom,
            value: longDate(from, context.locale),
            change: { href: again, text: words.change, about: words.changeDay },
          },
        ]}
      />
      <WeekList week={week} locale={context.locale} />
      <MeetingsInTheWay meetings={meetings} own={whose.own} how={words.fallsOut} none={words.noneOut} locale={context.locale} />
      <TypedForm action={`${path}/ore`} novalidate={false}>
        {Object.entries(typed).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="actions">
          <button>{words.set}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </TypedForm>
    </Document>
  );
};

const faulty = 422;

/** A fault of a day, as the domain names it (`week.mon`), at the field of that day, and naming it. */
const atTheirDays = (faults: readonly Fault[], locale: Locale): readonly Fault[] =>
  faults.map(({ field, message }) => {
    const day = weekdays.find((known) => field === `week.${known}`);
    if (day !== undefined) return { field: day, message: `${sentences[locale].office.schedule.days[day]}: ${message}` };
    return { field: field === 'week' ? 'mon' : field, message };
  });

const hoursAsked = (asked: QueryParameters): Record<string, string> => ({
  from: asked('from'),
  ...Object.fromEntries(weekdays.map((day) => [day, asked(day)])),
});

/** New weekly hours (A16): from when and which, then what is left outside them, then yes. */
@Pages('program/:id/ore')
export class HoursPages {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly queries: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.schedule', 'staff')
  async week(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query() query: unknown): Promise<Answer> {
    return this.#check(request, staffId, queryParametersOf(query), []);
  }

  @Post()
  @KeepsTyped(({ id = '' }, form) => `/program/${id}/ore?${new URLSearchParams(hoursAsked((name) => form.text(name))).toString()}`)
  @ForOfficials('staff.schedule', 'staff')
  async set(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const form = formOf(request);
    const asked: QueryParameters = (name) => form.text(name);
    const { locale } = await this.pages.contextOf(request);
    const { from, week, faults } = this.#read(asked, locale);
    if (faults.length > 0) {
      return this.#check(request, staffId, asked, faults);
    }
    const command = () => ({ staffId, from, week });
    const outcome = await this.forms.carryOut(request, { useCase: SetWorkingHours, command });
    if (isRefusal(outcome)) {
      return this.#check(request, staffId, asked, atTheirDays(faultsOf(outcome, locale, 'from'), locale));
    }
    return seeOther(`/program/${staffId}?facut=program`);
  }

  #read(asked: QueryParameters, locale: Locale) {
    const words = sentences[locale].office.changes;
    const dateText = asked('from');
    const from = typedDate(dateText) ?? '';
    const { week, unread } = typedWeek(asked);
    const unreadFaults = unread.map((day): Fault => ({
      field: day,
      message: `${sentences[locale].office.schedule.days[day]}: ${words.hoursUnread}`,
    }));
    const dateFaults =
      from === ''
        ? [{ field: 'from', message: `${words.hoursFrom}: ${words.faults[dateText === '' ? 'date-missing' : 'date-wrong']}` }]
        : [];
    const bodyFaults = from === '' ? [] : atTheirDays(faultsOfBody(Object.assign(new HoursBody(), { from, week }), locale), locale);
    return { from, week, faults: [...dateFaults, ...unreadFaults, ...(unread.length > 0 ? [] : bodyFaults)] };
  }

  /** Until something is sent: the week in force, from tomorrow on. */
  async #inForce(staffId: string): Promise<HoursTyped> {
    const tomorrow = addDays(civilDateOf(this.ports.clock.now()), 1);
    const week = weekOn(await currentStaff(this.ports, staffId), tomorrow);
    return { from: tomorrow, ...Object.fromEntries(weekdays.map((day) => [day, hoursInText(week[day])])) };
  }

  /** The first step while there is nothing to check or something is wrong; else the second. */
  async #check(request: FastifyRequest, staffId: string, asked: QueryParameters, refused: readonly Fault[]): Promise<Answer> {
    const [context, whose] = await Promise.all([this.pages.contextOf(request), whoseTime(this.ports, request, staffId)]);
    const sent = request.method === 'POST' || request.url.includes('?');
    const typed: HoursTyped = sent ? hoursAsked(asked) : await this.#inForce(staffId);
    const form = (faults: readonly Fault[]): Answer =>
      view(<HoursForm context={context} whose={whose} typed={typed} faults={faults} />, faults.length > 0 ? faulty : 200);
    if (!sent || asked('change') !== '') return form([]);
    if (refused.length > 0) return form(refused);
    const { from, week, faults } = this.#read(asked, context.locale);
    if (faults.length > 0) return form(faults);
    const question: InTheWayQuery = { staffId, change: { kind: 'hours', from, week } };
    const meetings = await this.queries.execute(new ListMeetingsInTheWay(question));
    if (isRefusal(meetings)) return form(atTheirDays(faultsOf(meetings, context.locale, 'from'), context.locale));
    return view(<HoursCheck {...{ context, whose, typed, from, week, meetings }} />);
  }
}
