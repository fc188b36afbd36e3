import type { PageState } from './state';

/** What belongs to no area: the language that is chosen, and the way out. */
export const groundStates: readonly PageState[] = [
  {
    name: 'language-chosen',
    as: 'citizen',
    reach: async (page) => {
      await page.goto('/limba/en?spre=/');
    },
  },
  {
    name: 'signed-out',
    as: { role: 'auditor' },
    reach: async (page) => {
      await page.goto('/nimic-aici');
      await page.locator('.who button').click();
      await page.waitForURL('/');
    },
  },
];
