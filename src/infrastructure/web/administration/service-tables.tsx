import type { VNode } from 'preact';
import type { TableState, TableStatus } from '../../nest/service-status';
import { dateAndHour } from '../../phrasing/words/dates';
import { usePage, useWords } from '../page/page-context';
import { ActForm, LiveSection, positionView, servicePath, StatusTable, useBehind } from './service-parts';

const looks: Readonly<Record<TableState, string>> = {
  'up-to-date': 'tag tag-good',
  behind: 'tag tag-warn',
  asked: 'tag tag-quiet',
  rebuilding: 'tag',
  refused: 'tag tag-bad',
  outdated: 'tag tag-warn',
};

const Name = ({ table: { name, derived, version } }: { readonly table: TableStatus }): VNode => {
  const words = useWords().administration.service.tables;
  return (
    <>
      <code>{name}</code> <small>{words.version({ version })}</small>
      {derived === undefined ? null : <small>{words.derived({ name: derived })}</small>}
    </>
  );
};

const Filling = ({ table: { name, filling } }: { readonly table: TableStatus }): VNode | null => {
  const words = useWords().administration.service.tables;
  const behindOf = useBehind();
  if (filling === undefined) return null;
  const { percent, behind } = filling;
  return (
    <>
      <progress value={percent} max={100} aria-label={`${name}: ${words.progress({ percent })}`} />
      <small>{behind.events === 0 ? words.lastStep : words.progressOf({ percent, behind: behindOf(behind) })}</small>
    </>
  );
};

/** Where a new one fills, or will; else the button, and what became of the last time. */
const Rebuild = ({ table }: { readonly table: TableStatus }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.service.tables;
  const { name, state, asked } = table;
  // of a table whose filling was not asked for here, it is unknown whether a process still fills it: asking here goes on with it
  const isUnderWay = asked !== undefined && asked.outcome === undefined;
  return (
    <>
      <Filling table={table} />
      {state === 'refused' ? <small>{words.refusedHint}</small> : null}
      {isUnderWay ? (
        <small>{words.askedBy({ by: asked.by, at: dateAndHour(asked.at, locale) })}</small>
      ) : (
        <ActForm action={`${servicePath}/tabele/${encodeURIComponent(name)}/reconstruire`} about={name}>
          {words.do}
        </ActForm>
      )}
      {asked?.outcome === undefined || asked.endedAt === undefined ? null : (
        <small>{words.outcomes[asked.outcome]({ at: dateAndHour(asked.endedAt, locale) })}</small>
      )}
    </>
  );
};

const Tables = ({ tables, caption, ofProcesses }: { tables: readonly TableStatus[]; caption: string; ofProcesses: boolean }): VNode => {
  const words = useWords().administration.service.tables;
  const behindOf = useBehind();
  return (
    <StatusTable
      caption={caption}
      columns={[words.table, words.state, words.read, words.behind, words.parked, ...(ofProcesses ? [words.due] : []), words.rebuild]}
      rows={tables.map((table) => ({
        head: <Name table={table} />,
        cells: [
          <span class={looks[table.state]}>{words.states[table.state]}</span>,
          table.position === '' ? words.nothingRead : <code>{positionView(table.position)}</code>,
          behindOf(table.behind),
          table.parked,
          ...(ofProcesses ? [table.due ?? 0] : []),
          <Rebuild table={table} />,
        ],
      }))}
    />
  );
};

/** How far every table is, and how it is filled anew. */
export const TablesSections = ({ tables }: { readonly tables: readonly TableStatus[] }): VNode => {
  const words = useWords().administration.service.tables;
  return (
    <>
      <LiveSection id="tabele" title={words.title} lead={words.lead}>
        <Tables tables={tables.filter(({ process }) => process !== true)} caption={words.title} ofProcesses={false} />
      </LiveSection>
      <LiveSection id="procese" title={words.processes} lead={words.processesLead}>
        <Tables tables={tables.filter(({ process }) => process === true)} caption={words.processes} ofProcesses />
      </LiveSection>
    </>
  );
};
