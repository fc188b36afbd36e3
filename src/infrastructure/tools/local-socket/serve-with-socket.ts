import type { SettingFault } from '../../config/setting';
import type { Settings } from '../../config/settings';
import type { OwnParts } from '../../nest/options';
import { serve, type RunningService } from '../../service/serve';
import { openLocalSocket } from './local-socket';

/** The service, with the socket through which the command line reaches it. */
export const serveWithSocket = async (
  settings: Settings,
  notices: readonly SettingFault[] = [],
  own: OwnParts = {},
): Promise<RunningService> => {
  const service = await serve(settings, notices, own);
  const socket = await openLocalSocket(service.opened);
  return {
    ...service,
    stop: async () => {
      await socket?.close();
      await service.stop();
    },
  };
};
