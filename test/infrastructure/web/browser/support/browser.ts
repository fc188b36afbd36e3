import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { endsByItself } from '../../../../support/closing';
import { type Demonstration, startDemonstration } from './demonstration';

// Without the package's own switches: they turn off what these tests are about, the rules of one origin.
const switches = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/** The browser that `global-setup.mjs` has unpacked. */
export const launchBrowser = async (more: readonly string[] = []): Promise<Browser> => {
  const { CHROMIUM_PATH: executablePath, CHROMIUM_LIBRARIES: libraries } = process.env;
  if (executablePath === undefined) throw new Error('No browser is installed. Run: node tools/install.mjs browser');
  const env = { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) };
  return endsByItself(await chromium.launch({ executablePath, args: [...switches, ...more], headless: true, env }), 'close');
};

/** A person at a browser of their own, and what the browser complained of meanwhile. */
export type Person = { readonly context: BrowserContext; readonly page: Page; readonly complaints: readonly string[] };

/** What the browser says when a page breaks its content security policy, or its script throws. */
const listenToComplaints = (context: BrowserContext): readonly string[] => {
  const complaints: string[] = [];
  context.on('console', (message) => {
    // a refusal is a page with a status of its own, which the browser remarks on
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  return complaints;
};

const patienceMilliseconds = 300_000;

/** Who outlasts the test in which they come: whoever asks for them ends them. */
export const lastingPerson = async (browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Person> => {
  const context = await browser.newContext({ baseURL, locale: 'ro-RO', viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(patienceMilliseconds);
  const complaints = listenToComplaints(context);
  return { context, complaints, page: await context.newPage() };
};

export const newPerson = async (...asked: Parameters<typeof lastingPerson>): Promise<Person> => {
  const person = await lastingPerson(...asked);
  endsByItself(person.context, 'close');
  return person;
};

/** A browser and a demonstration, for all the tests of a suite, and whoever comes to them. `more`: as of the demonstration */
export const demonstrated = (...more: readonly string[]) => {
  const here = {
    browser: undefined as unknown as Browser,
    demonstration: undefined as unknown as Demonstration,
    newPerson: (options?: BrowserContextOptions): Promise<Person> => newPerson(here.browser, here.demonstration.url, options),
  };
  beforeAll(async () => {
    [here.browser, here.demonstration] = await Promise.all([launchBrowser(), startDemonstration(...more)]);
  });
  return here;
};
