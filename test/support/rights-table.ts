import { roles } from '../../src/application/kernel/access';
import type { PrincipalName } from '../http/support/ways';

/** Who may cause one fact: those who ask over HTTP, by how they stand to it; whoever is at the console; and the services, by name. */
export type Causing = {
  readonly fact: string;
  readonly by: ReadonlySet<PrincipalName>;
  readonly atConsole: boolean;
  readonly services: readonly string[];
};

const columns = ['citizen', 'booking', ...roles] as const;
type Column = (typeof columns)[number];

const reachOf = (by: ReadonlySet<PrincipalName>, reaches: readonly (readonly [PrincipalName, string])[]): string => {
  const reached = reaches.filter(([name]) => by.has(name)).map(([, words]) => words);
  return reached.length === reaches.length ? 'all' : reached.join(', ');
};

export const cellOf = ({ by }: Pick<Causing, 'by'>, column: Column): string => {
  switch (column) {
    case 'citizen':
      return reachOf(by, [
        ['citizen', 'own'],
        ['another citizen', 'another’s'],
      ]);
    case 'booking':
      return reachOf(by, [
        ['booking', 'own'],
        ['another booking', 'another’s'],
      ]);
    case 'staff':
      return reachOf(by, [
        ['staff', 'own'],
        ['a colleague', 'department'],
        ['staff of another department', 'another'],
      ]);
    case 'head':
      return reachOf(by, [
        ['head, of their own', 'own'],
        ['head', 'department'],
        ['head of another department', 'another'],
      ]);
    default:
      return by.has(column) ? 'all' : '';
  }
};

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace(/ {2,}/g, ' ');

/** The rows of docs/access.md: a line for each fact, or for each effect. */
export const rightsTable = (what: 'fact' | 'effect', found: readonly Causing[]): string =>
  [
    line([what, ...columns, 'console', 'services']),
    line(['---', ...columns.map(() => '---'), '---', '---']),
    ...found.map((one) =>
      line([
        `\`${one.fact}\``,
        ...columns.map((column) => cellOf(one, column)),
        one.atConsole ? 'all' : '',
        one.services.map((name) => `\`${name}\``).join(', '),
      ]),
    ),
  ].join('\n');

/** By which ways each fact came to be written. */
export const waysTable = (written: ReadonlyMap<string, ReadonlySet<string>>): string =>
  [
    line(['fact', 'ways']),
    line(['---', '---']),
    ...[...written]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([fact, ways]) =>
        line([
          `\`${fact}\``,
          [...ways]
            .sort()
            .map((way) => `\`${way}\``)
            .join('<br>'),
        ]),
      ),
  ].join('\n');
