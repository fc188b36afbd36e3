import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, equip, equipAll, openedToken, type OpenedPorts, TichetAlbastruModule } from '../../src';
import { createTestPorts } from '../../src/infrastructure/testing';
import { closing } from '../support/closing';

@Controller('host')
class HostController {
  @Get()
  own(): { readonly host: true } {
    return { host: true };
  }
}

let app: NestFastifyApplication;

const hostWith = async (web: boolean, equipping: (host: NestFastifyApplication) => Promise<void>): Promise<void> => {
  const ports = { ...createTestPorts(), tokenKey: new Uint8Array(32).fill(5) };
  @Module({ imports: [TichetAlbastruModule.forRoot({ ports, processes: false, web })], controllers: [HostController] })
  class HostModule {}
  // Nest declares its options as a class that it does not export.
  app = closing(await NestFactory.create<NestFastifyApplication>(HostModule, createAdapter(), { bodyParser: false, logger: false }));
  await equipping(app);
  await app.init();
};
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', accept: 'text/html' };
const lookUp = { method: 'POST', url: '/programare/cerere', headers: form, payload: 'requestNumber=1&once=x' } as const;

describe('a host with the pages, by what the package exports', () => {
  it('shows pages, takes their forms and tells problems as pages, beside the routes of the contract and its own', async () => {
    await hostWith(true, (host) => equipAll(host));
    const home = await app.inject({ url: '/', headers: { accept: 'text/html' } });
    expect([home.statusCode, home.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const posted = await app.inject(lookUp);
    expect([posted.statusCode, posted.headers['content-type']]).toEqual([422, 'text/html; charset=utf-8']);
    const missing = await app.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
    expect([missing.statusCode, missing.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    const refused = await app.inject({ url: '/api/v1/tasks' });
    expect([refused.statusCode, refused.headers['content-type']]).toEqual([401, 'application/problem+json; charset=utf-8']);
    expect((await app.inject({ url: '/host' })).json()).toEqual({ host: true });
  });

  it('does without pages where the module has none', async () => {
    await hostWith(false, (host) => equipAll(host));
    const missing = await app.inject({ url: '/nowhere', headers: { accept: 'text/html' } });
    expect([missing.statusCode, missing.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect((await app.inject({ url: '/api/v1/tasks' })).statusCode).toBe(401);
  });

  it('needs more than what the contract needs, and ends the start with a sentence where it is not there', async () => {
    const started = hostWith(true, (host) => equip(host, host.get<OpenedPorts>(openedToken).metrics));
    await expect(started).rejects.toThrow('call await equipAll(app)');
  });
});
