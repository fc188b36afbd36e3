import { isRole, roles, type Role } from '../../application/kernel/access';
import { tokenTypes, type IdentitySettings } from '../outside/identity/identity-settings';
import { isTrustedAddress } from '../runtime/trusted-address';
import { defined } from '../../domain/kernel/defined';
import { fault, type SettingFault } from './setting-fault';
import { chosen, type Environment } from './single-settings';
import { textInFile, type ReadFile } from './text-file';

const issuerSetting = 'TICHET_OIDC_ISSUER';
const onlyWithIssuer = [
  'TICHET_OIDC_AUDIENCE',
  'TICHET_OIDC_TOKEN_TYPE',
  'TICHET_OIDC_CLIENT_ID',
  'TICHET_OIDC_CLIENT_SECRET_FILE',
  'TICHET_OIDC_SCOPE',
  'TICHET_OIDC_ROLES_CLAIM',
  'TICHET_OIDC_ROLES',
  'TICHET_OIDC_STAFF_CLAIM',
  'TICHET_OIDC_LOCAL_TOKENS',
] as const;

const textOf = (environment: Environment, setting: string): string | undefined => {
  const text = environment[setting]?.trim();
  return text === '' ? undefined : text;
};

const issuerOf = (environment: Environment, faults: SettingFault[]): string | undefined => {
  const text = textOf(environment, issuerSetting);
  if (text === undefined || (isTrustedAddress(text) && !/[?#@]/.test(text))) return text;
  faults.push(
    fault(
      issuerSetting,
      'Nu este o adresă https://… fără ? și #; http:// numai pe această mașină.',
      'This is not an address https://… without ? and #; http:// only on this machine.',
    ),
  );
  return undefined;
};

const needed = (environment: Environment, setting: string, faults: SettingFault[]): string => {
  const text = textOf(environment, setting);
  if (text === undefined)
    faults.push(fault(setting, `Lipsește, iar ${issuerSetting} are nevoie de ea.`, `It is missing, and ${issuerSetting} needs it.`));
  return text ?? '';
};

const rolesSetting = 'TICHET_OIDC_ROLES';
const wrongPair = (pair: string): SettingFault =>
  fault(
    rolesSetting,
    `„${pair}” nu este valoare=rol, cu rolul unul dintre: ${roles.join(', ')}.`,
    `"${pair}" is not value=role, with the role one of: ${roles.join(', ')}.`,
  );
const twice = (value: string): SettingFault => fault(rolesSetting, `„${value}” este de două ori.`, `"${value}" is there twice.`);

const rolesOf = (environment: Environment, faults: SettingFault[]): IdentitySettings['roles'] => {
  const text = needed(environment, rolesSetting, faults);
  const mapping = new Map<string, Role>();
  for (const pair of text === '' ? [] : text.split(',').map((one) => one.trim())) {
    const at = pair.lastIndexOf('=');
    const [value, role] = [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
    if (value === '' || !isRole(role)) faults.push(wrongPair(pair));
    else if (mapping.has(value)) faults.push(twice(value));
    else mapping.set(value, role);
  }
  return [...mapping];
};

const scopeOf = (environment: Environment, faults: SettingFault[]): string => {
  const scope = textOf(environment, 'TICHET_OIDC_SCOPE') ?? 'openid';
  if (!scope.split(/\s+/).includes('openid'))
    faults.push(fault('TICHET_OIDC_SCOPE', '„openid” lipsește dintre ele.', '"openid" is missing among them.'));
  return scope;
};

/** An id token is made for the client: where nothing else tells the two apart, the audience must. */
const tellApart = ({ tokenType, audience, clientId }: IdentitySettings, faults: SettingFault[]): void => {
  if (tokenType !== 'JWT' || audience === '' || audience !== clientId) return;
  faults.push(
    fault(
      'TICHET_OIDC_AUDIENCE',
      'Cu TICHET_OIDC_TOKEN_TYPE=JWT trebuie să difere de TICHET_OIDC_CLIENT_ID, altfel un id token ar trece drept token de acces.',
      'With TICHET_OIDC_TOKEN_TYPE=JWT it must differ from TICHET_OIDC_CLIENT_ID, or an id token would pass for an access token.',
    ),
  );
};

/** `undefined`: identity is local, with the tokens of `tichet token`. */
export const identitySettings = (environment: Environment, readFile: ReadFile, faults: SettingFault[]): IdentitySettings | undefined => {
  const before = faults.length;
  const issuer = issuerOf(environment, faults);
  if (issuer === undefined) {
    const [alone] = onlyWithIssuer.filter((setting) => textOf(environment, setting) !== undefined);
    if (alone !== undefined && faults.length === before)
      faults.push(fault(issuerSetting, `Lipsește, iar ${alone} are nevoie de ea.`, `It is missing, and ${alone} needs it.`));
    return undefined;
  }
  const clientSecret = textInFile(environment, 'TICHET_OIDC_CLIENT_SECRET_FILE', readFile, faults);
  const settings: IdentitySettings = {
    issuer,
    audience: needed(environment, 'TICHET_OIDC_AUDIENCE', faults),
    tokenType: chosen(environment, 'TICHET_OIDC_TOKEN_TYPE', tokenTypes, 'at+jwt', faults),
    clientId: needed(environment, 'TICHET_OIDC_CLIENT_ID', faults),
    ...defined({ clientSecret }),
    scope: scopeOf(environment, faults),
    rolesClaim: textOf(environment, 'TICHET_OIDC_ROLES_CLAIM') ?? 'roles',
    roles: rolesOf(environment, faults),
    staffClaim: textOf(environment, 'TICHET_OIDC_STAFF_CLAIM') ?? 'staff_id',
    localTokens: chosen(environment, 'TICHET_OIDC_LOCAL_TOKENS', ['off', 'on'], 'off', faults) === 'on',
  };
  tellApart(settings, faults);
  return settings;
};
