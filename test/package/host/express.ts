import { NestFactory } from '@nestjs/core';
import { readSettings, TichetAlbastruModule } from '../../../src';

// express.js FOLDER: an application that is made as Nest makes one by itself
const environment = { TICHET_DATA_DIR: process.argv[2], TICHET_LOG_LEVEL: 'silent' };
const { settings } = readSettings(environment, () => '');
NestFactory.create(TichetAlbastruModule.forRoot({ settings }), { logger: false, abortOnError: false }).then(
  async (app) => {
    await app.init();
    await app.close();
  },
  (error: unknown) => {
    console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
    process.exitCode = 1;
  },
);
