import { source } from 'axe-core';
import type { Page } from 'playwright-core';

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violations = readonly {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}[];

/** What WCAG 2.2 AA and best practice find wrong with the page as it is shown now; each a line. */
export const violationsOf = async (page: Page): Promise<readonly string[]> => {
  // through the debugger: the page's own policy lets no foreign script in
  await page.evaluate(`if (globalThis.axe === undefined) { ${source} }`);
  const found: Violations = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(standards)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${help}: ${html.slice(0, 300)} (${failureSummary.replace(/\s+/g, ' ')})`),
  );
};

/** How many pixels the page is wider than the window: a reader would have to scroll to and fro. */
export const overflowOf = async (page: Page): Promise<number> => {
  const overflow: unknown = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return Number(overflow);
};
