import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import type { TichetAlbastruMounting, TichetAlbastruOptions } from '../nest/options';
import { SecurityTxtController } from './security-txt.controller';
import { TichetAlbastruModule } from './tichet-albastru.module';
import { mountDocument } from '../api/openapi';
import { createAdapter, type ServerOptions } from '../api/server';
import { equipAll } from './equip-all';

@Module({ controllers: [SecurityTxtController] })
class ServiceModule {}

/** The whole service as an application that is ready to listen. */
export const createApplication = async (
  { web = true, ...options }: TichetAlbastruOptions & TichetAlbastruMounting = {},
  server: ServerOptions = {},
): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: ServiceModule, imports: [TichetAlbastruModule.forRoot({ ...options, web })] },
    createAdapter(server),
    { bodyParser: false, logger: false, abortOnError: false },
  );
  await equipAll(app, defined({ trustedProxies: server.trustedProxies, hosts: server.hosts }));
  mountDocument(app);
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
};
