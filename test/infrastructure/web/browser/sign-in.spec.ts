import { publicHolidayOn } from '../../../../src/domain/calendar/public-holidays';
import type { Browser } from 'playwright-core';
import { openIdentity } from '../../../../src/infrastructure/outside/identity/open-identity';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger, type TestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { startSeeded, type Service } from '../../../http/support/service';
import { settingsFor } from '../../../support/issuer/identity-settings';
import { type RunningProvider, startProvider } from '../../../support/issuer/provider';
import { launchBrowser, newPerson, type Person } from './support/browser';
import { freePort } from '../../../support/free-port';
import { closing } from '../../../support/closing';

/** The provider must know our address before we have it. */
let browser: Browser;
let provider: RunningProvider;
let service: Service;
let pagesAt = '';
let person: Person;

beforeAll(async () => {
  const port = await freePort();
  pagesAt = `http://127.0.0.1:${port}`;
  const accounts = { ana: { realm_access: { roles: ['ta-admin'] } }, ion: { realm_access: { roles: ['other'] } } };
  [browser, provider] = await Promise.all([launchBrowser(), startProvider({ pagesAt, accounts })]);
  const clock = { ...fixedClock(), now: () => new Date().toISOString() } as TestPorts['clock'];
  service = await startSeeded(
    { clock, cityHall: { publicUrl: pagesAt, meetingPlace: 'Sala 1' } },
    {
      identity: () => closing(openIdentity(settingsFor(provider.issuer), { clock, logger: silentLogger, watch: () => undefined })),
    },
  );
  await service.app.listen({ port, host: '127.0.0.1' });
});
beforeEach(async () => {
  person = await newPerson(browser, pagesAt);
});

/** On the provider's own pages. */
const signInThere = async ({ page }: Person, account: string): Promise<void> => {
  await page.waitForURL(/\/interaction\//);
  await page.fill('[name=login]', account);
  await page.fill('[name=password]', 'any');
  await page.click('[type=submit]');
  await page.waitForURL(/\/interaction\//);
  await page.click('[type=submit]');
};

describe('an official at a browser, and a provider of the institution', () => {
  it('signs in there, acts here, and signs out of both', async () => {
    const { page, complaints } = person;
    await page.goto('/administrare/calendar');
    await page.getByRole('link', { name: 'Intră cu contul instituției' }).click();
    await signInThere(person, 'ana');
    await page.waitForURL(`${pagesAt}/administrare/calendar`);
    const before = await service.ports.store.end();
    await page.check('[name=kind][value=bridge-day]');
    const friday = new Date(Date.now() + 21 * 86_400_000);
    const date = () => friday.toISOString().slice(0, 10);
    while (friday.getUTCDay() !== 5 || publicHolidayOn(date()) !== undefined) friday.setUTCDate(friday.getUTCDate() + 1);
    await page.fill('[name=date]', date());
    await page.fill('[name=decision]', 'HG 1/2026');
    await page.locator('form[action="/administrare/calendar"] button').click();
    await page.waitForURL(/facut=/);
    expect(await service.ports.store.end()).not.toBe(before);
    await page.getByRole('button', { name: 'Ieșire' }).click();
    // the way out of the provider, which our policy for forms must not stop
    await page.waitForURL((url) => url.origin === provider.issuer);
    await page.getByRole('button', { name: /yes/i }).click();
    await page.waitForURL(`${pagesAt}/`);
    await page.goto('/administrare/calendar');
    expect(new URL(page.url()).pathname).toBe('/intra');
    await page.getByRole('link', { name: 'Intră cu contul instituției' }).click();
    await page.waitForURL(/\/interaction\//);
    expect(await page.locator('[name=login]').count()).toBe(1);
    expect(complaints.filter((one) => !one.includes(provider.issuer))).toEqual([]);
  });

  it('is told what is missing, and may come as somebody else', async () => {
    const { page } = person;
    await page.goto('/intra/furnizor');
    await signInThere(person, 'ion');
    await page.waitForURL(/\/intra\/intoarcere/);
    expect(await page.textContent('main')).toContain('niciun rol');
    await page.goto('/intra');
    await page.getByRole('link', { name: 'Intră cu alt cont' }).click();
    await page.waitForURL(/\/interaction\//);
    expect(await page.locator('[name=login]').count()).toBe(1);
  });
});
