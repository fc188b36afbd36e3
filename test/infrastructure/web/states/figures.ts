import { click, fill, goTo, pictured, see, stateOf, type PageState } from './state';

const manager = { role: 'reports' } as const;

/** The manager's figures, the first page, the way in, and what is said when something is wrong. */
export const figuresStates: readonly PageState[] = [
  pictured(stateOf('figures', manager, goTo('/rapoarte'))),
  stateOf(
    'figures-one-department',
    manager,
    goTo(`/rapoarte?from=2027-02-01&to=2027-03-10&department=${encodeURIComponent('Biroul Taxe și impozite')}`),
  ),
  stateOf('figures-one-day', manager, goTo('/rapoarte?from=2027-03-03&to=2027-03-03')),
  stateOf('figures-year', manager, goTo('/rapoarte?from=2026-03-11&to=2027-03-10')),
  stateOf('figures-year-table', manager, async (page) => {
    await page.goto('/rapoarte?from=2026-03-11&to=2027-03-10');
    for (const summary of await page.locator('summary').all()) await summary.click();
  }),
  stateOf('figures-before-first-meeting', manager, goTo('/rapoarte?from=2020-01-01&to=2020-01-31')),
  stateOf('figures-unknown-department', manager, goTo('/rapoarte?from=2027-02-01&to=2027-03-10&department=Nimic')),
  stateOf('figures-ahead', manager, goTo('/rapoarte?from=2027-03-11&to=2027-03-20')),
  stateOf(
    'figures-faulty-period',
    manager,
    goTo('/rapoarte'),
    fill('#from', '2027-03-10'),
    fill('#to', '2027-03-01'),
    click('form.period button'),
    see('.error-summary'),
  ),
  stateOf('figures-no-dates', manager, goTo('/rapoarte?from=&to=ieri')),
  pictured(stateOf('first-page', 'citizen', goTo('/'))),
  stateOf('sign-in', 'citizen', goTo('/intra')),
  stateOf('sign-in-for-a-page', 'citizen', goTo('/rapoarte')),
  stateOf(
    'sign-in-refused',
    'citizen',
    goTo('/intra'),
    fill('#token', 'nu este un jeton'),
    click('main form:has(#token) button'),
    see('.error-summary'),
  ),
  stateOf('problem-not-found', 'citizen', goTo('/nimic')),
  stateOf('problem-not-found-official', { role: 'auditor' }, goTo('/nimic')),
  stateOf('problem-forbidden', { role: 'auditor' }, goTo('/rapoarte')),
  stateOf('problem-faulty-file', manager, goTo('/rapoarte/servicii.csv?from=2027-03-10&to=2027-03-01')),
];
