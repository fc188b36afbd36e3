import { bookingToken, inPerson, type Service, startSeeded } from '../../http/support/service';

describe('Who may come, and how, over HTTP', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startSeeded();
  });
  const ask = async (body: object) => service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body });

  it('Art. 8 (A10): in person without any contact is refused, and books once there is a phone number or an e-mail address', async () => {
    const { startsAt, mode } = inPerson;
    const refused = await ask({ startsAt, mode });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', article: '8', errors: [{ field: 'phone' }] } });
    expect(refused.body.errors[0]?.message).toContain('nu poate fi anunțat');
    expect(await ask({ startsAt, mode, phone: '0740 123 456' })).toMatchObject({ status: 201, body: { status: 'scheduled' } });
  });

  it('Art. 8 (A10): in person an e-mail address alone will do, verified by code', async () => {
    const { startsAt, mode } = inPerson;
    const asked = await ask({ startsAt, mode, email: 'andrei@exemplu.ro' });
    expect(asked).toMatchObject({ status: 201, body: { status: 'awaiting-code' } });
  });
});
