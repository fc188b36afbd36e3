import type { PageState } from './state';

const auditor = { role: 'auditor' } as const;

/** The first page, the way in, and the pages that say what went wrong. */
export const groundStates: readonly PageState[] = [
  {
    name: 'home',
    as: 'citizen',
    picture: true,
    reach: async (page) => {
      await page.goto('/');
    },
  },
  {
    name: 'home-in-english',
    as: 'citizen',
    reach: async (page) => {
      await page.goto('/limba/en?spre=/');
    },
  },
  {
    name: 'sign-in',
    as: 'citizen',
    reach: async (page) => {
      await page.goto('/intra?spre=/audit');
    },
  },
  {
    name: 'sign-in-refused',
    as: 'citizen',
    reach: async (page) => {
      await page.goto('/intra');
      await page.locator('#token').fill('nu-este-al-acestei-instalari');
      await page.locator('main button').click();
    },
  },
  {
    name: 'signed-out',
    as: auditor,
    reach: async (page) => {
      await page.goto('/nimic-aici');
      await page.locator('.who button').click();
      await page.waitForURL('/');
    },
  },
  {
    name: 'not-found',
    as: 'citizen',
    reach: async (page) => {
      await page.goto('/nimic-aici');
    },
  },
  {
    name: 'not-found-in-the-office',
    as: auditor,
    reach: async (page) => {
      await page.goto('/nimic-aici');
    },
  },
];
