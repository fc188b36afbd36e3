import { errorCode } from '@tichet-albastru/kernel/error-code';
import type { TextMessages } from '../../../application/kernel/ports/text-messages';
import { inBoth, SaidError } from '../../phrasing/sentences';
import type { HttpWatch } from '../http-client/http-client';
import type { TextMessageSettings } from '../text-messages/text-message-settings';

type Closable = { close(): Promise<void> };

/** What each package `@tichet-albastru/<name>` exports as `plugin`. */
export type Plugins = {
  readonly kannel: {
    createTextMessages(settings: TextMessageSettings, options: { readonly watch: HttpWatch }): TextMessages & Closable;
  };
};
export type PluginName = keyof Plugins;

/** A setting names an adapter whose package is not installed. */
export class PluginMissing extends SaidError {
  override readonly name = 'PluginMissing';
  constructor(plugin: string) {
    super(inBoth.unusable.plugin({ plugin }));
  }
}

/** The adapter that a setting names: nothing of its package is loaded before. @throws PluginMissing */
export const pluginOf = <Name extends PluginName>(name: Name): Plugins[Name] => {
  const plugin = `@tichet-albastru/${name}`;
  try {
    return (require(plugin) as { readonly plugin: Plugins[Name] }).plugin;
  } catch (error) {
    if (errorCode(error) === 'MODULE_NOT_FOUND' && String(error).includes(`'${plugin}'`)) throw new PluginMissing(plugin);
    throw error;
  }
};
