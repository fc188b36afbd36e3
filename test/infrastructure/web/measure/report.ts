import { cpus } from 'node:os';
import type { PageState } from '../states/state';
import { everyLook, mostBytes } from './faults';
import { lighthouseCategories, type Scores } from './lighthouse';

/** What was found out about one state. */
export type Measured = {
  readonly area: string;
  readonly state: PageState;
  readonly bytes: number;
  readonly faults: readonly string[];
  readonly lighthouse?: Scores;
};

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);
const verdictOf = ({ faults }: Measured): string => (faults.length === 0 ? '0' : String(faults.length));
const viewerOf = ({ as }: PageState): string => (as === 'citizen' ? as : as.role);
const scoresOf = ({ lighthouse }: Measured): string => lighthouse?.scores.join('/') ?? '';

export const isMissed = ({ faults, lighthouse }: Measured): boolean =>
  faults.length > 0 || lighthouse?.scores.some((score) => score < 100) === true;

/** For the terminal: a line a state, and what is wrong below it. */
export const tableOf = (all: readonly Measured[]): string => {
  const width = Math.max(...all.map(({ state }) => state.name.length));
  return all
    .map((one) => {
      const line = `${one.state.name.padEnd(width)}  ${kilobytes(one.bytes).padStart(5)} KB  ${verdictOf(one).padStart(3)} faults  ${scoresOf(one)}`;
      return [line.trimEnd(), ...[...one.faults, ...(one.lighthouse?.faults ?? [])].map((fault) => `    ${fault}`)].join('\n');
    })
    .join('\n');
};

const bigger = '1280 px';
const smaller = '320 px';

/** The whole of docs/pages.md. */
export const documentOf = (all: readonly Measured[], browser: string, day: string): string => {
  const areas = [...new Set(all.map(({ area }) => area))];
  const [processor] = cpus();
  const weights = all.map(({ bytes }) => bytes);
  const pictures = all.filter(({ state }) => state.picture === true);
  return [
    '# Pages, measured',
    '',
    'After this page you can say what each page weighs and whether it has faults, and measure the pages anew.',
    '',
    `\`npm run measure:pages\` opens every state of every page of the demonstration at ${[...new Set(everyLook.map(({ width }) => width))].join(', ')} px, in its own and in forced`,
    'colours. Faults:',
    '',
    '- what axe finds (WCAG 2.2 AA and best practice);',
    '- scrolling to the side, a button or field lower than 44 px;',
    '- a complaint of the browser (content security policy, scripts);',
    '- data kept where scripts can read them, personal data in an address, a request to another server;',
    `- more than ${kilobytes(mostBytes)} KB on a first visit: page, style, script and picture, compressed, headers included.`,
    '',
    'The command ends with 1 for a fault or a Lighthouse score below 100. `-- --only NAME,…` measures some states or areas,',
    '`-- --pictures FOLDER` keeps a picture of each, `-- --write` writes this file. `npm test` measures a sample in a shorter form.',
    '',
    `Written on ${day}: ${String(cpus().length)} × ${processor?.model ?? 'processor'}, Node ${process.version}, Chromium ${browser}. ${String(all.length)} states, ${kilobytes(Math.min(...weights))} to ${kilobytes(Math.max(...weights))} KB.`,
    '',
    '## Lighthouse',
    '',
    'As a phone on a slow line gets the page.',
    '',
    `| state | ${lighthouseCategories.join(' | ')} |`,
    `|---|${lighthouseCategories.map(() => '---:|').join('')}`,
    ...all.flatMap(({ state, lighthouse }) => (lighthouse === undefined ? [] : [`| ${state.name} | ${lighthouse.scores.join(' | ')} |`])),
    '',
    ...areas.flatMap((area) => [
      `## ${area[0]?.toUpperCase() ?? ''}${area.slice(1)}`,
      '',
      '| state | seen by | KB | faults |',
      '|---|---|---:|---:|',
      ...all
        .filter((one) => one.area === area)
        .map((one) => `| ${one.state.name} | ${viewerOf(one.state)} | ${kilobytes(one.bytes)} | ${verdictOf(one)} |`),
      '',
    ]),
    '## Pictures',
    '',
    ...pictures.flatMap(({ state: { name } }) => [
      `### ${name}`,
      '',
      `![${name} at ${bigger}](pages/${name}.png) ![${name} at ${smaller}](pages/${name}-320.png)`,
      '',
    ]),
  ].join('\n');
};
