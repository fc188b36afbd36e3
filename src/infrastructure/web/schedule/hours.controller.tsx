import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { currentStaff } from '../../../application/kernel/streams';
import { type InTheWayQuery, ListMeetingsInTheWay, type MeetingInTheWay } from '../../../application/staff/in-the-way';
import { SetWorkingHours } from '../../../application/staff/register-staff';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { WeeklyHours } from '../../../domain/staff/facts';
import { weekdays, weekOn } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf } from '../../../domain/time/civil-time';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HoursBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { longDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { faultsOfBody } from '../forms/checked';
import type { FormPart } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type QueryParameters, queryParametersOf } from '../page/query-parameters';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import { hoursInText, typedWeek } from './hours-text';
import { Carried, ChangeForm, MeetingsInTheWay, ownerRow, WeekList, type Whose, whoseTime } from './schedule-parts';
import { typedDate } from './wall-time';

/** The fields of a week as they were typed: `from`, and a text a day. */
type HoursTyped = Readonly<Record<string, string>>;

/** Step 1: from when, and the hours of each day. */
const weekFields = ({ changes: words, schedule }: Sentences['office'], typed: HoursTyped): readonly FormPart[] => [
  { name: 'from', type: 'date', label: words.hoursFrom, hint: words.hoursFromHint, value: typed['from'], width: 'middle' },
  {
    kind: 'beside',
    group: { name: 'zile', label: words.hoursDay, hint: words.hoursDayHint },
    looks: 'week-fields',
    fields: weekdays.map((day) => ({
      name: day,
      label: schedule.days[day],
      value: typed[day],
      spellcheck: false,
      autocomplete: 'off',
    })),
  },
];

const HoursForm = ({ whose, typed }: { readonly whose: Whose; readonly typed: HoursTyped }): VNode => (
  <ChangeForm whose={whose} what="hours" step="ore" parts={weekFields(useWords().office, typed)} />
);

/** Step 2: the week as it was understood, what is left outside it, and yes. */
const HoursCheck = ({
  whose,
  typed,
  from,
  week,
  meetings,
}: {
  readonly whose: Whose;
  readonly typed: HoursTyped;
  readonly from: string;
  readonly week: WeeklyHours;
  readonly meetings: readonly MeetingInTheWay[];
}): VNode => {
  const words = useWords().office.changes;
  const path = `/program/${whose.staffId}`;
  const again = `${path}/ore?${new URLSearchParams({ ...typed, change: '1' }).toString()}`;
  const change = { href: again, text: words.change, about: words.changeDay };
  return (
    <HeadedPage title={words.checkHours} back={{ href: again, text: words.hours }}>
      <SummaryList rows={[...ownerRow(whose, words.of), { label: words.hoursFrom, value: longDate(from, usePage().locale), change }]} />
      <WeekList week={week} />
      <MeetingsInTheWay meetings={meetings} own={whose.own} how={words.fallsOut} none={words.noneOut} />
      <TypedForm action={`${path}/ore`} novalidate={false}>
        <Carried fields={typed} />
        <p class="actions">
          <button>{words.set}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </TypedForm>
    </HeadedPage>
  );
};

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
    private readonly commands: CommandService,
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
    const locale = localeOfPage(request);
    const { from, week, faults } = this.#read(asked, locale);
    if (faults.length > 0) return this.#check(request, staffId, asked, faults);
    const command = () => ({ staffId, from, week });
    const outcome = await this.commands.carryOut(request, { useCase: SetWorkingHours, command });
    if (!isRefusal(outcome)) return seeOther(`/program/${staffId}?facut=program`);
    return this.#check(request, staffId, asked, atTheirDays(faultsOf(outcome, locale, 'from'), locale));
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
    const locale = localeOfPage(request);
    const whose = await whoseTime(this.ports, request, staffId);
    const sent = request.method === 'POST' || request.url.includes('?');
    const typed: HoursTyped = sent ? hoursAsked(asked) : await this.#inForce(staffId);
    const form = (faults: readonly Fault[]): Answer => formView(<HoursForm whose={whose} typed={typed} />, faults);
    if (!sent || asked('change') !== '') return form([]);
    if (refused.length > 0) return form(refused);
    const { from, week, faults } = this.#read(asked, locale);
    if (faults.length > 0) return form(faults);
    const question: InTheWayQuery = { staffId, change: { kind: 'hours', from, week } };
    const meetings = await this.queries.execute(new ListMeetingsInTheWay(question));
    if (isRefusal(meetings)) return form(atTheirDays(faultsOf(meetings, locale, 'from'), locale));
    return view(<HoursCheck {...{ whose, typed, from, week, meetings }} />);
  }
}
