import { registerStaff } from '../../../../src/application/staff/register-staff';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { mustBeDone, staff, type Service } from '../../../http/support/service';
import { book, bookAnother, startOffice } from './support/office';

const here = 'https://tichet.example';
let service: Service;
let base: string;
beforeAll(async () => {
  service = await startOffice();
  await service.app.listen(0);
  base = await service.app.getUrl();
});

const cookieOf = async (role: 'staff' | 'auditor', staffId?: string): Promise<string> => {
  const body = new URLSearchParams({ token: await service.token(role, staffId) });
  const entered = await fetch(`${base}/intra`, { method: 'POST', body, headers: { origin: here }, redirect: 'manual' });
  return entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
};

/** What has been told once this many messages came. */
const told = async (
  path: string,
  cookie: string,
  messages: number,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string> => {
  const stop = new AbortController();
  const answer = await fetch(`${base}${path}`, { headers: { cookie }, signal: stop.signal });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  await meanwhile();
  let text = '';
  for await (const chunk of answer.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.split('event: changed').length > messages) break;
  }
  stop.abort();
  return text;
};
const positionIn = async (cookie: string): Promise<string> => {
  const page = await (await fetch(`${base}/programari`, { headers: { cookie } })).text();
  return /data-live="\/programari\/live\?de=(\d{20})"/.exec(page)?.[1] ?? '';
};

describe('the calendar told live', () => {
  it('says that something changed and whose ticket, and nothing of what; and at once what changed before anybody listened', async () => {
    const cookie = await cookieOf('staff', 's002');
    const read = await positionIn(cookie);
    let ticketId = '';
    const heard = await told(`/programari/live?de=${read}`, cookie, 1, async () => {
      ticketId = await book(service, 'phone');
    });
    expect(heard).toContain(`"ticketId":"${ticketId}"`);
    expect(heard).not.toMatch(/Lăcătuș|0740/);
    expect(await told(`/programari/live?de=${read}`, cookie, 1)).toContain('event: changed\ndata: {}');
    const again = await positionIn(cookie);
    expect(again > read).toBe(true);
  });

  it('answers whoever asks for its head, and keeps no place for them', async () => {
    const [cookie, token] = [await cookieOf('staff', 's002'), await service.token('staff', 's002')];
    const asked = async (path: string, headers: Record<string, string>): Promise<unknown> => {
      const { status, headers: said } = await fetch(`${base}${path}`, { method: 'HEAD', headers });
      return [status, said.get('content-type')];
    };
    for (let heads = 0; heads < 9; heads += 1)
      for (const answer of [
        await asked('/programari/live', { cookie }),
        await asked('/api/v1/calendar/live', { authorization: `Bearer ${token}` }),
      ])
        expect(answer).toEqual([200, 'text/event-stream; charset=utf-8']);
    const open = new AbortController();
    expect((await fetch(`${base}/programari/live`, { headers: { cookie }, signal: open.signal })).status).toBe(200);
    open.abort();
  });

  it('tells nothing more once somebody signed out, lost the token or the department; and goes on for everybody else', async () => {
    const page = await cookieOf('staff', 's002');
    const tokens = localTokens(new Uint8Array(32).fill(5), service.ports.clock);
    const tokenOf = async (id: string): Promise<Record<string, string>> => ({
      authorization: `Bearer ${await tokens.official({ role: 'staff', person: 's002', id })}`,
    });
    const streams = [
      await fetch(`${base}/programari/live`, { headers: { cookie: page } }),
      await fetch(`${base}/api/v1/calendar/live`, { headers: await tokenOf('revoked') }),
      await fetch(`${base}/api/v1/calendar/live`, { headers: { authorization: `Bearer ${await service.token('head', 's001')}` } }),
      await fetch(`${base}/api/v1/calendar/live`, { headers: await tokenOf('good') }),
    ];
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await fetch(`${base}/intra/iesire`, { method: 'POST', headers: { cookie: page, origin: here }, redirect: 'manual' });
    await service.ports.operations.tokens.revoke('revoked', service.ports.clock.now(), '2027-01-01T00:00:00.000Z');
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s001, department: 'Taxe', departmentCode: '500' }));
    await bookAnother(service, '2026-03-06T08:00:00.000Z');
    const heard = async ({ body }: Response): Promise<boolean> => {
      let text = '';
      for await (const chunk of body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString();
        if (text.includes('event: changed')) return true;
      }
      return false;
    };
    expect(await Promise.all(streams.map(heard))).toEqual([false, false, false, true]);
  });

  it('to nobody who has no calendar', async () => {
    const answer = await fetch(`${base}/programari/live`, {
      headers: { cookie: await cookieOf('auditor'), accept: 'text/html' },
      redirect: 'manual',
    });
    expect(answer.status).toBe(403);
    expect((await fetch(`${base}/programari/live`, { redirect: 'manual' })).status).toBe(303);
  });
});
