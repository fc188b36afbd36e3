import type { ComponentChildren, VNode } from 'preact';

/** A table whose rows are cards on a phone. Its rows and cells say their roles again: some browsers then forget that it is a table. */
export const ListTable = ({
  caption,
  columns,
  children,
}: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly children: ComponentChildren;
}): VNode => (
  <table class="audit-list" role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((name) => (
          <th scope="col" role="columnheader">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">{children}</tbody>
  </table>
);
