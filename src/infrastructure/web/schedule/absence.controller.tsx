import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type AbsenceFollowed, ArrangeAbsence, FollowAbsence, PlanAbsence } from '../../../application/booking/absence-plan';
import type { MeetingToMove } from '../../../application/booking/ways-out';
import { type AbsenceView, GetStaffSchedule } from '../../../application/staff/staff-schedule';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { AbsenceBody } from '../../api/dto/staff';
import { answered } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { type Sentences, sentences } from '../../phrasing/sentences';
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
import { type Fault, LongTextField, Select } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { SummaryList } from '../parts/summary-list';
import { FollowedMeetings, movesIn, MovesToConfirm } from './moves-parts';
import { Carried, ChangeForm, MeetingsInTheWay, ownerRow, spanInWords, type Whose, whoseTime } from './schedule-parts';
import { type WallFault, wallMoment } from './wall-time';

const fields = ['fromDate', 'fromTime', 'toDate', 'toTime'] as const;
type AbsenceTyped = Readonly<Record<string, string>>;
const absenceTyped = (asked: QueryParameters): AbsenceTyped => Object.fromEntries(fields.map((name) => [name, asked(name)]));

const whenFields = (words: Sentences['office']['changes'], typed: AbsenceTyped): readonly FormPart[] =>
  (['from', 'to'] as const).map((end) => ({
    kind: 'beside',
    group: { name: end, label: words[end] },
    fields: [
      { name: `${end}Date`, type: 'date', label: words.date, value: typed[`${end}Date`], width: 'middle' },
      { name: `${end}Time`, type: 'time', label: words.time, hint: words[`${end}TimeHint`], value: typed[`${end}Time`], width: 'middle' },
    ],
  }));

/** Both ends have a date and a time: the summary must say which one is meant. */
const faultAt = (end: 'from' | 'to', fault: WallFault, locale: Locale): Fault => {
  const words = sentences[locale].office.changes;
  return { field: fault.startsWith('date') ? `${end}Date` : `${end}Time`, message: `${words[end]}: ${words.faults[fault]}` };
};

type AbsenceRead = { readonly from: string; readonly to: string; readonly repeated: boolean };

/** Both ends as instants, or what is wrong with either. Whether the end comes after the beginning is for the domain to say. */
const readAbsence = (
  { fromDate = '', fromTime = '', toDate = '', toTime = '' }: AbsenceTyped,
  locale: Locale,
): AbsenceRead | readonly Fault[] => {
  const from = wallMoment('from', fromDate, fromTime);
  const to = wallMoment('to', toDate, toTime);
  if (typeof from === 'object' && typeof to === 'object') {
    return { from: from.instant, to: to.instant, repeated: from.repeated || to.repeated };
  }
  return [
    ...(typeof from === 'string' ? [faultAt('from', from, locale)] : []),
    ...(typeof to === 'string' ? [faultAt('to', to, locale)] : []),
  ];
};

/** A fault of `from` or `to`, as the domain names them, at the field where it can be corrected. */
const atTheirFields = (faults: readonly Fault[], locale: Locale): readonly Fault[] =>
  faults.map(({ field, message }) =>
    field === 'from' || field === 'to'
      ? { field: `${field}Date`, message: `${sentences[locale].office.changes[field]}: ${message}` }
      : { field, message },
  );

type AbsenceToConfirm = AbsenceRead & {
  readonly whose: Whose;
  readonly typed: AbsenceTyped;
  /** recorded already, and in the same time */
  readonly already: readonly AbsenceView[];
  readonly meetings: readonly MeetingToMove[];
};

const told = ['leave', 'illness', 'technical'] as const;

/** Art. 8: where each meeting goes, as proposed or otherwise, and what its citizen is told. */
const Moves = ({ whose, meetings }: Pick<AbsenceToConfirm, 'whose' | 'meetings'>): VNode | null => {
  const words = useWords().office.away;
  const { reasons } = useWords().letters;
  if (meetings.length === 0) return null;
  return (
    <MovesToConfirm name={whose.name} meetings={meetings} lead={words.whereLead}>
      <Select
        name="because"
        label={words.because}
        hint={words.becauseHint}
        value="leave"
        options={told.map((reason) => ({ value: reason, label: reasons[reason] }))}
      />
    </MovesToConfirm>
  );
};

/** Step 2: what falls into it, where it goes, why, and yes. */
const AbsenceCheck = ({ whose, typed, from, to, repeated, already, meetings }: AbsenceToConfirm): VNode => {
  const { locale } = usePage();
  const words = useWords().office.changes;
  const path = `/program/${whose.staffId}`;
  const again = `${path}/absenta?${new URLSearchParams({ ...typed, change: '1' }).toString()}`;
  const change = { href: again, text: words.change, about: words.changeWhen };
  return (
    <HeadedPage title={words.checkAbsence} summary={words.faulty} back={{ href: again, text: words.absence }}>
      <SummaryList rows={[...ownerRow(whose, words.of), { label: words.when, value: spanInWords({ from, to }, locale), change }]} />
      {repeated ? <p class="notice">{words.repeated}</p> : null}
      {already.length === 0 ? null : (
        <div class="notice notice-warn">
          <p>{words.already}</p>
          <ul>
            {already.map((absence) => (
              <li>{spanInWords(absence, locale)}</li>
            ))}
          </ul>
        </div>
      )}
      <MeetingsInTheWay meetings={meetings} how={words.fallsIn} none={words.noneFalls} />
      <TypedForm action={`${path}/absente`}>
        <Carried fields={typed} />
        <Moves whose={whose} meetings={meetings} />
        <LongTextField name="reason" rows={3} label={words.reason} hint={words.reasonHint} />
        <p class="actions">
          <button>{words.record}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </TypedForm>
    </HeadedPage>
  );
};

/** Step 1: when. */
const AbsenceForm = ({ whose, typed }: Pick<AbsenceToConfirm, 'whose' | 'typed'>): VNode => (
  <ChangeForm whose={whose} what="absence" step="absenta" parts={whenFields(useWords().office.changes, typed)} />
);

/** Art. 8: which meetings of an absence wait for an official, and which citizens for a call. */
const FollowPage = ({ whose, followed: { from, to, meetings } }: { readonly whose: Whose; readonly followed: AbsenceFollowed }): VNode => {
  const { locale } = usePage();
  const words = useWords().office.away;
  const lead = words.lead({ when: spanInWords({ from, to }, locale) });
  return <FollowedMeetings whose={whose} title={words.title} lead={lead} meetings={meetings} />;
};

/** A new absence (A16): when, then what falls into it, then yes. The reason is asked in the form that is sent, never in an address. */
@Pages('program/:id')
export class AbsencePages {
  constructor(
    private readonly commands: CommandService,
    private readonly queries: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('absenta')
  @ForOfficials('staff.schedule', 'staff')
  async when(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query() query: unknown): Promise<Answer> {
    return this.#check(request, staffId, queryParametersOf(query), []);
  }

  @Post('absente')
  @KeepsTyped(({ id = '' }, form) => `/program/${id}/absenta?${new URLSearchParams(absenceTyped((name) => form.text(name))).toString()}`)
  @ForOfficials('staff.schedule', 'staff')
  async record(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const form = formOf(request);
    const asked: QueryParameters = (name) => form.text(name);
    const locale = localeOfPage(request);
    const read = readAbsence(absenceTyped(asked), locale);
    if (!('from' in read)) return this.#check(request, staffId, asked, []);
    const { from, to } = read;
    const reason = form.text('reason');
    const faults =
      reason === ''
        ? [{ field: 'reason', message: sentences[locale].office.changes.reasonMissing }]
        : faultsOfBody(Object.assign(new AbsenceBody(), { from, to, reason }), locale);
    if (faults.length > 0) return this.#check(request, staffId, asked, faults);
    const moves = movesIn(form);
    const because = told.find((one) => one === form.text('because')) ?? 'leave';
    // what a citizen is told is written in the ticket once, and read in Romanian by officials
    const becauseInWords = sentences.ro.letters.reasons[because];
    const command = () => ({ staffId, from, to, reason, moves, because, becauseInWords });
    const outcome = await this.commands.carryOut(request, { useCase: ArrangeAbsence, command });
    if (!isRefusal(outcome)) {
      const { absenceId } = outcome.value;
      return seeOther(moves.length === 0 ? `/program/${staffId}?facut=absenta` : `/program/${staffId}/absente/${absenceId}?facut=mutate`);
    }
    return this.#check(request, staffId, asked, atTheirFields(faultsOf(outcome, locale, 'fromDate'), locale));
  }

  /** What became of its meetings, and whom an official has to call. */
  @Get('absente/:absenceId')
  @ForOfficials('staff.schedule', 'staff')
  async follow(@Req() request: FastifyRequest, @Param('id') staffId: string, @Param('absenceId') absenceId: string): Promise<Answer> {
    const whose = await whoseTime(this.ports, request, staffId);
    const followed = answered(await this.queries.execute(new FollowAbsence({ staffId, absenceId })));
    return view(<FollowPage whose={whose} followed={followed} />);
  }

  /** The first step while there is nothing to check, or something wrong with when; else the second. */
  async #check(request: FastifyRequest, staffId: string, asked: QueryParameters, faults: readonly Fault[]): Promise<Answer> {
    const locale = localeOfPage(request);
    const whose = await whoseTime(this.ports, request, staffId);
    const typed = absenceTyped(asked);
    const form = (wrong: readonly Fault[]): Answer => formView(<AbsenceForm whose={whose} typed={typed} />, wrong);
    const nothingYet = Object.values(typed).every((text) => text === '') && !request.url.includes('?');
    if ((nothingYet && request.method === 'GET') || asked('change') !== '') return form([]);
    const read = readAbsence(typed, locale);
    if (!('from' in read)) return form(read);
    const { from, to } = read;
    const mayHandOn = officialOf(request).role === 'head';
    const meetings = await this.queries.execute(new PlanAbsence({ staffId, from, to, mayHandOn }));
    if (isRefusal(meetings)) return form(atTheirFields(faultsOf(meetings, locale, 'fromDate'), locale));
    const schedule = await this.queries.execute(new GetStaffSchedule({ staffId }));
    const absences = isRefusal(schedule) ? [] : [...schedule.absences, ...schedule.past];
    const already = absences.filter((absence) => absence.from < to && from < absence.to);
    return formView(<AbsenceCheck {...{ ...read, whose, typed, already, meetings }} />, faults);
  }
}
