import { createRequire } from 'node:module';
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

const load = createRequire(__filename);

/** The adapter that a setting names: nothing of its package is loaded before. @throws PluginMissing */
export const pluginOf = <Name extends PluginName>(name: Name): Plugins[Name] => {
  const plugin = `@tichet-albastru/${name}`;
  let place: string;
  try {
    place = load.resolve(plugin);
  } catch {
    throw new PluginMissing(plugin);
  }
  return (load(place) as { readonly plugin: Plugins[Name] }).plugin;
};
