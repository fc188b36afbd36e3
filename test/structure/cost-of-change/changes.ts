import type { Change, Edit } from './change';

const catalogue = (locale: 'ro' | 'en'): string => `src/infrastructure/phrasing/locales/${locale}/audit.json`;
/** A word in both languages, before the one that follows it by the alphabet. */
const worded = (before: string, name: string, ro: string, en: string): readonly Edit[] => [
  { file: catalogue('ro'), instead: `      "${before}":`, put: `      "${name}": "${ro}",\n      "${before}":` },
  { file: catalogue('en'), instead: `      "${before}":`, put: `      "${name}": "${en}",\n      "${before}":` },
];

/** What comes next, after the conclusions: typed by the official or sent over the API, kept sealed, shown on the card, told in the letter. */
export const field: Change = {
  name: 'a field on the resolution',
  budget: 9,
  edits: [
    {
      file: 'src/domain/ticket/facts.ts',
      instead: "{ conclusions: personalText('record'), documentNumber: optional(text) }",
      put: "{ conclusions: personalText('record'), nextSteps: optional(personalText('record')), documentNumber: optional(text) }",
    },
    {
      file: 'src/infrastructure/api/dto/staff.ts',
      after: '  readonly conclusions!: string;\n',
      put: '  @Text({ max: 2000, lines: true, optional: true })\n  readonly nextSteps?: string;\n',
    },
    {
      file: 'src/infrastructure/web/meetings/resolution-acts.tsx',
      after: '        missing: words.conclusionsFault,\n      },\n',
      put: "      { kind: 'long', name: 'nextSteps', rows: 3, label: sentences[locale].audit.facts.fields.nextSteps, optional: true },\n",
    },
    {
      file: 'src/infrastructure/web/meetings/resolution-acts.tsx',
      instead: "import { dateAndHour } from '../../phrasing/words/dates';\n",
      put: "import { sentences } from '../../phrasing/sentences';\nimport { dateAndHour } from '../../phrasing/words/dates';\n",
    },
    {
      file: 'src/infrastructure/web/meetings/resolution-acts.tsx',
      instead: 'parts: (words, { card: { applicant, status } }) => [',
      put: 'parts: (words, { locale, card: { applicant, status } }) => [',
    },
    {
      file: 'src/infrastructure/web/meetings/card-page.tsx',
      after: '<Said text={resolution.issued.conclusions} /> }]),\n',
      put: `    ...(resolution.issued?.nextSteps === undefined
      ? []
      : [{ label: sentences[locale].audit.facts.fields.nextSteps, value: <Said text={resolution.issued.nextSteps} /> }]),
`,
    },
    {
      file: 'src/infrastructure/outside/mail/letters.ts',
      after: '        text: cleanLines(request.conclusions),\n      },\n',
      put: `      ...(request.nextSteps === undefined
        ? []
        : [{ kind: 'quotation' as const, title: sentences[locale].audit.facts.fields.nextSteps, text: cleanLines(request.nextSteps) }]),
`,
    },
    ...worded('noticeDueAt', 'nextSteps', 'Ce urmează', 'What comes next'),
    {
      file: 'test/infrastructure/web/meetings/next-steps.spec.ts',
      create: `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../../../http/support/service';
import { book, signIn, startOffice, textOf, ticketOf } from './support/office';

let service: Service;
beforeEach(async () => {
  service = await startOffice();
});
afterEach(() => service.close());

const held = async (): Promise<string> => {
  const ticketId = await book(service, 'online');
  service.ports.clock.set('2026-03-05T08:20:00.000Z');
  const official = await signIn(service, 'staff', 's002');
  await official.fill('/programari/' + ticketId + '/incheiere', { date: '2026-03-05', startedAt: '10:01', endedAt: '10:15' });
  return ticketId;
};
const nextSteps = 'Depuneți extrasul până vineri.';

describe('what comes next', () => {
  it('is typed in the form, kept sealed, shown on the card and told in the letter', async () => {
    const ticketId = await held();
    const path = '/programari/' + ticketId;
    const official = await signIn(service, 'staff', 's002');
    expect((await official.get(path + '/rezolutie')).html).toContain('name="nextSteps"');
    expect((await official.fill(path + '/rezolutie', { conclusions: 'S-a lămurit.', nextSteps })).status).toBe(303);
    await service.settled();
    const { issued } = (await ticketOf(service, ticketId)).resolution;
    expect(issued?.nextSteps).toMatchObject({ key: 'record:ticket-' + ticketId });
    expect(textOf((await official.get(path)).html)).toContain('Ce urmează ' + nextSteps);
    expect(JSON.stringify(service.ports.mailer.letters)).toContain(nextSteps);
  });

  it('comes over the API, which says so, and may be left out', async () => {
    const ticketId = await held();
    const token = await service.token('staff', 's002');
    const send = (body: object) => service.call('POST', '/api/v1/tickets/' + ticketId + '/resolution', { token, body });
    expect((await send({ conclusions: 'S-a lămurit.', nextSteps: 7 })).status).toBe(400);
    expect((await send({ conclusions: 'S-a lămurit.', nextSteps })).status).toBe(200);
    expect((await send({ conclusions: 'S-a lămurit.', nextSteps: 'Altceva.' })).body).toMatchObject({ code: 'wrong-state', article: '7' });
    const { components } = JSON.parse(readFileSync(join(__dirname, '../../../../openapi.json'), 'utf8'));
    expect(components.schemas.ResolutionBody.properties).toHaveProperty('nextSteps');
    expect(components.schemas.ResolutionBody.required).toEqual(['conclusions']);
  });
});
`,
    },
  ],
};

/** Art. 6: a meeting that lasted much longer than its quarter of an hour says so. */
export const event: Change = {
  name: 'an event',
  budget: 9,
  edits: [
    {
      file: 'src/domain/ticket/facts.ts',
      instead: '  RecordingAttached: gradedFact(',
      put: `  MeetingOverran: ticketFact('6', 'Art. 6, A15', 'The meeting lasted much longer than its 15 minutes.', {
    minutesOver: number,
    notedAt: instant,
  }),
  RecordingAttached: gradedFact(`,
    },
    {
      file: 'src/domain/ticket/facts.ts',
      instead: "export type RecordingAttached = Of<'RecordingAttached'>;",
      put: "export type MeetingOverran = Of<'MeetingOverran'>;\nexport type RecordingAttached = Of<'RecordingAttached'>;",
    },
    {
      file: 'src/domain/ticket/ticket.ts',
      after: '  readonly notices: readonly Notice[];\n',
      put: '  /** how much longer than its slot it lasted */\n  readonly minutesOver?: number;\n',
    },
    {
      file: 'src/domain/ticket/ticket.ts',
      instead: "    case 'RecordingAttached':\n    case 'RecordingWithdrawn':",
      put: `    case 'MeetingOverran':
      return { ...state, minutesOver: fact.data.minutesOver };
    case 'RecordingAttached':
    case 'RecordingWithdrawn':`,
    },
    {
      file: 'src/domain/ticket/meeting.ts',
      instead: '  type MeetingRemoved,\n  type MeetingStarted,',
      put: '  type MeetingOverran,\n  type MeetingRemoved,\n  type MeetingStarted,',
    },
    {
      file: 'src/domain/ticket/meeting.ts',
      instead: 'export const recordHeld = (command: RecordHeld, state: TicketState): Decision<MeetingStarted | Held> => {',
      put: `export const recordHeld = (command: RecordHeld, state: TicketState): Decision<MeetingStarted | Held | MeetingOverran> => {`,
    },
    {
      file: 'src/domain/ticket/meeting.ts',
      instead: `  if (state.status === 'in-progress') return accept(held);
  const { slot, staffId } = state.booking;
  const { startedAt, grade = 'declared' } = command;
  return accept<MeetingStarted | Held>({ type: 'MeetingStarted', data: { startedAt, slot, staffId, grade } }, held);`,
      put: `  const minutesOver = Math.floor(minutesBetween(command.startedAt, command.endedAt)) - 15;
  const overran: readonly MeetingOverran[] =
    minutesOver >= 30 ? [{ type: 'MeetingOverran', data: { minutesOver, notedAt: command.at } }] : [];
  if (state.status === 'in-progress') return accept<Held | MeetingOverran>(held, ...overran);
  const { slot, staffId } = state.booking;
  const { startedAt, grade = 'declared' } = command;
  const started: MeetingStarted = { type: 'MeetingStarted', data: { startedAt, slot, staffId, grade } };
  return accept<MeetingStarted | Held | MeetingOverran>(started, held, ...overran);`,
    },
    {
      // how the new fact is known
      file: 'src/domain/audit/grades.ts',
      instead: "  TaskRaised: 'observed',\n",
      put: "  MeetingOverran: 'declared',\n  TaskRaised: 'observed',\n",
    },
    {
      file: 'src/application/kernel/rights.ts',
      instead: '    MeetingStarted: ofStaff,\n',
      put: '    MeetingOverran: ofStaff,\n    MeetingStarted: ofStaff,\n',
    },
    ...worded('MeetingStarted', 'MeetingOverran', 'Întâlnire mai lungă decât ora ei', 'Meeting longer than its hour'),
    ...worded('n', 'minutesOver', 'Minute în plus', 'Minutes over'),
    ...worded('noticedAt', 'notedAt', 'Observat la', 'Noticed at'),
    {
      file: 'test/domain/ticket/meeting.spec.ts',
      instead: "oneFactWith({ endedAt: '2026-03-09T09:30:00.000Z' }),",
      put: "{ kind: 'accepted', facts: [{ data: { endedAt: '2026-03-09T09:30:00.000Z' } }, { type: 'MeetingOverran' }] },",
    },
    {
      file: 'test/http/meeting-overran.spec.ts',
      create: `import { inPerson, bookingToken, seed, startService, type Service } from './support/service';

let service: Service;
beforeEach(async () => {
  service = await startService({}, { processes: true });
  await seed(service);
});
afterEach(() => service.close());

it.each([
  ['2026-03-05T08:44:00Z', []],
  ['2026-03-05T08:46:00Z', [30]],
])('Art. 6: a meeting that ended at %s overran by %j', async (endedAt, over) => {
  const { body: made } = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  service.ports.clock.set('2026-03-05T09:00:00.000Z');
  const token = await service.token('staff', 's002');
  const held = await service.call('POST', '/api/v1/tickets/' + made.ticketId + '/held', {
    token,
    body: { startedAt: '2026-03-05T08:00:30Z', endedAt },
  });
  expect(held.status).toBe(200);
  const auditor = await service.token('auditor');
  const feed = await service.call('GET', '/api/v1/events', { token: auditor });
  const told = feed.text.split('\\n').filter((line) => line.includes('"MeetingOverran"'));
  expect(told.map((line) => JSON.parse(JSON.parse(line).body).data.minutesOver)).toEqual(over);
  const history = await service.call('GET', '/api/v1/audit/tickets/' + made.ticketId + '/history', { token: auditor });
  const steps = history.body.steps.filter(({ type }) => type === 'MeetingOverran');
  expect(steps).toMatchObject(over.map(() => ({ article: '6', state: 'held' })));
});
`,
    },
  ],
};

/** The request that a meeting was held about is the one that the ticket was asked for. */
export const check: Change = {
  name: 'an audit check',
  budget: 4,
  edits: [
    {
      file: 'src/domain/audit/booking-checks.ts',
      instead: '/** C12, Art. 1 and 2 (A3)',
      put: `/** C27, Art. 3 b: held about the request that the ticket was asked for. */
export const c27SameRequest = check(
  '3 b',
  {
    ro: ['Aceeași cerere', 'Întâlnirea s-a ținut despre cererea pentru care s-a cerut tichetul.'],
    en: ['The same request', 'The meeting was held about the request that the ticket was asked for.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested === undefined) return notApplicable(neverScheduled);
    const held = first(dossier, 'Held');
    const [asked, about] = [requested.fact.data.request, held?.fact.data.request ?? requested.fact.data.request];
    return asked.number === about.number && asked.filedOn === about.filedOn
      ? pass({ ro: 'Tichetul numește o singură cerere.', en: 'The ticket names one request.' }, [requested, held])
      : fail({ ro: 'Întâlnirea a fost despre altă cerere.', en: 'The meeting was about another request.' }, [requested, held]);
  },
);

/** C12, Art. 1 and 2 (A3)`,
    },
    { file: 'src/domain/audit/judge.ts', instead: '  c12RightPerson,\n} from', put: '  c12RightPerson,\n  c27SameRequest,\n} from' },
    { file: 'src/domain/audit/judge.ts', after: '  C26: c26Amendments,\n', put: '  C27: c27SameRequest,\n' },
    {
      file: 'docs/checks.md',
      instead: '\n\nArticles are those of the procedure,',
      put: '\n| [C27](../src/domain/audit/booking-checks.ts) | 3 b | same request | `Held` names the request that `Requested` names | always |\n\nArticles are those of the procedure,',
    },
    {
      file: 'test/domain/audit/each-fails-alone.spec.ts',
      instead: '};\n\nconst cases =',
      put: `  C27: {
    'held, and filed, about another request': changing(
      changing(online, 'Held', { request: { number: '1', filedOn: '2026-02-16' } }),
      'ResolutionFiled',
      { connectedTo: { number: '1', filedOn: '2026-02-16' } },
    ),
  },
};

const cases =`,
    },
  ],
};

/** How many tickets each department had, and how many of them were held. */
export const table: Change = {
  name: 'a table with its reporting view',
  budget: 3,
  edits: [
    {
      file: 'src/projections/department-load/department-load.ts',
      create: `import type { Projection } from '../../application/kernel/ports/projection';

type DepartmentLoadRow = { readonly departmentCode: string; readonly requested: number; readonly held: number };

/** One row a department. */
export const departmentLoad: Projection<DepartmentLoadRow> = {
  name: 'department-load',
  keyedBy: 'code of the department',
  told: 'a department, with its tickets',
  version: 1,
  columns: { requested: 'integer' },
  looksAt: { ticket: ['Requested', 'Held'] },
  keysOf: ({ category, fact }) =>
    category === 'ticket' && (fact.type === 'Requested' || fact.type === 'Held') ? [fact.data.departmentCode] : [],
  apply: (row = { departmentCode: '', requested: 0, held: 0 }, { fact }, departmentCode) => ({
    departmentCode,
    requested: row.requested + (fact.type === 'Requested' ? 1 : 0),
    held: row.held + (fact.type === 'Held' ? 1 : 0),
  }),
  views: [
    {
      name: 'department_load',
      sql: ({ rows, key, integer }) =>
        'SELECT ' + key + ' AS department_code, ' + integer('requested') + ' AS requested, ' + integer('held') + ' AS held FROM ' + rows,
    },
  ],
};
`,
    },
    {
      file: 'src/projections/all-projections.ts',
      instead: 'import { staffCalendar }',
      put: "import { departmentLoad } from './department-load/department-load';\nimport { staffCalendar }",
    },
    { file: 'src/projections/all-projections.ts', after: '  staffDirectory,\n', put: '  departmentLoad,\n' },
    {
      file: 'test/projections/department-load/department-load.spec.ts',
      create: `import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { allProjections } from '../../../src/projections/all-projections';
import { departmentLoad } from '../../../src/projections/department-load/department-load';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { cancelledHistory, onlineHistory } from '../../support/histories';
import { asCase, sideBySide, worldWith } from '../kernel/world';

it('counts the tickets of each department, in its table and its view, after a rebuild too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'department-load-'));
  const file = join(folder, 'read-models.db');
  const models = new SqliteReadModels(file);
  const world = worldWith(models);
  await world.tell(...sideBySide(asCase(1, onlineHistory()), asCase(2, cancelledHistory())));
  await catchUp(world, allProjections);
  for (const again of [false, true]) {
    if (again) expect(await rebuild(world, departmentLoad)).toBe('switched');
    const db = openSqlite(file, { readonly: true });
    expect(db.prepare('SELECT * FROM reporting_v1_department_load').all()).toEqual([{ department_code: '425', requested: 2, held: 1 }]);
    db.close();
  }
  models.close();
  rmSync(folder, { recursive: true });
});
`,
    },
  ],
};

export const changes: readonly Change[] = [field, event, check, table];
