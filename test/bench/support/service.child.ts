import 'reflect-metadata';
import { Body, Controller, HttpCode, Module, Post, UsePipes, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { createApplication } from '../../../src/infrastructure/service/application';
import { LookupBody } from '../../../src/infrastructure/api/dto/citizen';
import { createAdapter, equip } from '../../../src/infrastructure/api/server';
import type { OpenedPorts } from '../../../src/infrastructure/nest/provided';
import { openedToken } from '../../../src/infrastructure/nest/tokens';
import { readSettingsFile } from '../../../src/infrastructure/nest/ports.module';
import { createMetrics } from '../../../src/infrastructure/telemetry/metrics';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';

// A process of its own, told by its environment what to serve and by messages what to do.
const tell = (message: unknown): void => {
  process.send?.(message);
};

@Controller()
@UsePipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true }))
class EmptyController {
  @Post('empty')
  @HttpCode(200)
  empty(@Body() _: LookupBody): object {
    return {};
  }
}
@Module({ controllers: [EmptyController] })
class EmptyModule {}

/** A validated POST that does nothing, on the server of the service. */
const serveNothing = async (): Promise<void> => {
  const app = await NestFactory.create<NestFastifyApplication>(EmptyModule, createAdapter(), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  await equip(app, createMetrics());
  await app.listen(0, '127.0.0.1');
  tell({ url: await app.getUrl() });
};

const serveTickets = async (): Promise<void> => {
  const { settings } = readSettings(process.env, readSettingsFile);
  const app = await createApplication({ settings, processes: process.env['BENCH_PROCESSES'] === 'on' });
  const opened = app.get<OpenedPorts>(openedToken);
  await app.listen(0, '127.0.0.1');
  process.on('message', (message) => {
    if (message !== 'rebuild') return;
    void rebuild({ ...opened.ports, rows: opened.rows }, auditEvidence).then((outcome) => {
      tell({ outcome });
    });
  });
  while (!(await opened.ports.readModels.reached(await opened.ports.store.end(), 1000)));
  tell({ url: await app.getUrl() });
};

process.on('disconnect', () => process.exit(0));
void (process.env['BENCH_SERVES'] === 'nothing' ? serveNothing() : serveTickets());
