import type { Role } from '../../../src/application/kernel/access';
import type { Service } from '../../http/support/service';
import { cookieFor } from '../../infrastructure/web/registry/support/browsing';

export type Api = <Answer>(path: string) => Promise<Answer>;

/** Somebody of this role at the service: over the API, and with a browser. */
export const personAs = async (service: Service, role: Role) => {
  const token = await service.token(role);
  const cookie = await cookieFor(service, token);
  const textOf = ({ status, text }: { readonly status: number; readonly text: string }): string => {
    if (status !== 200) throw new Error(`${String(status)}: ${text.slice(0, 500)}`);
    return text;
  };
  const api: Api = async <Answer>(path: string) => JSON.parse(textOf(await service.call('GET', `/api/v1/${path}`, { token }))) as Answer;
  const page = async (path: string): Promise<string> =>
    textOf(await service.call('GET', path, { headers: { accept: 'text/html', 'accept-language': 'en', cookie } }));
  const file = async (path: string): Promise<string> =>
    textOf(await service.call('GET', `/api/v1/${path}`, { token, headers: { accept: 'text/csv' } }));
  return { api, page, file };
};
