import { rmSync } from 'node:fs';
import { auditList } from '../../../../src/application/audit/audit-list';
import { chainOf } from '../../../../src/infrastructure/proof/chain-of';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { everyTable } from '../../../../src/infrastructure/nest/tables';
import { tables, type StaffCalendarRow, type TicketStatusRow } from '../../../../src/application/kernel/ports/tables';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { demoSettings, linesToPaste } from '../../../../src/infrastructure/tools/command-line/commands/serve';
import { sentences } from '../../../../src/infrastructure/phrasing/sentences';
import { demoTickets, earlierTickets } from '../../../../src/infrastructure/tools/demo/cast';
import { tellDemo } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { workingDayAround } from '../../../../src/infrastructure/tools/demo/ticket-story';
import { settingsOf } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';

const told = async (now: string) => {
  const folder = emptyFolder();
  const opened = await openPorts({ ...settingsOf(folder), eventStore: 'memory' });
  const prepare = jest.spyOn(opened.rows, 'prepare');
  try {
    const demo = await tellDemo(opened, now);
    const { readModels } = opened.ports;
    const listed = await auditList(chainOf)({ ...opened.ports, clock: fixedClock(now) })({ limit: 100 });
    const calendar = await readModels.select<StaffCalendarRow>(tables.staffCalendar, { limit: 500 });
    const statuses = await readModels.select<TicketStatusRow>(tables.ticketStatus, { limit: 500 });
    return {
      demo,
      preparedAgain: prepare.mock.calls.length - everyTable(opened).length,
      states: statuses.rows.map(({ status }) => status),
      listed: listed.tickets,
      calendar: calendar.rows,
      parked: await readModels.parked(),
      letters: await opened.ports.operations.outbox.list(),
    };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

describe('demonstration', () => {
  it.each([
    ['a Wednesday afternoon', '2026-11-25T14:00:00.000Z'],
    ['a Saturday', '2026-10-31T09:00:00.000Z'],
    ['a Monday after the clock changed', '2026-03-30T06:30:00.000Z'],
    ['the second day of a year', '2027-01-02T10:00:00.000Z'],
  ])('tells a believable week on %s', async (_, now) => {
    const { demo, preparedAgain, states, listed, calendar, parked, letters } = await told(now);
    expect(parked).toEqual([]);
    // of its thousand facts, none prepares the tables anew
    expect(preparedAgain).toBe(0);
    const outcomeOf = new Map(demo.tickets.map(({ ticketId, outcome }) => [ticketId, outcome]));
    const failing = listed.filter(({ overall }) => overall === 'fail').map(({ ticketId }) => outcomeOf.get(ticketId));
    expect(failing.sort()).toEqual(['no-recording', 'overdue-resolution']);
    const modes = new Set(calendar.flatMap((row) => (row.kind === 'meeting' ? [row.mode] : [])));
    expect(modes).toEqual(new Set(['online', 'phone', 'in-person']));
    expect(states).toEqual(expect.arrayContaining(['scheduled', 'concluded', 'citizen-absent', 'held', 'cancelled', 'lapsed']));
    expect(calendar.some((row) => row.kind === 'closed' && row.cause === 'absence')).toBe(true);
    expect(calendar.some((row) => row.kind === 'meeting' && row.reschedules > 0)).toBe(true);
    const kinds = letters.map(({ kind }) => kind);
    const toCitizens = kinds.filter((kind) => !kind.startsWith('official-'));
    expect(new Set(toCitizens)).toEqual(new Set(['code', 'invitation', 'reminder', 'change', 'cancellation', 'resolution']));
    expect(kinds).toContain('official-day');
    expect(letters.every(({ state }) => state === 'accepted')).toBe(true);
  });

  it('shows an information centre: a telephone by default, and what its settings say; others are none of its business', () => {
    const folder = emptyFolder();
    expect(demoSettings({ TICHET_SMTP_URL: 'smtp://mail.example' }, folder).smtpUrl).toBeUndefined();
    expect(demoSettings({}, folder).informationCentre).toEqual({ phone: expect.stringMatching(/^0\d/) as unknown });
    const told = {
      TICHET_INFORMATION_CENTRE_PHONE: '0264 596 030',
      TICHET_INFORMATION_CENTRE_EMAIL: 'info@primaria.example',
      TICHET_INFORMATION_CENTRE_ADDRESS: 'Calea Moților 3',
      TICHET_INFORMATION_CENTRE_HOURS: 'L–V 8–16 | Mon–Fri 8–16',
    };
    expect(demoSettings(told, folder).informationCentre).toMatchObject({
      phone: '0264 596 030',
      email: 'info@primaria.example',
      address: 'Calea Moților 3',
    });
    expect(demoSettings({ TICHET_INFORMATION_CENTRE_EMAIL: 'info@primaria.example' }, folder).informationCentre).toEqual({
      email: 'info@primaria.example',
    });
  });

  it('prints lines to paste: the lookup names a request of today, in full', () => {
    const toTry = [{ number: '154922', filedOn: '2026-10-29', name: 'POPESCU ION' }];
    const [[, lookup] = []] = linesToPaste({
      folder: '/data',
      toTry,
      today: '2026-11-25',
      program: 'tichet',
      words: sentences.ro.cli.linesToPaste,
    });
    expect(lookup).toBe(
      `curl -s $URL/api/v1/requests/lookup -H 'content-type: application/json' -d '{"requestNumber":"154922","applicantName":"POPESCU ION","filedOn":"2026-10-29"}'`,
    );
  });

  it('gives nobody two meetings at one time', () => {
    const places = [...demoTickets, ...earlierTickets].map(({ staffId, day, time }) => `${staffId} ${day} ${time}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('counts working days over weekends and public holidays', () => {
    expect(workingDayAround('2026-11-27', 1)).toBe('2026-12-02');
    expect(workingDayAround('2026-11-28', 0)).toBe('2026-12-02');
    expect(workingDayAround('2026-12-02', -1)).toBe('2026-11-27');
  });
});
