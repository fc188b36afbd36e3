import { Get, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type EligibilityListQuery, type EligibilityListView, ListEligibility } from '../../../application/requests/eligibility';
import { type KnownDepartment, knownDepartments } from '../../../application/staff/staff-directory';
import { defined } from '@tichet-albastru/kernel/defined';
import { isCivilDate } from '../../../domain/time/civil-time';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { QueryService } from '../../api/commands/query-service';
import { formatOfPath, sendFile } from '../../api/file-answers';
import { eligibilityFile } from '../../api/files-of-lists';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { saidOf, sentences } from '../../phrasing/sentences';
import { plainDate } from '../../phrasing/words/dates';
import { requestStatuses } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { queryParametersOf } from '../page/query-parameters';
import { type Fault, Select, TextField } from '../parts/fields';
import { FileLinks } from '../parts/file-links';
import { ListTable } from '../parts/list-table';
import { WhoseFields } from '../parts/people-choices';
import { chosenOf } from '../parts/chosen';
import { type PersonMeant, personMeant } from '../parts/person-meant';
import { FollowingPages } from '../registry/numbered-pages';

const perPage = 25;
const path = '/termene/cereri';

type Fields = Readonly<Record<'before' | 'department' | 'staff' | 'status' | 'eligible' | 'cursor', string>>;
type Asked = {
  readonly fields: Fields;
  readonly scope: Omit<EligibilityListQuery, 'limit' | 'cursor'>;
  readonly person: PersonMeant;
  readonly faults: readonly Fault[];
};

const pathOf = (fields: Fields, changed: Partial<Fields> = {}, file = ''): string => {
  const { before, department, staff, status, eligible, cursor } = { ...fields, cursor: '', ...changed };
  const named = { 'inainte-de': before, serviciu: department, functionar: staff, stare: status, tichet: eligible, 'de-unde': cursor };
  const query = new URLSearchParams(Object.entries(named).filter(([name, value]) => value !== '' || name === 'serviciu')).toString();
  return `${path}${file}?${query}`;
};

const Requests = ({ requests }: Pick<EligibilityListView, 'requests'>): VNode => {
  const { locale } = usePage();
  const { windows: words } = useWords().office;
  if (requests.length === 0) return <p>{words.requests.listNone}</p>;
  return (
    <ListTable
      caption={words.requests.listTitle}
      columns={[words.request, words.status, words.requests.canGet, words.enforced, words.requests.handler]}
    >
      {requests.map((request) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <a href={`/termene?${new URLSearchParams({ number: request.number, filedOn: request.filedOn }).toString()}`}>
              {request.number} / {plainDate(request.filedOn, locale)}
            </a>
          </th>
          <td role="cell">{words.statuses[request.status]}</td>
          <td role="cell">
            <span class={request.eligible ? 'tag tag-good' : 'tag tag-quiet'}>
              {sentences[locale].export.files[request.eligible ? 'yes' : 'no']}
            </span>{' '}
            <small>{request.reason === undefined ? null : (saidOf(words.reasons, request.reason) ?? words.otherReason)}</small>
          </td>
          <td role="cell">{request.enforcedUntil === null ? '–' : plainDate(request.enforcedUntil, locale)}</td>
          <td role="cell">
            <bdi>{request.handlerStaffId}</bdi>{' '}
            <small>
              <bdi>{request.departmentCode}</bdi>
            </small>
          </td>
        </tr>
      ))}
    </ListTable>
  );
};

const ListFilter = ({ asked, departments }: { readonly asked: Asked; readonly departments: readonly KnownDepartment[] }): VNode => {
  const { locale } = usePage();
  const words = useWords();
  const { windows } = words.office;
  const { fields } = asked;
  const { yes, no } = sentences[locale].export.files;
  return (
    <form method="post" action={path} class="card audit-filter" novalidate aria-label={windows.requests.listFilter}>
      <TextField
        name="inainte-de"
        type="date"
        label={windows.requests.listBefore}
        hint={windows.requests.listBeforeHint}
        value={fields.before}
      />
      <Select
        name="stare"
        label={windows.status}
        value={asked.scope.status ?? ''}
        options={[
          { value: '', label: windows.requests.any },
          ...requestStatuses.map((status) => ({ value: status, label: windows.statuses[status] })),
        ]}
      />
      <Select
        name="tichet"
        label={windows.requests.canGet}
        value={fields.eligible}
        options={[
          { value: '', label: windows.requests.any },
          { value: 'da', label: yes },
          { value: 'nu', label: no },
        ]}
      />
      <WhoseFields
        {...{ departments, department: fields.department, person: asked.person }}
        hrefOf={(staff) => pathOf(fields, { staff })}
      />
      <p class="actions">
        <button>{words.audit.list.show}</button>
        <a href={path}>{words.audit.list.clear}</a>
      </p>
    </form>
  );
};

type RequestsParts = { readonly asked: Asked; readonly shown: EligibilityListView; readonly departments: readonly KnownDepartment[] };

const RequestsPage = ({ asked, shown, departments }: RequestsParts): VNode => {
  const { windows: words } = useWords().office;
  const { fields } = asked;
  return (
    <HeadedPage
      title={words.requests.listTitle}
      summary={words.faulty}
      back={{ href: '/termene', text: words.requests.back }}
      lead={words.requests.listLead}
    >
      <ListFilter asked={asked} departments={departments} />
      <section aria-labelledby="cereri">
        <h2 id="cereri">{words.requests.listTitle}</h2>
        <Requests requests={shown.requests} />
        {shown.parked === 0 ? null : <p class="notice notice-warn">{words.requests.listParked({ count: shown.parked })}</p>}
        <FollowingPages
          first={fields.cursor === '' ? undefined : pathOf(fields)}
          next={shown.next === undefined ? undefined : pathOf(fields, { cursor: shown.next })}
          words={words.requests}
        />
      </section>
      <FileLinks about={words.requests.listDownload} hrefOf={(ending) => pathOf(fields, {}, `/lista${ending}`)} />
    </HeadedPage>
  );
};

/** Art. 2: the requests of the register by department, civil servant and state; of no person. */
@Pages('termene/cereri')
export class RequestListPages {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('eligibility.read')
  async list(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    return this.#page(await this.#asked(request, query));
  }

  /** The filter: where it means a list, it leads to its address, which holds no name. */
  @Post()
  @KeepsNothing('asked-anew')
  @ForOfficials('eligibility.read')
  async filter(@Req() request: FastifyRequest): Promise<Answer> {
    const asked = await this.#asked(request, Object.fromEntries(formOf(request).fields), 'name');
    return asked.faults.length === 0 ? seeOther(pathOf(asked.fields)) : this.#page(asked);
  }

  async #page(asked: Asked): Promise<Answer> {
    const cursor = asked.fields.cursor === '' ? {} : { cursor: asked.fields.cursor };
    const shown = await this.reads.ask(ListEligibility, { ...asked.scope, limit: perPage, ...cursor });
    return formView(<RequestsPage {...{ asked, shown, departments: await knownDepartments(this.ports) }} />, asked.faults);
  }

  @Get(['lista.csv', 'lista-excel.csv', 'lista.xlsx'])
  @ForOfficials('eligibility.read')
  async file(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    const { scope, faults } = await this.#asked(request, query);
    const format = formatOfPath(request);
    if (faults.length > 0 || format === undefined) throw new HttpProblem({ code: 'invalid' });
    await sendFile(reply, format, eligibilityFile(this.reads, scope), localeOfPage(request));
  }

  /** A head who has not chosen begins with their own department. */
  async #asked(request: FastifyRequest, query: unknown, by: 'id' | 'name' = 'id'): Promise<Asked> {
    const asked = queryParametersOf(query);
    const locale = localeOfPage(request);
    const { role, departmentCode: own } = officialOf(request);
    const isChosen = typeof query === 'object' && query !== null && 'serviciu' in query;
    const department = isChosen || role !== 'head' ? asked('serviciu') : (own ?? '');
    const person = await personMeant(this.ports, asked('functionar'), by, locale);
    const fields = {
      before: asked('inainte-de'),
      department,
      staff: person.staffId ?? '',
      status: asked('stare'),
      eligible: asked('tichet'),
      cursor: asked('de-unde'),
    };
    const status = chosenOf(requestStatuses, fields.status, 'stare', locale);
    const eligible = chosenOf(['da', 'nu'], fields.eligible, 'tichet', locale);
    const isDay = isCivilDate(fields.before);
    const wrongDay = fields.before === '' || isDay ? [] : [{ field: 'inainte-de', message: sentences[locale].audit.list.noDay }];
    return {
      fields,
      scope: defined({
        expiringBefore: isDay ? fields.before : undefined,
        departmentCode: department || undefined,
        staffId: person.staffId,
        status: status.chosen,
        eligible: eligible.chosen === undefined ? undefined : eligible.chosen === 'da',
      }),
      person,
      faults: [...wrongDay, ...person.faults, ...status.faults, ...eligible.faults],
    };
  }
}
