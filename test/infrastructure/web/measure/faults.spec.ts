import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { launchBrowser, newPerson } from '../browser/support/browser';
import { faultsInLooks, faultsOfStop, shortLooks } from './faults';
import { watchTransfer } from './transfer';
import { serveHttp } from '../../../support/http-server';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";
const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="ro"><head><meta name="viewport" content="width=device-width"><title>Pagina</title>${head}</head><body><main><h1>Pagina</h1>${body}</main></body></html>`;

/** Served by the script that the policy allows, so that only what is broken is broken. */
const scripts: Readonly<Record<string, string>> = {
  '/keeps.js': 'localStorage.setItem("draft", "Ana")',
  '/cookie.js': 'document.cookie = "limba=ro"',
  '/throws.js': 'throw new Error("oh")',
  '/fetches.js': 'fetch("/heavy").then(() => { document.title = "Adus"; })',
  '/follows.js': 'new EventSource("/news").addEventListener("changed", () => fetch("/heavy").then(() => { document.title = "Adus"; }))',
};
const script = (name: string): string => `<script src="/${name}.js" defer></script>`;

const wrong: readonly (readonly [what: string, html: string, told: RegExp])[] = [
  ['a picture without a text', page('<img src="/nothing.png">'), /image-alt/],
  ['a field without a label', page('<input name="x">'), /320 px, light: label/],
  ['two headings of the page', page('<h1>Alta</h1><h4>Sub</h4>'), /heading-order/],
  ['grey on white', page('<p><font color="#bbbbbb">Abia se vede.</font></p>'), /color-contrast/],
  ['a table that is wider than a phone', page('<table width="700"><tr><td>Lat</td></tr></table>'), /320 px, light: \d+ px wider/],
  ['a table that is wider than any window', page('<table width="1400"><tr><td>Lat</td></tr></table>'), /1280 px, forced: \d+ px wider/],
  ['a button for a pin', page('<button>Mic</button>'), /target of \d+\.\d px: <button>/],
  ['a style in the page', page('<p style="color: red">Stil</p>'), /browser complains: .*Content Security Policy/],
  ['a script in the page', page('<script>alert(1)</script>'), /browser complains: .*Content Security Policy/],
  ['a script that throws', page('', script('throws')), /browser complains: oh/],
  ['a draft that scripts can read', page('', script('keeps')), /kept where scripts can read it: draft/],
  ['a cookie that scripts can read', page('', script('cookie')), /kept where scripts can read it: limba=ro/],
  ['a picture from elsewhere', page('<img alt="" src="https://elsewhere.example/pixel.gif">'), /Content Security Policy|somebody else/],
  ['a page that is too heavy', page(`<p hidden>${'ăîșț'.repeat(2000)}</p>`), /bytes, \d+ too many/],
  ['an address with a name', page('<img alt="" src="/Todoran.png">'), /an address says a name: todoran/],
];
const heavy = randomBytes(20_000);
const right = page('<p>Totul e bine.</p>');

let url = '';
let browser: Browser;
let shown = right;

beforeAll(async () => {
  ({ url } = await serveHttp(({ url: path = '' }, response) => {
    const text = scripts[path];
    response.setHeader('content-security-policy', policy);
    if (text !== undefined) response.setHeader('content-type', 'text/javascript').end(text);
    else if (path === '/') response.setHeader('content-type', 'text/html; charset=utf-8').end(shown);
    else if (path === '/heavy') response.end(heavy);
    else if (path === '/news') response.setHeader('content-type', 'text/event-stream').write('event: changed\ndata: {}\n\n');
    else response.writeHead(404).end();
  }));
  browser = await launchBrowser();
});

const faultsOf = async (html: string): Promise<string> => {
  shown = html;
  const { context, page: tab, complaints } = await newPerson(browser, url);
  const asked: { readonly url: string; readonly referer: string | undefined }[] = [];
  tab.on('request', (request) => asked.push({ url: request.url(), referer: request.headers()['referer'] }));
  const transfer = await watchTransfer(tab);
  await tab.goto('/');
  await transfer.settled();
  const stop = { page: tab, bytes: transfer.bytes(), complaints: () => complaints, asked };
  const faults = [...(await faultsInLooks(tab, shortLooks)), ...(await faultsOfStop(stop))];
  await context.close();
  return faults.join('\n');
};

describe('what is wrong with a page', () => {
  it.each(wrong)('is seen: %s', async (_, html, told) => {
    expect(await faultsOf(html)).toMatch(told);
  });

  it.each([
    ['what it fetches by itself', 'fetches', true],
    ['but not what it fetches again when there are news', 'follows', false],
  ])('is its weight: %s', async (_, name, counts) => {
    shown = page('', script(name));
    const { context, page: tab } = await newPerson(browser, url);
    const transfer = await watchTransfer(tab);
    await tab.goto('/');
    await tab.waitForFunction(() => document.title === 'Adus');
    await transfer.settled();
    expect(transfer.bytes() > heavy.length).toBe(counts);
    await context.close();
  });

  it('is nothing where nothing is', async () => {
    expect(await faultsOf(right)).toBe('');
  });
});
