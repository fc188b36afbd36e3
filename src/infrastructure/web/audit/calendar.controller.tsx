import { Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ListMeetingsWithoutNames, type MeetingsQuery, type MeetingsView } from '../../../application/staff/staff-calendar';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, isCivilDate, localTimeOf, mondayOf, wholeDays } from '../../../domain/time/civil-time';
import { formOf } from '../../api/body/form';
import { QueryService } from '../../api/commands/query-service';
import { formatOfPath, sendFile } from '../../api/file-answers';
import { meetingsFile } from '../../api/files-of-lists';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { filledQuery, queryParametersOf } from '../page/query-parameters';
import { type Fault, TextField } from '../parts/fields';
import { FileLinks } from '../parts/file-links';
import { ListTable } from '../parts/list-table';
import { WhoseFields } from '../parts/people-choices';
import { FollowingPages } from '../registry/numbered-pages';
import { type PersonMeant, personMeant } from '../parts/person-meant';

const perPage = 50;

type Fields = Readonly<Record<'from' | 'to' | 'department' | 'staff' | 'cursor', string>>;
type Asked = {
  readonly fields: Fields;
  readonly scope: Omit<MeetingsQuery, 'limit' | 'cursor'>;
  readonly person: PersonMeant;
  readonly faults: readonly Fault[];
};

const path = '/audit/calendar';
/** The address of the same list with some of its fields changed; a page of it is left unless it is named. */
const pathOf = (fields: Fields, changed: Partial<Fields> = {}, file = ''): string => {
  const { from, to, department, staff, cursor } = { ...fields, cursor: '', ...changed };
  return path + file + filledQuery({ 'de-la': from, 'pana-la': to, serviciu: department, functionar: staff, 'de-unde': cursor });
};

/** What is asked for; the week of today where no day is named. A day that is none is a fault and narrows nothing. */
const askedOf = (query: unknown, now: Instant, person: PersonMeant, locale: Locale): Asked => {
  const asked = queryParametersOf(query);
  const monday = mondayOf(civilDateOf(now));
  const [from, to] = [asked('de-la') || monday, asked('pana-la') || (asked('de-la') === '' ? addDays(monday, 6) : asked('de-la'))];
  const fields = { from, to, department: asked('serviciu'), staff: person.staffId ?? '', cursor: asked('de-unde') };
  const words = sentences[locale].audit.list;
  const wrong = [
    ['de-la', from],
    ['pana-la', to],
  ].flatMap(([field = '', day = '']) => (isCivilDate(day) ? [] : [{ field, message: words.noDay }]));
  const faults = [...wrong, ...(wrong.length === 0 && to < from ? [{ field: 'pana-la', message: words.endsFirst }] : []), ...person.faults];
  const days = wrong.length > 0 || to < from ? { from: monday, to: addDays(monday, 6) } : { from, to };
  return {
    fields,
    scope: {
      ...wholeDays(days),
      ...defined({ departmentCode: fields.department || undefined, staffId: person.staffId }),
    },
    person,
    faults,
  };
};

const Meetings = ({ meetings }: Pick<MeetingsView, 'meetings'>): VNode => {
  const { locale } = usePage();
  const words = useWords().audit;
  const { files } = sentences[locale].export;
  if (meetings.length === 0) return <p>{words.calendar.none}</p>;
  const columns = [words.list.meeting, words.list.ticket, words.list.who, words.calendar.status, words.calendar.became];
  return (
    <ListTable caption={words.calendar.title} columns={columns}>
      {meetings.map((meeting) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <time dateTime={meeting.startsAt}>{dateAndHour(meeting.startsAt, locale)}</time>–{localTimeOf(meeting.endsAt)}
          </th>
          <td role="cell">
            <a href={`/audit/${meeting.ticketId}`}>{meeting.reference}</a>{' '}
            <small>
              <bdi>{meeting.requestNumber}</bdi>
            </small>
          </td>
          <td role="cell">
            <bdi>{meeting.staffId}</bdi>{' '}
            <small>
              <bdi>{meeting.departmentCode}</bdi> · {sentences[locale].modes.history[meeting.mode]}
            </small>
          </td>
          <td role="cell">{words.steps.statuses[meeting.status]}</td>
          <td role="cell">
            {files.columns.recording.toLowerCase()}: {files.recordings[meeting.recording]} · {files.columns.resolution.toLowerCase()}:{' '}
            {files.resolutions[meeting.resolution]}
          </td>
        </tr>
      ))}
    </ListTable>
  );
};

const CalendarPage = ({
  asked,
  shown,
  departments,
}: {
  readonly asked: Asked;
  readonly shown: MeetingsView;
  readonly departments: readonly KnownDepartment[];
}): VNode => {
  const words = useWords().audit;
  const { fields } = asked;
  return (
    <HeadedPage
      title={words.calendar.title}
      summary={words.list.faulty}
      back={{ href: '/audit', text: words.looked.back }}
      lead={words.calendar.lead}
    >
      <form method="post" action={path} class="card audit-filter" novalidate aria-label={words.calendar.filter}>
        <TextField name="de-la" label={words.list.from} type="date" value={fields.from} />
        <TextField name="pana-la" label={words.list.to} type="date" value={fields.to} />
        <WhoseFields
          {...{ departments, department: fields.department, person: asked.person }}
          hrefOf={(staff) => pathOf(fields, { staff })}
        />
        <p class="actions">
          <button>{words.list.show}</button>
          <a href={path}>{words.list.clear}</a>
        </p>
      </form>
      <section aria-labelledby="programari">
        <h2 id="programari">{words.calendar.meetings}</h2>
        <Meetings meetings={shown.meetings} />
        {shown.parked === 0 ? null : <p class="notice notice-warn">{words.list.parked({ count: shown.parked })}</p>}
        <FollowingPages
          first={fields.cursor === '' ? undefined : pathOf(fields)}
          next={shown.next === undefined ? undefined : pathOf(fields, { cursor: shown.next })}
          words={words.looked}
        />
      </section>
      <FileLinks about={words.calendar.download} hrefOf={(file) => pathOf(fields, {}, `/programari${file}`)} />
    </HeadedPage>
  );
};

/** Art. 4: the calendar of the staff as an auditor sees it, without any person of the public. */
@Pages('audit/calendar')
export class AuditCalendarController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('audit.read')
  async calendar(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    return this.#page(await this.#asked(request, query));
  }

  /** The filter: where it means a list, it leads to its address, which holds no name. */
  @Post()
  @KeepsNothing('asked-anew')
  @ForOfficials('audit.read')
  async filter(@Req() request: FastifyRequest): Promise<Answer> {
    const asked = await this.#asked(request, Object.fromEntries(formOf(request).fields), 'name');
    return asked.faults.length === 0 ? seeOther(pathOf(asked.fields)) : this.#page(asked);
  }

  async #page(asked: Asked): Promise<Answer> {
    const cursor = asked.fields.cursor === '' ? {} : { cursor: asked.fields.cursor };
    const shown = await this.reads.ask(ListMeetingsWithoutNames, { ...asked.scope, limit: perPage, ...cursor });
    const departments = await knownDepartments(this.ports);
    return formView(<CalendarPage {...{ asked, shown, departments }} />, asked.faults);
  }

  @Get(['programari.csv', 'programari-excel.csv', 'programari.xlsx'])
  @ForOfficials('audit.read')
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    const { scope, faults } = await this.#asked(request, query);
    const format = formatOfPath(request);
    if (faults.length > 0 || format === undefined) throw new HttpProblem({ code: 'invalid' });
    await sendFile(reply, format, meetingsFile(this.reads, scope), localeOfPage(request));
  }

  async #asked(request: FastifyRequest, query: unknown, by: 'id' | 'name' = 'id'): Promise<Asked> {
    const locale = localeOfPage(request);
    const person = await personMeant(this.ports, queryParametersOf(query)('functionar'), by, locale);
    return askedOf(query, this.ports.clock.now(), person, locale);
  }
}
