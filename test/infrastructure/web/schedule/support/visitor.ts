import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../../../../src/application/kernel/access';
import type { Service } from '../../../../http/support/service';

const origin = 'http://pagini.example';
const headers = { host: 'pagini.example', origin, 'content-type': 'application/x-www-form-urlencoded' };

type Fields = Readonly<Record<string, string>>;

/** Somebody at a browser without JavaScript: pages, and the forms on them as they stand there. */
export type Visitor = {
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  /** Sends the form of this page that goes to `action`, hidden fields and all, with these filled in. */
  readonly send: (page: string, action: string, fields?: Fields) => Promise<LightMyRequestResponse>;
  readonly post: (url: string, fields: Fields) => Promise<LightMyRequestResponse>;
  /** Sends a form with one file. */
  readonly upload: (
    url: string,
    file: { readonly name: string; readonly fileName: string; readonly text: string },
  ) => Promise<LightMyRequestResponse>;
};

const inClear = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'");

/** The form with this action, with its hidden fields. */
export const hiddenFieldsOf = (page: string, action: string): Fields => {
  const form = page.split('<form ').find((text) => inClear(text.slice(0, text.indexOf('>'))).includes(`action="${action}"`));
  if (form === undefined) throw new Error(`There is no form to ${action}.`);
  const hidden = [...form.slice(0, form.indexOf('</form>')).matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, inClear(value)]));
};

export const visitorOf = async (service: Service, role?: Role, staffId?: string, language = 'ro'): Promise<Visitor> => {
  let cookie = '';
  const post = (url: string, fields: Fields) =>
    service.app.inject({ method: 'POST', url, headers: { ...headers, cookie }, payload: new URLSearchParams(fields).toString() });
  if (role !== undefined) {
    const answer = await post('/intra', { token: await service.token(role, staffId) });
    cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  }
  return {
    get: (url) => service.app.inject({ url, headers: { host: headers.host, cookie, 'accept-language': language } }),
    send: (page, action, fields = {}) => post(action, { ...hiddenFieldsOf(page, action), ...fields }),
    post,
    upload: (url, { name, fileName, text }) => {
      const part = `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: text/calendar`;
      const payload = `--tichet\r\n${part}\r\n\r\n${text}\r\n--tichet--\r\n`;
      return service.app.inject({
        method: 'POST',
        url,
        headers: { ...headers, cookie, 'content-type': 'multipart/form-data; boundary=tichet' },
        payload,
      });
    },
  };
};

/** Until the processes have done what is to be done: they work beside the requests. */
export const until = async ({ settled }: Service, holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setImmediate(resolve));
    await settled();
  }
  throw new Error('it never came');
};
