import { unpackBrowser } from '../support/unpacked-browser.mjs';
import { launchBrowser, lastingPerson } from '../infrastructure/web/browser/support/browser';
import { startDemonstration } from '../infrastructure/web/browser/support/demonstration';
import { enterAs } from '../infrastructure/web/states/state';
import { quantile, spreadOf } from './support/measuring';
import type { Section } from './support/report';

type Paint = { readonly at: number; readonly read: number };

/** Notes when the browser has painted the tables anew, by the clock of the machine, and up to where the one of the staff had read then. */
const watchPaints = `(() => {
  const read = () => {
    const row = [...document.querySelectorAll('tr')].find((one) => one.textContent.startsWith('staff-directory'));
    return Number(row.querySelectorAll('td')[1].textContent);
  };
  window.paints = [];
  const note = () => requestAnimationFrame(() => setTimeout(() => {
    window.paints.push({ at: performance.timeOrigin + performance.now(), read: read() });
  }));
  new MutationObserver(note).observe(document.querySelector('[data-live-part="tabele"]'), { childList: true, subtree: true });
  return read();
})()`;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * From the answer that says that a fact is durable until the operator's page shows, in a browser, that a table has read it: the projector, the
 * look that finds it, the message, the page that is fetched again, and the paint. Each fact is written at a moment of chance, by one writer.
 */
export const measureOperatorPage = async ({ rounds, facts }: { readonly rounds: number; readonly facts: number }): Promise<Section> => {
  await unpackBrowser();
  const [browser, demonstration] = await Promise.all([launchBrowser(), startDemonstration()]);
  const { page } = await lastingPerson(browser, demonstration.url);
  await enterAs(page, { role: 'admin' });
  await page.goto('/administrare/serviciu');
  await page.getByText('Se actualizează singură.').waitFor();
  let read = await page.evaluate<number>(watchPaints);
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${demonstration.tokens['admin'] ?? ''}` };
  const person = { role: 'executive', department: 'Taxe', departmentCode: '500', email: 'n.n@primarie.example' };
  let named = 0;
  const one = async (): Promise<number> => {
    named += 1;
    const body = JSON.stringify({ ...person, name: `Ana Pop ${named}` });
    const { status } = await fetch(`${demonstration.url}/api/v1/staff/z01`, { method: 'PUT', headers, body });
    const acknowledged = Date.now();
    if (status !== 200 && status !== 201) throw new Error(`The fact was answered with ${status}.`);
    for (;;) {
      // when it was painted is noted there: how often it is asked for changes nothing
      const paint = await page.evaluate<Paint | null>(`window.paints.find(({ read }) => read > ${read}) ?? null`);
      if (paint !== null) {
        read = paint.read;
        return Math.max(0, paint.at - acknowledged);
      }
      await pause(20);
    }
  };
  for (let warm = 0; warm < 5; warm += 1) await one();
  const [middle, late, latest]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const delays: number[] = [];
    for (let fact = 0; fact < facts; fact += 1) {
      await pause(200 + Math.random() * 600);
      delays.push(await one());
    }
    middle.push(quantile(delays, 0.5));
    late.push(quantile(delays, 0.95));
    latest.push(Math.max(...delays));
  }
  await browser.close();
  await demonstration.stop();
  return {
    title: "The operator's page: from event to pixel",
    rawMeans: `nothing. From the answer to a command until the page has painted that a table read its fact, in a headless browser on the same machine, over the demonstration’s tables; ${facts} facts a round, at random moments.`,
    figures: [
      { what: 'median', unit: 'ms', ours: spreadOf(middle) },
      { what: '95th percentile', unit: 'ms', ours: spreadOf(late) },
      { what: 'the latest', unit: 'ms', ours: spreadOf(latest) },
    ],
    whereTheTimeGoes:
      'A changed row wakes the stream; the stream looks for other changes every 250 ms. The page is then made, sent and parsed whole.',
  };
};
