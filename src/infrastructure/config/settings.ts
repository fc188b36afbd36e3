import { join, resolve } from 'node:path';
import { defined } from '../../domain/kernel/defined';
import { policiesWith, type Policies } from '../../domain/policies';
import { bounceSettings, type BounceSettings } from './bounce-settings';
import { calendarSettings, type CalendarSettings } from './calendar-settings';
import { developmentIsOn } from './development-settings';
import { identitySettings } from './identity-settings';
import type { IdentitySettings } from '../outside/identity/identity-settings';
import { nearestSetting, settingNames } from './known-settings';
import { outsideSettings, type OutsideSettings } from './outside-settings';
import { readPolicies } from './policies-file';
import type { RetentionPeriods } from '../../domain/retention/retention';
import { retentionSettings } from './retention-file';
import { registrySettings } from './registry-settings';
import type { RegistrySettings } from '../outside/document-system/registry-settings';
import { fault, SettingsInvalid, type SettingFault } from './setting-fault';
import { addressRanges, chosen, mailAddress, port, urlOf, type Environment } from './single-settings';
import { storeSettings, type StoreSettings } from './store-settings';
import { webhookSettings } from './webhooks-file';
import type { WebhookSettings } from '../outside/webhooks/webhook-settings';
import { webexSettings } from './webex-settings';
import type { WebexSettings } from '../outside/video/webex/webex-settings';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Everything that an installation may choose, checked. */
export type Settings = StoreSettings &
  BounceSettings &
  CalendarSettings & {
    readonly port: number;
    readonly host: string;
    /** whose X-Forwarded-For is believed; of everybody else the address of the connection counts */
    readonly trustedProxies?: readonly string[];
    /** absolute */
    readonly dataDirectory: string;
    /** without a slash at its end */
    readonly publicUrl: string;
    readonly smtpUrl?: string;
    /** as it stands in From: `Name <address>` or an address */
    readonly mailFrom: string;
    readonly registry: RegistrySettings;
    readonly masterKeyFile: string;
    readonly policies: Policies;
    /** after how long what is erased by itself */
    readonly retention: RetentionPeriods;
    /** where a meeting in person is held */
    readonly meetingPlace: string;
    /** Art. 5: the instructions of the IT service, several lines of plain text */
    readonly meetingInstructions?: string;
    /** other teams' systems that are told of events */
    readonly webhooks?: readonly WebhookSettings[];
    /** who keeps checkpoints of the log elsewhere; left out, nobody does */
    readonly outside?: OutsideSettings;
    /** there when meetings are made on Webex by themselves */
    readonly webex?: WebexSettings;
    readonly logLevel: (typeof logLevels)[number];
    /** anybody may take any role, and letters are shown: to try it out, never with real people */
    readonly development?: Development;
    /** left out: tokens of this installation only */
    readonly identity?: IdentitySettings;
  };

/** What a visitor of a demonstration may try. */
export type Development = { readonly toTry: readonly { readonly number: string; readonly filedOn: string; readonly name: string }[] };

/** What stands in the environment but is not ours to refuse: the service starts and says it. */
export type SettingsRead = { readonly settings: Settings; readonly notices: readonly SettingFault[] };

export const defaultMailFrom = 'Tichet albastru <tichet-albastru@localhost>';
export const defaultMeetingPlace = 'Primăria municipiului Cluj-Napoca, Calea Moților nr. 3';

const unknownNames = (environment: Environment): readonly SettingFault[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('TICHET_') && !settingNames.some((known) => known === name))
    .map((name) => {
      const meant = nearestSetting(name);
      return fault(
        name,
        `Setare necunoscută${meant === undefined ? '' : `; poate ${meant}`}. Nu are niciun efect.`,
        `Unknown setting${meant === undefined ? '' : `; perhaps ${meant}`}. It has no effect.`,
      );
    });

const policiesOf = (file: string | undefined, readFile: (path: string) => string, faults: SettingFault[]): Policies => {
  if (file === undefined || file === '') return policiesWith();
  let text: string;
  try {
    text = readFile(resolve(file));
  } catch {
    faults.push(fault('TICHET_POLICIES_FILE', 'Fișierul nu poate fi citit.', 'The file cannot be read.'));
    return policiesWith();
  }
  const read = readPolicies(text);
  if (!('verification' in read)) {
    faults.push(...read);
    return policiesWith();
  }
  return read;
};

/**
 * The settings of this environment.
 * @throws SettingsInvalid with every fault at once, so that nobody has to start three times
 */
export const readSettings = (environment: Environment, readFile: (path: string) => string): SettingsRead => {
  const faults: SettingFault[] = [];
  const chosenPort = port(environment, faults);
  const host = environment['HOST'] === undefined || environment['HOST'] === '' ? '127.0.0.1' : environment['HOST'];
  const dataDirectory = resolve(environment['TICHET_DATA_DIR'] ?? './data');
  const publicUrl = urlOf(environment, 'TICHET_PUBLIC_URL', ['http:', 'https:'], faults);
  // the standard names of another project: what cannot be an address would lose every span without a word
  for (const collector of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])
    urlOf(environment, collector, ['http:', 'https:'], faults);
  const smtpUrl = urlOf(environment, 'TICHET_SMTP_URL', ['smtp:', 'smtps:'], faults);
  const instructions = environment['TICHET_MEETING_INSTRUCTIONS']?.trim() ?? '';
  const identity = identitySettings(environment, readFile, faults);
  const settings: Settings = {
    port: chosenPort,
    host,
    trustedProxies: addressRanges(environment, 'TICHET_TRUSTED_PROXY', faults),
    dataDirectory,
    publicUrl: (publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${chosenPort}`).replace(/\/+$/, ''),
    ...storeSettings(environment, faults),
    ...calendarSettings(environment, faults),
    ...defined({ smtpUrl }),
    mailFrom: mailAddress(environment, 'TICHET_MAIL_FROM', defaultMailFrom, faults),
    ...bounceSettings(environment, readFile, faults),
    registry: registrySettings(environment, readFile, faults),
    masterKeyFile: resolve(environment['TICHET_MASTER_KEY_FILE'] ?? join(dataDirectory, 'master.key')),
    policies: policiesOf(environment['TICHET_POLICIES_FILE'], readFile, faults),
    ...retentionSettings(environment, readFile, faults),
    meetingPlace: environment['TICHET_MEETING_PLACE'] ?? defaultMeetingPlace,
    ...webhookSettings(environment, readFile, faults),
    ...(instructions === '' ? {} : { meetingInstructions: instructions }),
    ...outsideSettings(environment, dataDirectory, readFile, faults),
    ...webexSettings(environment, readFile, faults),
    logLevel: chosen(environment, 'TICHET_LOG_LEVEL', logLevels, 'info', faults),
    ...(developmentIsOn(environment, faults) ? { development: { toTry: [] } } : {}),
    ...defined({ identity }),
  };
  if (faults.length > 0) throw new SettingsInvalid(faults);
  return { settings, notices: unknownNames(environment) };
};
