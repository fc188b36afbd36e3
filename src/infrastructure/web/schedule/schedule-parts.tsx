import type { VNode } from 'preact';
import type { FastifyRequest } from 'fastify';
import type { Official } from '../../../application/kernel/access';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { currentStaff } from '../../../application/kernel/streams';
import type { MeetingInTheWay } from '../../../application/staff/in-the-way';
import type { Instant } from '../../../domain/kernel/fact';
import type { WeeklyHours } from '../../../domain/staff/facts';
import { weekdays } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import { addDays, civilDateOf, startOfDay } from '../../../domain/time/civil-time';
import { officialOf } from '../../api/access/viewer';
import { HttpProblem } from '../../api/problem/problem';
import { type Counted, sentences } from '../../phrasing/sentences';
import { dayAndMonth, hour, longDate } from '../../phrasing/words/dates';
import { FormFields, type FormPart } from '../forms/form-fields';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { Article } from '../parts/article';
import { SummaryList, type SummaryRow } from '../parts/summary-list';
import { byName, type Colleague, withNames } from '../registry/request-parts';
import { hoursInText } from './hours-text';

/** All people of a head's department, by name; empty for other roles. People who have left are included: they may leave meetings behind. */
export const peopleOf = async (ports: Ports, { role, departmentCode }: Official): Promise<readonly Colleague[]> => {
  if (role !== 'head' || departmentCode === undefined) return [];
  const { rows } = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
    where: [{ column: 'departmentCode', is: departmentCode }],
    limit: 500,
  });
  return (await withNames(ports, rows)).toSorted(byName);
};

/** Whose time it is, as the pages of a change name them. */
export type Whose = Colleague & { readonly own: boolean };

/** Whose time is looked at; the guard has let the reader in. @throws HttpProblem `not-found` */
export const whoseTime = async (ports: Ports, request: FastifyRequest, staffId: string): Promise<Whose> => {
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw new HttpProblem({ code: 'not-found' });
  const name = (await ports.personalData.open(staff.name)) ?? erasedMark;
  return { staffId, name, own: officialOf(request).staffId === staffId };
};

const beginsDay = (at: Instant): boolean => startOfDay(civilDateOf(at)) === at;

/** `luni, 15 martie 2027, 08:00–12:00`; whole days without hours, and the last one named instead of the midnight after it. */
export const spanInWords = ({ from, to }: { readonly from: Instant; readonly to: Instant }, locale: Locale): string => {
  const { wholeDay, from: since, to: until, inclusive } = sentences[locale].office.span;
  const [first, last] = [civilDateOf(from), civilDateOf(to)];
  if (beginsDay(from) && beginsDay(to)) {
    const lastDay = addDays(last, -1);
    return lastDay <= first
      ? `${longDate(first, locale)}, ${wholeDay}`
      : `${since} ${longDate(first, locale)} ${until} ${longDate(lastDay, locale)} ${inclusive}`;
  }
  if (first === last) return `${longDate(first, locale)}, ${hour(from)}–${hour(to)}`;
  return `${since} ${longDate(first, locale)}, ${hour(from)} ${until} ${longDate(last, locale)}, ${hour(to)}`;
};

/** The people of a department as a row of links; the one shown is marked. */
export const PeopleLinks = ({
  label,
  all,
  people,
  shown,
  hrefOf,
}: {
  readonly label: string;
  /** the link to all people, where there is one */
  readonly all?: { readonly href: string; readonly text: string };
  readonly people: readonly Colleague[];
  readonly shown: string | undefined;
  readonly hrefOf: (staffId: string) => string;
}): VNode | null =>
  people.length === 0 ? null : (
    <nav class="people-links" aria-label={label}>
      {all === undefined ? null : (
        <a href={all.href} aria-current={shown === undefined ? 'true' : undefined}>
          {all.text}
        </a>
      )}
      {people.map(({ staffId, name }) => (
        <a href={hrefOf(staffId)} aria-current={shown === staffId ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );

/** A task that belongs to no ticket: a calendar that could not be read for a day. Named where it is another's. */
export const CalendarTrouble = ({ of }: { readonly of: readonly Partial<Colleague>[] }): VNode => {
  const words = useWords().office.calendar;
  return (
    <>
      {of.map(({ staffId = '', name }) => (
        <div class="notice notice-warn">
          <p>
            {name === undefined ? null : `${name}: `}
            {words.trouble} <a href={`/program/${staffId}/calendar`}>{words.look}</a>
          </p>
        </div>
      ))}
    </>
  );
};

/** The hours of a week, a day a row. */
export const WeekList = ({ week }: { readonly week: WeeklyHours }): VNode => {
  const words = useWords().office.schedule;
  return (
    <SummaryList
      rows={weekdays.map((day) => {
        const hours = hoursInText(week[day]);
        return { label: words.days[day], value: hours === '' ? <span class="not-worked">{words.notWorked}</span> : hours };
      })}
    />
  );
};

/** Step 1 of a change of a person's time: whose it is, the fields, and on to the check. */
export const ChangeForm = ({
  whose,
  what,
  step,
  parts,
}: {
  readonly whose: Whose;
  readonly what: 'absence' | 'hours';
  /** under the page of the person's time */
  readonly step: string;
  readonly parts: readonly FormPart[];
}): VNode => {
  const words = useWords().office.changes;
  const path = `/program/${whose.staffId}`;
  return (
    <HeadedPage
      title={words[what]}
      summary={words.faulty}
      back={{ href: path, text: words.back }}
      lead={words[`${what}Lead`]}
      heading={whose.own ? words[what] : `${words[what]}: ${whose.name}`}
    >
      <form method="get" action={`${path}/${step}`} novalidate>
        <FormFields parts={parts} />
        <p class="actions">
          <button>{words.check}</button>
          <a href={path}>{words.cancel}</a>
        </p>
      </form>
    </HeadedPage>
  );
};

/** Of step 2: whose time is changed, where it is another's. */
export const ownerRow = ({ own, name }: Whose, label: string): readonly SummaryRow[] => (own ? [] : [{ label, value: name }]);

/** The fields of step 1 as step 2 sends them along. */
export const Carried = ({ fields }: { readonly fields: Readonly<Record<string, string>> }): VNode => (
  <>
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

/** Art. 8: what a change would put in the way, before it is confirmed. */
export const MeetingsInTheWay = ({
  meetings,
  own,
  how,
  none,
}: {
  readonly meetings: readonly MeetingInTheWay[];
  /** whether the tasks come to the reader; left out, they can be moved here first */
  readonly own?: boolean;
  readonly how: Counted;
  readonly none: string;
}): VNode => {
  const { locale } = usePage();
  const {
    office: { changes: words },
    modes,
  } = useWords();
  const count = meetings.length;
  if (count === 0) return <p class="notice">{none}</p>;
  return (
    <section class="notice notice-warn" aria-labelledby="cad">
      <h2 id="cad">
        {how({ count })} {own === undefined ? words.unmoved : (own ? words.own : words.others)({ count })}
      </h2>
      <ul>
        {meetings.map(({ ticketId, reference, slot, mode, applicant }) => (
          <li>
            <a href={`/programari/${ticketId}`}>
              {dayAndMonth(slot.startsAt, locale)}, {hour(slot.startsAt)}
              <span class="unseen">{`, ${words.ticket} ${reference}`}</span>
            </a>
            {`, ${modes.schedule[mode]}: `}
            <bdi>{applicant}</bdi>
          </li>
        ))}
      </ul>
      <p>
        <Article article="8" locale={locale} />
      </p>
    </section>
  );
};
