import { Agent } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { registerRequest } from '../../src/application/requests/register-request';
import type { Operations } from '../../src/application/kernel/ports/operations';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { meetingPoint } from '../support/meeting-point';
import { bookingToken, mustBeDone, online } from '../http/support/service';
import { closing, emptyFolder } from '../support/closing';
import { awaitedCodeOf } from '../support/codes';
import { type Bytes, codeOf, listening, post } from './support/over-a-socket';

/** Looks first and counts afterwards, as a naive store does; so many look before the first of them counts. */
const countingLate = (operations: Operations, looking: number): Operations => {
  let tries = 0;
  const met = meetingPoint(looking);
  return {
    ...operations,
    verification: {
      ...operations.verification,
      takeTry: async (_, __, triesPerCode) => {
        const seen = tries;
        await met();
        if (seen >= triesPerCode) return { kind: 'exhausted' };
        tries = seen + 1;
        return { kind: 'compare', n: 1, triesLeft: Math.max(0, triesPerCode - seen - 1) };
      },
    },
  };
};

describe('A9: a thousand wrong codes at once, over HTTP', () => {
  const folder = emptyFolder();

  const storm = async (operations: Operations) => {
    const service = await listening({ operations });
    const { ports, port } = service;
    const made = await post(port, '/tickets', online, { authorization: `Bearer ${await bookingToken(service)}` });
    const { ticketId, manageToken } = JSON.parse(made.text) as { readonly ticketId: string; readonly manageToken: string };
    const codeNow = (n: number): Promise<string> => awaitedCodeOf(ports, ticketId, n);
    const first = await codeNow(1);
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const enter = (code: string): Promise<Bytes> =>
      post(port, `/tickets/${ticketId}/verification`, { code }, { authorization: `Bearer ${manageToken}` }, agent);
    const compared = jest.spyOn(ports.personalData, 'areSame');
    const wrong = String((Number(first) + 1) % 1_000_000).padStart(6, '0');
    const answers = await Promise.all(Array.from({ length: 1000 }, () => enter(wrong)));
    const comparisons = compared.mock.calls.length;
    compared.mockRestore();
    const counted = answers.reduce<Record<string, number>>(
      (sum, answer) => ({ ...sum, [codeOf(answer)]: (sum[codeOf(answer)] ?? 0) + 1 }),
      {},
    );
    return {
      service,
      ticketId,
      manageToken,
      enter,
      comparisons,
      counted,
      first,
      codeNow,
      end: () => {
        agent.destroy();
        return service.close();
      },
    };
  };

  it('compares at most five times; then the right code is refused and a new code works, once', async () => {
    const operations = openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 1) });
    const { service, ticketId, manageToken, enter, comparisons, counted, first, codeNow, end } = await storm(operations);
    expect(comparisons).toBe(5);
    expect(counted).toEqual({ 'wrong-code': 4, 'code-expired': 996 });
    expect(codeOf(await enter(first))).toBe('code-expired');
    service.ports.clock.advance({ seconds: 61 });
    const asked = await service.call('POST', `/api/v1/tickets/${ticketId}/verification/new-code`, { token: manageToken });
    expect(asked.status).toBe(202);
    const second = await codeNow(2);
    expect(codeOf(await enter(second === first ? '000000' : first))).toBe('wrong-code');
    expect(codeOf(await enter(second))).toBe('ok');
    expect(codeOf(await enter(second))).toBe('wrong-state');
    await end();
    operations.close();
  });

  it('is caught by this test when tries are counted after comparing', async () => {
    const operations = openSqliteOperations({ folder: mkdtempSync(join(folder, 'late-')), answerKey: Buffer.alloc(32, 1) });
    const { comparisons, end } = await storm(countingLate(operations, 6));
    expect(comparisons).toBeGreaterThanOrEqual(6);
    await end();
    operations.close();
  });

  it('a code works on its own ticket only, and until the instant of its expiry', async () => {
    const service = closing(await listening());
    const { ports, port, context: contextNow } = service;
    mustBeDone(
      await registerRequest(ports)(contextNow(), {
        number: '519080',
        filedOn: '2026-02-02',
        applicantName: 'Popescu Ion',
        departmentCode: '425',
        handlerStaffId: 's002',
        status: 'in-operation',
      }),
    );
    const other = await service.call('POST', '/api/v1/requests/lookup', {
      body: { requestNumber: '519080', applicantName: 'Ion Popescu', filedOn: '2026-02-02' },
    });
    const asking = [
      [await bookingToken(service), online],
      [other.body.bookingToken, { ...online, startsAt: '2026-03-05T08:30:00.000Z', email: 'ion@exemplu.ro' }],
    ] as const;
    const [mine, theirs] = await Promise.all(
      asking.map(async ([token, body]) => (await service.call('POST', '/api/v1/tickets', { token, body })).body),
    );
    if (mine === undefined || theirs === undefined) throw new Error('Two tickets were asked for.');
    const enter = (ticket: typeof mine, code: string, token = ticket.manageToken): Promise<Bytes> =>
      post(port, `/tickets/${ticket.ticketId}/verification`, { code }, { authorization: `Bearer ${token}` });
    const [myCode, theirCode] = [await awaitedCodeOf(ports, mine.ticketId), await awaitedCodeOf(ports, theirs.ticketId)];
    // by chance they may be the same
    expect(codeOf(await enter(theirs, myCode === theirCode ? '000000' : myCode))).toBe('wrong-code');
    expect(codeOf(await enter(mine, myCode, theirs.manageToken))).toBe('unauthenticated');
    ports.clock.set('2026-03-02T08:09:59.999Z');
    expect(codeOf(await enter(mine, myCode))).toBe('ok');
    ports.clock.set('2026-03-02T08:10:00.000Z');
    expect(codeOf(await enter(theirs, theirCode))).toBe('code-expired');
  });
});
