import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import type { SettingFault } from '../config/setting';
import { leastOpenFiles, openFileLimit } from '../runtime/open-files';
import type { Settings } from '../config/settings';
import { folderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import { createApplication } from './application';
import { keepDevelopmentApart } from './development-folder';
import { startTracing } from '../telemetry/start-tracing';
import { Background } from '../nest/background';
import type { OwnParts } from '../nest/options';
import type { OpenedPorts } from '../nest/provided';
import { openedToken } from '../nest/tokens';
import { createMetrics } from '../telemetry/metrics';
import { portUnusable } from './port-unusable';
import { tellSystemd } from './tell-systemd';

/** A service that answers. */
export type RunningService = {
  readonly app: NestFastifyApplication;
  readonly opened: OpenedPorts;
  /** where it listens */
  readonly url: string;
  /** Answers what is under way, ends what is open, closes the data folder. */
  stop(): Promise<void>;
};

const listen = async (app: NestFastifyApplication, { port, host }: Settings): Promise<void> => {
  try {
    await app.listen({ port, host });
  } catch (error) {
    throw portUnusable({ port, host }, error) ?? error;
  }
};

/** Opens the data folder, starts everything and listens. @throws a sentence when the folder, a key or the port cannot be had */
export const serve = async (settings: Settings, notices: readonly SettingFault[] = [], own: OwnParts = {}): Promise<RunningService> => {
  keepDevelopmentApart(settings);
  const metrics = createMetrics();
  const tracing = await startTracing(process.env, metrics.spans);
  let app: NestFastifyApplication | undefined;
  try {
    const hosts = [new URL(settings.publicUrl).host, ...(settings.hosts ?? [])];
    app = await createApplication(
      { ...own, settings, ports: { metrics } },
      { hosts, ...defined({ trustedProxies: settings.trustedProxies }) },
    );
    await listen(app, settings);
  } catch (error) {
    await app?.close();
    await tracing?.stop();
    throw folderUnusable(settings.dataDirectory, error) ?? error;
  }
  const running = app;
  const opened = running.get<OpenedPorts>(openedToken);
  const { logger } = opened.ports;
  const url = await running.getUrl();
  for (const { setting } of notices) logger.warn('setting.unknown', { setting });
  const limit = openFileLimit();
  if (limit !== undefined && limit < leastOpenFiles) logger.warn('service.few-open-files', { limit, needed: leastOpenFiles });
  logger.info('service.started', { host: settings.host, port: Number(new URL(url).port), node: process.version });
  const background = running.get(Background);
  const told = tellSystemd(process.env, { readiness: () => background.readiness(), logger });
  return {
    app: running,
    opened,
    url,
    stop: async () => {
      await told?.stopping();
      await running.close();
      await tracing?.stop();
    },
  };
};

const longestStopMilliseconds = 9500;

/** Stops on SIGTERM and SIGINT, in under ten seconds whatever hangs. */
export const stopOnSignals = (service: RunningService): void => {
  const stop = (signal: NodeJS.Signals): void => {
    service.opened.ports.logger.info('service.stopping', { signal });
    setTimeout(() => process.exit(1), longestStopMilliseconds).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};
