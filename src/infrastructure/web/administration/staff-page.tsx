import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { StaffRole } from '../../../domain/staff/facts';
import type { CivilDate } from '../../../domain/kernel/fact';
import { HeadedPage } from '../page/document';
import { plainDate } from '../../phrasing/words/dates';

export type PersonView = {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  readonly leftOn: CivilDate | null;
};

export const staffPath = (staffId: string): string => `/administrare/functionar/${encodeURIComponent(staffId)}`;

const Leaving = ({ leftOn, today }: { readonly leftOn: CivilDate; readonly today: CivilDate }): VNode => {
  const context = usePage();
  const words = useWords().administration.staff;
  const gone = leftOn <= today;
  return (
    <span class={gone ? 'tag tag-quiet' : 'tag tag-warn'}>
      {gone ? words.leftOn : words.leavesOn} {plainDate(leftOn, context.locale)}
    </span>
  );
};

/** Everybody who may be met, and who has left. */
export const StaffPage = ({
  people,
  total,
  today,
  further,
  next,
  done,
}: {
  readonly people: readonly PersonView[];
  readonly total: number;
  readonly today: CivilDate;
  readonly further: boolean;
  readonly next: string | undefined;
  readonly done: string | undefined;
}): VNode => {
  const words = useWords().administration.staff;
  return (
    <HeadedPage title={words.title} done={done} back={{ href: '/administrare', text: words.back }} lead={words.lead}>
      <p class="actions">
        <a class="button" href="/administrare/functionari/nou">
          {words.add}
        </a>
        <a class="button second" href="/administrare/functionari/import">
          {words.importDo}
        </a>
      </p>
      <p>{total === 0 ? words.none : words.count({ count: total })}</p>
      <ol class="entries entries-5">
        {people.map(({ staffId, name, role, department, departmentCode, leftOn }) => (
          <li>
            <a class="entry-name" href={staffPath(staffId)}>
              <bdi>{name}</bdi>
            </a>
            <span>
              <bdi>
                {departmentCode} · {department}
              </bdi>
            </span>
            <span>{words.roles[role]}</span>
            <code>{staffId}</code>
            {leftOn === null ? null : <Leaving leftOn={leftOn} today={today} />}
          </li>
        ))}
      </ol>
      {further || next !== undefined ? (
        <p class="actions">
          {further ? <a href="/administrare/functionari">{words.first}</a> : null}
          {next === undefined ? null : <a href={`/administrare/functionari?dupa=${encodeURIComponent(next)}`}>{words.next}</a>}
        </p>
      ) : null}
    </HeadedPage>
  );
};
