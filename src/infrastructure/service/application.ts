import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenedPorts } from '../nest/provided';
import { openedToken } from '../nest/tokens';
import type { TichetAlbastruMounting, TichetAlbastruOptions } from '../nest/options';
import { TichetAlbastruModule } from './tichet-albastru.module';
import { equipWeb } from '../web/equip-web';
import { takeForms } from '../web/forms/form';
import { takeUploads } from '../web/registry/import/uploads';
import { traceRequests } from '../telemetry/traced-requests';
import { mountDocument } from '../api/openapi';
import { ProblemFilter } from '../api/problem/problem-filter';
import { createAdapter, equip, type ServerOptions } from '../api/server';

/** The whole service as an application that is ready to listen. */
export const createApplication = async (
  { web = true, ...options }: TichetAlbastruOptions & TichetAlbastruMounting = {},
  server: ServerOptions = {},
): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(TichetAlbastruModule.forRoot({ ...options, web }), createAdapter(server), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const { metrics, ports } = app.get<OpenedPorts>(openedToken);
  traceRequests(app.getHttpAdapter().getInstance(), server.trustedProxies ?? []);
  if (web) await equipWeb(app);
  await equip(app, metrics);
  if (web) {
    takeForms(app);
    await takeUploads(app);
  }
  app.useGlobalFilters(new ProblemFilter(ports));
  mountDocument(app);
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
};
