import { emptyVideo } from '../../support/automatic-meetings';
import { setWorkingHours } from '../../../src/application/staff/register-staff';
import { bookingToken, inPerson, mustBeDone, online, startSeeded, type Service } from '../../http/support/service';
import { BrowserOf } from '../../infrastructure/web/booking/browser-of';
import { toModes } from '../../infrastructure/web/booking/ways';
import { policiesWith } from '../../../src/domain/policies';

// Saturday, 7 March 2026, 10:00 in Cluj; s002 works again on Monday from 08:00, which is 06:00 in UTC.
const saturday = '2026-03-07T08:00:00.000Z';
const noon = '2026-03-09T10:00:00.000Z';
const one = '2026-03-09T11:00:00.000Z';

const startedOn = async (...made: Parameters<typeof startSeeded>): Promise<Service> => {
  const service = await startSeeded(...made);
  service.ports.clock.set(saturday);
  return service;
};
const starts = async (service: Service, query = ''): Promise<readonly unknown[]> => {
  const { status, body } = await service.call('GET', `/api/v1/slots?from=2026-03-09&to=2026-03-09${query}`, {
    token: await bookingToken(service),
  });
  expect(status).toBe(200);
  return body.slots.map((slot) => ('startsAt' in slot ? slot.startsAt : ''));
};
const ask = async (service: Service, body: object) => service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body });

describe('Art. 5: an online meeting that is booked on a weekend has a link that somebody can make', () => {
  it('hours before it can be made are not offered online, and are by phone and in person', async () => {
    const service = await startedOn();
    expect((await starts(service, '&mode=online'))[0]).toBe(one);
    for (const query of ['', '&mode=phone', '&mode=in-person']) expect((await starts(service, query))[0]).toBe('2026-03-09T08:00:00.000Z');
    const monday = async (mode: string) =>
      (await service.call('GET', `/api/v1/slots?from=2026-03-09&to=2026-03-09&mode=${mode}`, { token: await bookingToken(service) })).body;
    expect(await monday('online')).toMatchObject({ freelyFrom: one, onlineFrom: one });
    expect(await monday('phone')).toMatchObject({ freelyFrom: '2026-03-09T08:00:00.000Z', onlineFrom: one });
  });

  it('nor to whoever moves a meeting and wants it online then', async () => {
    const service = await startedOn();
    const { body } = await ask(service, { ...inPerson, startsAt: '2026-03-10T08:00:00.000Z' });
    const { ticketId, manageToken: token } = body as unknown as { ticketId: string; manageToken: string };
    const offered = async (query: string) => {
      const path = `/api/v1/slots?from=2026-03-09&to=2026-03-09&ticketId=${ticketId}${query}`;
      return (await service.call('GET', path, { token })).body.slots.map((slot) => ('startsAt' in slot ? slot.startsAt : ''));
    };
    expect((await offered('&mode=online'))[0]).toBe(one);
    expect((await offered(''))[0]).toBe('2026-03-09T08:00:00.000Z');
  });

  it('such an hour is refused with its article and the first that would do; by phone it is had', async () => {
    const service = await startedOn();
    expect(await ask(service, { ...online, startsAt: noon })).toMatchObject({
      status: 422,
      body: { code: 'no-time-for-link', article: '5', earliest: one, workingHours: 4 },
    });
    expect(await ask(service, { ...inPerson, startsAt: noon })).toMatchObject({ status: 201 });
  });

  it('the first that would do is had online', async () => {
    expect(await ask(await startedOn(), { ...online, startsAt: one })).toMatchObject({ status: 201 });
  });

  it('a machine makes its links at any hour, and a city hall may ask for none of this', async () => {
    const automatic = await startedOn({ video: emptyVideo });
    expect((await starts(automatic, '&mode=online'))[0]).toBe('2026-03-09T08:00:00.000Z');
    expect(await ask(automatic, { ...online, startsAt: noon })).toMatchObject({ status: 201 });
    const without = await startedOn({ policies: policiesWith({ 'link-by-hand': { value: null, version: 2 } }) });
    expect(await ask(without, { ...online, startsAt: noon })).toMatchObject({ status: 201 });
  });

  it('a day on which only other modes can be had says so', async () => {
    const service = await startedOn();
    const week = { mon: [['08:00', '12:30']], tue: [['08:00', '16:00']] } as const;
    mustBeDone(await setWorkingHours(service.ports)(service.context(), { staffId: 's002', from: '2026-03-09', week }));
    await service.settled();
    const { body } = await service.call('GET', '/api/v1/slots?from=2026-03-09&to=2026-03-09&mode=online', {
      token: await bookingToken(service),
    });
    expect(body.days).toEqual([{ date: '2026-03-09', free: 0, closed: 'no-time-for-link' }]);
  });

  it('on the pages online is not offered for such an hour, with why and from when; the other modes are', async () => {
    const browser = new BrowserOf(await startedOn());
    await toModes(browser, noon);
    const page = await browser.get('/programare/mod');
    expect(page.text).not.toContain('value="online"');
    expect(page.text).toContain('value="phone"');
    expect(page.text).toContain('Online se poate de la');
    expect(page.text).toContain('13:00');
    expect((await browser.send('/programare/mod', { mode: 'online', acord: '2026-1' })).status).toBe(422);
    expect((await browser.send('/programare/mod', { mode: 'phone' })).status).toBe(303);
  });

  it('whoever chose online sees only hours for which the link can be made', async () => {
    const browser = new BrowserOf(await startedOn());
    await toModes(browser, one);
    await browser.send('/programare/mod', { mode: 'online', acord: '2026-1' });
    const page = await browser.get('/programare/ora?zi=2026-03-09');
    expect(page.text).not.toContain(`value="${noon}"`);
    expect(page.text).toContain(`value="${one}"`);
  });
});
