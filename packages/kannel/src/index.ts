import type { Plugins } from 'tichet-albastru/internal/infrastructure/outside/plugins/plugin.codec';
import { createKannel } from './kannel';

export { createKannel };
export const plugin: Plugins['kannel'] = { createTextMessages: createKannel };
