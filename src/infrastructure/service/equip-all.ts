import { ApplicationConfig } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { tellOwnProblems } from '../api/own-routes';
import { ProblemFilter } from '../api/problem/problem-filter';
import { ReadingRecorder } from '../api/access/reading-recorder';
import { equip, type ServerOptions } from '../api/server';
import type { TichetAlbastruMounting } from '../nest/options';
import type { OpenedPorts } from '../nest/provided';
import { mountingToken, openedToken } from '../nest/tokens';
import { traceRequests } from '../telemetry/traced-requests';
import { equipWeb } from '../web/equip-web';
import { takeForms } from '../api/body/form';
import { takeUploads } from '../web/registry/sent-lines';

const configOf = (app: NestFastifyApplication): ApplicationConfig | undefined => {
  const config: unknown = Reflect.get(app, 'config');
  return config instanceof ApplicationConfig ? config : undefined;
};

/** Nest asks the filter that was set last first: one that the host's modules provide stands there already, and goes before ours. */
const beforeOthers = (app: NestFastifyApplication, filter: ProblemFilter): void => {
  const config = configOf(app);
  if (config === undefined) app.useGlobalFilters(filter);
  else config.getGlobalFilters().unshift(filter);
};

/** Where programs ask, by where the host has put it by the time of the first request. */
const ofPrograms = (app: NestFastifyApplication, mountPath: string): readonly string[] => {
  const prefix = configOf(app)?.getGlobalPrefix() ?? '';
  const mounted = [mountPath, 'health', 'metrics'].map((path) => `${prefix}/${path}`.split('/').filter((part) => part !== ''));
  return ['/api', ...mounted.filter(({ length }) => length > 0).map((parts) => `/${parts.join('/')}`)];
};

/**
 * Everything that the routes need of the server, and the pages too where the module has them (`web: true`), before `init` or `listen`.
 * `trustedProxies`: whose trace is continued; the same that `createAdapter` is given. `hosts`: the only ones, beside this machine's, under
 * which anything but `/health` and `/metrics` is answered; left out, it is the host's own matter, and nothing is looked at.
 */
export const equipAll = async (
  app: NestFastifyApplication,
  { trustedProxies = [], hosts }: Pick<ServerOptions, 'trustedProxies' | 'hosts'> = {},
): Promise<void> => {
  const { metrics, ports, storage } = app.get<OpenedPorts>(openedToken);
  const { web = false, mountPath = '' } = app.get<TichetAlbastruMounting>(mountingToken);
  traceRequests(app.getHttpAdapter().getInstance(), trustedProxies);
  if (web) await equipWeb(app, () => ofPrograms(app, mountPath));
  await equip(app, metrics, hosts);
  app.get(ReadingRecorder).watch(app.getHttpAdapter().getInstance());
  if (web) {
    takeForms(app);
    await takeUploads(app);
  }
  const filter = new ProblemFilter(ports, storage);
  tellOwnProblems(app.getHttpAdapter().getInstance(), filter);
  beforeOthers(app, filter);
};
