import type { VNode } from 'preact';
import { type AuditListed, type AuditListView, gradeFilters } from '../../../application/audit/audit-list';
import type { Verdict } from '../../../domain/audit/check';
import { auditChecks, type CheckId, checkIds } from '../../../domain/audit/judge';
import { rolesFor } from '../../../application/kernel/rights';
import type { KnownDepartment } from '../../../application/staff/staff-directory';
import { groundKinds } from '../../../domain/request/facts';
import { shapeOfDuty } from '../../../domain/duties/duty-kinds';
import { referenceOf } from '../../../domain/ticket/ticket';
import { sentences } from '../../phrasing/sentences';
import { gradeOfOverall, observersInWords } from '../../phrasing/audit/verdict-text';
import { dateAndHour } from '../../phrasing/words/dates';
import { moment } from '../../phrasing/audit/step-text';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { filledQuery } from '../page/query-parameters';
import { Select, TextField } from '../parts/fields';
import { Deadlines } from '../parts/deadlines';
import { FileLinks } from '../parts/file-links';
import { ListTable } from '../parts/list-table';
import { WhoseFields } from '../parts/people-choices';
import { type Confirmable, listPath, type ListQuery, modes, type OverallCounts, type ParkedVerdicts, verdicts } from './list-query';
import { VerdictLegend, VerdictTag } from './verdict-tag';

/** Opens one ticket by the number that is printed on it. */
const FindForm = ({ searched }: Pick<ListParts, 'searched'>): VNode => {
  const words = useWords().audit.list;
  return (
    <form method="get" action="/audit" class="card find" novalidate role="search" aria-label={words.find}>
      <TextField
        name="tichet"
        label={words.find}
        hint={words.findHint}
        value={searched}
        width="middle"
        autocomplete="off"
        spellcheck={false}
      />
      <button>{words.findNow}</button>
    </form>
  );
};

const mostNamed = 10;

/** What a list of verdicts cannot say: tickets that are missing from it, and verdicts that stand still. */
const ParkedNotice = ({ missing, tickets, others }: ParkedVerdicts): VNode | null => {
  const words = useWords().audit.list;
  if (missing + tickets.length + others === 0) return null;
  return (
    <div class="notice notice-warn">
      {missing === 0 ? null : <p>{words.parked({ count: missing })}</p>}
      {tickets.length === 0 ? null : (
        <p>
          {words.staleTickets}{' '}
          {tickets.slice(0, mostNamed).map((id, index) => (
            <>
              {index === 0 ? null : ', '}
              <a href={`/audit/${id}`}>{referenceOf(id)}</a>
            </>
          ))}
          {tickets.length > mostNamed ? ` + ${tickets.length - mostNamed}` : null}.
        </p>
      )}
      {others === 0 ? null : <p>{words.staleEvidence({ count: others })}</p>}
    </div>
  );
};

const telling: readonly Verdict[] = ['fail', 'warn', 'pending', 'waived'];

/** Whether a check makes the verdict what it is, or is known in the way that was asked for. */
const tells = ({ verdicts: all, grades, observable }: AuditListed, id: CheckId, grade: ListQuery['grade']): boolean =>
  telling.some((one) => one === all[id]) || observable[id] !== undefined || (grade === 'declared' && grades[id] === 'declared');

/** The checks that make the verdict what it is; the one that was asked about in any case. */
const Remarks = ({ row, asked: { check, grade } }: { readonly row: AuditListed; readonly asked: ListQuery }): VNode => {
  const { locale } = usePage();
  const words = sentences[locale].audit.ticket;
  return (
    <ul class="remarks">
      {checkIds.map((id) => {
        const verdict = row.verdicts[id];
        if (verdict === undefined || (check === undefined ? !tells(row, id, grade) : check !== id)) return null;
        const observable = row.observable[id];
        return (
          <li>
            <VerdictTag verdict={verdict} grade={row.grades[id]} /> {id}
            {check === undefined ? ` · ${auditChecks[id].name[locale]}` : null}
            {observable === undefined ? null : <small>{words.couldConfirm({ who: observersInWords(observable, locale) })}</small>}
          </li>
        );
      })}
    </ul>
  );
};

const momentOfList = ({ asOf, fields }: ListQuery): string => (asOf === undefined ? '' : `?la=${encodeURIComponent(fields.moment)}`);

/** That the verdicts are those of another moment, and what is not. */
const MomentNotice = ({ asked }: { readonly asked: ListQuery }): VNode | null => {
  const { locale } = usePage();
  const words = useWords().audit;
  if (asked.asOf === undefined) return null;
  return (
    <p class="notice notice-warn">
      {words.list.asOf} <strong>{moment(asked.asOf, locale)}</strong>. {words.list.placesOfNow}{' '}
      <a href={listPath(asked.fields, { moment: '' })}>{words.ticket.toNow}</a>
    </p>
  );
};

/** The tickets of one page of the list; on a phone each is a card. */
const TicketTable = ({ shown, asked }: { readonly shown: AuditListView; readonly asked: ListQuery }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.list;
  if (shown.tickets.length === 0) return <p>{words.none}</p>;
  return (
    <ListTable caption={words.tickets} columns={[words.ticket, words.overall, words.remarks, words.meeting, words.who]}>
      {shown.tickets.map((row) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            <a href={`/audit/${row.ticketId}${momentOfList(asked)}`}>{row.reference}</a>
          </th>
          <td role="cell">
            <VerdictTag verdict={row.overall} grade={gradeOfOverall(row)} />
          </td>
          <td role="cell">
            <Remarks row={row} asked={asked} />
            {row.owed == null ? null : (
              <small>
                {shapeOfDuty(row.owed.kind).name[locale]}: <Deadlines {...row.owed} lookedAt={asked.asOf} />
              </small>
            )}
          </td>
          <td role="cell">
            {dateAndHour(row.startsAt, locale)} <small>{sentences[locale].modes.history[row.mode]}</small>
          </td>
          <td role="cell">
            <bdi>{row.staffId}</bdi>{' '}
            <small>
              <bdi>{row.department}</bdi>
            </small>
          </td>
        </tr>
      ))}
    </ListTable>
  );
};

/** Native choices that end in an address: a list that was chosen can be kept, sent and opened again. A name that is typed ends in no address. */
const ListFilter = ({ asked, departments }: Pick<ListParts, 'asked' | 'departments'>): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.list;
  const { fields } = asked;
  return (
    <form method="post" action="/audit" class="card audit-filter" novalidate aria-label={words.filter}>
      <Select
        name="verdict"
        label={words.verdict}
        value={asked.verdict ?? ''}
        options={[
          { value: '', label: words.anyVerdict },
          ...verdicts.map((verdict) => ({ value: verdict, label: sentences[locale].audit.verdicts[verdict].name })),
        ]}
      />
      <Select
        name="grad"
        label={words.grade}
        value={asked.grade ?? ''}
        options={[
          { value: '', label: words.anyGrade },
          ...gradeFilters.map((grade) => ({ value: grade, label: sentences[locale].audit.grades[grade].name })),
        ]}
      />
      <Select
        name="verificare"
        label={words.check}
        value={asked.check ?? ''}
        options={[
          { value: '', label: words.anyCheck },
          ...checkIds.map((id) => ({ value: id, label: `${id} · ${auditChecks[id].name[locale]}` })),
        ]}
      />
      <TextField name="de-la" label={words.from} type="date" value={fields.from} />
      <TextField name="pana-la" label={words.to} type="date" value={fields.to} />
      <WhoseFields
        {...{ departments, department: fields.department, person: asked.person }}
        hrefOf={(staff) => listPath(fields, { staff })}
      />
      <Select
        name="mod"
        label={words.mode}
        value={asked.scope.mode ?? ''}
        options={[
          { value: '', label: words.anyMode },
          ...modes.map((mode) => ({ value: mode, label: sentences[locale].modes.history[mode] })),
        ]}
      />
      <Select
        name="temei"
        label={words.ground}
        value={asked.scope.ground ?? ''}
        options={[
          { value: '', label: words.anyGround },
          ...groundKinds.map((ground) => ({ value: ground, label: sentences[locale].office.windows.grounds[ground] })),
        ]}
      />
      <TextField
        name="cerere"
        label={words.request}
        hint={words.requestHint}
        value={fields.request}
        width="middle"
        autocomplete="off"
        spellcheck={false}
      />
      <TextField
        name="la"
        label={words.moment}
        hint={words.momentHint}
        value={fields.moment}
        width="middle"
        autocomplete="off"
        spellcheck={false}
      />
      <p class="actions">
        <button>{words.show}</button>
        <a href="/audit">{words.clear}</a>
      </p>
      <p class="hint">{words.checkHint}</p>
    </form>
  );
};

export type ListParts = {
  readonly asked: ListQuery;
  readonly shown: AuditListView;
  /** of another moment nothing is counted */
  readonly ofNow: { readonly counts: OverallCounts; readonly first: Confirmable } | undefined;
  /** what was looked for */
  readonly searched: string;
  readonly parked: ParkedVerdicts;
  /** to choose from; none for a head, who sees their own alone */
  readonly departments: readonly KnownDepartment[];
};

const overalls = ['fail', 'pending', 'pass'] as const;

/** How many tickets have which verdict; each leads to them. */
const Counts = ({ counts, asked }: { readonly counts: OverallCounts; readonly asked: ListQuery }): VNode => {
  const { locale } = usePage();
  return (
    <section aria-labelledby="numere">
      <h2 id="numere" class="unseen">
        {sentences[locale].audit.list.counts}
      </h2>
      <ul class="verdict-counts">
        {overalls.map((overall) => (
          <li>
            <a class="card" href={listPath(asked.fields, { verdict: overall, grade: '', check: '' })}>
              <VerdictTag verdict={overall} text={sentences[locale].audit.verdicts[overall].many({ count: counts[overall] })} />
            </a>
          </li>
        ))}
      </ul>
      {counts.exact ? null : <p>{sentences[locale].audit.list.atLeast}</p>}
    </section>
  );
};

/** What is only declared and could have been observed; said above everything that was declared because nothing could observe it. */
const ConfirmableFirst = ({
  first: { count, newest },
  asked,
}: {
  readonly first: Confirmable;
  readonly asked: ListQuery;
}): VNode | null => {
  const { locale } = usePage();
  const words = useWords().audit.list;
  if (count === 0 || asked.grade !== undefined || asked.fields.cursor !== '') return null;
  return (
    <section class="notice notice-warn" aria-labelledby="declarate">
      <h2 id="declarate">{words.confirmableTitle}</h2>
      <p>{words.confirmableLead({ count })}</p>
      <ul>
        {newest.map(({ ticketId, reference, startsAt, observable }) => (
          <li>
            <a href={`/audit/${ticketId}`}>{reference}</a> · {dateAndHour(startsAt, locale)} · {Object.keys(observable).sort().join(', ')}
          </li>
        ))}
      </ul>
      {count <= newest.length ? null : (
        <p>
          <a href={listPath(asked.fields, { verdict: '', check: '', grade: 'confirmable' })}>{words.confirmableAll}</a>
        </p>
      )}
    </section>
  );
};

/** Of the signed file, which knows of days alone. */
const daysOf = ({ fields: { from, to } }: ListQuery): string => filledQuery({ 'de-la': from, 'pana-la': to });

/** One row a ticket, with what the procedure says of it. */
export const AuditListPage = ({ asked, shown, ofNow, searched, parked, departments }: ListParts): VNode => {
  const { locale, official } = usePage();
  const seesAll = official !== undefined && rolesFor('audit.read').includes(official.role);
  const words = useWords().audit.list;
  return (
    <HeadedPage title={words.title} summary={words.faulty} lead={words.lead}>
      <MomentNotice asked={asked} />
      {ofNow === undefined ? null : <Counts counts={ofNow.counts} asked={asked} />}
      <FindForm searched={searched} />
      {ofNow === undefined ? null : <ConfirmableFirst first={ofNow.first} asked={asked} />}
      {seesAll ? null : <p>{words.ownDepartment}</p>}
      <ListFilter asked={asked} departments={departments} />
      <section aria-labelledby="tichete">
        <h2 id="tichete">{words.tickets}</h2>
        <p class="hint">{shown.newestFirst === true ? words.orderThen : words.order}</p>
        <TicketTable shown={shown} asked={asked} />
        <ParkedNotice {...parked} />
        <p class="actions">
          {asked.fields.cursor === '' ? null : <a href={listPath(asked.fields, {})}>{words.first}</a>}
          {shown.next === undefined ? null : (
            <a class="button second" href={listPath(asked.fields, { cursor: shown.next })}>
              {words.next}
            </a>
          )}
        </p>
      </section>
      <FileLinks about={words.download} hrefOf={(ending) => listPath(asked.fields, {}, `/audit/lista${ending}`)}>
        {' '}
        · <a href={listPath(asked.fields, {}, '/audit/lista.json')}>JSON</a>
      </FileLinks>
      {seesAll ? (
        <p>
          {words.export} <a href={`/audit/export.jsonl${daysOf(asked)}`}>JSONL</a>
        </p>
      ) : null}
      <VerdictLegend />
      <p>
        <a href="/audit/verificari">{words.toChecks}</a>
        {seesAll ? (
          <>
            {' '}
            · <a href="/audit/calendar">{words.calendar}</a> · <a href="/audit/sigiliu">{sentences[locale].audit.seal.about}</a> ·{' '}
            <a href="/audit/citiri">{sentences[locale].audit.looked.about}</a>
          </>
        ) : null}
      </p>
    </HeadedPage>
  );
};
