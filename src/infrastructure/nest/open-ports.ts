import { NestFactory } from '@nestjs/core';
import type { Settings } from '../config/settings';
import { folderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import type { OwnParts, OwnPorts, TichetAlbastruOptions } from './options';
import { PortsModule } from './ports.module';
import type { OpenedPorts } from './provided';
import { declaredToken, openedToken } from './tokens';

/**
 * Opens the data folder for writing, alone, and everything in it, for whoever serves nothing.
 * @param ports what is used in place of what the settings say
 * @param own the host's tables and subscriptions
 * @throws DataFolderInUse, DataFolderUnusable, DatabaseUnusable, MasterKeyUnusable, ServiceKeyUnusable: each a sentence for whoever runs the service
 */
export const openPorts = async (
  settings: Settings,
  ports: OwnPorts = {},
  own: OwnParts = {},
): Promise<OpenedPorts & { close(): Promise<void> }> => {
  const options: TichetAlbastruOptions = { ...own, settings, ports };
  try {
    const context = await NestFactory.createApplicationContext(PortsModule.with([{ provide: declaredToken, useValue: options }]), {
      logger: false,
      abortOnError: false,
    });
    return { ...context.get<OpenedPorts>(openedToken), close: () => context.close() };
  } catch (error) {
    throw folderUnusable(settings.dataDirectory, error) ?? error;
  }
};
