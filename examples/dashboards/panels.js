// The questions in sql/ as files for Grafana and Metabase: node panels.js writes grafana/dashboards/*.json and metabase/cards.json.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `x`: the column along the axis; `shown`: the columns that are drawn; without `x` it is a table. */
const panels = [
  {
    file: 'meetings-by-week',
    title: 'Întâlniri pe săptămâni / Meetings by week',
    told: 'Ținute, din ele online, și anulate. / Held, of those online, and cancelled.',
    x: 'week',
    shown: ['held', 'held_online', 'cancelled'],
  },
  {
    file: 'share-recorded',
    title: 'Întâlniri online înregistrate (%) / Online meetings recorded (%)',
    told: 'Din puține întâlniri, o pondere spune puțin. / Of few meetings a share says little.',
    x: 'week',
    shown: ['share_recorded'],
    percent: true,
  },
  {
    file: 'share-recorded',
    title: 'Înregistrări observate și declarate / Recordings observed and declared',
    told: 'Observat: a confirmat serviciul video. Declarat: spune un funcționar. / Observed: the video service confirmed it. Declared: a civil servant says so.',
    x: 'week',
    shown: ['recorded_observed', 'recorded_declared'],
    stacked: true,
  },
  {
    file: 'time-to-resolution',
    title: 'Până la rezoluție / Time to resolution',
    told: 'De la încheierea întâlnirii până la trimitere. / From the end of the meeting until it was sent.',
    x: 'week',
    shown: ['within_2_hours', 'within_1_day', 'within_3_days', 'later', 'not_yet'],
    stacked: true,
  },
  {
    file: 'no-shows',
    title: 'Cine nu a venit / Who did not come',
    told: 'Ore la care cetățeanul sau funcționarul a lipsit. / Hours to which the citizen or the civil servant did not come.',
    x: 'week',
    shown: ['citizen_absent', 'staff_absent'],
    stacked: true,
  },
  {
    file: 'requests-near-day-30',
    title: 'Cereri aproape de ziua 30 / Requests near day 30',
    told: 'După zilele rămase; 0 este ultima. / By the days left; 0 is the last.',
    x: 'days_left',
    shown: ['requests', 'without_ticket'],
  },
  {
    file: 'capacity',
    title: 'Ore oferite și ocupate / Hours offered and taken',
    told: 'Sferturi de oră. / Quarters of an hour.',
    x: 'week',
    shown: ['offered', 'booked', 'held'],
  },
  {
    file: 'duties',
    title: 'Ce este de făcut / What is to be done',
    told: 'Îndatoriri deschise, și câte au termenul depășit. / Open duties, and how many are past their limit.',
  },
  {
    file: 'freshness',
    title: 'Cât de vechi sunt datele / How old the data are',
    told: 'Un rând pe tabel. / One row a table.',
    ofAll: true,
  },
];

const here = new URL('.', import.meta.url);
const questionOf = (file) => readFileSync(new URL(`sql/${file}.sql`, here), 'utf8').trim();

/** One department of a question, whose place in the statement is `department`. */
const statementOf = ({ file, x, shown, ofAll }, department) =>
  ofAll
    ? questionOf(file)
    : `SELECT ${x === undefined ? '*' : [x, ...shown].join(', ')} FROM (\n${questionOf(file)}\n) AS answer\nWHERE department_code = ${department}${x === undefined ? '' : `\nORDER BY ${x}`}`;

const departments = `SELECT department_code FROM (SELECT 'all' AS department_code UNION ALL SELECT department_code FROM (
${questionOf('departments')}
) AS named) AS choices ORDER BY CASE department_code WHEN 'all' THEN 0 WHEN '?' THEN 2 ELSE 1 END, department_code`;

const sources = {
  postgresql: {
    datasource: { type: 'grafana-postgresql-datasource', uid: 'tichet-postgresql' },
    asked: (sql) => ({ rawSql: sql, rawQuery: true, editorMode: 'code', format: 'table' }),
    variable: (sql) => sql,
  },
  sqlite: {
    datasource: { type: 'frser-sqlite-datasource', uid: 'tichet-sqlite' },
    asked: (sql) => ({ queryText: sql, rawQueryText: sql, queryType: 'table', timeColumns: [] }),
    variable: (sql) => ({ queryText: sql, rawQueryText: sql, queryType: 'table', timeColumns: [] }),
  },
};

const grafanaPanel = (panel, index, { datasource, asked }) => ({
  id: index + 1,
  title: panel.title,
  description: panel.told,
  type: panel.x === undefined ? 'table' : 'barchart',
  datasource,
  gridPos: { h: 9, w: 12, x: (index % 2) * 12, y: Math.floor(index / 2) * 9 },
  // numbers along an axis are no categories
  transformations:
    panel.x === undefined
      ? []
      : [{ id: 'convertFieldType', options: { conversions: [{ targetField: panel.x, destinationType: 'string' }], fields: {} } }],
  fieldConfig: { defaults: panel.percent ? { unit: 'percent', min: 0, max: 100 } : { min: 0 }, overrides: [] },
  options:
    panel.x === undefined
      ? { showHeader: true }
      : {
          xField: panel.x,
          stacking: panel.stacked ? 'normal' : 'none',
          legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
          xTickLabelRotation: -45,
        },
  targets: [{ refId: 'A', datasource, ...asked(statementOf(panel, "'${department}'")) }],
});

const grafanaDashboard = (name) => ({
  uid: `tichet-${name}`,
  title: `Tichetul albastru (${name})`,
  tags: ['tichet-albastru'],
  timezone: 'Europe/Bucharest',
  schemaVersion: 39,
  editable: true,
  // weeks are columns: the range of time of Grafana says nothing here
  timepicker: { hidden: true },
  templating: {
    list: [
      {
        name: 'department',
        label: 'Serviciul / Department',
        type: 'query',
        datasource: sources[name].datasource,
        query: sources[name].variable(departments),
        current: { text: 'all', value: 'all' },
        includeAll: false,
        multi: false,
        refresh: 1,
        sort: 0,
      },
    ],
  },
  panels: panels.map((panel, index) => grafanaPanel(panel, index, sources[name])),
});

/** The body of `POST /api/card` of Metabase, but for the number that Metabase gave the database. */
const metabaseCard = (panel) => ({
  name: panel.title,
  description: panel.told,
  display: panel.x === undefined ? 'table' : panel.percent ? 'line' : 'bar',
  visualization_settings:
    panel.x === undefined
      ? {}
      : {
          'graph.dimensions': [panel.x],
          'graph.metrics': panel.shown,
          'graph.x_axis.scale': 'ordinal',
          'stackable.stack_type': panel.stacked ? 'stacked' : null,
        },
  dataset_query: {
    type: 'native',
    native: {
      query: statementOf(panel, '{{department}}'),
      'template-tags': panel.ofAll
        ? {}
        : {
            department: {
              id: 'department',
              name: 'department',
              'display-name': 'Serviciul / Department',
              type: 'text',
              default: 'all',
              required: true,
            },
          },
    },
  },
});

/** What each file holds, by its path in this folder. */
export const files = () => ({
  'grafana/dashboards/tichet-postgresql.json': grafanaDashboard('postgresql'),
  'grafana/dashboards/tichet-sqlite.json': grafanaDashboard('sqlite'),
  'metabase/cards.json': panels.map(metabaseCard),
});

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, content] of Object.entries(files())) {
    const file = new URL(path, here);
    mkdirSync(dirname(fileURLToPath(file)), { recursive: true });
    writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  }
