import type { SettingFault } from '../../config/setting-fault';
import type { Settings } from '../../config/settings';
import { serve, type RunningService } from '../../service/serve';
import { performInOffice } from './office';
import { serveLocalSocket } from './serve-local-socket';

/** The service, with the socket through which the command line reaches it. */
export const serveWithSocket = async (settings: Settings, notices: readonly SettingFault[] = []): Promise<RunningService> => {
  const service = await serve(settings, notices);
  const { ports } = service.opened;
  if (settings.eventStore === 'memory') return service;
  const socket = await serveLocalSocket(
    settings.dataDirectory,
    (request) => performInOffice(service.opened, request),
    (error) => {
      ports.journal.error('local-socket.failed', { kind: error instanceof Error ? error.name : 'unknown' });
    },
  );
  return {
    ...service,
    stop: async () => {
      await socket.close();
      await service.stop();
    },
  };
};
