import { connect } from 'node:net';
import { once } from 'node:events';
import { startSeeded, type Service } from '../../../http/support/service';

const header = 'number,departmentCode,filedOn,applicantName,subject,status,handlerStaffId';
const line = (number: number) => `${number},425,2026-02-02,Popescu Ion,Obiect,in-operation,s002`;

let service: Service;
let port: number;
let cookie: string;
beforeAll(async () => {
  service = await startSeeded();
  await service.app.listen(0, '127.0.0.1');
  port = Number(new URL(await service.app.getUrl()).port);
  const entered = await fetch(`http://127.0.0.1:${port}/intra`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: `http://127.0.0.1:${port}` },
    body: new URLSearchParams({ token: await service.token('registry') }),
  });
  cookie = String(entered.headers.get('set-cookie')).split(';')[0] ?? '';
});

const upload = (content: string) => {
  const body = new FormData();
  body.set('fisier', new Blob([content]), 'cereri.csv');
  return fetch(`http://127.0.0.1:${port}/registratura/import`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: `http://127.0.0.1:${port}`, cookie },
    body,
  });
};

describe('a file over the network', () => {
  it('is answered though nobody reads it to its end', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => line(100_000 + index).replaceAll(',', ';'));
    const answer = await upload([header.replaceAll(',', ';'), ...lines].join('\n'));
    expect(answer.status).toBe(303);
  });

  it('that begins with more white space than anybody means is an empty one', async () => {
    expect((await upload(`${' \n'.repeat(100)}${header}\n${line(300_000)}`)).status).toBe(303);
    expect((await upload(`${' \n'.repeat(100_000)}${header}\n${line(300_001)}`)).status).toBe(422);
  });

  const part = '--tichet\r\nContent-Disposition: form-data; name="fisier"; filename="cereri.csv"\r\n\r\n';
  it.each([
    ['has no end', 'boundary=tichet', `${part}${header}\r\n`],
    ['has no end of a head', 'boundary=tichet', '--tichet\r\nContent-Dispos'],
    ['is no form', 'boundary=tichet', 'altceva'],
    ['does not say where its parts end', '', part],
  ])('in a form that %s is the sender’s fault, not ours', async (_, parameter, body) => {
    const { statusCode } = await service.app.inject({
      method: 'POST',
      url: '/registratura/import',
      headers: { 'sec-fetch-site': 'same-origin', cookie, accept: 'text/html', 'content-type': `multipart/form-data; ${parameter}` },
      payload: body,
    });
    expect(statusCode).toBe(400);
  });

  it('that breaks off brings in what came, and the service goes on', async () => {
    const before = await service.ports.store.end();
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /registratura/import HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Origin: http://127.0.0.1:${port}`,
      `Cookie: ${cookie}`,
      'Content-Type: multipart/form-data; boundary=tichet',
      'Content-Length: 1000000',
      '',
      '--tichet',
      'Content-Disposition: form-data; name="fisier"; filename="cereri.csv"',
      'Content-Type: text/csv',
      '',
      '',
    ].join('\r\n');
    const lines = Array.from({ length: 64 }, (_, index) => line(200_000 + index));
    socket.write(`${head}${[header, ...lines].join('\n')}\n`);
    // the first lines are in: the rest is on its way
    while ((await service.ports.store.end()) === before) await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    await once(socket, 'close');
    expect((await upload([header, line(300_000)].join('\n'))).status).toBe(303);
  });
});
