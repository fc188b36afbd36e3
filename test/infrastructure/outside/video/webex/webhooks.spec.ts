import { createHmac } from 'node:crypto';
import { createWebhookHints } from '../../../../../src/infrastructure/outside/video/webex/webhook-hints';
import { wakeRecordings } from '../../../../../src/application/meeting/recording-watch';
import { createApplication } from '../../../../../src/infrastructure/service/application';
import { createTestPorts } from '../../../../../src/infrastructure/testing/test-ports';
import { closing } from '../../../../support/closing';
import { booked } from './support/booked';

const secret = 'webhook-secret';
const body = Buffer.from('{ "resource":"recordings","event":"created","data":{"id":"r","meetingId":"m1_I_1"} }');
const signed = (bytes: Buffer, key = secret): string => createHmac('sha1', key).update(bytes).digest('hex');
const hints = createWebhookHints(secret);

describe('a webhook of Webex', () => {
  it('signed over its very bytes names a meeting, and nothing else is read', () => {
    expect(hints(body, signed(body))).toEqual({ meetingId: 'm1' });
    expect(hints(body, signed(body).toUpperCase())).toEqual({ meetingId: 'm1' });
  });

  it.each([
    ['no signature', undefined],
    ['an empty one', ''],
    ['another secret', signed(body, 'other')],
    ['another body', signed(Buffer.from('{}'))],
    ['the same JSON in other bytes', signed(Buffer.from(JSON.stringify(JSON.parse(body.toString()))))],
    ['half of it', signed(body).slice(0, 20)],
    ['no hexadecimal digits', 'z'.repeat(40)],
  ])('with %s is refused', (_, signature) => {
    expect(hints(body, signature)).toBe('refused');
  });

  it.each(['nonsense', '[]', '{"data":[]}', '{"data":{"meetingId":7}}'])('rightly signed that says %s says nothing', (text) => {
    const bytes = Buffer.from(text);
    expect(hints(bytes, signed(bytes))).toEqual({});
  });
});

describe('POST /webhooks/webex', () => {
  /** Posts to a service that has the secret, or has none. */
  const poster = async (webexHints?: typeof hints) => {
    const ports = createTestPorts();
    const given = { ...ports, tokenKey: new Uint8Array(32), ...(webexHints === undefined ? {} : { webexHints }) };
    const app = closing(await createApplication({ ports: given, processes: false }));
    return async (payload: Buffer, signature?: string): Promise<number> => {
      const headers = { 'content-type': 'application/json', ...(signature === undefined ? {} : { 'x-spark-signature': signature }) };
      return (await app.inject({ method: 'POST', url: '/api/v1/webhooks/webex', headers, payload })).statusCode;
    };
  };

  it('takes what is signed, and nothing else', async () => {
    const post = await poster(hints);
    expect(await post(body, signed(body))).toBe(204);
    expect(await post(body)).toBe(401);
    expect(await post(body, signed(body, 'other'))).toBe(401);
    expect(await post(Buffer.from('{'), signed(Buffer.from('{')))).toBe(400);
  });

  it('takes nothing where no secret is set', async () => {
    const post = await poster();
    expect(await post(body, signed(body))).toBe(401);
  });
});

describe('a hint', () => {
  it('wakes whoever waits for this meeting’s recording, and Webex itself is asked', async () => {
    const { world, ticketId } = await booked();
    await world.hold(ticketId);
    await world.later({ minutes: 20 });
    const meetingId = world.meetings()[0]?.id ?? '';
    const asked = world.webex.times('find-recordings');
    expect(asked).toBe(1);
    const webex = { kind: 'provider', name: 'webex' } as const;
    for (const other of [{ kind: 'provider', name: 'bounces' }, { kind: 'everybody' }] as const)
      expect(await wakeRecordings(world.ports, other, meetingId)).toMatchObject({ code: 'forbidden' });
    await wakeRecordings(world.ports, webex, 'another');
    await world.later({ seconds: 1 });
    expect(world.webex.times('find-recordings')).toBe(asked);
    await wakeRecordings(world.ports, webex, meetingId);
    await world.later({ seconds: 1 });
    expect(world.webex.times('find-recordings')).toBe(asked + 1);
    // it said so, and it was not true: nothing is attached
    expect(await world.types(ticketId)).not.toContain('RecordingAttached');
  });
});
