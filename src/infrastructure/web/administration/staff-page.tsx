import type { VNode } from 'preact';
import type { CivilDate } from '../../../domain/kernel/fact';
import { civilDateOf } from '../../../domain/time/civil-time';
import { plainDate } from '../../phrasing/words/dates';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { FollowingPages } from '../registry/numbered-pages';
import type { PersonView } from '../registry/request-parts';

export const staffPath = (staffId: string): string => `/administrare/functionar/${encodeURIComponent(staffId)}`;

const Leaving = ({ leftOn }: { readonly leftOn: CivilDate }): VNode => {
  const { locale, at } = usePage();
  const words = useWords().administration.staff;
  const gone = leftOn <= civilDateOf(at);
  return (
    <span class={gone ? 'tag tag-quiet' : 'tag tag-warn'}>
      {gone ? words.leftOn : words.leavesOn} {plainDate(leftOn, locale)}
    </span>
  );
};

const here = '/administrare/functionari';

/** The people who may be met, and those who have left. */
export const StaffPage = ({
  people,
  total,
  further,
  next,
}: {
  readonly people: readonly PersonView[];
  readonly total: number;
  readonly further: boolean;
  readonly next: string | undefined;
}): VNode => {
  const words = useWords().administration.staff;
  return (
    <HeadedPage title={words.title} done={words.done} back={{ href: '/administrare', text: words.back }} lead={words.lead}>
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
            {leftOn === null ? null : <Leaving leftOn={leftOn} />}
          </li>
        ))}
      </ol>
      <FollowingPages first={further ? here : undefined} next={next && `${here}?dupa=${encodeURIComponent(next)}`} words={words} />
    </HeadedPage>
  );
};
