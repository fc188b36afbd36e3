import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../page/page-context';

/** A list as files: a workbook, a file for an Excel set up in Romanian, and one for programs. */
export const FileLinks = ({
  about,
  hrefOf,
  children,
}: {
  readonly about: string;
  /** @param ending what follows the name of the list */
  readonly hrefOf: (ending: string) => string;
  /** further forms */
  readonly children?: ComponentChildren;
}): VNode => {
  const words = useWords().audit.list;
  return (
    <>
      <p>
        {about} <a href={hrefOf('.xlsx')}>Excel (XLSX)</a> · <a href={hrefOf('-excel.csv')}>{words.excelCsv}</a> ·{' '}
        <a href={hrefOf('.csv')}>CSV</a>
        {children}
      </p>
      <p class="hint">{words.excelHint}</p>
    </>
  );
};
