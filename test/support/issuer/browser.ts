import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export type Page = { readonly status: number; readonly url: URL; readonly html: string; readonly headers: Headers };

/**
 * As much of a browser as a sign-in needs: cookies of two sites, and their redirects. Our pages are asked within this process, under
 * their public address; every other site over the network.
 */
export const browserOf = (app: NestFastifyApplication, pagesAt: string) => {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (origin: string): Map<string, string> => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  const keep = (origin: string, cookies: readonly string[]): void => {
    for (const cookie of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) jarOf(origin).delete(name);
      // larger ones no browser keeps (RFC 6265, 6.1)
      else if (name.length + value.length <= 4096) jarOf(origin).set(name, value);
    }
  };
  const once = async (method: 'GET' | 'POST', url: URL, fields?: URLSearchParams): Promise<Page> => {
    const cookie = [...jarOf(url.origin)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      accept: 'text/html',
      cookie,
      ...(fields === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin }),
    };
    if (url.origin === new URL(pagesAt).origin) {
      const answer = await app.inject({
        method,
        url: url.pathname + url.search,
        headers: { ...headers, host: url.host },
        ...(fields === undefined ? {} : { payload: fields.toString() }),
      });
      keep(url.origin, [answer.headers['set-cookie'] ?? []].flat());
      const told = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) told.set(name, String(value));
      return { status: answer.statusCode, url, html: answer.body, headers: told };
    }
    const answer = await fetch(url, { method, headers, redirect: 'manual', ...(fields === undefined ? {} : { body: fields }) });
    keep(url.origin, answer.headers.getSetCookie());
    return { status: answer.status, url, html: await answer.text(), headers: answer.headers };
  };
  /** Follows redirects until there is a page; `stopBefore` one that is not to be opened yet. */
  const go = async (
    address: string | URL,
    { method = 'GET', fields, stopBefore }: { method?: 'GET' | 'POST'; fields?: Record<string, string>; stopBefore?: RegExp } = {},
  ): Promise<Page> => {
    let page = await once(method, new URL(address, pagesAt), fields === undefined ? undefined : new URLSearchParams(fields));
    for (let hops = 0; page.status >= 300 && page.status < 400 && hops < 12; hops += 1) {
      const next = new URL(page.headers.get('location') ?? '', page.url);
      if (stopBefore?.test(next.href) === true) return { ...page, url: next };
      page = await once('GET', next);
    }
    return page;
  };
  const formIn = ({ html, url }: Page): { action: URL; hidden: Record<string, string> } => {
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '';
    const hidden = [...html.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
    return { action: new URL(action, url), hidden: Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])) };
  };
  /** Fills in the provider's pages: who it is, and that we may know it. */
  const throughProvider = async (at: Page, account: string, stopBefore?: RegExp): Promise<Page> => {
    let page = at;
    const more = stopBefore === undefined ? {} : { stopBefore };
    for (let forms = 0; page.url.origin !== new URL(pagesAt).origin && forms < 4; forms += 1) {
      const { action, hidden } = formIn(page);
      page = await go(action, { method: 'POST', fields: { ...hidden, login: account, password: 'any' }, ...more });
    }
    return page;
  };
  return {
    go,
    throughProvider,
    signIn: async (account: string, to = ''): Promise<Page> =>
      throughProvider(await go(`/intra/furnizor?spre=${encodeURIComponent(to)}`), account),
    cookies: () => jarOf(new URL(pagesAt).origin),
  };
};
