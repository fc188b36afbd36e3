import { createHash } from 'node:crypto';
import type { ComponentChildren, VNode } from 'preact';
import type { ParkedChoice, ParkedGroup } from '../../../application/operation/parked-groups';
import type { Behind } from '../../nest/service-status';
import { defined } from '@tichet-albastru/kernel/defined';
import { dateAndHour } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';
import { ListTable } from '../parts/list-table';
import { SummaryList } from '../parts/summary-list';

export const servicePath = '/administrare/serviciu';

/** Which parked rows are shown, and on which page of their list: an operator who settles one comes back there. */
export type ParkedPlace = ParkedChoice & { readonly page?: string };

export const fieldsOfPlace = ({ projection, error, page }: ParkedPlace): Readonly<Record<string, string>> => ({
  ...(projection !== undefined && { tabel: projection }),
  ...(error !== undefined && { eroare: error }),
  ...(page !== undefined && { pagina: page }),
});

/** @param read what stands in the address or in the form under this name */
export const placeIn = (read: (name: string) => string | undefined): ParkedPlace => {
  const told = (name: string): string | undefined => (read(name) === '' ? undefined : read(name));
  const page = told('pagina');
  return defined({
    projection: told('tabel'),
    error: told('eroare'),
    page: page !== undefined && /^\d{1,5}$/.test(page) ? page : undefined,
  });
};

/** Parked rows one by one: of this table and this error, where they are named. */
export const parkedRowsPath = (place: ParkedPlace = {}, done?: string): string => {
  const asked = new URLSearchParams({ ...fieldsOfPlace(place), ...(done !== undefined && { facut: done }) }).toString();
  return `/administrare/oprite${asked === '' ? '' : `?${asked}`}`;
};

/** A place in the log without the zeros with which it is kept. */
export const positionView = (position: string): string => position.replace(/^0+(?=\d)/, '');

const shortHash = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);

/** A group in an address. What is typed into a form is kept by its path: another group has another one. */
export const groupName = ({ projection, error }: Pick<ParkedGroup, 'projection' | 'error'>): string => shortHash(projection, error);

export const skipGroupPath = (group: Pick<ParkedGroup, 'projection' | 'error'>): string =>
  `/administrare/oprite/grup/${groupName(group)}/omitere`;

/** Rows that wait for the same reason: which, since when, and what waits behind them. */
export const ParkedGroupSummary = ({ group }: { readonly group: ParkedGroup }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.parked;
  const { projection, rows, waiting, oldest, types, filling } = group;
  return (
    <>
      <SummaryList
        rows={[
          { label: words.which, value: words.group({ rows, table: projection }) },
          { label: words.types, value: <code>{types.join(', ')}</code> },
          { label: words.oldest, value: dateAndHour(oldest, locale) },
          { label: words.waiting, value: words.events({ count: waiting }) },
        ]}
      />
      {filling === 0 ? null : <p>{words.filling({ count: filling })}</p>}
    </>
  );
};

/** `12 evenimente, 3 secunde` */
export const useBehind = (): ((behind: Behind | undefined) => string) => {
  const words = useWords().administration.service.tables;
  return (behind) => {
    if (behind === undefined || behind.events === 0) return words.none;
    const { events: count, seconds, more } = behind;
    return `${more === true ? words.moreEvents({ count }) : words.events({ count })}, ${words.seconds({ count: seconds })}`;
  };
};

/** A section that is fetched again by itself when something changes. */
export const LiveSection = ({
  id,
  title,
  lead,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}): VNode => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {lead === undefined ? null : <p class="hint">{lead}</p>}
    <div data-live-part={id}>{children}</div>
  </section>
);

/** Each row is a card on a phone, where every cell names its column. */
export const StatusTable = ({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly head: ComponentChildren; readonly cells: readonly ComponentChildren[] }[];
}): VNode => (
  <div class="service-table">
    <ListTable caption={caption} columns={columns}>
      {rows.map(({ head, cells }) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            {head}
          </th>
          {cells.map((cell, place) => (
            <td role="cell" data-title={columns[place + 1]}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </ListTable>
  </div>
);

/** The same for the same act, also after a change. */
const idOf = (...parts: readonly string[]): string => `act-${shortHash(...parts)}`;

/** One button, and what is sent with it. */
export const ActForm = ({
  action,
  fields = {},
  about,
  children,
  second = true,
}: {
  readonly action: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** what it is done to, for those who do not see the row */
  readonly about: string;
  readonly children: ComponentChildren;
  readonly second?: boolean;
}): VNode => (
  // the button has a name of its own: where the section is shown anew, the focus stays on it
  <form method="post" action={action} class="service-act">
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button id={idOf(action, ...Object.values(fields))} class={second ? 'second' : undefined}>
      {children}
      <span class="unseen">
        : <code>{about}</code>
      </span>
    </button>
  </form>
);
