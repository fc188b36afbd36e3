import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../../../../src/application/kernel/access';
import type { Locale } from '../../../../../src/domain/ticket/facts';
import type { Service } from '../../../../http/support/service';

const host = 'pagini.example';
const ours = { host, origin: `http://${host}`, accept: 'text/html' };

const form = { ...ours, 'content-type': 'application/x-www-form-urlencoded' };

/** What a browser sends of whoever has entered with this token. */
export const cookieFor = async ({ app }: Pick<Service, 'app'>, token: string): Promise<string> => {
  const payload = new URLSearchParams({ token }).toString();
  const entered = await app.inject({ method: 'POST', url: '/intra', headers: form, payload });
  return String(entered.headers['set-cookie']).split(';')[0] ?? '';
};

/** Somebody at a browser without JavaScript, signed in or not. */
export type Browsing = {
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  /** Sends the form as the page that `from` leads to shows it: with its hidden field. */
  readonly post: (url: string, fields: Readonly<Record<string, string>>, from?: string) => Promise<LightMyRequestResponse>;
  /** The same bytes again are the same form again. */
  readonly send: (url: string, fields: Readonly<Record<string, string>>) => Promise<LightMyRequestResponse>;
  readonly upload: (
    url: string,
    part: { readonly field: string; readonly fileName?: string; readonly content: Buffer | string },
  ) => Promise<LightMyRequestResponse>;
};

export const onceIn = (html: string): string => /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';

export const browse = async (
  { app, token }: Pick<Service, 'app' | 'token'>,
  role?: Role,
  staffId?: string,
  locale: Locale = 'ro',
): Promise<Browsing> => {
  const cookie = role === undefined ? '' : `${await cookieFor({ app }, await token(role, staffId))}; limba=${locale}`;
  const get = (url: string) => app.inject({ url, headers: { ...ours, cookie } });
  const send = (url: string, fields: Readonly<Record<string, string>>) =>
    app.inject({ method: 'POST', url, headers: { ...form, cookie }, payload: new URLSearchParams({ ...fields }).toString() });
  return {
    get,
    send,
    post: async (url, fields, from = url) => send(url, { once: onceIn((await get(from)).body), ...fields }),
    upload: (url, { field, fileName, content }) => {
      const boundary = '----tichet';
      const name = fileName === undefined ? '' : `; filename="${fileName}"`;
      const type = fileName === undefined ? '' : 'Content-Type: application/octet-stream\r\n';
      const payload = Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"${name}\r\n${type}\r\n`),
        Buffer.from(content),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]);
      return app.inject({
        method: 'POST',
        url,
        headers: { ...ours, cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
        payload,
      });
    },
  };
};

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
/** The words of a page, as somebody reads them. */
export const textOf = (html: string): string =>
  html
    .replace(/<head>[^]*?<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ');

/** Text that would do harm where it is taken for something else. */
export const hostileText = '<script>alert(1)</script>"\' \u202Eabc\u202C 🎫 ' + 'ș'.repeat(40);
