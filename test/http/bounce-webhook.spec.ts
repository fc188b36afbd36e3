import { Webhook } from 'standardwebhooks';
import { bookingToken, inPerson, startSeeded, type Answered, type Service } from './support/service';

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;
const [secret, newSecret, foreign] = [secretOf(7), secretOf(8), secretOf(9)];
const email = 'andrei@posta.example';
const letterId = '0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11';

describe('C18: a provider tells of a letter that came back (POST /webhooks/bounces)', () => {
  let service: Service;
  let ticketId: string;
  const start = async (opened: { bounceSecrets?: readonly string[] }): Promise<void> => {
    service = await startSeeded({}, { opened });
    const asked = { token: await bookingToken(service), body: { ...inPerson, email } };
    ({ ticketId } = (await service.call('POST', '/api/v1/tickets', asked)).body);
    const { clock, operations } = service.ports;
    await operations.outbox.note({ letterId, ticketId, kind: 'invitation', state: 'accepted', at: clock.now(), attempts: 1 });
  };

  type Told = { readonly body?: object; readonly by?: string; readonly at?: Date; readonly sent?: string; readonly unsigned?: true };
  const message = { messageId: `<${letterId}@primaria.example>`, recipient: email, action: 'failed' };
  const tell = ({ body = message, by = secret, at = new Date(), sent, unsigned }: Told = {}): Promise<Answered> => {
    const text = JSON.stringify(body);
    const signed = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign('msg_1', at, text),
    };
    return service.call('POST', '/api/v1/webhooks/bounces', {
      raw: { payload: sent ?? text, headers: { 'content-type': 'application/json', ...(unsigned ? {} : signed) } },
    });
  };
  const bounced = async (): Promise<number> => {
    let count = 0;
    for await (const { type } of service.ports.store.read(`ticket-${ticketId}`)) count += type === 'InvitationBounced' ? 1 : 0;
    return count;
  };

  it('is noted once, however often it is told, under the old secret and the new', async () => {
    await start({ bounceSecrets: [newSecret, secret] });
    expect([(await tell()).status, (await tell({ by: newSecret })).status, (await tell()).status]).toEqual([202, 202, 202]);
    expect(await bounced()).toBe(1);
  });

  it('is refused without a signature, with a foreign one, one of another body, and one of an hour ago', async () => {
    await start({ bounceSecrets: [secret] });
    const answers = [
      await tell({ unsigned: true }),
      await tell({ by: foreign }),
      await tell({ sent: JSON.stringify({ ...message, action: 'failed ' }) }),
      await tell({ at: new Date(Date.now() - 3_600_000) }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [401, 'unauthenticated']));
    expect(await bounced()).toBe(0);
  });

  it('is caught when a signature is not asked for: anybody tells', async () => {
    await start({ bounceSecrets: [foreign] });
    expect((await tell({ by: foreign })).status).toBe(202);
    expect(await bounced()).toBe(1);
  });

  it('says the same of a letter that was never made, or went to somebody else, and changes nothing', async () => {
    await start({ bounceSecrets: [secret] });
    const others = [
      { ...message, messageId: '<1d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11@primaria.example>' },
      { ...message, messageId: 'altceva' },
      { ...message, recipient: 'altcineva@posta.example' },
      { ...message, action: 'delayed' },
    ];
    const ours = await tell({ body: { ...message, action: 'delayed' } });
    for (const body of others) {
      const { status, text } = await tell({ body });
      expect({ status, text }).toEqual({ status: 202, text: ours.text });
    }
    expect(await bounced()).toBe(0);
  });

  it('names what is wrong with a message, and knows the id alone as well', async () => {
    await start({ bounceSecrets: [secret] });
    const wrong = await tell({ body: { messageId: 'x', recipient: email, action: 'gone' } });
    expect({ status: wrong.status, fields: wrong.body.errors.map(({ field }) => field) }).toEqual({ status: 400, fields: ['action'] });
    expect((await tell({ body: { ...message, messageId: letterId } })).status).toBe(202);
    expect(await bounced()).toBe(1);
  });

  it('is no door at all where no secret is set', async () => {
    await start({});
    const { status, body } = await tell();
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'unauthenticated' });
  });
});
