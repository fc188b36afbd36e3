// One chart a question, with its table underneath: what a chart shows in colour stands there in words.
import * as Plot from '@observablehq/plot';
import { words } from './words.js';

/** Of fewer meetings than these a share says little, and may point at somebody. */
const few = 5;
const all = 'all';
// told apart by people who do not see all colours (Okabe and Ito), on light and on dark ground
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#999999'];
const [good, partly, , , mild, bad, quiet] = colours;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const instantIn = (locale) => (at) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Bucharest' }).format(new Date(at));

/** Half a meeting is no tick. */
const wholeNumbers = (value) => (Number.isInteger(value) ? String(value) : '');

/** The names of the departments by their codes, for one language. */
const namesIn = (departments, { everywhere, unknownDepartment }) => {
  const names = new Map(departments.map(({ department_code, department }) => [department_code, department]));
  return (code) => (code === all ? everywhere : code === '?' ? unknownDepartment : (names.get(code) ?? code));
};

/** A select element of the departments, for `view`; its value is a code, `all` at first. */
export const departmentChoice = (departments, language) => {
  const said = words[language];
  const nameOf = namesIn(departments, said);
  const options = [all, ...departments.map(({ department_code }) => department_code)];
  const select = element('select', { id: 'department' }, ...options.map((code) => element('option', { value: code }, nameOf(code))));
  const label = element('label', { for: 'department', class: 'choice' }, `${said.department}: `, select);
  Object.defineProperty(label, 'value', { get: () => select.value });
  return label;
};

const hour = 3_600_000;

const freshnessIn = (rows, language, now) => {
  const { locale, ...said } = words[language];
  const [oldest] = rows.flatMap(({ filled_at }) => filled_at ?? []).sort();
  const behind = rows
    .map(({ parked, source_parked, ...row }) => ({ ...row, parked: parked + source_parked }))
    .filter(({ behind_rows, parked }) => behind_rows > 0 || parked > 0);
  const never = rows.filter(({ filled_at }) => filled_at === null).map(({ table_name }) => table_name);
  const tables = behind.map(({ table_name, behind_rows, parked }) => said.behindBy(table_name, behind_rows, parked));
  const hours = oldest === undefined ? 0 : Math.floor((now - Date.parse(oldest)) / hour);
  const lines = [
    oldest === undefined ? said.stale : said.fresh(instantIn(locale)(oldest)),
    ...(hours > 0 ? [said.old(hours)] : []),
    ...(oldest !== undefined && never.length > 0 ? [said.neverFilled(never.join(', '))] : []),
    ...(tables.length > 0 ? [said.behind(tables.join(', '))] : []),
  ];
  return lines.join(' ');
};

const minute = 60_000;

/** As of when the tables are, the oldest of them counting, and which are behind or were never filled. It goes on saying how old they are. */
export const freshness = (rows, language) => {
  const line = element('p', { class: 'freshness', role: 'status' }, freshnessIn(rows, language, Date.now()));
  setInterval(() => {
    const text = freshnessIn(rows, language, Date.now());
    // who has it read aloud hears a change and no repetition
    if (line.textContent !== text) line.textContent = text;
  }, minute);
  return line;
};

const durationView = (minutes, { minutes: minute, hours, days, locale }) => {
  const written = (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  if (minutes < 120) return `${written(minutes)} ${minute}`;
  return minutes < 2880 ? `${written(minutes / 60)} ${hours}` : `${written(minutes / 1440)} ${days}`;
};

const cellsOf = (row, columns, nameOf, said) =>
  Object.keys(columns).map((column) => {
    const value = row[column];
    if (value === null || value === undefined) return element('td', {}, '–');
    if (column === 'department_code') return element('td', {}, nameOf(value));
    if (column === 'kind') return element('td', {}, said.duties.kinds[value] ?? value);
    if (column === 'median_minutes') return element('td', { class: 'number' }, durationView(value, said));
    if (column.endsWith('_at')) return element('td', {}, instantIn(said.locale)(value));
    if (typeof value !== 'number') return element('td', {}, value);
    const of = column === 'share_recorded' ? row.held_online : column === 'share_citizen_absent' ? row.hours : few;
    const written = new Intl.NumberFormat(said.locale).format(value);
    return element('td', { class: 'number' }, of < few ? `${written} *` : written);
  });

const tableOf = (rows, title, columns, nameOf, said) =>
  element(
    'details',
    {},
    element('summary', {}, `${said.table}: ${title}`),
    element(
      'div',
      { class: 'scrolled', tabindex: '0', role: 'region', 'aria-label': title },
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...Object.values(columns).map((name) => element('th', { scope: 'col' }, name)))),
        element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cellsOf(row, columns, nameOf, said)))),
      ),
    ),
  );

/** One picture with a text in its place for who does not see it: the parts that Plot names on its own say nothing more. */
const picture = (label, options) => {
  const drawing = Plot.plot({ style: { fontSize: '13px' }, ariaLabel: label, ...options });
  const svg = drawing.matches('svg') ? drawing : drawing.querySelector(':scope > svg');
  svg.setAttribute('role', 'img');
  for (const part of svg.querySelectorAll('g[aria-label]')) part.removeAttribute('aria-label');
  return drawing;
};

const chart = (label, options, marks) => picture(label, { marginBottom: 45, height: 260, ...options, marks: [...marks, Plot.ruleY([0])] });

const narrow = 600;
/** One of two weeks is named where there is little room. */
const byWeek = (rows, { week: label, weekView }, width) => {
  const domain = [...new Set(rows.map(({ week }) => week))].sort();
  const ticks = width < narrow ? domain.filter((_, index) => index % 2 === 0) : domain;
  return { type: 'band', domain, ticks, tickFormat: weekView, tickRotate: -45, label };
};

/** Rows of one number each, out of the columns of a row: what is stacked. */
const stacked = (rows, series) =>
  rows.flatMap((row) => series.map(([name, countOf]) => ({ ...row, name, count: countOf(row) })).filter(({ count }) => count > 0));
const legendOf = (series, range) => ({ legend: true, domain: series.map(([name]) => name), range });

const stackOf = (rows, series, range, { label, axis, x, width, xOf = 'week' }) =>
  chart(label, { width, x, y: { label: axis, grid: true, tickSize: 0, tickFormat: wholeNumbers }, color: legendOf(series, range) }, [
    Plot.barY(stacked(rows, series), {
      x: xOf,
      y: 'count',
      fill: 'name',
      order: series.map(([name]) => name),
      title: ({ name, count }) => `${name}: ${count}`,
    }),
  ]);

const drawn = {
  meetings: (rows, { said, own, nameOf, department, everyone, width }) => {
    const shown = everyone.filter(({ department_code: code }) => (department === all ? code !== all : code === department));
    const codes = [...new Set(shown.map(({ department_code }) => department_code))].sort();
    return [
      chart(
        own.told,
        {
          width,
          x: byWeek(rows, said, width),
          y: { label: own.axis, grid: true, tickSize: 0, tickFormat: wholeNumbers },
          color: { legend: true, domain: codes, range: colours, tickFormat: nameOf },
        },
        [
          Plot.barY(shown, {
            x: 'week',
            y: 'held',
            fill: 'department_code',
            title: ({ department_code, held }) => `${nameOf(department_code)}: ${held}`,
          }),
        ],
      ),
    ];
  },
  recorded: (rows, { said, own, width }) => {
    const [observed, declared, none] = own.grades;
    const series = [
      [observed, (row) => row.recorded_observed],
      [declared, (row) => row.recorded_declared],
      [none, (row) => Math.max(0, row.held_online - row.recorded)],
    ];
    const x = byWeek(rows, said, width);
    return [
      chart(own.told, { width, height: 200, x: { ...x, type: 'point' }, y: { label: own.axis, domain: [0, 100], grid: true } }, [
        Plot.lineY(rows, { x: 'week', y: 'share_recorded', stroke: good }),
        Plot.dot(rows, {
          x: 'week',
          y: 'share_recorded',
          r: 4,
          stroke: good,
          fill: ({ held_online }) => (held_online < few ? 'var(--theme-background)' : good),
          title: ({ week, share_recorded, recorded, held_online }) => `${week}: ${share_recorded} % (${recorded} / ${held_online})`,
        }),
      ]),
      stackOf(rows, series, [good, partly, quiet], { label: own.toldGrades, axis: own.axisGrades, x, width }),
    ];
  },
  resolution: (rows, { said, own, width }) => {
    const columns = ['within_2_hours', 'within_1_day', 'within_3_days', 'later', 'not_yet'];
    const series = own.spans.map((name, index) => [name, (row) => row[columns[index]]]);
    return [
      stackOf(rows, series, [good, mild, partly, bad, quiet], { label: own.told, axis: own.axis, x: byWeek(rows, said, width), width }),
    ];
  },
  absent: (rows, { said, own, width }) => {
    const series = own.who.map((name, index) => [name, (row) => [row.citizen_absent, row.staff_absent][index]]);
    return [stackOf(rows, series, [partly, bad], { label: own.told, axis: own.axis, x: byWeek(rows, said, width), width })];
  },
  day30: (rows, { own, width }) => {
    const series = own.tickets.map((name, index) => [
      name,
      (row) => (index === 0 ? row.without_ticket : row.requests - row.without_ticket),
    ]);
    const x = { type: 'band', domain: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], label: own.days };
    return [stackOf(rows, series, [bad, good], { label: own.told, axis: own.axis, x, width, xOf: 'days_left' })];
  },
  capacity: (rows, { said, own, width }) => {
    const [offered, taken, held] = own.series;
    const x = byWeek(rows, said, width);
    return [
      chart(
        own.told,
        {
          width,
          x,
          y: { label: own.axis, grid: true, tickSize: 0, tickFormat: wholeNumbers },
          color: { legend: true, domain: own.series, range: [quiet, mild, good] },
        },
        [
          Plot.barY(rows, { x: 'week', y: 'offered', fill: () => offered, title: (row) => `${offered}: ${row.offered}` }),
          Plot.barY(rows, {
            x: 'week',
            y: 'booked',
            fill: () => taken,
            insetLeft: 3,
            insetRight: 3,
            title: (row) => `${taken}: ${row.booked}`,
          }),
          Plot.barY(rows, { x: 'week', y: 'held', fill: () => held, insetLeft: 6, insetRight: 6, title: (row) => `${held}: ${row.held}` }),
        ],
      ),
    ];
  },
  duties: (rows, { own, width }) => {
    const series = own.series.map((name, index) => [name, (row) => (index === 0 ? row.open_duties - row.overdue : row.overdue)]);
    return [
      picture(own.told, {
        width,
        marginLeft: width < narrow ? 150 : 300,
        x: { label: own.axis, grid: true, tickSize: 0, tickFormat: wholeNumbers },
        y: { label: null, tickFormat: (kind) => own.kinds[kind] ?? kind },
        color: legendOf(series, [good, bad]),
        marks: [
          Plot.barX(stacked(rows, series), { y: 'kind', x: 'count', fill: 'name', title: ({ name, count }) => `${name}: ${count}` }),
          Plot.ruleX([0]),
        ],
      }),
    ];
  },
};

/** A question as it stands on a page: its charts, and its table. `rows` are what its file in sql/ answers. */
export const question = (name, rows, { language, department, departments, width }) => {
  const said = words[language];
  const own = said[name];
  const nameOf = namesIn(departments, said);
  const mine = rows.filter(({ department_code }) => department_code === department);
  const charts =
    mine.length === 0 ? [element('p', {}, said.nothing)] : drawn[name](mine, { said, own, nameOf, department, everyone: rows, width });
  const listed = department === all ? rows : mine;
  return element(
    'section',
    { 'aria-label': own.title },
    ...charts,
    ...(rows.length === 0 ? [] : [tableOf(listed, own.title, own.columns, nameOf, said)]),
  );
};
