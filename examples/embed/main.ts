import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, equipAll, LocalSocketModule, type Ports, TichetAlbastruModule } from 'tichet-albastru';

/** Where letters go: to a gateway of the city hall's own. This one prints to whom. */
const mailer: Ports['mailer'] = {
  send: ({ to, subject }) => {
    console.log(`${to}: ${subject}`);
    return Promise.resolve({ kind: 'accepted' });
  },
  forget: () => Promise.resolve(0),
};

/** The blue ticket with its pages, among whatever else the city hall has; `tichet` reaches it through its data folder. */
@Module({ imports: [TichetAlbastruModule.forRoot({ ports: { mailer }, web: true }), LocalSocketModule] })
class CityHallModule {}

const nestOptions = { bodyParser: false, logger: false, abortOnError: false } as const;

const start = async (): Promise<void> => {
  const app = await NestFactory.create<NestFastifyApplication>(CityHallModule, createAdapter(), nestOptions);
  await equipAll(app);
  app.enableShutdownHooks();
  await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
  console.log(`Listening at ${await app.getUrl()}`);
};

void start();
