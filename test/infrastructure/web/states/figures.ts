import type { Page } from 'playwright-core';
import { goTo, stateOf, type PageState } from './state';

const manager = { role: 'reports' } as const;
const to = (path: string) => async (page: Page) => {
  await page.goto(path);
};

/** The manager's figures, the first page, the way in, and what is said when something is wrong. */
export const figuresStates: readonly PageState[] = [
  { name: 'figures', as: manager, reach: to('/rapoarte'), picture: true },
  {
    name: 'figures-one-department',
    as: manager,
    reach: to(`/rapoarte?from=2027-02-01&to=2027-03-10&department=${encodeURIComponent('Biroul Taxe și impozite')}`),
  },
  { name: 'figures-one-day', as: manager, reach: to('/rapoarte?from=2027-03-03&to=2027-03-03') },
  { name: 'figures-year', as: manager, reach: to('/rapoarte?from=2026-03-11&to=2027-03-10') },
  stateOf('figures-year-table', manager, async (page) => {
    await page.goto('/rapoarte?from=2026-03-11&to=2027-03-10');
    for (const summary of await page.locator('summary').all()) await summary.click();
  }),
  { name: 'figures-before-first-meeting', as: manager, reach: to('/rapoarte?from=2020-01-01&to=2020-01-31') },
  { name: 'figures-unknown-department', as: manager, reach: to('/rapoarte?from=2027-02-01&to=2027-03-10&department=Nimic') },
  { name: 'figures-ahead', as: manager, reach: to('/rapoarte?from=2027-03-11&to=2027-03-20') },
  stateOf(
    'figures-faulty-period',
    manager,
    goTo('/rapoarte'),
    (page) => page.locator('#from').fill('2027-03-10'),
    (page) => page.locator('#to').fill('2027-03-01'),
    (page) => page.locator('form.period button').click(),
    (page) => page.locator('.error-summary').waitFor(),
  ),
  { name: 'figures-no-dates', as: manager, reach: to('/rapoarte?from=&to=ieri') },
  { name: 'first-page', as: 'citizen', reach: to('/'), picture: true },
  { name: 'sign-in', as: 'citizen', reach: to('/intra') },
  { name: 'sign-in-for-a-page', as: 'citizen', reach: to('/rapoarte') },
  stateOf(
    'sign-in-refused',
    'citizen',
    goTo('/intra'),
    (page) => page.locator('#token').fill('nu este un jeton'),
    (page) => page.locator('main form:has(#token) button').click(),
    (page) => page.locator('.error-summary').waitFor(),
  ),
  { name: 'problem-not-found', as: 'citizen', reach: to('/nimic') },
  { name: 'problem-not-found-official', as: { role: 'auditor' }, reach: to('/nimic') },
  { name: 'problem-forbidden', as: { role: 'auditor' }, reach: to('/rapoarte') },
  { name: 'problem-faulty-file', as: manager, reach: to('/rapoarte/servicii.csv?from=2027-03-10&to=2027-03-01') },
];
