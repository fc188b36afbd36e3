import { tables, type TaskRow } from '../../../src/application/kernel/ports/tables';
import { BrowserOf } from '../../infrastructure/web/booking/browser-of';
import { eventually } from '../../support/eventually';
import { inPerson, lookupBody, type Service, startSeeded } from '../../http/support/service';

const address = 'Str. Memorandumului 1, Cluj-Napoca';
const day = '2026-03-02';

describe('a change told by post, over HTTP', () => {
  let service: Service;
  let ticketId: string;
  const staff = async (path: string, body: object) =>
    service.call('POST', `/api/v1/tickets/${ticketId}/${path}`, { token: await service.token('staff', 's002'), body });
  const book = async (contact: object): Promise<string> => {
    const body = { ...lookupBody, startsAt: inPerson.startsAt, mode: 'in-person', channel: 'counter', ...contact };
    const made = await service.call('POST', '/api/v1/counter/tickets', { token: await service.token('registry'), body });
    expect(made.status).toBe(201);
    return made.body.ticketId;
  };
  const move = async (startsAt = '2026-03-10T08:00:00.000Z') => {
    expect(await staff('reschedule', { startsAt, reason: 'illness' })).toMatchObject({ status: 200 });
  };
  const toTell = async (): Promise<readonly TaskRow[]> => {
    await service.settled();
    const { rows } = await service.ports.readModels.select<TaskRow>(tables.tasks, { where: [{ column: 'ticketId', is: ticketId }] });
    return rows.filter(({ kind }) => kind === 'notify-citizen');
  };
  const c19 = async () => {
    await service.settled();
    const { body } = await service.call('GET', `/api/v1/audit/tickets/${ticketId}`, { token: await service.token('auditor') });
    return body.checks.find(({ id }) => id === 'C19');
  };
  beforeEach(async () => {
    service = await startSeeded();
  });

  it('Art. 8 (A10, A21): where there is a postal address alone, the day on which it was posted ends the duty, and the audit counts it', async () => {
    ticketId = await book({ postalAddress: address });
    await move();
    expect(await toTell()).toHaveLength(1);
    expect(await c19()).toMatchObject({ verdict: 'pending' });
    const notice = { channel: 'post', outcome: 'posted', postedOn: day, dispatchNumber: 'RR123456785RO' };
    expect(await staff('notice', { ...notice, postedOn: '2026-03-03' })).toMatchObject({
      status: 400,
      body: { article: '8', errors: [{ field: 'postedOn', message: 'Nu poate fi în viitor.' }] },
    });
    expect(await staff('notice', notice)).toMatchObject({ status: 200 });
    expect(await toTell()).toEqual([]);
    expect(await c19()).toMatchObject({ verdict: 'pass' });
  });

  it('Art. 8 (A21): a letter that came back has told nobody: the duty opens again until another is posted', async () => {
    // who is asked anew is asked by a process
    service = await startSeeded({}, { processes: true });
    const untilToTell = (tasks: number) => eventually('who is to tell', async () => ((await toTell()).length === tasks ? true : undefined));
    ticketId = await book({ postalAddress: address });
    await move();
    await staff('notice', { channel: 'post', outcome: 'posted', postedOn: day });
    expect(await staff('notice', { channel: 'post', outcome: 'bounced', postedOn: day })).toMatchObject({ status: 200 });
    expect(await c19()).toMatchObject({ verdict: 'pending' });
    await untilToTell(1);
    await staff('notice', { channel: 'post', outcome: 'posted', postedOn: day });
    expect(await c19()).toMatchObject({ verdict: 'pass' });
    await untilToTell(0);
  });

  it('Art. 8: whoever gave a phone number is told by phone, not by post', async () => {
    ticketId = await book({ postalAddress: address, phone: '0740 123 456' });
    await move();
    expect(await staff('notice', { channel: 'post', outcome: 'posted', postedOn: day })).toMatchObject({
      status: 400,
      body: { article: '8', errors: [{ field: 'channel' }] },
    });
    expect(await toTell()).toHaveLength(1);
  });

  it('Art. 8 (GDPR 16, A21): a letter comes back after they gave a phone number: the page takes it, and they are told by phone', async () => {
    ticketId = await book({ postalAddress: address });
    await move();
    await staff('notice', { channel: 'post', outcome: 'posted', postedOn: day });
    const clerk = { token: await service.token('registry') };
    const said = { phone: '0740 123 456', channel: 'counter', shown: 'carte de identitate' };
    expect(await service.call('POST', `/api/v1/tickets/${ticketId}/contact`, { ...clerk, body: said })).toMatchObject({ status: 200 });
    // told as they then were
    expect(await c19()).toMatchObject({ verdict: 'pass' });
    const official = new BrowserOf(service);
    await official.post('/intra', { token: await service.token('staff', 's002') });
    const form = `/programari/${ticketId}/instiintare`;
    const { text } = await official.get(form);
    for (const shown of ['scrisoarea s-a întors', 'name="postedOn"', 'nu răspunde']) expect(text).toContain(shown);
    for (const hidden of ['am trimis scrisoarea', address]) expect(text).not.toContain(hidden);
    // a call that nobody answers is the newest word, and changes nothing of that
    expect(await staff('notice', { channel: 'phone', outcome: 'no-answer' })).toMatchObject({ status: 200 });
    expect((await official.get(form)).text).toContain('scrisoarea s-a întors');
    expect((await official.send(form, { outcome: 'post:bounced', postedOn: '' })).text).toContain('Scrieți ziua');
    expect((await official.send(form, { outcome: 'post:bounced', postedOn: day })).status).toBe(303);
    expect(await c19()).toMatchObject({ verdict: 'pending' });
    expect((await official.get(form)).text).not.toContain('scrisoarea s-a întors');
    expect(await staff('notice', { channel: 'phone', outcome: 'reached' })).toMatchObject({ status: 200 });
    expect(await c19()).toMatchObject({ verdict: 'pass' });
  });

  it('Art. 8 (GDPR 16, A21): so it is with the letter about a meeting that was called off', async () => {
    ticketId = await book({ postalAddress: address });
    expect(await staff('cancel', { reason: 'illness' })).toMatchObject({ status: 200 });
    await staff('notice', { channel: 'post', outcome: 'posted', postedOn: day });
    const said = { phone: '0740 123 456', channel: 'counter', shown: 'carte de identitate' };
    const clerk = { token: await service.token('registry'), body: said };
    expect(await service.call('POST', `/api/v1/tickets/${ticketId}/contact`, clerk)).toMatchObject({ status: 200 });
    expect(await staff('notice', { channel: 'phone', outcome: 'no-answer' })).toMatchObject({ status: 200 });
    await service.settled();
    const official = new BrowserOf(service);
    await official.post('/intra', { token: await service.token('staff', 's002') });
    const form = `/programari/${ticketId}/instiintare`;
    expect((await official.get(form)).text).toContain('scrisoarea s-a întors');
    expect((await official.send(form, { outcome: 'post:bounced', postedOn: day })).status).toBe(303);
    expect((await official.get(form)).text).not.toContain('scrisoarea s-a întors');
  });

  it('Art. 8 (A21): on the pages the form shows where to write, asks for the day and takes the number', async () => {
    ticketId = await book({ postalAddress: address });
    await move();
    const official = new BrowserOf(service);
    await official.post('/intra', { token: await service.token('staff', 's002') });
    const form = `/programari/${ticketId}/instiintare`;
    const shown = await official.get(form);
    for (const said of [address, 'Prin poștă: am trimis scrisoarea', 'name="postedOn"']) expect(shown.text).toContain(said);
    expect(shown.text).not.toContain('nu răspunde');
    const wrong = await official.send(form, { outcome: 'post:posted', postedOn: '', dispatchNumber: '' });
    expect(wrong.text).toContain('Scrieți ziua în care scrisoarea a fost pusă la poștă.');
    const noted = await official.send(form, { outcome: 'post:posted', postedOn: day, dispatchNumber: 'RR123456785RO' });
    expect(noted.status).toBe(303);
    expect(await toTell()).toEqual([]);
    const auditor = new BrowserOf(service);
    await auditor.post('/intra', { token: await service.token('auditor') });
    const { text } = await auditor.get(`/audit/${ticketId}`);
    expect(text).toContain('pusă la poștă');
  });
});
