import type { Page } from 'playwright-core';
import { requireFile, toolFile } from '../../../support/tool';

export const lighthouseCategories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Scores = {
  /** of 100 each, in the order of the categories */
  readonly scores: readonly number[];
  /** what cost points */
  readonly faults: readonly string[];
};

/** As much of it as we ask and read. */
type Lighthouse = (
  url: string,
  flags: Readonly<Record<string, unknown>>,
) => Promise<
  | {
      readonly lhr: {
        readonly categories: Readonly<
          Record<string, { readonly score: number | null; readonly auditRefs: readonly { readonly id: string; readonly weight: number }[] }>
        >;
        readonly audits: Readonly<
          Record<string, { readonly score: number | null; readonly title: string; readonly displayValue?: string } | undefined>
        >;
        readonly runtimeError?: { readonly message: string };
      };
    }
  | undefined
>;

/**
 * Lighthouse's marks for the page that is shown now, as a phone on a slow line gets it. It opens the same address in a window of its
 * own of the same browser, with the same cookies.
 * @param port of the browser's debugger
 */
export const scoresOf = async (page: Page, port: number): Promise<Scores> => {
  const cookies = await page.context().cookies();
  const { default: lighthouse }: { default: Lighthouse } = requireFile(toolFile('lighthouse', 'lighthouse/core/index.js'));
  const found = await lighthouse(page.url(), {
    port,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: [...lighthouseCategories],
    extraHeaders: { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), 'Accept-Language': 'ro' },
  });
  if (found === undefined) throw new Error('Lighthouse said nothing.');
  const { categories, audits, runtimeError } = found.lhr;
  if (runtimeError !== undefined) throw new Error(runtimeError.message);
  const costly = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ weight, id }) => weight > 0 && (audits[id]?.score ?? 1) < 1);
  return {
    scores: lighthouseCategories.map((name) => Math.round((categories[name]?.score ?? 0) * 100)),
    faults: costly.map(({ id }) => `${id}: ${audits[id]?.title ?? ''} ${audits[id]?.displayValue ?? ''}`.trim()),
  };
};
