import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { checkIds } from '../../../../src/domain/audit/judge';
import { askApi, now, openPages, textOf, type Told, verdictsIn, verdictsOn, type Pages } from './support';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});

const former21 = checkIds.slice(0, 21);

describe('an event as it is kept', () => {
  it('is shown with its hash computed again, sealed', async () => {
    const id = pages.ticketOf('resolved');
    const text = textOf(await pages.get(`/audit/${id}/eveniment/1`));
    expect(text).toContain('aceeași: conținutul este cel scris');
    expect(text).toContain('"sealed"');
    expect(text).not.toMatch(/Dragomir|posta\.example/);
  });

  it('is in the file byte for byte, every one', async () => {
    const id = pages.ticketOf('resolved');
    const lines = (await pages.get(`/audit/${id}/evenimente.ndjson`)).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const kept = [];
    for await (const event of pages.service.ports.store.read(`ticket-${id}`)) kept.push(event);
    expect(lines).toEqual(kept);
  });
});

describe('files', () => {
  it('are the answers of the API, at the moment that is looked at', async () => {
    const id = pages.ticketOf('moved-by-staff');
    const at = '2026-03-06T09:00:00.000Z';
    for (const query of ['', `?la=${at}`]) {
      const asOf = query.replace('la=', 'asOf=');
      const history = await pages.get(`/audit/${id}/istoric.json${query}`);
      expect(JSON.parse(history.text)).toEqual(await askApi(pages, `/${id}/history${asOf}`));
      expect(String(history.headers['content-disposition'])).toMatch(/^attachment; filename="TA-\w{8}-istoric\.json"$/);
      expect(JSON.parse((await pages.get(`/audit/${id}/dosar.json${query}`)).text)).toEqual(await askApi(pages, `/${id}${asOf}`));
    }
    const csv = (await pages.get(`/audit/${id}/dosar.csv`)).text.trimEnd().split('\r\n');
    expect(csv).toHaveLength(1 + checkIds.length);
    const { steps } = await askApi(pages, `/${id}/history`);
    expect((await pages.get(`/audit/${id}/istoric.csv`)).text.trimEnd().split('\r\n')).toHaveLength(1 + steps.length);
  });

  it('list the tickets of the filter, each with all its verdicts', async () => {
    const { tickets } = await askApi(pages, '?verdict=fail&check=C21');
    expect(tickets).toEqual([]);
    const failing = (await askApi(pages, '?verdict=fail')).tickets.map((row) => row.ticketId);
    const json = JSON.parse((await pages.get('/audit/lista.json?verdict=fail')).text) as Told;
    expect(json.tickets.map((row) => row.ticketId)).toEqual(failing);
    expect(json.tickets[0]?.verdicts['C21']).toBe('pass');
    const csv = (await pages.get('/audit/lista.csv?verdict=fail')).text.trimEnd().split('\r\n');
    // what stood there before this version stands where it stood; how each is known comes behind
    const former = `ticketId,reference,startsAt,requestedAt,staffId,departmentCode,mode,overall,warnings,waived,asOf,${former21.join()}`;
    expect(csv[0]?.startsWith(`\ufeff${former},grade,confirmable,C01_grade,`)).toBe(true);
    for (const id of checkIds) expect(csv[0]?.split(',')).toEqual(expect.arrayContaining([id, `${id}_grade`]));
    expect(csv.slice(1).map((line) => line.split(',')[0])).toEqual(failing);
    expect(JSON.parse((await pages.get('/audit/lista.json?de-la=2031-01-01')).text)).toEqual({ tickets: [] });
  });
});

describe('a person who was forgotten', () => {
  it('is [șters] at every step, with the same verdicts as before', async () => {
    const id = pages.ticketOf('no-recording');
    const before = await askApi(pages, `/${id}`);
    const { steps } = await askApi(pages, `/${id}/history`);
    const verdictsBefore = await Promise.all(steps.map(async (_, index) => verdictsOn(await pages.get(`/audit/${id}?pas=${index + 1}`))));
    const admin = await pages.service.token('admin');
    const forgotten = await pages.service.call('POST', `/api/v1/tickets/${id}/forget`, {
      token: admin,
      body: { reason: 'la cererea persoanei' },
    });
    expect(forgotten.status).toBeLessThan(300);
    await pages.service.settled();
    for (const [index] of steps.entries()) {
      const page = await pages.get(`/audit/${id}?pas=${index + 1}`);
      expect(textOf(page)).toContain('nume: [șters]');
      expect(verdictsOn(page)).toEqual(verdictsBefore[index]);
      expect(page.text).not.toMatch(/Petrescu|posta\.example|700 000/);
    }
    const page = await pages.get(`/audit/${id}`);
    expect(textOf(page)).toContain('Date personale șterse');
    expect(textOf(page)).toContain('RGPD, Art. 17');
    expect(verdictsOn(page)).toEqual(verdictsIn(before));
    const files = await Promise.all(
      ['istoric.json', 'istoric.csv', 'dosar.json', 'dosar.csv', 'evenimente.ndjson'].map((file) => pages.get(`/audit/${id}/${file}`)),
    );
    for (const { text } of files) expect(text).not.toMatch(/Petrescu|posta\.example/);
  });
});

describe('a ticket that is parked', () => {
  it('says so, and still tells its history from the log', async () => {
    const id = pages.ticketOf('citizen-absent');
    const { readModels } = pages.service.ports;
    const get = readModels.get.bind(readModels);
    readModels.get = (projection, key) =>
      projection === 'audit-evidence' && key === `ticket-${id}` ? Promise.reject(new RowParked(projection, key)) : get(projection, key);
    const page = await pages.get(`/audit/${id}`);
    // nor does it keep the others from being told, whose seals are verified one by one
    const list = await pages.get('/audit?verificare=C21');
    const csv = await pages.get('/audit/lista.csv');
    readModels.get = get;
    expect([list.status, csv.status]).toEqual([200, 200]);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(1 + (await askApi(pages, '')).tickets.length);
    expect(page.status).toBe(200);
    expect(textOf(page)).toContain('Tichet oprit: verdictele lui nu se pot spune acum.');
    expect(textOf(page)).toContain('Cetățeanul nu a venit');
    expect(verdictsOn(page)).toEqual({});
    expect(page.text).not.toContain('dosar.json');
  });

  it('is counted beside the list', async () => {
    const { readModels } = pages.service.ports;
    const parked = readModels.parked.bind(readModels);
    const one = {
      id: '1',
      projection: 'audit-trail',
      key: 'x',
      position: '1',
      stream: 'ticket-x',
      type: 'Requested',
      eventId: 'e',
      error: 'x',
      parkedAt: now,
      waiting: 0,
      filling: false,
    };
    const id = pages.ticketOf('citizen-absent');
    readModels.parked = () =>
      Promise.resolve([
        one,
        { ...one, projection: 'audit-evidence', key: `ticket-${id}` },
        { ...one, projection: 'audit-evidence', key: 'calendar-ro' },
      ]);
    const list = await pages.get('/audit');
    readModels.parked = parked;
    const text = textOf(list);
    expect(list.text).toMatch(new RegExp(`pot fi vechi, căci un eveniment al lor este oprit: <a href="/audit/${id}">`));
    expect(text).toContain('1 element al evidenței este oprit');
    expect(textOf(await pages.get('/audit'))).not.toContain('oprit');
    expect(text).toContain('1 tichet este oprit și lipsește de aici');
  });
});

describe('a log that was tampered with', () => {
  it('fails C21, and says at which event', async () => {
    const id = pages.ticketOf('cancelled');
    const { store } = pages.service.ports;
    const read = store.read.bind(store);
    store.read = async function* (stream, from) {
      for await (const event of read(stream, from))
        yield event.stream === `ticket-${id}` && event.revision === 2 ? { ...event, body: event.body.replace('2026-', '2025-') } : event;
    };
    const page = await pages.get(`/audit/${id}`);
    const event = await pages.get(`/audit/${id}/eveniment/3`);
    store.read = read;
    expect(verdictsOn(page)['C21']).toBe('fail');
    expect(textOf(page)).toContain('Rupt la evenimentul 3');
    expect(event.text).toContain('alta: conținutul nu mai este cel scris');
  });

  it('fails C21 where an event is missing and the store reads no further', async () => {
    const id = pages.ticketOf('cancelled');
    const { store } = pages.service.ports;
    const read = store.read.bind(store);
    store.read = async function* (stream, from) {
      for await (const event of read(stream, from)) {
        if (event.stream === `ticket-${id}` && event.revision === 2) throw new EventLogCorrupt('Revision 2 is missing.');
        yield event;
      }
    };
    const told = await askApi(pages, `/${id}`);
    const list = await pages.get('/audit?verdict=fail&verificare=C21');
    const page = await pages.get(`/audit/${id}`);
    store.read = read;
    expect(verdictsIn(told)['C21']).toBe('fail');
    expect(list.text).toContain(`/audit/${id}`);
    expect(textOf(page)).toContain('Rupt la evenimentul 3');
  });

  it('tells what cannot be read any more, and gives the bytes', async () => {
    // a store of its own, for what was read once is remembered
    const fresh = await openPages(({ store }) => ({
      ...store,
      read: async function* (stream, from) {
        for await (const event of store.read(stream, from))
          yield event.type === 'VerificationCodeIssued' ? { ...event, body: '{"type":' } : event;
      },
    }));
    const id = fresh.ticketOf('cancelled');
    const page = await fresh.get(`/audit/${id}`);
    const event = await fresh.get(`/audit/${id}/eveniment/2`);
    const bytes = await fresh.get(`/audit/${id}/evenimente.ndjson`);
    await fresh.service.close();
    expect(page.status).toBe(500);
    expect(textOf(page)).toContain('Istoricul nu poate fi citit');
    expect(event.text).toContain('alta: conținutul nu mai este cel scris');
    expect(bytes.status).toBe(200);
  });
});
