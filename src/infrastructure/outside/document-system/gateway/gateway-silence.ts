import { RegisterUnavailable } from '../../../../application/kernel/ports/document-register';
import type { RegistrySettings } from '../registry-settings';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { createGateway } from './gateway';

/** Asks the gateway how it is. @returns `undefined` when it is well, or when there is none; else a word of ours for what is wrong */
export const gatewaySilence = async (registry: RegistrySettings): Promise<string | undefined> => {
  if (registry.kind !== 'http') return undefined;
  const gateway = createGateway({ ...registry, clock: systemClock });
  try {
    const { status } = await gateway.ask({ operation: 'health', method: 'GET', path: '/health', mayRepeat: true });
    return status === 200 ? undefined : `status-${status}`;
  } catch (error) {
    if (error instanceof RegisterUnavailable) return error.reason;
    throw error;
  } finally {
    await gateway.close();
  }
};
