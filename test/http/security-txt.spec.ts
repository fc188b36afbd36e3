import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter } from '../../src/infrastructure/api/server';
import { equipAll } from '../../src/infrastructure/service/equip-all';
import { createApplication } from '../../src/infrastructure/service/application';
import { TichetAlbastruModule } from '../../src/infrastructure/service/tichet-albastru.module';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { environmentOf, settingsOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder } from '../support/closing';

const url = '/.well-known/security.txt';
const contact = 'mailto:securitate@primaria.example';
const cityHall = { ...createTestPorts().cityHall, security: { contact, policy: 'https://primaria.example/vulnerabilitati' } };
const tokenKey = new Uint8Array(32).fill(5);
const serving = async (ports: Partial<ReturnType<typeof createTestPorts>>, web = true) =>
  closing(await createApplication({ ports: { ...createTestPorts(ports), tokenKey }, processes: false, web }));

describe('security.txt', () => {
  it.each([true, false])('tells to whom a weakness is reported, pages or not (%s)', async (web) => {
    const answer = await (await serving({ cityHall }, web)).inject({ url });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    // 300 days from the start, on 2 March 2026
    expect(answer.body.split('\n')).toEqual([
      `Contact: ${contact}`,
      'Expires: 2026-12-27T08:00:00.000Z',
      'Preferred-Languages: ro, en',
      `Canonical: https://tichet.example${url}`,
      'Policy: https://primaria.example/vulnerabilitati',
      '',
    ]);
  });

  it('names no address of its own without https, and no rules that nobody has set', async () => {
    const answer = await (
      await serving({ cityHall: { ...cityHall, publicUrl: 'http://tichet.example', security: { contact } } })
    ).inject({ url });
    expect(answer.body).not.toMatch(/^(Canonical|Policy):/m);
  });

  it('is not there when nobody was named, and never in a host’s application, which has its own', async () => {
    const unnamed = await (await serving({})).inject({ url });
    expect([unnamed.statusCode, JSON.parse(unnamed.body)]).toMatchObject([404, { code: 'not-found' }]);
    const module = TichetAlbastruModule.forRoot({ ports: { ...createTestPorts({ cityHall }), tokenKey }, processes: false });
    // Nest declares its options as a class that it does not export.
    const host = closing(await NestFactory.create<NestFastifyApplication>(module, createAdapter(), { bodyParser: false, logger: false }));
    await equipAll(host);
    host.getHttpAdapter().get(url, (_request: unknown, reply: { send: (text: string) => void }) => {
      reply.send('the host’s own');
    });
    await host.init();
    expect((await host.inject({ url })).body).toBe('the host’s own');
  });

  it('is advised by the doctor where the address is public; the exit code stays', async () => {
    const folder = emptyFolder();
    await (await openPorts(settingsOf(folder))).close();
    const environment = { ...environmentOf(folder), TICHET_PUBLIC_URL: 'https://tichet.example' };
    const told = async (more: Record<string, string>) => tichetIn({ ...environment, ...more }, ['doctor']);
    expect(await told({})).toMatchObject({ stdout: expect.stringContaining('TICHET_SECURITY_CONTACT') as string });
    expect((await told({ TICHET_SECURITY_CONTACT: contact })).stdout).not.toContain('TICHET_SECURITY_CONTACT');
    expect((await told({ TICHET_PUBLIC_URL: 'http://127.0.0.1:3000' })).stdout).not.toContain('TICHET_SECURITY_CONTACT');
    expect((await told({})).exit).toBe(0);
    const { stdout } = await tichetIn(environment, ['doctor', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ findings: [], advice: [{ en: expect.stringContaining('404') as string }] });
  });
});
