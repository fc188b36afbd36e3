import type { Spread } from './measuring';

/** One line of a table: what was measured, against what, and what it should reach. */
export type Figure = {
  readonly what: string;
  readonly unit: string;
  readonly raw?: Spread;
  readonly ours: Spread;
  readonly ratio?: Spread;
  /** `atLeast` for ratios of speed, `atMost` for ratios of delay */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
};
export type Section = {
  readonly title: string;
  /** the head of the column that ours is compared with; `raw` unless said */
  readonly against?: string;
  readonly rawMeans: string;
  readonly figures: readonly Figure[];
  readonly whereTheTimeGoes: string;
};

export const verdictOf = ({ ratio, target }: Figure): 'reached' | 'missed' | '–' => {
  if (ratio === undefined || target === undefined) return '–';
  const reached = 'atLeast' in target ? ratio.median >= target.atLeast : ratio.median <= target.atMost;
  return reached ? 'reached' : 'missed';
};

const short = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 3);
};
/** What stands in a table where there is nothing to say. */
const nothing = '–';
const withSpread = (spread: Spread | undefined): string => {
  if (spread === undefined) return nothing;
  const [median, low, high] = [short(spread.median), short(spread.low), short(spread.high)];
  return low === high ? median : `${median} (${low}–${high})`;
};
const targetText = ({ target }: Figure): string =>
  target === undefined ? '–' : 'atLeast' in target ? `≥ ${short(target.atLeast)}×` : `≤ ${short(target.atMost)}×`;
const cells = (figure: Figure): readonly string[] => [
  figure.what,
  figure.unit,
  withSpread(figure.raw),
  withSpread(figure.ours),
  figure.ratio === undefined ? '–' : withSpread(figure.ratio),
  targetText(figure),
  verdictOf(figure),
];
const headsOf = ({ against = 'raw' }: Section): readonly string[] => ['', 'unit', against, 'ours', 'ratio', 'target', ''];
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const printSection = (section: Section): void => {
  const { title, rawMeans, figures, against = 'raw' } = section;
  const heads = headsOf(section);
  const rows = [heads, ...figures.map(cells)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  console.log(`\n${title}\n  ${against}: ${rawMeans}`);
  for (const row of rows) console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
};

/** How much of a name, up to a comma, the name above it has begun with. */
const sharedLength = (above: string, name: string): number => {
  let shared = 0;
  while (shared < name.length && above[shared] === name[shared]) shared += 1;
  const comma = name.slice(0, shared).lastIndexOf(', ');
  return comma === -1 ? 0 : comma + 2;
};
/** A row without what the row above it has said: the beginning of its name, its unit, the figure of either side. */
const withoutRepeats = (row: readonly string[], above: readonly string[] | undefined): readonly string[] =>
  row.map((cell, column) => {
    const before = above?.[column];
    if (before === undefined) return cell;
    if (column > 0) return column < 4 && cell === before && cell !== nothing ? '″' : cell;
    const shared = sharedLength(before, cell);
    return shared === 0 ? cell : `… ${cell.slice(shared)}`;
  });
/** A unit that all rows have is the head of the first column; a column in which nothing stands is left out. */
const tableOf = (section: Section): readonly string[] => {
  const rows = section.figures.map(cells);
  const [unit = '', ...others] = new Set(section.figures.map((figure) => figure.unit));
  const isShown = (column: number): boolean =>
    column === 1 ? others.length > 0 : rows.some((row) => row[column] !== undefined && row[column] !== nothing);
  const heads = headsOf(section).map((head, column) => (column === 0 && others.length === 0 ? unit : head));
  const line = (row: readonly string[]): string =>
    `|${row
      .filter((_, column) => isShown(column))
      .map((cell) => (cell === '' ? ' ' : ` ${cell} `))
      .join('|')}|`;
  const ruler = heads.map((_, column) => (column > 1 && column < 6 ? '---:' : '---')).filter((_, column) => isShown(column));
  return [line(heads), `|${ruler.join('|')}|`, ...rows.map((row, index) => line(withoutRepeats(row, rows[index - 1])))];
};

export const markdownOf = (section: Section): string =>
  [
    `## ${section.title}`,
    '',
    `${capital(section.against ?? 'raw')}: ${section.rawMeans}`,
    '',
    ...tableOf(section),
    '',
    `**Time.** ${section.whereTheTimeGoes}`,
    '',
  ].join('\n');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Every ratio that has a target, as a bar on a logarithmic scale; the target is a line across it. */
export const pictureOf = (sections: readonly Section[]): string => {
  const bars = sections.flatMap(({ figures }) => figures.filter(({ ratio, target }) => ratio !== undefined && target !== undefined));
  const left = 330;
  const width = 430;
  const [least, most] = [0.02, 200];
  const x = (ratio: number): number =>
    left + (width * (Math.log(Math.min(most, Math.max(least, ratio))) - Math.log(least))) / (Math.log(most) - Math.log(least));
  const line = 34;
  const height = bars.length * line + 64;
  const grid = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100].map(
    (at) =>
      `<line x1="${x(at).toFixed(1)}" y1="34" x2="${x(at).toFixed(1)}" y2="${height - 20}" stroke="#d0d7de"/><text x="${x(at).toFixed(1)}" y="${height - 5}" text-anchor="middle" fill="#57606a">${at}×</text>`,
  );
  const drawn = bars.map((figure, index) => {
    const { ratio, target } = figure;
    if (ratio === undefined || target === undefined) return '';
    const y = 44 + index * line;
    const aim = 'atLeast' in target ? target.atLeast : target.atMost;
    const colour = verdictOf(figure) === 'reached' ? '#0969da' : '#cf222e';
    return [
      `<text x="${left - 10}" y="${y + 13}" text-anchor="end" fill="#1f2328">${escaped(figure.what)}</text>`,
      `<rect x="${left}" y="${y}" width="${(x(ratio.median) - left).toFixed(1)}" height="18" fill="${colour}"/>`,
      `<line x1="${x(ratio.low).toFixed(1)}" y1="${y + 9}" x2="${x(ratio.high).toFixed(1)}" y2="${y + 9}" stroke="#1f2328" stroke-width="2"/>`,
      `<line x1="${x(aim).toFixed(1)}" y1="${y - 4}" x2="${x(aim).toFixed(1)}" y2="${y + 22}" stroke="#bf8700" stroke-width="3"/>`,
      `<text x="${left + width + 10}" y="${y + 13}" fill="#1f2328">${short(ratio.median)}× (${'atLeast' in target ? '≥' : '≤'} ${short(aim)})</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 ${height}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Ratios reached, with their targets"><rect width="900" height="${height}" fill="#ffffff"/><text x="20" y="22" font-size="15" font-weight="600" fill="#1f2328">Ratio to raw or to the peer (bar: median, black line: spread, ochre line: target)</text>${grid.join('')}${drawn.join('')}</svg>\n`;
};

export type Machine = {
  readonly processor: string;
  readonly fsync: Spread;
  readonly load: number;
  readonly mode: string;
  readonly day: string;
};

const writtenBy = ({ processor, fsync, load, mode, day }: Machine): string =>
  `Written by a ${mode} run on ${day}: ${processor}; load ${load.toFixed(1)} over five minutes; 4 KiB with one fsync took ${withSpread(fsync)} µs.`;

/** The whole of docs/benchmarks.md. */
export const documentOf = (machine: Machine, sections: readonly Section[]): string =>
  [
    '# Benchmarks',
    '',
    '**Reference.** After this page you know what the service costs beside a plain program or another event store, with targets.',
    'Also: [growth](benchmarks-growth.md), [proof](benchmarks-proof.md), [reporting](benchmarks-reporting.md).',
    '',
    '`npm run bench` measures everything below in eighteen minutes, `-- --short` in under 90 seconds, `-- --only appends,rebuilds` a part. `-- --write` writes this file and its picture.',
    '',
    '- A figure is the median of several rounds, with lowest and highest in brackets unless they are equal; `″` repeats the figure above.',
    '- Contenders take turns on a shared machine, and each round has its ratio: ratios hold better than figures.',
    '- "Raw" is plain better-sqlite3, plain pg or an empty Nest route; a "peer" is another event store, which the bench installs. Both do the same work in the same run.',
    '',
    writtenBy(machine),
    '',
    '![Ratios reached, with their targets](benchmarks.svg)',
    '',
    ...sections.map(markdownOf),
  ].join('\n');

/** The whole of docs/benchmarks-proof.md. */
export const proofDocumentOf = (machine: Machine, sections: readonly Section[]): string =>
  [
    '# Benchmarks: sealing and verifying',
    '',
    '**Reference.** On this page you find what sealing, verifying and judging cost ([proof.md](proof.md)). How figures are taken: [benchmarks.md](benchmarks.md).',
    '',
    '`npm run bench -- --proof` measures this in a few minutes; `-- --proof --write` writes this file.',
    '',
    writtenBy(machine),
    '',
    ...sections.map(markdownOf),
  ].join('\n');

/** The whole of docs/benchmarks-growth.md. */
export const growthDocumentOf = (machine: Machine, sections: readonly Section[]): string =>
  [
    '# Benchmarks: as the log grows',
    '',
    '**Reference.** After this page you know how the cost of an append and of a person’s week grows with the log. How figures are taken: [benchmarks.md](benchmarks.md).',
    '',
    '`npm run bench -- --long` measures this: ten million events took 40 minutes on a quiet machine and need twenty gigabytes of disk. `-- --long --write` writes this file and its picture.',
    '',
    writtenBy(machine),
    '',
    '![Costs over the number of events](benchmarks-growth.svg)',
    '',
    ...sections.map(markdownOf),
  ].join('\n');
