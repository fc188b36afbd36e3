import { roles } from '../../src/application/kernel/access';

/** Whose the thing is that a route is about. */
export const kinds = ['own', 'department', 'other'] as const;
export type Kind = (typeof kinds)[number];

export const askers = ['citizen', 'booking', ...roles] as const;
export type Asker = (typeof askers)[number];

/** Who was let in by one route, to whose things. `any`: it is about nothing in particular. */
export type Opened = { readonly route: string; readonly letIn: Readonly<Partial<Record<Asker, readonly (Kind | 'any')[]>>> };

const columns = ['everybody', ...askers] as const;

const cell = (opened: readonly (Kind | 'any')[] | undefined): string => {
  if (opened === undefined || opened.length === 0) return '';
  if (opened.includes('any')) return 'yes';
  return kinds.every((kind) => opened.includes(kind)) ? 'all' : opened.join(', ');
};

/** The rows of docs/access.md: a line for each route. */
export const accessTable = (found: readonly (Opened & { readonly everybody: boolean })[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');
  return [
    line(['route', ...columns]),
    line(['---', ...columns.map(() => '---')]),
    ...found.map(({ route, everybody, letIn }) =>
      line([`\`${route}\``, everybody ? 'yes' : '', ...askers.map((asker) => (everybody ? '' : cell(letIn[asker])))]),
    ),
  ].join('\n');
};
