import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings, TichetAlbastruModule, type TichetAlbastruMounting } from '../../src';
import { emptyFolder } from '../support/closing';

/** As Express says what it is. */
class OtherAdapter extends FastifyAdapter {
  override getType(): string {
    return 'express';
  }
}

let parent: string;
beforeEach(() => {
  parent = emptyFolder();
});

const folder = (): string => join(parent, 'data');
const start = async (mounting: TichetAlbastruMounting, adapter = new OtherAdapter()): Promise<void> => {
  const { settings } = readSettings({ TICHET_DATA_DIR: folder(), TICHET_LOG_LEVEL: 'silent' }, () => '');
  @Module({ imports: [TichetAlbastruModule.forRoot({ settings, ...mounting })] })
  class HostModule {}
  const app = await NestFactory.create(HostModule, adapter, { bodyParser: false, logger: false, abortOnError: false });
  await app.close();
};

describe('an application on another adapter than Fastify', () => {
  it.each([{}, { http: false, web: true }])('%j: ends with a sentence before any store is opened', async (mounting) => {
    await expect(start(mounting)).rejects.toMatchObject({
      name: 'AdapterUnusable',
      message: expect.stringMatching(/numai prin Fastify.* \/ .*through Fastify alone.*express.*createAdapter\(\)/),
    });
    expect(existsSync(folder())).toBe(false);
  });

  it('without routes and pages it is nobody’s affair', async () => {
    await start({ http: false });
  });

  it('would see a store that was opened', async () => {
    await start({}, new FastifyAdapter());
    expect(existsSync(join(folder(), 'events.db'))).toBe(true);
  });
});
