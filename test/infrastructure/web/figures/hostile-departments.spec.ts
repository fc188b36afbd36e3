import { registerStaff } from '../../../../src/application/staff/register-staff';
import { bookingToken, inPerson, mustBeDone, staff, startSeeded, type Service } from '../../../http/support/service';
import { cookieFor } from '../registry/support/browsing';

const hostile = '=HYPERLINK("x")<script>alert(1)</script>\u202e,🎫';

let service: Service;
let cookie = '';
beforeAll(async () => {
  service = await startSeeded();
  service.ports.clock.set('2026-03-02T08:00:01.000Z');
  mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, department: hostile }));
  await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  await service.settled();
  cookie = await cookieFor(service, await service.token('reports'));
});

const period = 'from=2026-03-01&to=2026-03-31';
const get = async (url: string) => (await service.app.inject({ url, headers: { accept: 'text/html', cookie } })).body;

describe('a department with a hostile name', () => {
  it('is shown as text, and its link counts it and nothing else', async () => {
    const page = await get(`/rapoarte?${period}`);
    expect(page).not.toContain('<script>alert');
    const [, link = ''] = /<a href="(\/rapoarte\?[^"]*department=[^"]*)"/.exec(page) ?? [];
    expect(link).toContain('department=425');
    // a link of before has the name
    for (const url of [link.replaceAll('&amp;', '&'), `/rapoarte?${period}&department=${encodeURIComponent(hostile)}`]) {
      const chosen = await get(url);
      expect(chosen).not.toContain('<script>alert');
      expect(chosen).toContain('aria-current="true"');
      expect(chosen).toContain('din 1 programare');
    }
  });

  it('is no formula in a file, and stays one cell', async () => {
    const [, line = ''] = (await get(`/rapoarte/servicii.csv?${period}`)).split('\r\n');
    expect(line.startsWith(`"'${hostile.replaceAll('"', '""')}",1,`)).toBe(true);
  });
});
