import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser, newPerson } from './support/browser';
import { startDemonstration } from './support/demonstration';
import { bookingStates } from '../states/booking';
import { enterAs } from '../states/state';
import { overflowOf, violationsOf } from './support/accessibility';
import { watchTransfer } from '../measure/transfer';

const only = process.env['ONLY'];
it('walks', async () => {
  const folder = '/tmp/citizen-shots';
  mkdirSync(folder, { recursive: true });
  const demonstration = await startDemonstration();
  const browser = await launchBrowser();
  const lines = {
    push: (...all: string[]) => {
      appendFileSync('/tmp/citizen-lines.log', all.join('\n') + '\n');
    },
  };
  try {
    for (const state of bookingStates) {
      if (only !== undefined && !new RegExp(only).test(state.name)) continue;
      const { page, context, complaints } = await newPerson(browser, demonstration.url);
      try {
        await enterAs(page, state.as);
        const transfer = await watchTransfer(page);
        await state.reach(page, demonstration);
        await page.waitForLoadState('networkidle');
        const bytes = transfer.bytes();
        const found: string[] = [];
        for (const [width, height] of [
          [1280, 900],
          [390, 800],
          [320, 700],
        ] as const) {
          await page.setViewportSize({ width, height });
          found.push(...(await violationsOf(page)).map((one) => `${width} ${one}`));
          const over = await overflowOf(page);
          if (over > 0) found.push(`${width} overflows by ${over}`);
          await page.screenshot({ path: join(folder, `${state.name}-${width}.png`), fullPage: true });
        }
        lines.push(`${state.name} ${bytes} ${page.url()} ${complaints.join(' ')}`, ...found.map((one) => `   ${one}`));
      } catch (error) {
        lines.push(`${state.name} FAILED at ${page.url()}: ${String(error).slice(0, 600)}`);
        await page.screenshot({ path: join(folder, `${state.name}-failed.png`), fullPage: true });
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await demonstration.stop();
  }
}, 600_000);
