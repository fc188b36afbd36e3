import { resolve } from 'node:path';
import type { WebexSettings } from '../outside/video/webex/webex-settings';
import { isTrustedAddress } from '../runtime/trusted-address';
import { defined } from '../../domain/kernel/defined';
import { fault, type SettingFault } from './setting-fault';
import { chosen, type Environment, urlOf } from './single-settings';
import { textInFile, type ReadFile } from './text-file';
import { refuseWithoutEffect } from './without-effect';

const usualBaseUrl = 'https://webexapis.com/v1';

const missing = (setting: string): SettingFault =>
  fault(setting, 'Lipsește, iar TICHET_VIDEO=webex are nevoie de ea.', 'It is missing, and TICHET_VIDEO=webex needs it.');

const needed = (environment: Environment, setting: string, faults: SettingFault[]): string => {
  const text = environment[setting]?.trim() ?? '';
  if (text === '') faults.push(missing(setting));
  return text;
};

const baseUrlOf = (environment: Environment, faults: SettingFault[]): string => {
  const setting = 'TICHET_WEBEX_BASE_URL';
  const url = urlOf(environment, setting, ['https:', 'http:'], faults) ?? usualBaseUrl;
  if (!isTrustedAddress(url)) {
    faults.push(
      fault(
        setting,
        'Fără https jetonul ar călători în clar; http merge numai spre acest calculator.',
        'Without https the token would travel in clear; http is only for this machine.',
      ),
    );
  }
  return url.replace(/\/+$/, '');
};

const hostForm = /^[^\s@<>"]*@[^\s@<>"]+$/;

const hostEmailOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const setting = 'TICHET_WEBEX_HOST_EMAIL';
  const text = environment[setting];
  if (text === undefined || text === '') return undefined;
  if (hostForm.test(text)) return text;
  faults.push(fault(setting, 'Nu este @domeniu, nici o adresă de e-mail.', 'This is neither @domain nor an e-mail address.'));
  return undefined;
};

/** Nothing where a civil servant makes the meetings. A setting of Webex without it is a fault. */
export const webexSettings = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): { readonly webex?: WebexSettings } => {
  const before = faults.length;
  if (chosen(environment, 'TICHET_VIDEO', ['manual', 'webex'], 'manual', faults) === 'manual') {
    if (faults.length === before)
      refuseWithoutEffect(environment, (setting) => setting.startsWith('TICHET_WEBEX_'), 'TICHET_VIDEO=webex', faults);
    return {};
  }
  const clientId = needed(environment, 'TICHET_WEBEX_CLIENT_ID', faults);
  const secretFile = needed(environment, 'TICHET_WEBEX_CLIENT_SECRET_FILE', faults);
  const tokenFile = needed(environment, 'TICHET_WEBEX_REFRESH_TOKEN_FILE', faults);
  const clientSecret = secretFile === '' ? '' : textInFile(environment, 'TICHET_WEBEX_CLIENT_SECRET_FILE', readFile, faults);
  if (tokenFile !== '') textInFile(environment, 'TICHET_WEBEX_REFRESH_TOKEN_FILE', readFile, faults);
  const webhookSecret = textInFile(environment, 'TICHET_WEBEX_WEBHOOK_SECRET_FILE', readFile, faults);
  const hostEmail = hostEmailOf(environment, faults);
  const baseUrl = baseUrlOf(environment, faults);
  const autoRecord = chosen(environment, 'TICHET_WEBEX_AUTO_RECORD', ['off', 'on'], 'off', faults) === 'on';
  if (faults.length > before || clientSecret === undefined) return {};
  return {
    webex: {
      baseUrl,
      clientId,
      clientSecret,
      refreshTokenFile: resolve(tokenFile),
      ...defined({ hostEmail }),
      autoRecord,
      ...defined({ webhookSecret }),
    },
  };
};
